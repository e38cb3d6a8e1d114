"""The matrix finds what it is there to find: each planted fault is complained about, and sound code is not."""

import pytest
from django.test import override_settings

from tests.access.rules import BOARD_MEMBER, COORDINATOR, Row, of
from tests.access.test_matrix import complaints_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]
RULE = Row(get=COORDINATOR, kwargs=of("plan", "plan_id"), hidden=BOARD_MEMBER)


@pytest.mark.parametrize(
    ("fault", "complaint"),
    [
        ("unscoped", "(foreign) as partner_lead: 403 instead of 404"),
        ("telling", "(foreign) as coordinator: answers unlike a missing row"),
        ("writing", "(own) as coordinator: changed the database"),
        ("silent", "(own) as auditor: refused without a reason"),
        ("leaking", "(own) as coordinator: shows 'zedborough'"),
        ("open_to_all", "(own) as contributor: 200 instead of 403"),
        ("sound", ""),
    ],
)
def test_a_planted_fault_is_found(world, fault, complaint):
    with override_settings(ROOT_URLCONF="tests.access.planted"):
        for persona in world.personas:
            persona.missing_pages.pop("planted", None)
        found = [each for persona in world.personas for each in complaints_of(world, fault, RULE, persona)]
    assert any(complaint in each for each in found) if complaint else found == []

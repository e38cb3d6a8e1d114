"""What happens in one council changes nothing that another sees: no count, order, list or page."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import override_settings

from actions.models import Action
from partners.models import Organisation
from tests import builders
from tests.access.cells import cells_at_home
from tests.access.rules import COORDINATOR, Row, of
from tests.access.town import build_town
from tests.access.world import Persona, World

pytestmark = pytest.mark.django_db
Page = tuple[str, Persona, str]


def pages_at_home(world: World) -> Iterator[Page]:
    """Yield (address, reader, path) of every page that somebody of the home council reads."""
    for name, row, persona, method in cells_at_home(world, ("GET",)):
        if persona.name in (row.may(method) or ()) and not row.get_writes:
            yield name, persona, row.address(name, "own", world.home, world.away)


def read(world: World, pages: list[Page]) -> dict[tuple[str, str], bytes]:
    return {(name, persona.name): world.ask(persona, "GET", path).body for name, persona, path in pages}


def live_on_elsewhere(world: World) -> None:
    """A whole new council comes, and the other one goes on: seats, plans, words, ratings, people who leave."""
    build_town("Quibbleford")
    away = world.away
    shared = Organisation.objects.get(pk=world.home.police.organisation_id)
    seat = builders.make_partner(away.council, organisation=shared)
    plan = builders.make_plan(away.council, "Another plan")
    for number in range(3):
        builders.make_action(plan, seat, text=f"Another action {number}", due_on=builders.TODAY)
    Action.objects.filter(plan__council=away.council).update(rating="off_track", text="Changed")
    builders.make_person("partner_lead", seat, name="Somebody else")
    leaver = away.people["auditor"]
    leaver.is_active = False
    leaver.save()


def changed_by_others(world: World, pages: list[Page]) -> list[tuple[str, str]]:
    """Return the pages that read otherwise once others have lived on."""
    before = read(world, pages)
    with transaction.atomic():
        live_on_elsewhere(world)
        after = read(world, pages)
        transaction.set_rollback(True)
    return [page for page in before if before[page] != after[page]]


def test_what_others_do_changes_no_page(world):
    pages = list(pages_at_home(world))
    assert len(pages) > 100
    assert changed_by_others(world, pages) == []


@pytest.mark.once
def test_a_page_that_counts_across_councils_is_found(world):
    row = Row(get=COORDINATOR, kwargs=of("plan", "plan_id"))
    with override_settings(ROOT_URLCONF="tests.access.planted"):
        coordinator = next(persona for persona in world.personas if persona.name == "coordinator")
        path = row.address("counting", "own", world.home, world.away)
        assert changed_by_others(world, [("counting", coordinator, path)]) == [("counting", "coordinator")]

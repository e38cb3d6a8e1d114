"""The action page: who reads its history."""

import pytest
from django.urls import reverse

from tests.builders import TODAY, make_action, make_partner, make_person
from tests.kept import kept

pytestmark = pytest.mark.django_db
REASON = "Only the council&#x27;s coordinator and auditor read the whole history."


@kept(on=TODAY)
def action(town):
    return make_action(town.plan, town.police)


def page(town, person, name, row) -> str:
    return town.client(person).get(reverse(f"actions:{name}", args=[row.public_id])).content.decode()


def test_the_history_is_read_by_the_coordinator_and_the_auditor_and_nobody_else(town, action):
    for reader in (town.coordinator, make_person("auditor", town.council)):
        assert "added the action" in page(town, reader, "action_page", action).casefold()
    for other in (town.lead, town.contributor, make_person("council_admin", town.council)):
        shown = page(town, other, "action_page", action)
        assert "moj-timeline" not in shown and REASON in shown


def test_partners_returns_are_listed_for_the_same_two_and_nobody_else(town, action):
    health = make_partner(town.council, "Testbury Health")
    health.returns.create(period=town.period)
    assert "Testbury Health" in page(town, town.coordinator, "quarter_page", town.plan)
    assert "Testbury Health" not in page(town, town.lead, "quarter_page", town.plan)


def test_what_cannot_be_done_is_said_once_for_each_reason(town, action):
    shown = page(town, town.contributor, "action_page", action)
    assert (
        "You cannot change the RAG rating, change the action, put the action on hold or withdraw the action." in shown
    )
    assert shown.count("Only the council&#x27;s Prevent coordinator may do this.") == 1

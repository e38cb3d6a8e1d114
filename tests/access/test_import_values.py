"""Imports hold what a form says against the council as well: another council's ids posted as values come to nothing."""

import re

import pytest
from django.urls import reverse

from actions.presenters.import_offers import Offer
from tests.access.world import Answer, Persona, World

pytestmark = pytest.mark.django_db
SEEN = re.compile(rb'name="seen" value="([0-9a-f]+)"')
OWNER = re.compile(rb'name="(owner-[0-9a-f]+)"')


def of(world: World, name: str) -> Persona:
    return next(persona for persona in world.personas if persona.name == name)


def post(world: World, persona: Persona, name: str, thing, body: dict) -> Answer:
    return world.ask(persona, "POST", reverse(f"actions:{name}", args=[thing.public_id]), body)


def shown(world: World, thing) -> dict[str, str]:
    """Return what the page of the differences sends along, as the council's own coordinator is shown it."""
    page = world.ask(of(world, "coordinator"), "GET", reverse("actions:apply_import", args=[thing.public_id])).body
    return {"version": str(thing.version), "seen": SEEN.search(page)[1].decode()}


@pytest.mark.parametrize(
    ("name", "status"),
    [("coordinator", 302), ("council_admin", 403), ("auditor", 403), ("partner_lead", 403), ("contributor", 403),
     ("board_member", 404), ("ex_member", 404), ("no_seats", 404), ("other_coordinator", 404), ("anonymous", 302)],
)  # fmt: skip
def test_differences_are_taken_over_by_the_coordinator_alone(world, name, status):
    one = world.home.compared_import
    answer = post(world, of(world, name), "apply_import", one, shown(world, one) | {"take": ["add:0"]})
    assert (answer.status, answer.changed) == (status, name == "coordinator")
    assert not any(secret in answer.body.lower() for secret in of(world, name).secrets)


def test_another_councils_actions_cannot_be_ticked(world):
    one, away = world.home.compared_import, world.away.things
    for value in (f"withdraw:{away.action.public_id}", f"change:{away.action.public_id}:text", "add:99"):
        answer = post(world, of(world, "coordinator"), "apply_import", one, shown(world, one) | {"take": [value]})
        assert (answer.status, answer.changed) == (422, False), value


def test_another_councils_differences_cannot_be_confirmed(world):
    """Not even with the fingerprint of its differences and ids that are right there."""
    theirs = world.away.compared_import
    body = shown_to_others(world) | {"take": ["add:0"]}
    answer = post(world, of(world, "coordinator"), "apply_import", theirs, body)
    assert (answer.status, answer.changed) == (404, False)


def shown_to_others(world: World) -> dict[str, str]:
    theirs = world.away.compared_import
    path = reverse("actions:apply_import", args=[theirs.public_id])
    page = world.ask(of(world, "other_coordinator"), "GET", path).body
    return {"version": str(theirs.version), "seen": SEEN.search(page)[1].decode()}


def test_an_owner_is_never_another_councils_partner_or_body(world):
    one, away = world.home.waiting_import, world.away.things
    coordinator = of(world, "coordinator")
    page = world.ask(coordinator, "GET", reverse("actions:import_owners", args=[one.public_id])).body
    fields = [name.decode() for name in OWNER.findall(page)]
    foreign = [f"organisation:{away.police.public_id}", f"role:{away.police.public_id}", f"body:{away.board.public_id}"]
    for target in foreign:
        answer = post(world, coordinator, "import_owners", one, {fields[0]: target})
        assert (answer.status, answer.changed) == (422, False), target
    own = f"organisation:{world.home.police.public_id}"
    answer = post(world, coordinator, "import_owners", one, {fields[0]: own})
    assert (answer.status, answer.changed) == (302, True)


def test_an_answer_is_one_that_this_import_offers(world):
    one, coordinator = world.home.waiting_import, of(world, "coordinator")
    invented = {"about": "t1:2", "answer": Offer("", {"owners": {"Police": [world.away.police.public_id]}}).name}
    assert not post(world, coordinator, "answer_import", one, invented).changed
    offered = {"about": "t1:2", "answer": Offer("", {"rows": {"t1:2": "ignore"}}).name}
    assert post(world, coordinator, "answer_import", one, offered).changed
    assert not post(world, coordinator, "answer_import", world.away.waiting_import, offered).changed


def test_a_plan_or_council_in_the_form_is_not_looked_at(world):
    """The address says where a document goes; a field that nobody asked for says nothing."""
    coordinator, away = of(world, "coordinator"), world.away.things
    smuggled = {"plan": away.plan.public_id, "plan_id": away.plan.pk, "council": world.away.council.pk}
    path = reverse("actions:start_import", args=[world.home.council.slug])
    answer = world.ask(coordinator, "POST", path, {"text": "Action\tOwner\nDo it\tPolice\n"} | smuggled)
    assert (answer.status, answer.changed) == (302, True)
    page = world.ask(coordinator, "GET", reverse("actions:imports_page", args=[world.home.council.slug])).body
    assert not any(secret in page.lower() for secret in coordinator.secrets)
    into = reverse("actions:import_into_plan", args=[away.plan.public_id])
    answer = world.ask(coordinator, "POST", into, {"text": "Action\tOwner\n", "plan": world.home.plan.public_id})
    assert (answer.status, answer.changed) == (404, False)


def test_what_another_council_applied_is_not_taken_back(world):
    theirs = world.away.applied_import
    answer = post(world, of(world, "coordinator"), "take_back", theirs, {"version": theirs.version})
    assert (answer.status, answer.changed) == (404, False)
    assert post(world, of(world, "other_coordinator"), "take_back", theirs, {}).changed

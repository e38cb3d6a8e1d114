"""A milestone is said to be met, from the action's page."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse

from actions.models import Milestone
from tests.builders import TODAY, make_action, make_partner, make_person
from tests.kept import kept

pytestmark = pytest.mark.django_db


@kept(on=TODAY)
def milestone(town):
    action = make_action(town.plan, town.police)
    return Milestone.objects.create(
        action=action, position=0, text="Half of the staff", kind="point", due_on=datetime.date(2026, 12, 31)
    )


def address(milestone):
    return reverse("actions:meet_milestone", args=[milestone.public_id])


def action_page(client, milestone) -> str:
    return client.get(reverse("actions:action_page", args=[milestone.action.public_id])).content.decode()


def on(day: int, version: int = 1) -> dict:
    return {"met_on_0": str(day), "met_on_1": "8", "met_on_2": "2026", "version": str(version)}


def test_from_the_action_page_and_back_and_into_the_history(town, coordinator, milestone):
    before = action_page(coordinator, milestone)
    assert "Due 31 December 2026, not met yet" in before and address(milestone) in before
    assert coordinator.get(address(milestone)).status_code == 200
    answer = coordinator.post(address(milestone), on(3))
    assert answer.url == reverse("actions:action_page", args=[milestone.action.public_id]) + "#dates"
    after = action_page(coordinator, milestone)
    assert "Due 31 December 2026, met on 3 August 2026" in after
    assert "Said that the milestone “Half of the staff” was met on 3 August 2026" in after, after[
        after.find("moj-timeline") :
    ]


def test_a_day_to_come_is_refused_and_kept_on_the_page(coordinator, milestone):
    answer = coordinator.post(address(milestone), on(31))
    assert answer.status_code == 422 and "The date cannot be in the future." in answer.content.decode()
    assert 'value="31"' in answer.content.decode()


def test_two_people_at_once(coordinator, milestone):
    coordinator.post(address(milestone), on(3))
    answer = coordinator.post(address(milestone), on(4))
    assert answer.status_code == 409 and "3 8 2026" in answer.content.decode()


def test_who_may_not_is_shown_no_link(town, milestone):
    for person in (make_person("partner_lead", make_partner(town.council)), make_person("auditor", town.council)):
        client = Client()
        client.force_login(person)
        assert address(milestone) not in action_page(client, milestone)
        assert client.get(address(milestone)).status_code == 403


def test_an_action_that_has_ended_offers_nothing(coordinator, milestone):
    type(milestone.action).objects.filter(pk=milestone.action_id).update(state="withdrawn")
    assert address(milestone) not in action_page(coordinator, milestone)

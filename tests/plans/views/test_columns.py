"""The columns of a plan's table: renamed, put in order, left out, added."""

import pytest
from django.test import Client
from django.urls import reverse

from plans.models import Plan
from tests.builders import make_council, make_person, make_plan
from tests.kept import kept

pytestmark = pytest.mark.django_db


@kept
def plan():
    columns = [
        {"field": "text", "heading": "Activity"},
        {"field": "owner_text", "heading": "Lead"},
        {"field": "extra:Cost", "heading": "Cost"},
    ]
    return make_plan(make_council("Testbury"), columns=columns)


@pytest.fixture
def coordinator(plan):
    client = Client()
    client.force_login(make_person("coordinator", plan.council))
    return client


def address(plan):
    return reverse("plans:edit_columns", args=[plan.public_id])


def sent(client, plan, **changes) -> dict:
    """What the page sends when nothing is changed but `changes`, by what the column holds: (heading, place)."""
    form = client.get(address(plan)).context["form"]
    data = {"version": plan.version}
    for number, field in enumerate(form.columns):
        heading, place = changes.get(field.replace("extra:", "") or "new", (None, None))
        initial = (form[f"heading_{number}"].value() or "", form[f"place_{number}"].value() or "")
        data[f"heading_{number}"] = initial[0] if heading is None else heading
        data[f"place_{number}"] = initial[1] if place is None else place
    return data


def columns(plan) -> list[tuple[str, str]]:
    return [(each["field"], each["heading"]) for each in Plan.objects.get(pk=plan.pk).columns]


def test_sent_as_it_is_nothing_changes(coordinator, plan):
    before = columns(plan)
    assert coordinator.post(address(plan), sent(coordinator, plan)).status_code == 302
    assert columns(plan) == before


def test_renamed_reordered_left_out_and_added(coordinator, plan):
    said = sent(
        coordinator, plan, text=("What", 2), owner_text=("", ""), Cost=("Price", 1), new=("Outcome", 9), ref=(None, 3)
    )
    assert coordinator.post(address(plan), said).status_code == 302
    assert columns(plan) == [
        ("extra:Cost", "Price"), ("text", "What"), ("ref", "Ref"), ("extra:Outcome", "Outcome")
    ]  # fmt: skip


@pytest.mark.parametrize(("changes", "sentence"), [
    ({"text": (None, "")}, "The plan always prints its actions"),
    ({"Cost": ("", None)}, "Say what this column is called"),
    ({"new": ("Outcome", None)}, "Say which place the new column has"),
    ({"new": ("Cost", 9)}, "Two columns hold the same"),
])  # fmt: skip
def test_what_cannot_be(coordinator, plan, changes, sentence):
    before = columns(plan)
    answer = coordinator.post(address(plan), sent(coordinator, plan, **changes))
    assert answer.status_code == 422 and sentence in answer.content.decode() and columns(plan) == before


def test_two_people_at_once(coordinator, plan):
    said = sent(coordinator, plan, Cost=("Price", None))
    coordinator.post(address(plan), said)
    answer = coordinator.post(address(plan), said | {"heading_2": "Value"})
    assert answer.status_code == 409
    assert answer.context["differences"] == [
        {"label": "Columns", "mine": "Activity\nLead\nValue", "theirs": "Activity\nLead\nPrice"}
    ]

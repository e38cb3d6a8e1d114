"""Headings through their pages, and what is said about a plan."""

import pytest
from django.test import Client
from django.urls import reverse

from plans.models import Plan
from tests.builders import make_action, make_body, make_council, make_heading, make_person, make_plan
from tests.kept import kept

pytestmark = pytest.mark.django_db


@kept
def plan():
    return make_plan(make_council("Testbury"))


@pytest.fixture
def coordinator(plan):
    client = Client()
    client.force_login(make_person("coordinator", plan.council))
    return client


def to(name, row):
    return reverse(f"plans:{name}", args=[row.public_id])


def test_add_below_another(coordinator, plan):
    above = make_heading(plan, "Above")
    coordinator.post(to("add_heading", plan), {"parent": above.public_id, "ref": "1", "label": "Below"})
    heading = plan.objectives.get(label="Below")
    assert (heading.parent, heading.level, heading.ref) == (above, 2, "1")


def test_a_heading_of_another_plan_is_no_choice(coordinator, plan):
    other = make_heading(make_plan(plan.council))
    answer = coordinator.post(to("add_heading", plan), {"parent": other.public_id, "label": "x"})
    assert answer.status_code == 422 and "parent" in answer.context["form"].errors


def test_edit_and_a_stale_edit(coordinator, plan):
    heading = make_heading(plan, "Old", ref="1")
    coordinator.post(to("edit_heading", heading), {"ref": "", "label": "New", "version": 1})
    heading.refresh_from_db()
    assert (heading.ref, heading.label) == ("", "New")
    answer = coordinator.post(to("edit_heading", heading), {"label": "Mine", "version": 1})
    assert answer.status_code == 409 and "Mine" in answer.content.decode()


def test_move_and_withdraw(coordinator, plan):
    first, second = make_heading(plan, "One"), make_heading(plan, "Two")
    coordinator.post(to("move_heading", second), {"move": "up:1"})
    assert list(plan.objectives.order_by("position")) == [second, first]
    make_action(plan, objective=first)
    answer = coordinator.post(to("withdraw_heading", first), {"reason": "Gone", "version": first.version})
    assert answer.status_code in (409, 422)
    second.refresh_from_db()
    coordinator.post(to("withdraw_heading", second), {"reason": "Gone", "version": second.version})
    second.refresh_from_db()
    assert second.withdrawn_reason == "Gone"


def test_about_shows_governance_route_projects_and_implications(coordinator, plan):
    group, csp = make_body(plan.council, "Prevent Group"), make_body(plan.council, "Safer Testbury")
    group.lines_up.create(to_body=csp, frequency="annual", purpose="success measures")
    plan.approval_stages.create(position=1, status="Draft", bodies=["Working group", "Cabinet"])
    plan.projects.create(position=1, name="Young voices", delivered_by="A provider")
    plan.implications.create(position=1, heading="Legal")
    page = coordinator.get(to("about_plan", plan)).content.decode()
    for words in (
        "Reports to Safer Testbury, annually: success measures",
        "No date printed",
        "Working group, Cabinet",
        "Young voices",
        "Legal",
    ):
        assert words in page, words


def test_change_what_is_said_about_a_plan_and_its_levels(coordinator, plan):
    said = {
        "title": "New title",
        "kind": "strategy",
        "marking": "OFFICIAL",
        "levels": "Strand\r\nActivity",
        "version": 1,
    }
    assert coordinator.post(to("edit_plan", plan), said).status_code == 302
    plan.refresh_from_db()
    assert plan.title == "New title" and plan.level_label(2) == "Activity"
    answer = coordinator.post(to("edit_plan", plan), said | {"levels": "a\nb\nc\nd\ne", "version": 2})
    assert answer.status_code == 422 and "You entered 5" in answer.content.decode()


def test_start_a_plan_and_make_it_live(coordinator, plan):
    said = {"title": "Next plan", "kind": "delivery_plan", "marking": "OFFICIAL", "levels": "Priority"}
    answer = coordinator.post(reverse("plans:add_plan", args=[plan.council.slug]), said)
    started = Plan.objects.get(title="Next plan")
    assert answer.url == reverse("actions:plan_page", args=[started.public_id]) and started.state == "draft"
    coordinator.post(to("make_live", started))
    assert Plan.objects.get(pk=started.pk).state == "live"


def test_readers_are_refused_in_words(plan):
    client = Client()
    client.force_login(make_person("auditor", plan.council))
    heading = make_heading(plan)
    for name, row in [
        ("add_heading", plan),
        ("edit_plan", plan),
        ("edit_heading", heading),
        ("withdraw_heading", heading),
    ]:
        answer = client.get(to(name, row))
        assert answer.status_code == 403 and "coordinator" in answer.content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_queries(coordinator, plan, django_assert_num_queries, number):
    for _ in range(number):
        make_body(plan.council)
        make_heading(plan)
    coordinator.get(to("about_plan", plan))
    with django_assert_num_queries(11):
        coordinator.get(to("about_plan", plan))


def test_put_a_heading_under_another(coordinator, plan):
    above, other = make_heading(plan, "Above"), make_heading(plan, "Other")
    below = make_heading(plan, "Below", parent=other)
    page = coordinator.get(to("edit_heading", other)).content.decode()
    assert above.public_id in page and below.public_id not in page, "never below itself"
    said = {"label": "Other", "parent": above.public_id, "version": 1}
    assert coordinator.post(to("edit_heading", other), said).status_code == 302
    assert (plan.objectives.get(label="Other").parent, plan.objectives.get(label="Below").level) == (above, 3)


def test_a_stale_edit_shows_the_place_and_the_levels(coordinator, plan):
    above, heading = make_heading(plan, "Above"), make_heading(plan, "Mine")
    said = {"label": "Mine", "parent": above.public_id, "version": 1}
    assert coordinator.post(to("edit_heading", heading), said).status_code == 302
    answer = coordinator.post(to("edit_heading", heading), said | {"parent": ""})
    assert [tuple(each.values()) for each in answer.context["differences"]] == [
        ("Where it goes", "At the outermost level", "Priority: Above")
    ]
    words = {"title": plan.title, "kind": plan.kind, "marking": "OFFICIAL", "version": 1}
    assert coordinator.post(to("edit_plan", plan), words | {"levels": "Strand"}).status_code == 302
    answer = coordinator.post(to("edit_plan", plan), words | {"levels": "Theme\nAim"})
    assert ("Names of the levels", "Theme\nAim", "Strand") in [tuple(e.values()) for e in answer.context["differences"]]

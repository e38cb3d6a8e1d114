"""The plan page: the council's own shape, counts that match, filters that can be shared, a fixed number of queries."""

import datetime

import pytest
from django.urls import reverse

from actions.models import Action
from tests.builders import TODAY, make_action, make_council, make_heading, make_partner, make_plan
from tests.kept import kept

pytestmark = pytest.mark.django_db


def address(plan, **query):
    return reverse("actions:plan_page", args=[plan.public_id], query=query or None)


def rows(response) -> list[str]:
    """The texts of the rows shown, in order."""
    table = [group for group in response.context["groups"] for group in [group]]
    ids = [row.anchor.removeprefix("action-") for group in table for row in group.rows]
    texts = dict(Action.objects.values_list("public_id", "text"))
    return [texts[each] for each in ids]


def test_the_plan_is_shown_in_its_own_shape(town, coordinator):
    town.plan.columns = [
        {"field": "ref", "heading": "#"},
        {"field": "text", "heading": "What we will do"},
        {"field": "extra:Cost", "heading": "Cost"},
    ]
    town.plan.save()
    first = make_heading(town.plan, "Understand", ref="1")
    make_heading(town.plan, "Nothing below", ref="1")
    make_action(town.plan, text="Later", objective=first, ref="36", position=2)
    make_action(town.plan, text="Earlier", objective=first, ref="36", position=1, extra={"Cost": "£40"})
    make_action(town.plan, text="Of the plan itself", ref="")
    response = coordinator.get(address(town.plan))
    assert [column.heading for column in response.context["columns"]][:3] == ["#", "What we will do", "Cost"]
    assert [group.title for group in response.context["groups"]] == [
        "",
        "Priority 1: Understand",
        "Priority 1: Nothing below",
    ]
    assert rows(response) == ["Of the plan itself", "Earlier", "Later"]
    page = response.content.decode()
    assert page.count(">36<") == 2 and "£40" in page and "No timescale printed" in page


def test_words_are_shown_literally(town, coordinator):
    make_action(town.plan, text="<script>alert(1)</script> {{ 7*7 }}", owner_text="<b>x</b>")
    page = coordinator.get(address(town.plan)).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7*7 }}" in page and "&lt;b&gt;x&lt;/b&gt;" in page


def test_counts_add_up_and_lead_to_exactly_those_actions(town, coordinator):
    for rating in ("on_track", "on_track", "at_risk", "not_rated"):
        make_action(town.plan, rating=rating)
    make_action(town.plan, rating="on_track", state="withdrawn")
    figures = coordinator.get(address(town.plan)).context["figures"]
    assert sum(figure.number for figure in figures) == 5 and {figure.total for figure in figures} == {5}
    for figure in figures:
        found = coordinator.get(address(town.plan) + figure.href)
        assert found.context["page"].paginator.count == figure.number, figure.words


@kept(on=TODAY)
def mixed(town):
    """Four actions that differ in everything that can be filtered by."""
    above = make_heading(town.plan, "Above")
    below = make_heading(town.plan, "Below", parent=above)
    past, future = datetime.date(2026, 8, 11), datetime.date(2027, 3, 31)
    make_action(town.plan, town.police, text="ŴYTHNOS 100% sure", objective=below, due_on=past, rating="off_track")
    make_action(town.plan, text="Cafés", objective=above, due_on=future, rating="on_track")
    make_action(town.plan, text="Done", due_on=past, state="complete", rating="complete")
    make_action(town.plan, text="Undated", owner_text="Testbury Police and others")
    return above


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["Done", "Undated", "Cafés", "ŴYTHNOS 100% sure"]),
        ({"q": "wythnos"}, ["ŴYTHNOS 100% sure"]),
        ({"q": "CAFE\u0301S"}, ["Cafés"]),
        ({"q": "100%"}, ["ŴYTHNOS 100% sure"]),
        ({"q": "_"}, []),
        ({"q": "police"}, ["Undated", "ŴYTHNOS 100% sure"]),
        ({"rating": "off_track"}, ["ŴYTHNOS 100% sure"]),
        ({"rating": "purple"}, ["Done", "Undated", "Cafés", "ŴYTHNOS 100% sure"]),
        ({"show": "overdue"}, ["ŴYTHNOS 100% sure"]),
        ({"show": "not_updated"}, ["Undated", "Cafés", "ŴYTHNOS 100% sure"]),
        ({"sort": "due"}, ["Done", "ŴYTHNOS 100% sure", "Cafés", "Undated"]),
        ({"sort": "-due"}, ["Cafés", "Done", "ŴYTHNOS 100% sure", "Undated"]),
        ({"sort": "rating"}, ["ŴYTHNOS 100% sure", "Undated", "Cafés", "Done"]),
        ({"sort": "council__users__password"}, ["Done", "Undated", "Cafés", "ŴYTHNOS 100% sure"]),
        ({"page": "99999999999999999999"}, ["Done", "Undated", "Cafés", "ŴYTHNOS 100% sure"]),
        ({"filter[__raw]": "1", "_connector": "OR"}, ["Done", "Undated", "Cafés", "ŴYTHNOS 100% sure"]),
    ],
)
def test_filters(town, mixed, coordinator, query, found):
    response = coordinator.get(address(town.plan, **query))
    assert response.status_code == 200 and rows(response) == found


def test_filter_by_heading_takes_what_is_below_and_by_partner_any_part(town, mixed, coordinator):
    assert rows(coordinator.get(address(town.plan, heading=mixed.public_id))) == ["Cafés", "ŴYTHNOS 100% sure"]
    assert rows(coordinator.get(address(town.plan, partner=town.police.public_id))) == ["ŴYTHNOS 100% sure"]


def test_what_is_chosen_is_said_with_a_way_to_take_it_back(town, mixed, coordinator):
    response = coordinator.get(address(town.plan, rating="off_track", q="100%"))
    assert response.context["results"] == "1 of 4 actions"
    addresses = dict(response.context["filter"].chosen)
    assert addresses["Off track"] == "?rating=&q=100%25" or "q=100%25" in addresses["Off track"]
    assert rows(coordinator.get(address(town.plan) + addresses["Off track"])) == ["ŴYTHNOS 100% sure"]


def test_nothing_found_says_so(town, mixed, coordinator):
    assert "No action matches" in coordinator.get(address(town.plan, q="zzz")).content.decode()


def test_a_nul_in_the_search_is_refused(town, mixed, coordinator):
    assert coordinator.get(address(town.plan) + "?q=%00").status_code == 400


def test_htmx_gets_the_results_alone_and_going_back_gets_the_page(town, mixed, coordinator):
    fragment = coordinator.get(address(town.plan, q="cafes"), headers={"HX-Request": "true"}).content.decode()
    assert fragment.lstrip().startswith('<div id="results">') and "<html" not in fragment and "Cafés" in fragment
    back = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert "<html" in coordinator.get(address(town.plan), headers=back).content.decode()


def test_a_long_plan_comes_in_pages_of_150(town, coordinator):
    for number in range(151):
        make_action(town.plan, text=f"Action {number}", position=number)
    assert len(rows(coordinator.get(address(town.plan)))) == 150
    assert rows(coordinator.get(address(town.plan, page=2))) == ["Action 150"]


@pytest.mark.parametrize("number", [1, 3])
def test_queries_do_not_grow_with_the_plan(town, coordinator, django_assert_num_queries, number):
    for _ in range(number):
        partner = make_partner(town.council)
        make_action(town.plan, town.police, partner, objective=make_heading(town.plan))
    coordinator.get(address(town.plan))
    with django_assert_num_queries(13):
        coordinator.get(address(town.plan))


@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_the_list_of_plans(town, coordinator, django_assert_num_queries, number):
    for _ in range(number):
        make_action(make_plan(town.council))
    with django_assert_num_queries(7):
        coordinator.get(reverse("actions:plans_page"))


def test_a_plan_without_actions_says_what_it_holds_and_what_to_do(town, coordinator, lead):
    make_heading(town.plan, "Working in partnership")
    page = coordinator.get(address(town.plan)).content.decode()
    assert "No actions are kept here yet" in page and "Working in partnership" in page and "Add an action" in page
    page = lead.get(address(town.plan)).content.decode()
    assert (
        "Prevent coordinator adds actions" in page
        and reverse("actions:add_action", args=[town.plan.public_id]) not in page
    )


def test_partners_are_offered_updates_of_their_own_actions_only(town, lead):
    mine, other = make_action(town.plan, town.police), make_action(town.plan)
    page = lead.get(address(town.plan)).content.decode()
    assert reverse("actions:update_action", args=[mine.public_id]) in page
    assert reverse("actions:update_action", args=[other.public_id]) not in page
    assert reverse("actions:rate_action", args=[mine.public_id]) not in page


def test_a_restricted_action_is_counted_only_for_those_who_see_it(town, coordinator, lead):
    make_action(town.plan, text="Secret", is_restricted=True)
    make_action(town.plan, text="Open")
    assert rows(coordinator.get(address(town.plan))) == ["Secret", "Open"]
    response = lead.get(address(town.plan))
    assert rows(response) == ["Open"] and response.context["results"] == "1 action"


def test_another_councils_plan_is_not_there(town, coordinator):
    assert coordinator.get(address(make_plan(make_council()))).status_code == 404


def test_every_choice_of_the_filter_is_on_the_page_before_and_after_it_is_used(town, mixed, coordinator):
    option = f'<option value="{town.police.public_id}"'
    for asked in ({}, {"partner": town.police.public_id}, {"rating": "on_track"}):
        page = coordinator.get(address(town.plan, **asked)).content.decode()
        assert page.count(option) == 1, asked
    chosen = coordinator.get(address(town.plan, partner=town.police.public_id)).content.decode()
    assert f"{option} selected" in chosen and "Remove this filter</span> Testbury Police" in chosen

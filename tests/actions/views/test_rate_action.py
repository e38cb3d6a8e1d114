"""Changing the rating: three interactions, the rules beside their fields, nothing typed is lost, nobody overwritten."""

import datetime

import pytest
from django.urls import reverse

from actions.models import Action, ProgressUpdate, RatingDecision
from tests.builders import TODAY, make_action, make_council, make_plan
from tests.kept import kept

pytestmark = pytest.mark.django_db
AMBER = {
    "rating": "at_risk",
    "issue": "Trainer left",
    "recovery": "Hire another",
    "forecast_due_0": "30",
    "forecast_due_1": "9",
    "forecast_due_2": "2026",
    "override_reason": "Only two of three trainers",
}


@kept(on=TODAY)
def action(town):
    action = make_action(town.plan, town.police, text="Train staff", due_on=datetime.date(2026, 9, 1))
    ProgressUpdate.objects.create(
        action=action, period=town.period, partner=town.police, written_by=town.lead, text="Going well",
        state="submitted", rating="at_risk",
    )  # fmt: skip
    return action


def address(action, **query):
    return reverse("actions:rate_action", args=[action.public_id], query=query or None)


def test_the_way_from_the_plan_and_back_to_the_same_row_and_filters(town, coordinator, action):
    plan = reverse("actions:plan_page", args=[town.plan.public_id]) + "?rating=not_rated"
    page = coordinator.get(plan).content.decode()
    back = f"{plan}#action-{action.public_id}"
    assert address(action, next=back).replace("&", "&amp;") in page
    answer = coordinator.post(address(action), AMBER | {"version": action.version, "next": back})
    assert answer.status_code == 302 and answer.url == back
    action.refresh_from_db()
    assert action.rating == "at_risk" and action.forecast_due == datetime.date(2026, 9, 30)


def test_the_suggestion_and_its_reason_are_shown(coordinator, action):
    page = coordinator.get(address(action)).content.decode()
    assert "Due 1 September 2026" in page and "Suggested. Progress is as planned" in page


def test_what_a_rating_needs_is_asked_beside_its_field_and_what_was_typed_is_kept(coordinator, action):
    answer = coordinator.post(address(action), {"rating": "off_track", "issue": "Trainer left", "version": 1})
    form = answer.context["form"]
    assert answer.status_code == 422 and set(form.errors) == {
        "recovery",
        "forecast_due",
        "impact",
        "ask",
        "override_reason",
    }
    assert "Trainer left" in answer.content.decode()
    assert not RatingDecision.objects.exists()


def test_an_override_is_kept_with_its_reason(coordinator, action):
    red = AMBER | {"rating": "off_track", "impact": "No staff", "ask": "Money", "version": 1, "override_reason": ""}
    assert coordinator.post(address(action), red).status_code == 422
    coordinator.post(address(action), red | {"override_reason": "The budget is gone"})
    decision = RatingDecision.objects.get()
    assert (decision.rating, decision.suggested, decision.override_reason) == (
        "off_track",
        "on_track",
        "The budget is gone",
    )


def test_a_stale_save_is_a_conflict_that_keeps_both(coordinator, action):
    Action.objects.filter(pk=action.pk).update(version=2, rating="on_track")
    answer = coordinator.post(address(action), AMBER | {"version": 1})
    page = answer.content.decode()
    assert answer.status_code == 409 and "Trainer left" in page and 'name="version" value="2"' in page
    assert not RatingDecision.objects.exists()


@pytest.mark.parametrize("version", ["", "abc", "-1", "9" * 40])
def test_a_tampered_version_is_an_old_one(coordinator, action, version):
    assert coordinator.post(address(action), AMBER | {"version": version}).status_code == 409


def test_a_partner_may_not_and_is_told_why(lead, action):
    for answer in (lead.get(address(action)), lead.post(address(action), AMBER | {"version": 1})):
        assert answer.status_code == 403 and "Prevent coordinator" in answer.content.decode()
    assert not RatingDecision.objects.exists()


def test_another_councils_action_is_not_there(town, coordinator):
    other = make_action(make_plan(make_council()))
    assert coordinator.post(address(other), AMBER).status_code == 404
    assert coordinator.post(reverse("actions:rate_action", args=["zzzzzzzzzzzz"]), AMBER).status_code == 404


def test_the_coordinator_gives_the_update_with_the_rating_where_there_is_none(town, coordinator):
    action = make_action(town.plan, town.police, due_on=datetime.date(2027, 3, 31))
    assert "update_text" in coordinator.get(address(action)).context["form"].fields
    said = {"rating": "on_track", "update_text": "Told by telephone", "version": 1}
    assert coordinator.post(address(action), said).status_code == 302
    update = ProgressUpdate.objects.get(action=action)
    assert update.on_behalf and update.partner == town.police and update.state == "submitted"


def test_where_a_partner_is_writing_the_coordinator_is_not_asked_for_words(town, coordinator):
    action = make_action(town.plan, town.police)
    ProgressUpdate.objects.create(
        action=action, period=town.period, partner=town.police, written_by=town.lead, text="x"
    )
    assert "update_text" not in coordinator.get(address(action)).context["form"].fields


@pytest.mark.parametrize("state", ["draft", "submitted"])
def test_words_for_a_partner_who_has_begun_meanwhile_are_kept(town, coordinator, state):
    action = make_action(town.plan, town.police, due_on=datetime.date(2027, 3, 31))
    assert "update_text" in coordinator.get(address(action)).context["form"].fields
    ProgressUpdate.objects.create(
        action=action, period=town.period, partner=town.police, written_by=town.lead, text="Theirs", rating="on_track",
        state=state,
    )  # fmt: skip
    said = {"rating": "on_track", "update_text": "Told by telephone", "version": 1}
    answer = coordinator.post(address(action), said)
    page = answer.content.decode()
    assert answer.status_code == 422 and "Told by telephone" in page
    assert "an update for this quarter. Leave this blank." in page and not RatingDecision.objects.exists()


def test_words_about_a_person_ask_for_a_check_and_no_more(coordinator, action, caplog):
    typed = AMBER | {"version": 1, "issue": "Ring 07700 900123"}
    answer = coordinator.post(address(action), typed)
    assert answer.status_code == 422 and "looks like a telephone number" in answer.content.decode()
    assert not RatingDecision.objects.exists()
    caplog.set_level("INFO")
    assert coordinator.post(address(action), typed | {"checked": "on"}).status_code == 302
    assert "a telephone number" in caplog.text and "07700" not in caplog.text


def test_going_nowhere_else(coordinator, action):
    answer = coordinator.post(address(action), AMBER | {"version": 1, "next": "//evil.example/"})
    assert answer.status_code == 302 and answer.url.startswith("/plans/")


def test_queries(coordinator, action, django_assert_num_queries):
    coordinator.get(address(action))
    with django_assert_num_queries(11):
        coordinator.get(address(action))


def test_htmx_changes_the_row_in_place_and_the_counts_with_it(town, coordinator, action):
    quick = {"HX-Request": "true"}
    back = reverse("actions:plan_page", args=[town.plan.public_id]) + "?sort=due"
    form = coordinator.get(address(action, next=back), headers=quick).content.decode()
    assert (
        form.startswith(f'<tr class="govuk-table__row app-rating" id="action-{action.public_id}">')
        and "<html" not in form
    )
    wrong = coordinator.post(address(action), AMBER | {"issue": "", "version": 1, "next": back}, headers=quick)
    assert wrong.status_code == 422 and wrong.content.startswith(b"<tr") and b"Hire another" in wrong.content
    row = coordinator.post(address(action), AMBER | {"version": 1, "next": back}, headers=quick).content.decode()
    assert row.startswith(f'<tr class="govuk-table__row" id="action-{action.public_id}">') and "app-rag--at_risk" in row
    assert 'id="figures" hx-swap-oob="true"' in row and "The rating is now Amber: at risk." in row
    assert "%3Fsort%3Ddue%23action-" in row

"""Updates: who writes them, whose rating counts, and what is never lost."""

import datetime

import pytest

from actions.domain.updates import (
    accept_update,
    freeze_updates,
    give_update,
    revise_update,
    save_update,
    send_back,
    submit_nil,
    submit_update,
    thaw_updates,
)
from actions.models import ActionOwner, ProgressUpdate
from prevent_tracker.core.refusals import Refused, RuleBroken, StaleSave
from tests.actions.domain.town import make_town
from tests.builders import TODAY, council_seat, make_action, make_council, make_person, make_plan

pytestmark = pytest.mark.django_db
SLIPPED = {
    "issue": "The trainer left.",
    "recovery": "A new one is sought.",
    "forecast_due": datetime.date(2027, 4, 30),
    "override_reason": "We know it now.",
}


def draft(town, **fields) -> ProgressUpdate:
    given = {"partner": town.police, "by": town.lead, "text": "Half are trained.", "rating": "on_track", **fields}
    return save_update(action=town.action, period=town.period, **given)


def submitted(town, **fields) -> ProgressUpdate:
    update = draft(town, **fields)
    return submit_update(update=update, by=fields.get("by", town.lead), version=update.version, today=TODAY)


def test_a_submitted_update_rates_and_starts_the_action(town):
    update = submitted(town)
    action = town.fresh()
    assert (update.state, update.is_said) == ("submitted", True)
    assert (action.state, action.rating, action.last_update_at) == ("in_progress", "on_track", update.submitted_at)
    decision = action.rating_decisions.get()
    assert (decision.source, decision.rating, decision.previous) == ("partner", "on_track", "not_rated")
    assert (decision.decided_by, decision.decided_as, decision.period) == (
        town.lead,
        "Partner lead, Avon Police",
        town.period,
    )


def test_given_in_one_act_it_is_drafted_and_submitted_or_not_there_at_all(town):
    given = {"action": town.action, "period": town.period, "partner": town.police, "by": town.lead, "today": TODAY}
    with pytest.raises(RuleBroken, match="Choose a rating"):
        give_update(**given, text="Half are trained.")
    assert not ProgressUpdate.objects.exists()
    update = give_update(**given, text="Half are trained.", rating="on_track")
    update.refresh_from_db()
    assert (update.state, update.version, town.fresh().rating) == ("submitted", 2, "on_track")
    assert list(update.history.values_list("state", flat=True)) == ["submitted", "draft"]
    with pytest.raises(RuleBroken, match="has been submitted"):
        give_update(**given, text="All are trained.", rating="on_track", version=2)


def test_a_draft_says_nothing_yet(town):
    update = draft(town)
    assert (update.state, update.is_said, update.on_behalf) == ("draft", False, False)
    assert (town.fresh().state, town.fresh().rating) == ("agreed", "not_rated")


def test_a_draft_keeps_what_it_is_not_given_and_empties_what_is_given_blank(town):
    draft(town, issue="None so far.")
    seat = {"action": town.action, "period": town.period, "partner": town.police, "by": town.lead}
    update = save_update(**seat, version=1, rating="not_started")
    assert (update.text, update.issue, update.rating, update.version) == (
        "Half are trained.",
        "None so far.",
        "not_started",
        2,
    )
    update = save_update(**seat, version=2, text="  ")
    assert (update.text, update.issue) == ("", "None so far.")


def test_a_stale_draft_is_refused_and_nothing_is_lost(town):
    draft(town)
    for version in (None, 0, 2):
        with pytest.raises(StaleSave) as stale:
            draft(town, version=version, text="Other words")
        assert stale.value.current.text == "Half are trained."


def test_a_submitted_update_is_not_overwritten_by_a_draft(town):
    update = submitted(town)
    with pytest.raises(RuleBroken, match="submitted. Open it again"):
        draft(town, version=update.version, text="Other words")
    update = revise_update(update=update, by=town.lead, version=update.version)
    assert (update.state, update.text) == ("draft", "Half are trained.")
    assert draft(town, version=update.version, text="Other words").text == "Other words"


def test_an_update_needs_words_and_a_rating(town):
    update = draft(town, text="")
    with pytest.raises(RuleBroken) as broken:
        submit_update(update=update, by=town.lead, version=1, today=TODAY)
    assert list(broken.value.problems) == ["text"]
    update = draft(town, version=1, rating="")
    with pytest.raises(RuleBroken) as broken:
        submit_update(update=update, by=town.lead, version=2, today=TODAY)
    assert broken.value.problems == {"rating": ["Choose a rating."]}
    update.refresh_from_db()
    assert update.state == "draft"
    assert not town.fresh().rating_decisions.exists()


def test_the_partners_rating_meets_the_same_rules(town):
    update = draft(town, rating="off_track")
    with pytest.raises(RuleBroken) as broken:
        submit_update(update=update, by=town.lead, version=1, today=TODAY)
    assert set(broken.value.problems) == {"issue", "recovery", "impact", "ask", "forecast_due", "override_reason"}
    update = draft(town, version=1, rating="at_risk", **SLIPPED)
    submit_update(update=update, by=town.lead, version=2, today=TODAY)
    action = town.fresh()
    assert (action.rating, action.forecast_due, action.due_on) == (
        "at_risk",
        SLIPPED["forecast_due"],
        datetime.date(2027, 3, 31),
    )
    assert action.original_due == action.due_on and action.times_redated == 0


def test_not_started_does_not_start_the_action():
    town = make_town(start_on=datetime.date(2026, 10, 1))
    submitted(town, rating="not_started", text="Planned for the autumn.")
    assert (town.fresh().state, town.fresh().rating) == ("agreed", "not_started")


def test_a_nil_return_says_that_there_is_nothing_to_say(town):
    update = submit_nil(action=town.action, period=town.period, partner=town.police, by=town.lead, today=TODAY)
    action = town.fresh()
    assert (update.is_nil, update.is_said, action.state, action.rating) == (True, True, "agreed", "not_rated")
    assert action.last_update_at == update.submitted_at
    with pytest.raises(RuleBroken, match="submitted"):
        submit_nil(action=town.action, period=town.period, partner=town.police, by=town.lead, today=TODAY)


def test_a_nil_return_keeps_drafted_words(town):
    draft(town)
    nil = submit_nil(action=town.action, period=town.period, partner=town.police, by=town.lead, today=TODAY)
    again = revise_update(update=nil, by=town.lead, version=nil.version)
    assert (again.is_nil, again.text) == (False, "Half are trained.")


def test_a_partners_blue_claims_completion_and_waits(town):
    submitted(town, rating="complete", completed_on=TODAY, evidence_note="Register of attendance.")
    action = town.fresh()
    assert (action.state, action.rating, action.completed_on) == ("completion_claimed", "not_rated", None)
    assert action.rating_decisions.get().rating == "complete"
    update = action.updates.get()
    update = revise_update(update=update, by=town.lead, version=update.version)
    update = draft(town, version=update.version, rating="on_track", override_reason="Two were missed.")
    submit_update(update=update, by=town.lead, version=update.version, today=TODAY)
    assert (town.fresh().state, town.fresh().rating) == ("in_progress", "on_track")


def claimed(town) -> ProgressUpdate:
    """The police say that an action which stands at Amber is complete."""
    update = submitted(town, rating="at_risk", **SLIPPED)
    update = revise_update(update=update, by=town.lead, version=update.version)
    delivered = {"completed_on": TODAY, "evidence_note": "Register of attendance."}
    return submitted(town, version=update.version, rating="complete", **delivered)


def test_a_claim_leaves_what_the_standing_rating_was_told_with(town):
    claimed(town)
    action, standing = town.fresh(), town.action.rating_decisions.get(rating="at_risk")
    assert (action.state, action.rating, action.forecast_due, action.rated_at) == (
        "completion_claimed",
        "at_risk",
        SLIPPED["forecast_due"],
        standing.decided_at,
    )


def test_a_claim_ends_when_the_update_is_sent_back_or_opened_again(town):
    update = claimed(town)
    update = send_back(update=update, comment="Show the register.", by=town.coordinator, version=update.version)
    assert (town.fresh().state, town.fresh().rating) == ("in_progress", "at_risk")
    assert town.fresh().history.first().history_change_reason == "Show the register."
    again = submitted(town, version=update.version, completed_on=TODAY, rating="complete", evidence_note="Register.")
    assert town.fresh().state == "completion_claimed"
    revise_update(update=again, by=town.lead, version=again.version)
    assert town.fresh().state == "in_progress"


def test_another_update_does_not_end_a_claim():
    """A nil return after the claim says nothing about it, whatever was drafted before."""
    town = make_town(state="completion_claimed", rating="at_risk")
    draft(town, rating="complete")
    nil = submit_nil(action=town.action, period=town.period, partner=town.police, by=town.lead, today=TODAY)
    send_back(update=nil, comment="Anything?", by=town.coordinator, version=nil.version)
    assert town.fresh().state == "completion_claimed"


def test_an_update_keeps_only_what_its_rating_is_told_with(town):
    left = {"issue": "Old.", "ask": "Old.", "evidence_note": "Old.", "forecast_due": SLIPPED["forecast_due"]}
    update = submitted(town, **left)
    update.refresh_from_db()
    assert (update.issue, update.ask, update.evidence_note, update.forecast_due) == ("", "", "", None)
    update = revise_update(update=update, by=town.lead, version=update.version)
    update = submitted(town, version=update.version, rating="at_risk", **SLIPPED, completed_on=TODAY)
    assert (update.issue, update.forecast_due, update.completed_on) == (
        SLIPPED["issue"],
        SLIPPED["forecast_due"],
        None,
    )


@pytest.mark.parametrize("rating", ["on_track", "not_started", "at_risk"])
def test_a_nil_return_is_refused_while_the_rating_is_one_that_the_dates_rule_out(rating):
    town = make_town(due_on=TODAY - datetime.timedelta(days=200), rating=rating)
    with pytest.raises(RuleBroken, match="The due date, .*, (has passed|passed more).*give an update with a rating"):
        submit_nil(action=town.action, period=town.period, partner=town.police, by=town.lead, today=TODAY)
    assert not ProgressUpdate.objects.exists()
    for allowed in ("off_track", "not_rated"):
        type(town.action).objects.filter(pk=town.action.pk).update(rating=allowed)
        nil = submit_nil(action=town.action, period=town.period, partner=town.police, by=town.lead, today=TODAY)
        revised = revise_update(update=nil, by=town.lead, version=nil.version)
        assert revised.state == "draft"


# --- Who writes ---------------------------------------------------------------------------------------------------


def test_a_joint_owner_writes_and_does_not_rate(town):
    with pytest.raises(RuleBroken, match="Only Avon Police, which is accountable, rates this action"):
        draft(town, partner=town.health, by=town.health_lead)
    update = draft(town, partner=town.health, by=town.health_lead, rating="")
    submit_update(update=update, by=town.health_lead, version=1, today=TODAY)
    action = town.fresh()
    assert (action.state, action.rating) == ("in_progress", "not_rated")
    assert not action.rating_decisions.exists()
    with pytest.raises(RuleBroken, match="Only Avon Police"):
        other = make_action(town.plan, town.police, town.health)
        submit_nil(action=other, period=town.period, partner=town.health, by=town.health_lead, today=TODAY)


def test_the_accountable_seat_takes_over_what_a_joint_owner_began(town):
    update = draft(town, partner=town.health, by=town.health_lead, rating="", text="Health's words.")
    with pytest.raises(Refused, match="not own this action|only update your own"):
        submit_update(update=update, by=make_person("contributor", council_seat(town.council)), version=1, today=TODAY)
    taken = save_update(
        action=town.action, period=town.period, partner=town.police, by=town.lead, version=1, rating="on_track"
    )
    assert (taken.partner, taken.written_by, taken.text) == (town.police, town.lead, "Health's words.")
    with pytest.raises(RuleBroken, match="Avon Police is writing this update"):
        draft(town, partner=town.health, by=town.health_lead, version=2, rating="", text="Ours again")


def test_a_seat_that_no_longer_answers_keeps_its_words_and_loses_its_rating(town):
    update = draft(town, rating="at_risk", **SLIPPED)
    for part, partner in (("joint", town.police), ("accountable", town.health)):
        ActionOwner.objects.filter(action=town.action, partner=partner).update(part=part)
    update = save_update(
        action=town.action, period=town.period, partner=town.police, by=town.lead, version=update.version, text="Half."
    )
    assert (update.text, update.rating, update.issue, update.override_reason) == ("Half.", "not_rated", "", "")
    assert update.forecast_due is None
    assert submit_update(update=update, by=town.lead, version=update.version, today=TODAY).is_said


def test_only_owners_write(town):
    stranger = make_person("contributor", council_seat(town.council))
    with pytest.raises(Refused):
        draft(town, partner=council_seat(town.council), by=stranger)
    with pytest.raises(Refused):  # for a seat that is not the person's own
        draft(town, by=town.health_lead)
    with pytest.raises(Refused):
        draft(town, by=make_person("coordinator", make_council("Elsewhere")))
    assert not ProgressUpdate.objects.exists()


def test_the_coordinator_writes_on_behalf_of_the_accountable_seat_only(town):
    with pytest.raises(Refused, match="on behalf of Avon Police"):
        draft(town, partner=town.health, by=town.coordinator, rating="")
    update = submitted(town, by=town.coordinator, text="They told me by telephone.")
    assert (update.on_behalf, update.written_by, update.partner) == (True, town.coordinator, town.police)
    assert town.fresh().rating_decisions.get().decided_as == "Prevent coordinator, Avon"
    update = revise_update(update=update, by=town.lead, version=update.version)
    update = draft(town, version=update.version, text="In our own words.")
    assert (update.on_behalf, update.written_by) == (False, town.lead)


def test_the_coordinator_never_edits_a_partners_words(town):
    update = draft(town)
    with pytest.raises(RuleBroken, match="do not edit a partner's words"):
        draft(town, by=town.coordinator, version=1, text="Better words")
    update = submit_update(update=update, by=town.lead, version=1, today=TODAY)
    with pytest.raises(Refused):
        revise_update(update=update, by=town.coordinator, version=update.version)


def test_an_action_without_a_seat_is_updated_for_the_council(town):
    ActionOwner.objects.filter(action=town.action).update(partner=None)
    seat = council_seat(town.council)
    update = submitted(town, partner=seat, by=town.coordinator)
    assert (update.partner, update.on_behalf, town.fresh().rating) == (seat, True, "on_track")


def test_an_update_belongs_to_its_plan_and_to_open_actions(town):
    elsewhere = make_action(make_plan(town.council, "Another"), town.police)
    done = make_action(town.plan, town.police, state="withdrawn")
    for action, words in ((elsewhere, "another plan"), (done, "is withdrawn, so no update")):
        with pytest.raises(RuleBroken, match=words):
            save_update(action=action, period=town.period, partner=town.police, by=town.lead, text="Words")


# --- Moderation ---------------------------------------------------------------------------------------------------


def test_an_update_is_sent_back_with_a_comment_and_submitted_again(town):
    update = submitted(town)
    with pytest.raises(RuleBroken) as broken:
        send_back(update=update, comment=" ", by=town.coordinator, version=update.version)
    assert "comment" in broken.value.problems
    back = send_back(update=update, comment="How many?", by=town.coordinator, version=update.version)
    assert (back.state, back.comment, back.is_said, back.text) == ("returned", "How many?", False, "Half are trained.")
    more = draft(town, version=back.version, text="24 of 48.")
    again = submit_update(update=more, by=town.lead, version=more.version, today=TODAY)
    assert (again.state, again.text) == ("submitted", "24 of 48.")


def test_a_lead_sends_back_within_their_own_organisation(town):
    contributor = make_person("contributor", town.police)
    update = submitted(town, by=contributor)
    for person in (contributor, town.health_lead):
        with pytest.raises(Refused):
            send_back(update=update, comment="More", by=person, version=update.version)
    assert send_back(update=update, comment="More", by=town.lead, version=update.version).state == "returned"


def test_only_the_coordinator_accepts(town):
    update = submitted(town)
    with pytest.raises(Refused):
        accept_update(update=update, by=town.lead, version=update.version)
    accepted = accept_update(update=update, by=town.coordinator, version=update.version)
    assert (accepted.state, accepted.is_said) == ("accepted", True)
    with pytest.raises(StaleSave):
        revise_update(update=update, by=town.lead, version=update.version)
    assert revise_update(update=accepted, by=town.lead, version=accepted.version).state == "draft"


# --- The lock -----------------------------------------------------------------------------------------------------


def test_what_was_said_freezes_and_thaws(town):
    said = submitted(town)
    other = make_action(town.plan, town.police)
    unsaid = save_update(action=other, period=town.period, partner=town.police, by=town.lead, text="Not yet")
    freeze_updates(town.period, town.coordinator)
    states = dict(ProgressUpdate.objects.values_list("pk", "state"))
    assert states == {said.pk: "frozen", unsaid.pk: "draft"}
    assert said.history.first().state == "frozen"
    assert said.history.first().history_user == town.coordinator
    thaw_updates(town.period, town.coordinator)
    assert dict(ProgressUpdate.objects.values_list("pk", "state")) == {said.pk: "submitted", unsaid.pk: "draft"}
    with pytest.raises(Refused):
        freeze_updates(town.period, town.lead)


@pytest.mark.parametrize("state", ["scheduled", "locked", "reported", "closed"])
def test_nothing_is_written_while_the_period_is_not_open(town, state):
    update = draft(town)
    type(town.period).objects.filter(pk=town.period.pk).update(state=state)
    attempts = (
        lambda: draft(town, version=1, text="Late words"),
        lambda: submit_update(update=update, by=town.lead, version=1, today=TODAY),
        lambda: submit_nil(action=town.action, period=town.period, partner=town.police, by=town.lead, today=TODAY),
        lambda: revise_update(update=update, by=town.lead, version=1),
        lambda: send_back(update=update, comment="More", by=town.coordinator, version=1),
        lambda: accept_update(update=update, by=town.coordinator, version=1),
    )
    for attempt in attempts:
        with pytest.raises(RuleBroken, match="Quarter 2"):
            attempt()
    update.refresh_from_db()
    assert (update.text, update.state) == ("Half are trained.", "draft")


def test_where_no_seat_is_accountable_the_first_seat_answers_and_opens_anothers_update_again(town):
    """Printed owners such as "All partners" are accountable on paper, and no seat stands for them."""
    action = make_action(town.plan, council_seat(town.council), town.police, town.health)
    action.owners.filter(part="accountable").update(partner=None)
    given = {"action": action, "period": town.period, "partner": town.health, "by": town.health_lead}
    update = save_update(**given, text="Health's words.")
    update = submit_update(update=update, by=town.health_lead, version=1, today=TODAY)
    with pytest.raises(Refused):
        revise_update(update=update, by=make_person("contributor", council_seat(town.council)), version=2)
    assert revise_update(update=update, by=town.lead, version=2).state == "draft"

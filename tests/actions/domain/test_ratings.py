"""The coordinator's rating: the rules, the moderation of a partner's, completion and who certified it."""

import datetime

import pytest

from actions.domain.lifecycle import reopen_action
from actions.domain.ratings import facts_for, facts_of, rate_action
from actions.domain.updates import save_update, submit_nil, submit_update
from actions.enums import Rating
from actions.models import Milestone
from prevent_tracker.core.refusals import Refused, RuleBroken, StaleSave
from tests.builders import TODAY, make_action, make_council, make_person

pytestmark = pytest.mark.django_db
SLIPPED = {
    "issue": "The trainer left.",
    "recovery": "A new one is sought.",
    "forecast_due": datetime.date(2027, 4, 30),
    "override_reason": "We know it now.",
}
DELIVERED = {"completed_on": TODAY, "evidence_note": "Register of attendance."}


def rate(town, rating, *, version=None, by=None, **given):
    action = town.fresh()
    version = action.version if version is None else version
    return rate_action(action=action, rating=rating, by=by or town.coordinator, version=version, today=TODAY, **given)


def say(town, rating, *, by=None, **fields):
    present = town.action.updates.first()
    update = save_update(
        action=town.action,
        period=town.period,
        partner=town.police,
        by=by or town.lead,
        version=present.version if present else None,
        **{"text": "Half are trained.", "rating": rating, **fields},
    )
    return submit_update(update=update, by=by or town.lead, version=update.version, today=TODAY)


def test_green_needs_an_update_which_may_be_given_in_the_same_act(town):
    with pytest.raises(RuleBroken) as broken:
        rate(town, "on_track")
    assert list(broken.value.problems) == ["rating"]
    decision = rate(town, "on_track", update_text="They told me by telephone.")
    update = town.action.updates.get()
    assert (update.text, update.on_behalf, update.state) == ("They told me by telephone.", True, "submitted")
    assert (update.partner, update.written_by, update.rating) == (town.police, town.coordinator, "on_track")
    assert (decision.source, decision.suggested, decision.period) == ("coordinator", "on_track", town.period)
    action = town.fresh()
    assert (action.rating, action.state, action.rated_at) == ("on_track", "in_progress", decision.decided_at)


def test_a_quarter_that_is_locked_still_refuses_green_without_its_update(town):
    """Else a reopened quarter would hold a Green that was refused while it was open."""
    locked = type(town.period).objects.filter(pk=town.period.pk)
    locked.update(state="locked")
    with pytest.raises(RuleBroken, match="no update for"):
        rate(town, "on_track")
    assert rate(town, "at_risk", **SLIPPED).period is None
    locked.update(state="reported")
    assert rate(town, "on_track", override_reason="Seen on a visit.").rating == "on_track"


def test_a_refused_rating_writes_no_update_either(town):
    with pytest.raises(RuleBroken):
        rate(town, "at_risk", update_text="They told me by telephone.")
    assert not town.action.updates.exists()
    assert town.fresh().version == 1


def test_the_coordinator_does_not_write_over_an_update(town):
    save_update(action=town.action, period=town.period, partner=town.police, by=town.lead, text="Our draft")
    with pytest.raises(RuleBroken, match="Avon Police is writing an update"):
        rate(town, "on_track", update_text="Mine")
    submit_nil(action=town.action, period=town.period, partner=town.police, by=town.lead, today=TODAY)
    with pytest.raises(RuleBroken, match="Avon Police has given an update"):
        rate(town, "on_track", update_text="Mine")
    assert rate(town, "on_track").rating == "on_track"


def test_without_an_open_quarter_there_is_no_update_to_give(town):
    type(town.period).objects.filter(pk=town.period.pk).update(state="reported")
    with pytest.raises(RuleBroken, match="No quarter is open"):
        rate(town, "on_track", update_text="Mine")
    assert rate(town, "on_track").period is None


def test_what_is_told_is_kept_with_the_decision(town):
    decision = rate(town, "at_risk", impact="Staff stay untrained.", completed_on=TODAY, **SLIPPED)
    assert (decision.issue, decision.impact, decision.forecast_due) == (
        "The trainer left.",
        "Staff stay untrained.",
        SLIPPED["forecast_due"],
    )
    assert decision.completed_on is None  # of no meaning with Amber
    assert town.fresh().forecast_due == SLIPPED["forecast_due"]
    say(town, "on_track", override_reason="It was mended.")
    assert town.fresh().forecast_due is None


def test_an_override_is_kept_with_what_was_suggested(town):
    say(town, "on_track")
    with pytest.raises(RuleBroken) as broken:
        rate(town, "at_risk", **SLIPPED | {"override_reason": ""})
    assert broken.value.problems == {
        "override_reason": ["Avon Police rated this Green. Say why you rate it Amber."],
    }
    decision = rate(town, "at_risk", **SLIPPED)
    assert (decision.suggested, decision.override_reason) == ("on_track", "We know it now.")
    assert decision.suggested_because.endswith("so Green is suggested.")
    assert (decision.previous, town.action.updates.get().rating) == ("on_track", "on_track")
    assert town.fresh().history.first().history_change_reason == "We know it now."


def test_a_stale_rating_is_refused(town):
    rate(town, "at_risk", **SLIPPED)
    with pytest.raises(StaleSave) as stale:
        rate(town, "at_risk", version=1, **SLIPPED)
    assert stale.value.current.rating == "at_risk"
    assert town.action.rating_decisions.count() == 1


# --- Completion ---------------------------------------------------------------------------------------------------


def test_a_claim_is_accepted_by_somebody_else(town):
    say(town, "complete", **DELIVERED)
    decision = rate(town, "complete", **DELIVERED)
    action = town.fresh()
    assert (action.state, action.rating, action.completed_on) == ("complete", "complete", TODAY)
    assert not decision.self_certified


def test_nobody_both_claims_and_accepts_without_it_showing(town):
    say(town, "complete", by=town.coordinator, **DELIVERED)
    assert town.fresh().state == "completion_claimed"
    assert rate(town, "complete", **DELIVERED).self_certified


def test_completion_without_a_claim_is_self_certified(town):
    assert rate(town, "complete", **DELIVERED).self_certified
    assert not rate_elsewhere(town).self_certified


def rate_elsewhere(town):
    other = make_action(town.plan, town.police, due_on=datetime.date(2027, 3, 31))
    return rate_action(action=other, rating="at_risk", by=town.coordinator, version=1, today=TODAY, **SLIPPED)


def test_a_claim_that_is_not_accepted_goes_back_with_a_reason(town):
    say(town, "complete", **DELIVERED)
    with pytest.raises(RuleBroken) as broken:
        rate(town, "at_risk", **SLIPPED | {"override_reason": ""})
    assert "rated this Blue" in broken.value.problems["override_reason"][0]
    rate(town, "at_risk", **SLIPPED)
    assert (town.fresh().state, town.fresh().rating) == ("in_progress", "at_risk")


def test_a_complete_action_is_rated_again_only_when_reopened(town):
    rate(town, "complete", **DELIVERED)
    with pytest.raises(RuleBroken, match="This action is complete. Reopen it"):
        rate(town, "at_risk", **SLIPPED)
    action = reopen_action(
        action=town.action, reason="It fell apart.", by=town.coordinator, version=town.fresh().version
    )
    assert (action.state, action.rating, action.completed_on) == ("in_progress", "not_rated", None)
    assert rate(town, "at_risk", **SLIPPED).previous == "not_rated"


@pytest.mark.parametrize("rating", [Rating.ON_TRACK, Rating.AT_RISK, Rating.OFF_TRACK, Rating.COMPLETE])
def test_a_withdrawn_action_is_not_rated(town, rating):
    type(town.action).objects.filter(pk=town.action.pk).update(state="withdrawn")
    with pytest.raises(RuleBroken, match="withdrawn"):
        rate(town, rating, **SLIPPED, **DELIVERED)


def test_only_the_coordinator_rates(town):
    for person in (town.lead, town.health_lead, make_person("coordinator", make_council("Elsewhere"))):
        with pytest.raises(Refused):
            rate(town, "at_risk", by=person, **SLIPPED)


# --- The facts ----------------------------------------------------------------------------------------------------


def test_the_facts_hold_milestones_and_the_quarters_update(town):
    Milestone.objects.create(action=town.action, position=1, text="Second", due_on=datetime.date(2027, 1, 31))
    Milestone.objects.create(action=town.action, position=0, text="First", met_on=TODAY)
    facts = facts_of(town.fresh(), town.period, TODAY)
    assert [m.text for m in facts.milestones] == ["First", "Second"]
    assert (facts.is_updated, facts.update_is_missing, facts.said_rating) == (False, True, "")
    say(town, "at_risk", **SLIPPED)
    facts = facts_of(town.fresh(), town.period, TODAY)
    assert (facts.is_updated, facts.said_rating, facts.said_by) == (True, "at_risk", "Avon Police")
    assert facts.forecast_due == SLIPPED["forecast_due"]
    assert not facts_of(town.fresh(), None, TODAY).update_is_missing
    assert facts_of(town.fresh(), None, TODAY).period_name == ""


def test_facts_of_many_take_two_queries(town, django_assert_num_queries):
    actions = [make_action(town.plan, town.police) for _ in range(5)]
    with django_assert_num_queries(2):
        assert len(facts_for(actions[:1], town.period)) == 1
    with django_assert_num_queries(2):
        assert len(facts_for(actions, town.period)) == 5

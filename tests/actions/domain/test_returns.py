"""Returns: their state, their sign-off, what makes it stale, and what a lock keeps."""

import datetime

import pytest

from actions.domain.actions import edit_action, withdraw_action
from actions.domain.quarter import open_quarter
from actions.domain.ratings import rate_action
from actions.domain.return_words import what_changed
from actions.domain.returns import (
    ACTION_FIELDS,
    UPDATE_FIELDS,
    return_content,
    returns_of,
    sign_off_return,
    state_of_return,
)
from actions.domain.updates import (
    accept_update,
    freeze_updates,
    revise_update,
    save_update,
    submit_nil,
    submit_update,
    thaw_updates,
)
from actions.enums import ReturnState
from actions.models import Action, PartnerReturn, ProgressUpdate
from plans.domain.periods import lock_period, reopen_period
from prevent_tracker.core.fingerprint import fingerprint
from prevent_tracker.core.refusals import Refused, RuleBroken
from tests.actions.domain.town import make_town
from tests.builders import TODAY, council_seat, make_action, make_partner, make_period, make_person

pytestmark = pytest.mark.django_db
STATEMENT = "This is a true account of our work in the quarter."
LATER = datetime.date(2027, 9, 30)


def say(town, *, action=None, text="Half are trained.", version=None, **fields) -> ProgressUpdate:
    update = save_update(
        action=action or town.action,
        period=town.period,
        partner=town.police,
        by=town.lead,
        version=version,
        **{"text": text, "rating": "on_track", **fields},
    )
    return submit_update(update=update, by=town.lead, version=update.version, today=TODAY)


def sign(town, *, by=None, shown=None, statement=STATEMENT):
    mine = town.return_of(town.police)
    shown = fingerprint(return_content(mine)) if shown is None else shown
    return sign_off_return(partner_return=mine, shown=shown, statement=statement, by=by or town.lead)


def state(town, partner=None) -> ReturnState:
    return state_of_return(PartnerReturn.objects.get(partner=partner or town.police, period=town.period))


# --- Opening, and the state -----------------------------------------------------------------------------------------


def test_opening_a_quarter_asks_every_partner_that_answers_for_an_open_action():
    town = make_town()
    type(town.period).objects.filter(pk=town.period.pk).update(state="scheduled")
    supporting = make_partner(town.council, "Avon Fire")
    town.action.owners.create(plan=town.plan, position=2, label="Fire", part="supporting", partner=supporting)
    make_action(town.plan, make_partner(town.council, "Avon Probation"), state="complete")
    period = open_quarter(period=town.period, asked="What did you do?", by=town.coordinator)
    assert [str(line.partner) for line in returns_of(period)] == ["Avon Police", "Avon Health"]
    assert PartnerReturn.objects.first().history.get().history_user == town.coordinator
    with pytest.raises(Refused):
        open_quarter(period=town.period, asked="", by=town.lead)


def test_the_state_follows_what_is_done(town):
    town.return_of(town.police)
    other = make_action(town.plan, town.police, due_on=LATER)
    assert state(town) == ReturnState.NOT_STARTED
    draft = save_update(action=town.action, period=town.period, partner=town.police, by=town.lead, text="Half.")
    assert state(town) == ReturnState.IN_PROGRESS
    say(town, version=draft.version)
    assert state(town) == ReturnState.IN_PROGRESS
    submit_nil(action=other, period=town.period, partner=town.police, by=town.lead, today=TODAY)
    assert state(town) == ReturnState.READY
    sign(town)
    assert state(town) == ReturnState.SIGNED_OFF
    update = town.action.updates.get()
    revise_update(update=update, by=town.lead, version=update.version)
    assert state(town) == ReturnState.STALE


def test_a_return_whose_only_action_is_withdrawn_asks_for_nothing(town):
    save_update(action=town.action, period=town.period, partner=town.police, by=town.lead, text="Half.")
    for partner in (town.police, town.health):
        town.return_of(partner)
    withdraw_action(action=town.action, reason="A mistake.", by=town.coordinator, version=town.fresh().version)
    assert state(town) == state(town, town.health) == ReturnState.NOTHING_ASKED
    assert not any(line.is_asked or line.stale for line in returns_of(town.period))
    lock(town)
    assert state(town) == ReturnState.NOTHING_ASKED


def test_a_locked_quarter_has_signed_changed_and_missing_returns(town):
    missing = town.return_of(town.health)
    say(town)
    sign(town)
    lock(town)
    assert state(town) == ReturnState.SIGNED_OFF
    assert state_of_return(PartnerReturn.objects.get(pk=missing.pk)) == ReturnState.NOT_RECEIVED


def lock(town):
    lock_period(period=town.period, by=town.coordinator)
    freeze_updates(town.period, town.coordinator)
    town.period.refresh_from_db()


# --- Signing --------------------------------------------------------------------------------------------------------


def test_a_sign_off_keeps_exactly_what_was_shown(town):
    say(town)
    content = return_content(town.return_of(town.police))
    sign_off = sign(town)
    assert (sign_off.content, sign_off.fingerprint) == (content, fingerprint(content))
    assert (sign_off.signed_by, sign_off.signed_as, sign_off.statement) == (
        town.lead,
        "Partner lead, Avon Police",
        STATEMENT,
    )
    shown = content["actions"][0]
    assert (shown["ref"], shown["due_on"], shown["update"]["rating"]) == ("36", "2027-03-31", "on_track")


def test_a_return_with_a_gap_is_not_signed_and_the_gap_is_named(town):
    make_action(town.plan, town.police, ref="37", text="Write to schools")
    joint = make_action(town.plan, town.health, town.police, text="Meet monthly")
    say(town)
    with pytest.raises(RuleBroken) as broken:
        sign(town)
    sentences = broken.value.problems[""]
    assert len(sentences) == 2 and "37. Write to schools" in sentences[0] and joint.text in sentences[1]


def test_what_changed_while_it_was_read_is_not_signed(town):
    update = say(town)
    shown = fingerprint(return_content(town.return_of(town.police)))
    update = revise_update(update=update, by=town.lead, version=update.version)
    say(town, text="All are trained.", version=update.version)
    with pytest.raises(RuleBroken, match="has changed since you opened it"):
        sign(town, shown=shown)
    with pytest.raises(RuleBroken, match="has changed"):
        sign(town, shown="")


def test_the_same_signed_twice_is_one_sign_off(town):
    say(town)
    assert sign(town) == sign(town, statement="Pressed twice.")
    assert town.return_of(town.police).sign_offs.count() == 1
    another = sign(town, by=make_person("partner_lead", town.police))
    assert town.return_of(town.police).sign_offs.count() == 2 and another.signed_by != town.lead


def test_words_of_a_joint_owner_wait_for_the_accountable_partners_rating(town):
    joint = {"partner": town.health, "by": town.health_lead}
    update = save_update(action=town.action, period=town.period, text="Health did its part.", **joint)
    update = submit_update(update=update, by=town.health_lead, version=update.version, today=TODAY)
    for partner in (town.police, town.health):
        town.return_of(partner)
    assert (state(town), state(town, town.health)) == (ReturnState.NOT_STARTED, ReturnState.READY)
    with pytest.raises(RuleBroken, match="has words from Avon Health, and no rating from you"):
        sign(town)
    update = revise_update(update=update, by=town.lead, version=update.version)
    update = save_update(
        action=town.action, period=town.period, partner=town.police, by=town.lead, version=update.version,
        rating="on_track",
    )  # fmt: skip
    update = submit_update(update=update, by=town.lead, version=update.version, today=TODAY)
    assert (update.text, town.fresh().rating, state(town)) == ("Health did its part.", "on_track", ReturnState.READY)


def test_no_rating_is_asked_where_there_is_nothing_left_to_rate(town):
    joint = {"partner": town.health, "by": town.health_lead}
    update = save_update(action=town.action, period=town.period, text="Health did its part.", **joint)
    submit_update(update=update, by=town.health_lead, version=update.version, today=TODAY)
    withdraw_action(action=town.action, reason="A mistake.", by=town.coordinator, version=town.fresh().version)
    town.return_of(town.police)
    assert state(town) == ReturnState.READY


def test_only_the_partners_own_lead_signs(town):
    say(town)
    for person in (
        town.health_lead,
        town.coordinator,
        make_person("contributor", town.police),
        make_person("auditor", town.council),
        make_person("council_admin", town.council),
        make_person("partner_lead", council_seat(town.council)),
        make_person(),
    ):
        with pytest.raises(Refused):
            sign(town, by=person)


def test_a_sign_off_says_something_and_comes_while_the_quarter_is_open(town):
    say(town)
    with pytest.raises(RuleBroken) as broken:
        sign(town, statement="  ")
    assert "statement" in broken.value.problems
    shown = fingerprint(return_content(town.return_of(town.police)))
    lock(town)
    with pytest.raises(RuleBroken, match="is locked"):
        sign(town, shown=shown)


# --- What makes it stale ---------------------------------------------------------------------------------------------


def test_a_later_edit_shows_in_words(town):
    update = say(town)
    sign_off = sign(town)
    action = edit_action(action=town.fresh(), by=town.coordinator, version=town.fresh().version, due_on=LATER)
    update = revise_update(update=update, by=town.lead, version=update.version)
    say(town, text="All are trained.", version=update.version, override_reason="It was agreed.")
    differences = what_changed(sign_off, return_content(town.return_of(town.police)))
    assert [d.sentence for d in differences] == [
        "36. Train all staff: due date was 31 March 2027, and is now 30 September 2027.",
        "36. Train all staff: times re-dated was 0, and is now 1.",
        "36. Train all staff: update was “Half are trained.”, and is now “All are trained.”.",
        "36. Train all staff: reason for the rating was nothing, and is now “It was agreed.”.",
    ]
    assert action.rating == "on_track" and state(town) == ReturnState.STALE


def test_moderation_takes_nothing_from_a_sign_off(town):
    update = say(town)
    sign(town)
    accept_update(update=update, by=town.coordinator, version=update.version)
    rate_action(
        action=town.fresh(),
        rating="at_risk",
        by=town.coordinator,
        version=town.fresh().version,
        today=TODAY,
        issue="The trainer left.",
        recovery="A new one is sought.",
        forecast_due=LATER.replace(month=4),
        override_reason="They do not know it yet.",
    )
    assert state(town) == ReturnState.SIGNED_OFF


def test_accepting_completion_takes_nothing_from_a_sign_off(town):
    delivered = {"completed_on": TODAY, "evidence_note": "Register."}
    say(town, rating="complete", **delivered)
    sign(town)
    version = town.fresh().version
    rate_action(action=town.fresh(), rating="complete", by=town.coordinator, version=version, today=TODAY, **delivered)
    assert (town.fresh().state, state(town)) == ("complete", ReturnState.SIGNED_OFF)


def test_the_same_again_is_signed_again(town):
    """A sign-off is valid whenever the content is what was signed, however it came to be so."""
    update = say(town)
    sign(town)
    update = revise_update(update=update, by=town.lead, version=update.version)
    assert state(town) == ReturnState.STALE
    say(town, version=update.version)
    assert state(town) == ReturnState.SIGNED_OFF


def test_an_action_more_or_fewer_makes_it_stale(town):
    say(town)
    sign_off = sign(town)
    extra = make_action(town.plan, town.police, text="Write to schools")
    assert state(town) == ReturnState.STALE
    change = what_changed(sign_off, return_content(town.return_of(town.police)))
    assert [d.sentence for d in change] == [
        "Write to schools: this action was not in the return, and is now in the return."
    ]
    withdraw_action(action=extra, reason="A mistake.", by=town.coordinator, version=1)
    assert state(town) == ReturnState.SIGNED_OFF


def test_reopening_voids_every_sign_off(town):
    say(town)
    sign_off = sign(town)
    lock(town)
    period = reopen_period(period=town.period, reason="Wrong figures.", by=town.coordinator)
    thaw_updates(period, town.coordinator)
    town.period.refresh_from_db()
    assert state(town) == ReturnState.STALE
    change = what_changed(sign_off, return_content(PartnerReturn.objects.get(partner=town.police)))
    assert [d.sentence for d in change] == ["The number of times the quarter was reopened was 0, and is now 1."]
    sign(town)
    assert state(town) == ReturnState.SIGNED_OFF


def test_what_happens_after_the_lock_says_nothing_about_an_old_sign_off(town):
    say(town)
    sign(town)
    lock(town)
    kept = return_content(PartnerReturn.objects.get(partner=town.police))
    edit_action(action=town.fresh(), by=town.coordinator, version=town.fresh().version, due_on=LATER, text="Reworded")
    assert return_content(PartnerReturn.objects.get(partner=town.police)) == kept
    assert state(town) == ReturnState.SIGNED_OFF


# --- What is covered -------------------------------------------------------------------------------------------------

# Every field is either in what is signed, or said here not to be, and why.
ACTION_UNSIGNED = {
    "id": "internal",
    "public_id": "is in the content as `id`",
    "version": "internal",
    "plan": "named in the content",
    "objective": "where it stands is the plan's, not the partner's",
    "position": "the order of the content",
    "state": "is in the content as `delivery_status`",
    "kind": "a reading of the timescale words, which are signed",
    "precision": "a reading",
    "recurrence": "a reading",
    "published_timescale": "never changes",
    "owner_text": "the part that the partner has is signed",
    "measure": "not shown on the return",
    "target_value": "not shown on the return",
    "target_unit": "not shown on the return",
    "extra": "not shown on the return",
    "closed_reason": "the coordinator's",
    "forecast_due": "the update's is signed",
    "completed_on": "the update's is signed",
    "rating": "the update's is signed; the coordinator's stands beside it",
    "rated_at": "when, not what",
    "last_update_at": "when, not what",
    "is_restricted": "who sees it, not what it says",
    "marking": "who sees it, not what it says",
}
UPDATE_UNSIGNED = {
    "id": "internal",
    "public_id": "internal",
    "version": "internal",
    "action": "it is in the action's content",
    "period": "named in the content",
    "partner": "is in the content as `written_for`",
    "written_by": "people are never shown on a return",
    "state": "only what is submitted is in the content",
    "comment": "the coordinator's",
    "submitted_at": "when, not what",
}


@pytest.mark.parametrize(
    ("model", "signed", "unsigned"),
    [(Action, ACTION_FIELDS, ACTION_UNSIGNED), (ProgressUpdate, UPDATE_FIELDS, UPDATE_UNSIGNED)],
)
def test_every_field_is_signed_or_said_not_to_be(model, signed, unsigned):
    fields = {field.name for field in model._meta.concrete_fields}
    assert fields == set(signed) | set(unsigned)
    assert not set(signed) & set(unsigned)


# --- How much it costs -----------------------------------------------------------------------------------------------


def test_the_list_of_returns_takes_the_same_queries_for_one_and_for_many(town, django_assert_num_queries):
    for number in range(5):
        partner = make_partner(town.council, f"Avon partner {number}")
        for _ in range(number):
            make_action(town.plan, partner, town.police)
        town.return_of(partner)
    with django_assert_num_queries(5):
        lines = returns_of(town.period)
    assert len(lines) == 5
    quiet = make_period(town.plan, state="scheduled", starts_on=datetime.date(2026, 10, 1))
    PartnerReturn.objects.create(partner=town.police, period=quiet)
    with django_assert_num_queries(5):
        assert len(returns_of(quiet)) == 1

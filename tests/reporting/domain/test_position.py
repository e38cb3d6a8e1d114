"""The position: which words are told to the board, and which are not."""

import datetime

import pytest

from actions.domain.actions import edit_action
from actions.domain.lifecycle import withdraw_action
from actions.domain.updates import revise_update, save_update, submit_nil
from actions.models import Action, ProgressUpdate
from prevent_tracker.core import clock
from reporting.domain.assemble import report_of
from reporting.domain.snapshot import take_snapshot
from tests.builders import TODAY
from tests.reporting.desk import DUE, LATER

pytestmark = pytest.mark.django_db
TOLD = ("update_text", "issue", "impact", "recovery", "ask", "evidence_note")


def draft_then_nil(desk):
    action = desk.actions[0]
    words = {"rating": "off_track", "text": "Half a sentence", **{name: f"Drafted {name}" for name in TOLD[1:]}}
    save_update(action=action, period=desk.period, partner=desk.police, by=desk.lead, **words)
    submit_nil(action=action, period=desk.period, partner=desk.police, by=desk.lead, today=TODAY)


def test_words_drafted_before_a_nil_return_are_not_told(desk):
    draft_then_nil(desk)
    row = desk.lock().actions.get(ref="1")
    assert (row.is_updated, row.is_nil, row.update_from) == (True, True, desk.period.name)
    assert [getattr(row, name) for name in TOLD] == [""] * len(TOLD)


def test_nor_are_they_told_as_last_said_a_quarter_later(desk):
    draft_then_nil(desk)
    desk.lock()
    row = desk.lock(desk.next_quarter(), LATER).actions.get(ref="1")
    assert (row.is_updated, row.is_nil, row.update_from) == (False, False, desk.period.name)
    assert [getattr(row, name) for name in TOLD] == [""] * len(TOLD)


def test_a_claim_of_completion_leaves_the_rating_with_what_it_was_told_with(desk):
    action = desk.actions[0]
    told = {"issue": "No trainer.", "recovery": "Hire one.", "impact": "Nobody is trained.", "ask": "Money."}
    desk.say(action, rating="off_track", override_reason="We know it.", forecast_due=datetime.date(2027, 9, 30), **told)
    update = ProgressUpdate.objects.get(action=action)
    revise_update(update=update, by=desk.lead, version=update.version)
    version = ProgressUpdate.objects.get(action=action).version
    claim = {"rating": "complete", "completed_on": TODAY, "evidence_note": "The register.", **dict.fromkeys(told, "")}
    desk.say(action, version=version, **claim)
    row = desk.lock().actions.get(ref="1")
    assert (row.rating, row.state) == ("off_track", "completion_claimed")
    assert {name: getattr(row, name) for name in told} == told


def test_a_partner_of_which_nothing_is_asked_is_not_in_the_returns(desk):
    for action in desk.actions:
        action = Action.objects.get(pk=action.pk)
        withdraw_action(action=action, reason="No longer needed.", by=desk.coordinator, version=action.version)
    assert desk.lock().returns == []


def redate(desk, ref, due_on):
    action = Action.objects.get(plan=desk.plan, ref=ref)
    edit_action(action=action, by=desk.coordinator, version=action.version, due_on=due_on)


def test_re_dated_in_a_first_report_means_since_the_quarter_opened(desk):
    with clock.as_at(desk.period.opened_at - datetime.timedelta(days=1)):
        redate(desk, "1", DUE + datetime.timedelta(days=30))
    redate(desk, "2", DUE + datetime.timedelta(days=30))
    told = desk.lock().actions.values_list("ref", "times_redated", "is_redated")
    assert list(told) == [("1", 1, False), ("2", 1, True)]


def test_what_a_report_is_compared_with_stays_as_it_was(desk):
    desk.say(desk.actions[0])
    desk.lock()
    report = desk.draft(desk.lock(desk.next_quarter(), LATER))
    told = report_of(report)
    Action.objects.update(rating="off_track", text="Reworded")
    with clock.as_at(report.snapshot.taken_at + datetime.timedelta(days=1)):
        take_snapshot(period=desk.period, by=desk.coordinator, today=LATER)
    assert report_of(report) == told and told.has_previous

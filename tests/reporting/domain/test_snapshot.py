"""The snapshot: what it copies, that nothing changes it, and that it costs the same for one action as for many."""

import datetime

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from actions.domain.ratings import rate_action
from actions.models import Action
from plans.models import ReportingPeriod
from prevent_tracker.core.refusals import Refused, RuleBroken
from reporting.domain.lock import lock_quarter, reopen_quarter
from reporting.domain.position import previous_rows, previous_snapshot, read_position
from reporting.domain.snapshot import is_intact, position_fingerprint, position_of, take_snapshot
from reporting.domain.trend import trend_before
from reporting.models import Snapshot, SnapshotAction
from tests.builders import TODAY, make_action, make_person
from tests.reporting.desk import LATER, make_desk

pytestmark = pytest.mark.django_db


def test_values_are_copied_as_they_stood(desk):
    desk.say(desk.actions[0], text="Half are trained.")
    snapshot = desk.lock()
    row = snapshot.actions.get(ref="1")
    assert (row.text, row.rating, row.update_text, row.is_updated) == (
        "Avon action 1",
        "on_track",
        "Half are trained.",
        True,
    )
    assert (row.partner_name, row.accountable) == ("Avon Police", "Avon Police")
    assert row.heading_path == ["Keep people safe", "Train those who meet the public"]
    assert snapshot.rating_counts["on_track"] == 1 and snapshot.rating_counts["not_rated"] == 1
    assert snapshot.plan["quarter"] == desk.period.name and snapshot.plan["rag_key"][0]["label"] == "Complete"
    Action.objects.filter(pk=desk.actions[0].pk).update(text="Something else")
    assert snapshot.actions.get(ref="1").text == "Avon action 1"


def test_an_action_without_an_update_keeps_its_last_words_and_says_where_they_are_from(desk):
    desk.say(desk.actions[0], text="Half are trained.")
    desk.lock()
    period = desk.next_quarter()
    row = desk.lock(period, LATER).actions.get(ref="1")
    assert (row.is_updated, row.update_text, row.update_from) == (False, "Half are trained.", desk.period.name)
    assert row.previous_rating == "on_track"


def test_words_of_a_later_quarter_are_not_told_of_an_earlier_one(desk):
    """As when a quarter is locked again after the next one has begun to report."""
    desk.say(desk.actions[0], text="Said in time.")
    desk.lock()
    desk.say(desk.actions[0], text="Said later.", period=desk.next_quarter(), today=LATER)
    now = datetime.datetime.combine(LATER, datetime.time(12), tzinfo=datetime.UTC)
    row = read_position(period=desk.period, today=LATER, now=now).actions[0]
    assert (row.update_text, row.is_updated) == ("Said in time.", True)


def test_a_draft_update_says_nothing(desk):
    from actions.domain.updates import save_update

    save_update(action=desk.actions[0], period=desk.period, partner=desk.police, by=desk.lead, text="Not yet said.")
    row = desk.lock().actions.get(ref="1")
    assert (row.is_updated, row.update_text) == (False, "")


def test_overdue_counts_from_the_day_after_the_due_date(desk):
    Action.objects.filter(pk=desk.actions[0].pk).update(due_on=TODAY)
    Action.objects.filter(pk=desk.actions[1].pk).update(due_on=TODAY - datetime.timedelta(days=1))
    assert list(desk.lock().actions.values_list("ref", "is_overdue")) == [("1", False), ("2", True)]


def test_re_dated_means_since_the_last_snapshot(desk):
    Action.objects.filter(pk=desk.actions[0].pk).update(times_redated=1)
    assert desk.lock().actions.get(ref="1").is_redated
    assert not desk.lock(desk.next_quarter(), LATER).actions.get(ref="1").is_redated


def test_what_a_rating_was_told_with_is_copied(desk):
    action = Action.objects.get(pk=desk.actions[0].pk)
    rate_action(
        action=action, rating="off_track", by=desk.coordinator, version=action.version, today=TODAY,
        issue="No trainer.",
        recovery="Hire one.", forecast_due=datetime.date(2027, 9, 30), impact="Nobody is trained.", ask="Money.",
        override_reason="We know it now.", update_text="Nothing happened.",
    )  # fmt: skip
    row = desk.lock().actions.get(ref="1")
    assert (row.rating, row.issue, row.recovery, row.ask) == ("off_track", "No trainer.", "Hire one.", "Money.")
    assert (row.override_reason, row.is_on_behalf, row.forecast_due) == (
        "We know it now.",
        True,
        datetime.date(2027, 9, 30),
    )


def test_returns_are_kept_with_the_role_that_signed_them(desk):
    for action in desk.actions:
        desk.say(action)
    desk.sign_off()
    (line,) = desk.lock().returns
    assert (line["partner"], line["state"], line["done"], line["total"]) == ("Avon Police", "signed_off", 2, 2)
    assert line["signed_as"] == "Partner lead, Avon Police" and line["statement"] == "This is our return."
    assert desk.lead.name not in str(line)


def test_a_missing_return_is_not_received(desk):
    (line,) = desk.lock().returns
    assert (line["state"], line["signed_as"]) == ("not_received", "")


@pytest.mark.parametrize("act", ["update", "delete", "save"])
@pytest.mark.parametrize("model", [Snapshot, SnapshotAction])
def test_nothing_changes_a_snapshot(desk, model, act):
    desk.lock()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows = model.objects.all()
        if act == "update":
            rows.update(**{"fingerprint" if model is Snapshot else "text": "x"})
        elif act == "delete":
            rows._raw_delete("default")
        else:
            rows.last().save()


def test_the_fingerprint_is_of_the_content(desk):
    desk.say(desk.actions[0])
    snapshot = desk.lock()
    assert is_intact(snapshot)
    position = position_of(snapshot)
    position.actions[0].text += "!"
    assert position_fingerprint(position) != snapshot.fingerprint


def test_the_live_position_is_what_a_snapshot_keeps(desk):
    desk.say(desk.actions[0])
    snapshot = desk.lock()
    period = ReportingPeriod.objects.get(pk=desk.period.pk)
    live = read_position(period=period, today=TODAY, now=snapshot.taken_at)
    assert position_fingerprint(live) == snapshot.fingerprint


def test_a_reopened_quarter_gets_another_snapshot(desk):
    first = desk.lock()
    reopen_quarter(period=desk.period, reason="A return came late.", by=desk.coordinator)
    desk.say(desk.actions[0])
    second = desk.lock()
    assert (first.number, second.number) == (1, 2)
    assert first.actions.get(ref="1").is_updated is False and second.actions.get(ref="1").is_updated is True


def test_what_was_said_is_frozen_by_the_lock(desk):
    desk.say(desk.actions[0])
    assert desk.period.updates.get(action=desk.actions[0]).state == "submitted"
    desk.lock()
    assert desk.period.updates.get(action=desk.actions[0]).state == "frozen"


def test_what_came_before_is_the_last_snapshot_of_the_quarter_before(desk):
    """A quarter that was locked, reopened and locked again is told to the next as it stood at its second lock."""
    desk.lock()
    reopen_quarter(period=desk.period, reason="A figure was wrong.", by=desk.coordinator)
    desk.period.refresh_from_db()
    desk.say(desk.actions[0])
    second = desk.lock()
    period = desk.next_quarter()
    assert previous_snapshot(period) == second
    assert {row.snapshot_id for row in previous_rows(period)} == {second.pk}
    assert [line.counts for line in trend_before(period)] == [second.rating_counts]
    assert second.rating_counts["on_track"] == 1


def test_only_a_locked_quarter_has_a_snapshot(desk):
    with pytest.raises(RuleBroken, match="Lock the quarter first"):
        take_snapshot(period=desk.period, by=desk.coordinator, today=TODAY)


def test_a_quarter_is_locked_once(desk):
    desk.lock()
    with pytest.raises(RuleBroken, match="locked"):
        lock_quarter(period=desk.period, by=desk.coordinator, today=TODAY)
    assert Snapshot.objects.count() == 1


@pytest.mark.parametrize("role", ["auditor", "council_admin"])
def test_nobody_else_locks(desk, role):
    with pytest.raises(Refused):
        lock_quarter(period=desk.period, by=make_person(role, desk.council), today=TODAY)
    assert not Snapshot.objects.exists()


def test_a_lock_that_fails_half_way_leaves_the_quarter_open(desk, monkeypatch):
    monkeypatch.setattr("reporting.domain.snapshot.position_fingerprint", lambda position: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        desk.lock()
    desk.period.refresh_from_db()
    assert desk.period.is_open


def test_the_number_of_queries_does_not_grow():
    counts = []
    for actions in (1, 3, 9):
        desk = make_desk(actions=actions, name=f"Avon {actions}")
        for action in desk.actions:
            desk.say(action)
        make_action(desk.plan, desk.police, text="without a heading")
        period = ReportingPeriod.objects.select_related("plan__council").get(pk=desk.period.pk)
        with CaptureQueriesContext(connection) as queries:
            read_position(period=period, today=TODAY, now=datetime.datetime(2026, 8, 12, tzinfo=datetime.UTC))
        counts.append(len(queries))
    assert counts[0] == counts[1] == counts[2], counts

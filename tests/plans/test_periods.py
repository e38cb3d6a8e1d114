"""Reporting periods: one open at a time, locked and reopened with care, and never edited while locked."""

import datetime

import pytest
from django.db import transaction

from plans.domain.periods import (
    close_period,
    hold_open_period,
    lock_period,
    mark_reported,
    open_period,
    reopen_period,
    require_open,
    schedule_period,
)
from plans.domain.quarters import Quarter
from plans.enums import PeriodState
from prevent_tracker.core.refusals import Refused, RuleBroken
from tests.builders import make_council, make_period, make_person, make_plan
from tests.kept import kept

pytestmark = pytest.mark.django_db
Q2 = Quarter(2026, 2)


@kept
def plan():
    return make_plan(make_council("Avon"))


@kept
def coordinator(plan):
    return make_person("coordinator", plan.council)


def test_a_quarter_runs_its_course(plan, coordinator):
    period = schedule_period(plan=plan, quarter=Q2, by=coordinator)
    assert (period.name, period.state, period.returns_due_on) == (Q2.name, "scheduled", datetime.date(2026, 10, 14))
    period = open_period(period=period, asked="What did you do?", by=coordinator)
    assert (period.asked, period.is_open) == ("What did you do?", True) and period.opened_at
    period = lock_period(period=period, by=coordinator)
    assert period.locked_by == coordinator and period.locked_at
    period = reopen_period(period=period, reason="The police's figures were wrong.", by=coordinator)
    assert (period.times_reopened, period.locked_by, period.is_open) == (1, None, True)
    assert period.history.first().history_change_reason == "The police's figures were wrong."
    period = lock_period(period=period, by=coordinator)
    period = mark_reported(period=period, by=coordinator)
    assert mark_reported(period=period, by=coordinator).version == period.version
    with pytest.raises(RuleBroken, match="report on .* has been issued"):
        reopen_period(period=period, reason="Too late", by=coordinator)
    assert close_period(period=period, by=coordinator).state == "closed"


def test_returns_are_due_when_told(plan, coordinator):
    due = datetime.date(2026, 10, 30)
    period = schedule_period(plan=plan, quarter=Q2, by=coordinator, returns_due_on=due)
    assert period.returns_due_on == due
    later = datetime.date(2026, 11, 6)
    assert open_period(period=period, asked="", by=coordinator, returns_due_on=later).returns_due_on == later
    with pytest.raises(RuleBroken) as broken:
        schedule_period(plan=plan, quarter=Quarter(2026, 3), by=coordinator, returns_due_on=datetime.date(2026, 9, 30))
    assert "returns_due_on" in broken.value.problems


def test_one_quarter_is_open_at_a_time(plan, coordinator):
    first = schedule_period(plan=plan, quarter=Q2, by=coordinator)
    second = schedule_period(plan=plan, quarter=Quarter(2026, 3), by=coordinator)
    open_period(period=first, asked="", by=coordinator)
    with pytest.raises(RuleBroken, match="Quarter 2 .* is still open"):
        open_period(period=second, asked="", by=coordinator)
    lock_period(period=first, by=coordinator)
    open_period(period=second, asked="", by=coordinator)
    other = make_plan(plan.council, "Another plan")
    open_period(period=schedule_period(plan=other, quarter=Q2, by=coordinator), asked="", by=coordinator)


def test_a_quarter_is_not_opened_after_a_later_one(plan, coordinator):
    """Its new figures would be today's, and would be printed as what was before the later report's."""
    unused = schedule_period(plan=plan, quarter=Quarter(2026, 1), by=coordinator)
    first = schedule_period(plan=plan, quarter=Q2, by=coordinator)
    second = schedule_period(plan=plan, quarter=Quarter(2026, 3), by=coordinator)
    open_period(period=first, asked="", by=coordinator)
    lock_period(period=first, by=coordinator)
    reopen_period(period=first, reason="Only scheduled quarters come after it", by=coordinator)
    lock_period(period=first, by=coordinator)
    open_period(period=second, asked="", by=coordinator)
    for later_state in ("open", "locked"):
        with pytest.raises(RuleBroken, match="Quarter 3 .* has been opened since, so Quarter 2"):
            reopen_period(period=first, reason="Wrong figures", by=coordinator)
        with pytest.raises(RuleBroken, match="has been opened since, so Quarter 1"):
            open_period(period=unused, asked="", by=coordinator)
        if later_state == "open":
            lock_period(period=second, by=coordinator)


def test_a_quarter_is_scheduled_once(plan, coordinator):
    schedule_period(plan=plan, quarter=Q2, by=coordinator)
    with pytest.raises(RuleBroken, match="calendar already"):
        schedule_period(plan=plan, quarter=Q2, by=coordinator)


def test_only_a_live_plan_is_reported_on(coordinator, plan):
    draft = make_plan(plan.council, live=False)
    period = schedule_period(plan=draft, quarter=Q2, by=coordinator)
    with pytest.raises(RuleBroken, match="Make the plan live"):
        open_period(period=period, asked="", by=coordinator)


@pytest.mark.parametrize("state", [state for state in PeriodState if state != PeriodState.OPEN])
def test_only_an_open_period_takes_edits(plan, state):
    period = make_period(plan, state=state)
    with pytest.raises(RuleBroken, match=period.name), transaction.atomic():
        require_open(period)
    with transaction.atomic():
        assert hold_open_period(plan) is None


def test_an_open_period_is_held_fresh(plan):
    period = make_period(plan)
    type(period).objects.filter(pk=period.pk).update(asked="Asked later")
    with transaction.atomic():
        assert require_open(period).asked == "Asked later"
        assert hold_open_period(plan) == period


STEPS = {
    "open": lambda period, by: open_period(period=period, asked="", by=by),
    "lock": lambda period, by: lock_period(period=period, by=by),
    "reopen": lambda period, by: reopen_period(period=period, reason="Wrong figures", by=by),
    "report": lambda period, by: mark_reported(period=period, by=by),
    "close": lambda period, by: close_period(period=period, by=by),
}
ALLOWED = {
    ("scheduled", "open"): "open",
    ("open", "lock"): "locked",
    ("locked", "reopen"): "open",
    ("locked", "report"): "reported",
    ("reported", "report"): "reported",
    ("reported", "close"): "closed",
}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("state", list(PeriodState))
def test_every_state_and_step(plan, coordinator, state, step):
    period = make_period(plan, state=state)
    target = ALLOWED.get((state.value, step))
    if target is None:
        with pytest.raises(RuleBroken) as broken:
            STEPS[step](period, coordinator)
        assert str(broken.value).endswith(".")
        period.refresh_from_db()
        assert period.state == state
    else:
        assert STEPS[step](period, coordinator).state == target


@pytest.mark.parametrize("step", sorted(STEPS.keys() - {"report"}))  # that right is to issue the report
def test_only_the_coordinator_runs_the_quarter(plan, step):
    period = make_period(plan)
    for role in ("auditor", "council_admin"):
        with pytest.raises(Refused):
            STEPS[step](period, make_person(role, plan.council))
    with pytest.raises(Refused):
        STEPS[step](period, make_person("coordinator", make_council("Elsewhere")))

"""Reporting periods: scheduled, opened, locked, reopened, reported; and the lock that an edit and a lock share."""

import datetime

from django.db import IntegrityError, transaction

from partners.models import User
from partners.policy import allow
from plans.domain.quarters import Quarter, returns_due
from plans.domain.record import acting
from plans.enums import PeriodState, PlanState
from plans.models import Plan, ReportingPeriod
from prevent_tracker.core import clock
from prevent_tracker.core.refusals import RuleBroken
from prevent_tracker.core.states import move
from prevent_tracker.core.versions import save_next

NOT_OPEN = "{name} is {state}, so updates, ratings and sign-offs for it can no longer be changed."
NOT_OPEN_YET = "{name} has not been opened yet."


def require_open(period: ReportingPeriod) -> ReportingPeriod:
    """Return the period fresh and locked until the transaction ends, so that no lock of the quarter passes an edit.

    Call first in the transaction, before any other row is locked. Raises RuleBroken when the period is not open.
    """
    period = _locked(period)
    if not period.is_open:
        words = NOT_OPEN_YET if period.state == PeriodState.SCHEDULED else NOT_OPEN
        raise RuleBroken(words.format(name=period.name, state=period.get_state_display().lower()))
    return period


def hold_open_period(plan: Plan) -> ReportingPeriod | None:
    """Return the plan's open period, locked as by `require_open`; None when none is open. Call inside a transaction."""
    return plan.periods.open().select_for_update().first()


@transaction.atomic
def schedule_period(
    *, plan: Plan, quarter: Quarter, by: User, returns_due_on: datetime.date | None = None
) -> ReportingPeriod:
    """Put a quarter in the plan's calendar. Returns are due ten working days after its end unless told otherwise.

    Raises Refused, RuleBroken (in the calendar already; returns due before the quarter has started).
    """
    allow(by, "run_quarter", plan)
    due = returns_due_on or returns_due(quarter, plan.council.gss_code)
    _check_due(due, quarter.starts_on)
    if plan.periods.filter(starts_on=quarter.starts_on).exists():
        raise RuleBroken(f"{quarter.name} is in this plan's calendar already.")
    with acting(by, plan.council):
        return ReportingPeriod.objects.create(
            plan=plan,
            name=quarter.name,
            starts_on=quarter.starts_on,
            ends_on=quarter.ends_on,
            returns_due_on=due,
        )


@transaction.atomic
def open_period(
    *, period: ReportingPeriod, asked: str, by: User, returns_due_on: datetime.date | None = None
) -> ReportingPeriod:
    """Open a scheduled period for updates, with what is asked of partners in words.

    Raises Refused, RuleBroken (plan not live, not scheduled, another quarter open, a later one begun, returns due
    before it starts).
    """
    period = _take(period, by)
    if period.plan.state != PlanState.LIVE:
        raise RuleBroken("Only a live plan is reported on. Make the plan live first.")
    _check_latest(period)
    _check_none_open(period)
    if returns_due_on is not None:
        _check_due(returns_due_on, period.starts_on)
        period.returns_due_on = returns_due_on
    move(period, "open", "opened")
    period.asked = asked.strip()
    period.opened_at = clock.now()
    return _save(period, by)


@transaction.atomic
def lock_period(*, period: ReportingPeriod, by: User) -> ReportingPeriod:
    """Lock an open period: from here on nothing said for it changes. Raises Refused, RuleBroken (not open)."""
    period = _take(period, by)
    move(period, "lock", "locked")
    period.locked_at = clock.now()
    period.locked_by = by
    return _save(period, by)


@transaction.atomic
def reopen_period(*, period: ReportingPeriod, reason: str, by: User) -> ReportingPeriod:
    """Open a locked period again, before its report is issued; sign-offs given for it no longer count.

    Raises Refused, RuleBroken (no reason, reported already, another quarter open, a later one begun).
    """
    period = _take(period, by)
    if not reason.strip():
        raise RuleBroken({"reason": ["Say why the quarter is reopened."]})
    if period.state in (PeriodState.REPORTED, PeriodState.CLOSED):
        raise RuleBroken(
            f"A report on {period.name} has been issued, so it cannot be reopened. Put corrections in the next quarter."
        )
    _check_latest(period)
    _check_none_open(period)
    move(period, "reopen", "reopened")
    period.times_reopened += 1
    period.locked_at = None
    period.locked_by = None
    return _save(period, by, reason)


@transaction.atomic
def mark_reported(*, period: ReportingPeriod, by: User) -> ReportingPeriod:
    """Say that a report, which `by` issued, was made from the locked period; again is no change.

    The right was checked when the report was issued: making its files ends even if that person's role ended since.
    Raises RuleBroken (not locked).
    """
    period = _locked(period)
    if period.state == PeriodState.REPORTED:
        return period
    move(period, "report", "reported")
    return _save(period, by)


@transaction.atomic
def close_period(*, period: ReportingPeriod, by: User) -> ReportingPeriod:
    """Say that the board has met; later corrections go into the next period.

    Raises Refused, RuleBroken (not reported).
    """
    period = _take(period, by)
    move(period, "close", "closed")
    return _save(period, by)


def _locked(period: ReportingPeriod) -> ReportingPeriod:
    periods = ReportingPeriod.objects.select_for_update(of=("self",)).select_related("plan__council")
    return periods.get(pk=period.pk)


def _take(period: ReportingPeriod, by: User) -> ReportingPeriod:
    allow(by, "run_quarter", period.plan)
    return _locked(period)


def _save(period: ReportingPeriod, by: User, reason: str = "") -> ReportingPeriod:
    try:
        with acting(by, period.plan.council, reason), transaction.atomic():
            save_next(period, reason=reason.strip())
    except IntegrityError as error:  # two people opened two quarters at the same moment
        raise RuleBroken("Another quarter of this plan is open. Lock it first.") from error
    return period


def _check_none_open(period: ReportingPeriod) -> None:
    other = period.plan.periods.open().exclude(pk=period.pk).first()
    if other is not None:
        raise RuleBroken(f"{other.name} is still open. Lock it before opening {period.name}.")


def _check_latest(period: ReportingPeriod) -> None:
    """A later quarter is compared with this one, and today's position is the later one's: it cannot be told as old."""
    begun = period.plan.periods.filter(starts_on__gt=period.starts_on).exclude(state=PeriodState.SCHEDULED)
    later = begun.order_by("starts_on").first()
    if later is not None:
        raise RuleBroken(
            f"{later.name} has been opened since, so {period.name} cannot be opened any more. "
            "Put what is late or was wrong in the later quarter."
        )


def _check_due(due: datetime.date, starts_on: datetime.date) -> None:
    if due < starts_on:
        raise RuleBroken({"returns_due_on": ["Returns must be due after the quarter has started."]})

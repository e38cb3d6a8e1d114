"""Locking a quarter: the period locks, updates freeze and the snapshot is taken, in one transaction. And undoing it."""

import datetime

from django.db import transaction

from actions.domain.updates import freeze_updates, thaw_updates
from partners.models import User
from plans.domain.periods import lock_period, reopen_period, require_open
from plans.models import ReportingPeriod
from prevent_tracker.core.refusals import RuleBroken
from reporting.domain.snapshot import take_snapshot
from reporting.enums import ReportState
from reporting.models import Report, Snapshot


@transaction.atomic
def lock_quarter(*, period: ReportingPeriod, by: User, today: datetime.date) -> Snapshot:
    """Lock the open quarter and keep its position as at `today`. Returns the snapshot.

    An edit that has begun is waited for and included; one that comes later is refused. Raises Refused, and RuleBroken
    when the quarter is not open.
    """
    require_open(period)
    period = lock_period(period=period, by=by)
    freeze_updates(period=period, by=by)
    return take_snapshot(period=period, by=by, today=today)


@transaction.atomic
def reopen_quarter(*, period: ReportingPeriod, reason: str, by: User) -> ReportingPeriod:
    """Open a locked quarter again, with a reason: sign-offs given for it no longer count, its snapshot stays as it was.

    Raises Refused, and RuleBroken without a reason, once a report was issued, and while one is being made.
    """
    period = ReportingPeriod.objects.select_for_update(of=("self",)).select_related("plan__council").get(pk=period.pk)
    if Report.objects.filter(snapshot__period=period, state=ReportState.ISSUING).exists():
        raise RuleBroken("A report on this quarter is being made at this moment. Wait until it is done.")
    period = reopen_period(period=period, reason=reason, by=by)
    thaw_updates(period=period, by=by)
    return period

"""The snapshot: the position of a plan when its quarter locks, copied into rows that nothing can change."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from partners.models import User
from partners.policy import allow
from plans.enums import PeriodState
from plans.models import ReportingPeriod
from prevent_tracker.core import clock
from prevent_tracker.core.fingerprint import fingerprint
from prevent_tracker.core.refusals import RuleBroken
from reporting.domain.position import Position, read_position
from reporting.models import Snapshot, SnapshotAction

NOT_CONTENT = ("id", "snapshot")
NOT_LOCKED = "Lock the quarter first: a snapshot is taken of a locked quarter."


@transaction.atomic
def take_snapshot(*, period: ReportingPeriod, by: User, today: datetime.date) -> Snapshot:
    """Copy the position of the plan on `today` into append-only rows, under the period's row lock.

    A quarter that was reopened and locked again gets the next number. Raises Refused, and RuleBroken unless the
    period is locked.
    """
    allow(by, "run_quarter", period.plan)
    period = ReportingPeriod.objects.select_for_update().get(pk=period.pk)
    if period.state != PeriodState.LOCKED:
        raise RuleBroken(NOT_LOCKED)
    now = clock.now()
    position = read_position(period=period, today=today, now=now)
    snapshot = Snapshot.objects.create(
        period=period,
        number=period.snapshots.count() + 1,
        taken_at=now,
        taken_by=by,
        plan=position.plan,
        headings=position.headings,
        returns=position.returns,
        rating_counts=position.rating_counts,
        fingerprint=position_fingerprint(position),
    )
    for row in position.actions:
        row.snapshot = snapshot
    SnapshotAction.objects.bulk_create(position.actions)
    return snapshot


def position_of(snapshot: Snapshot) -> Position:
    """Return the position that a snapshot keeps. One query."""
    return Position(
        snapshot.taken_at,
        timezone.localdate(snapshot.taken_at),
        snapshot.plan,
        snapshot.headings,
        snapshot.returns,
        list(snapshot.actions.all()),
    )


def position_fingerprint(position: Position) -> str:
    """Return the SHA-256 of the header and all rows in canonical form: equal positions, equal fingerprints."""
    return fingerprint(
        {
            "plan": position.plan,
            "headings": position.headings,
            "returns": position.returns,
            "actions": [_content(row) for row in position.actions],
        }
    )


def is_intact(snapshot: Snapshot) -> bool:
    """Whether the rows still have the fingerprint that the snapshot was stored with."""
    return position_fingerprint(position_of(snapshot)) == snapshot.fingerprint


def _content(row: SnapshotAction) -> dict[str, Any]:
    return {
        field.name: str(value) if isinstance(value := getattr(row, field.attname), str) else value
        for field in row._meta.concrete_fields
        if field.name not in NOT_CONTENT
    }

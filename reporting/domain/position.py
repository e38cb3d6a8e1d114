"""The position of a plan: values copied as text from the live rows, in as many queries for 1 action as for 2,000.

`read_position` is what a snapshot stores and what a preview shows. History is read only for a plan's first report,
which has no snapshot to count re-datings from.
"""

import datetime
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import Max, OuterRef, Prefetch, QuerySet, Subquery

from actions.domain.rag import key_for
from actions.domain.returns import NIL_HIDES, returns_of
from actions.enums import ENDED_WITHOUT_DELIVERY, OwnerPart, Rating
from actions.models import SAID, Action, ActionOwner, ProgressUpdate, RatingDecision, SignOff
from actions.queries import PRINTED_ORDER
from plans.models import Objective, Plan, ReportingPeriod
from plans.queries import heading_path
from reporting.models import Snapshot, SnapshotAction


@dataclass(frozen=True)
class Position:
    """The position of a plan at a moment. `actions` are rows in printed order, saved or not."""

    taken_at: datetime.datetime
    as_at: datetime.date
    plan: dict[str, Any]
    headings: list[dict[str, Any]]
    returns: list[dict[str, Any]]
    actions: list[SnapshotAction]

    @property
    def rating_counts(self) -> dict[str, int]:
        """Actions by rating, those that ended without delivery left out."""
        counts = dict.fromkeys(Rating.values, 0)
        for action in self.actions:
            if action.state not in ENDED_WITHOUT_DELIVERY:
                counts[action.rating] += 1
        return counts


def read_position(*, period: ReportingPeriod, today: datetime.date, now: datetime.datetime) -> Position:
    """Return the live position of the period's plan as it stands on `today`. Nothing is written."""
    plan = Plan.objects.select_related("council").get(pk=period.plan_id)
    headings = list(plan.objectives.order_by("position", "pk"))
    previous = {row.action_public_id: row for row in previous_rows(period)}
    redated = _times_redated_before(period, previous, now)
    said, rated = _last_words(period), _last_ratings(plan)
    by_id = {heading.pk: heading for heading in headings}
    rows = []
    for place, action in enumerate(_actions_of(plan), start=1):
        row = _copy(action, place, by_id)
        _add_rating(row, rated.get(action.pk))
        _add_update(row, said.get(action.pk), period)
        _add_comparison(row, action, previous.get(action.public_id), today)
        row.is_redated = action.times_redated > redated.get(action.public_id, 0)
        rows.append(row)
    return Position(now, today, _header(plan, period), _headings(plan, headings), _returns(period), rows)


def earlier_snapshots(period: ReportingPeriod, before: datetime.datetime | None = None) -> QuerySet[Snapshot]:
    """Return the snapshots of earlier quarters, newest first: of all there are, or of those taken by then.

    What a position was compared with stays the same for ever, as nothing taken after it comes into it.
    """
    earlier = Snapshot.objects.filter(period__plan=period.plan_id, period__starts_on__lt=period.starts_on)
    if before is not None:
        earlier = earlier.filter(taken_at__lte=before)
    return earlier.order_by("-period__starts_on", "-number")


def previous_snapshot(period: ReportingPeriod, before: datetime.datetime | None = None) -> Snapshot | None:
    """Return the last snapshot of the quarter before this one that was locked; None for the first. One query."""
    return earlier_snapshots(period, before).select_related("period").first()


def previous_rows(period: ReportingPeriod) -> QuerySet[SnapshotAction]:
    """Return the rows of `previous_snapshot`; none for the first quarter. One query."""
    return SnapshotAction.objects.filter(snapshot=Subquery(earlier_snapshots(period).values("pk")[:1]))


def _times_redated_before(
    period: ReportingPeriod, previous: dict[str, SnapshotAction], now: datetime.datetime
) -> dict[str, int]:
    """Return {action's public id: times re-dated} at the last snapshot; before the first, when the quarter opened.

    One that has never been re-dated may be missing. One query at most.
    """
    if previous:
        return {public_id: row.times_redated for public_id, row in previous.items()}
    opened = Action.history.filter(plan_id=period.plan_id, history_date__lt=period.opened_at or now)
    counted = opened.filter(times_redated__gt=0).order_by().values_list("public_id")
    return dict(counted.annotate(Max("times_redated")))


def _actions_of(plan: Plan) -> QuerySet[Action]:
    owners = ActionOwner.objects.select_related("partner__organisation", "body").order_by("position")
    return (
        Action.objects.filter(plan=plan)
        .select_related("objective")
        .prefetch_related(Prefetch("owners", owners))
        .order_by(*PRINTED_ORDER)
    )


def _last_ratings(plan: Plan) -> dict[int, RatingDecision]:
    """Return the decision that the standing rating of each action was told with. One query.

    A partner's claim of completion is a later decision, but leaves the rating, and its issue and recovery, as they were.
    """
    standing = RatingDecision.objects.filter(action=OuterRef("pk"), rating=OuterRef("rating"))
    latest = standing.order_by("-decided_at", "-pk").values("pk")[:1]
    wanted = Action.objects.filter(plan=plan).values(latest=Subquery(latest))
    return {decision.action_id: decision for decision in RatingDecision.objects.filter(pk__in=wanted)}


def _last_words(period: ReportingPeriod) -> dict[int, ProgressUpdate]:
    """Return the last update of each action that was said in this period or before it. One query."""
    said = ProgressUpdate.objects.filter(action=OuterRef("pk"), state__in=SAID, period__starts_on__lte=period.starts_on)
    latest = said.order_by("-period__starts_on", "-pk").values("pk")[:1]
    wanted = Action.objects.filter(plan=period.plan_id).values(latest=Subquery(latest))
    updates = ProgressUpdate.objects.filter(pk__in=wanted).select_related("period")
    return {update.action_id: update for update in updates}


def _copy(action: Action, place: int, headings: dict[int, Objective]) -> SnapshotAction:
    """Return a row with the action's own values. Owners' organisations are copied by name."""
    owners = list(action.owners.all())
    accountable = next((owner for owner in owners if owner.part == OwnerPart.ACCOUNTABLE), None)
    partner = accountable.partner if accountable else None
    return SnapshotAction(
        action_public_id=action.public_id,
        position=place,
        heading_public_id=action.objective.public_id if action.objective else "",
        heading_path=[heading.label for heading in heading_path(headings, action.objective_id)],
        ref=action.ref,
        text=action.text,
        owner_text=action.owner_text,
        accountable=accountable.label if accountable else "",
        partner_name=str(partner.organisation) if partner else "",
        timescale_text=action.timescale_text,
        timescale_kind=action.kind,
        start_on=action.start_on,
        due_on=action.due_on,
        original_due=action.original_due,
        forecast_due=action.forecast_due,
        times_redated=action.times_redated,
        state=action.state,
        closed_reason=action.closed_reason,
        rating=action.rating,
        suggested=Rating.NOT_RATED,
        completed_on=action.completed_on,
        measure=action.measure,
        extra=action.extra,
        marking=action.marking,
        is_restricted=action.is_restricted,
        named_bodies=[owner.body.public_id for owner in owners if owner.body],
    )


def _add_rating(row: SnapshotAction, decision: RatingDecision | None) -> None:
    """Add what the rating was told with, and what was suggested. An action never rated has none of it."""
    if decision is None:
        return
    row.suggested = decision.suggested
    row.suggested_because = decision.suggested_because
    row.override_reason = decision.override_reason
    row.issue, row.impact = decision.issue, decision.impact
    row.recovery, row.ask = decision.recovery, decision.ask
    row.evidence_note = decision.evidence_note
    row.forecast_due = row.forecast_due or decision.forecast_due
    row.completed_on = row.completed_on or decision.completed_on


def _add_update(row: SnapshotAction, update: ProgressUpdate | None, period: ReportingPeriod) -> None:
    """Add the period's update, or the last words before it with the quarter they are from. Nothing is invented."""
    if update is None:
        return
    row.is_updated = update.period_id == period.pk
    row.is_nil = row.is_updated and update.is_nil
    row.is_on_behalf = row.is_updated and update.on_behalf
    row.update_text, row.update_from = _said(update, "text"), update.period.name
    if row.is_updated:
        for name in ("issue", "impact", "recovery", "ask", "evidence_note"):
            setattr(row, name, getattr(row, name) or _said(update, name))


def _said(update: ProgressUpdate, name: str) -> str:
    """Return what an update says in a field: words that were drafted before a nil return were never submitted."""
    return "" if update.is_nil and name in NIL_HIDES else getattr(update, name)


def _add_comparison(row: SnapshotAction, action: Action, previous: SnapshotAction | None, today: datetime.date) -> None:
    """Add what depends on the day and on the last snapshot: overdue, and the rating the board saw last."""
    row.is_overdue = action.is_overdue(today)
    row.previous_rating = previous.rating if previous else ""


def _header(plan: Plan, period: ReportingPeriod) -> dict[str, Any]:
    return {
        "council": plan.council.name,
        "brand_colour": plan.council.brand_colour,
        "title": plan.title,
        "period_text": plan.period_text,
        "marking": plan.marking,
        "level_labels": plan.level_labels,
        "columns": plan.columns,
        "rag_key": [asdict(entry) for entry in key_for(plan.council.rag_key)],
        "quarter": period.name,
        "starts_on": period.starts_on.isoformat(),
        "ends_on": period.ends_on.isoformat(),
    }


def _headings(plan: Plan, headings: list[Objective]) -> list[dict[str, Any]]:
    """Return every heading in reading order. A withdrawn one is kept while actions may still hang from it."""
    return [
        {
            "id": heading.public_id,
            "level": heading.level,
            "level_label": heading.level_label or plan.level_label(heading.level),
            "level_printed": bool(heading.level_label) or _is_printed(plan, heading.level),
            "ref": heading.ref,
            "label": heading.label,
            "withdrawn": heading.withdrawn_at is not None,
        }
        for heading in headings
    ]


def _is_printed(plan: Plan, level: int) -> bool:
    """Return whether the plan prints its word for a level before the headings of it."""
    return 0 < level <= len(plan.level_labels) and plan.level_labels[level - 1].get("printed", True)


def _returns(period: ReportingPeriod) -> list[dict[str, Any]]:
    """Return each return that was asked for as it stands, with the statement of its last sign-off."""
    statements = dict(
        SignOff.objects.filter(partner_return__period=period)
        .order_by("signed_at", "pk")
        .values_list("partner_return__partner__organisation__name", "statement")
    )
    return [
        {
            "partner": str(line.partner),
            "state": str(line.state),
            "done": line.done,
            "total": line.total,
            "signed_as": line.signed_as,
            "signed_at": line.signed_at.isoformat() if line.signed_at else "",
            "stale": line.stale,
            "statement": statements.get(str(line.partner), "") if line.signed_as else "",
        }
        for line in returns_of(period)
        if line.is_asked
    ]

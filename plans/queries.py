"""What pages ask about a plan: its headings as a tree, its periods, the bodies it is reported to."""

from collections.abc import Iterable

from django.db.models import F

from partners.models import GovernanceBody
from plans.enums import PeriodState
from plans.models import Objective, Plan, ReportingPeriod


def headings_of(plan: Plan) -> list[Objective]:
    """Return every heading of the plan in reading order, each with its plan attached. One query."""
    headings = list(plan.objectives.order_by("position", "pk"))
    for heading in headings:
        heading.plan = plan
    return headings


def with_descendants(headings: Iterable[Objective], chosen: Objective) -> set[int]:
    """Return the ids of a heading and of every heading below it, from the plan's headings in any order."""
    children: dict[int | None, list[int]] = {}
    for heading in headings:
        children.setdefault(heading.parent_id, []).append(heading.pk)
    found, waiting = set(), [chosen.pk]
    while waiting:
        pk = waiting.pop()
        if pk not in found:
            found.add(pk)
            waiting += children.get(pk, [])
    return found


def heading_path(headings: dict[int, Objective], pk: int | None) -> list[Objective]:
    """Return a heading and those above it, outermost first, from `{id: heading}` of the plan."""
    path: list[Objective] = []
    while pk is not None and pk in headings and headings[pk] not in path:
        path.insert(0, headings[pk])
        pk = headings[pk].parent_id
    return path


def present_period(plan: Plan) -> ReportingPeriod | None:
    """Return the period that people mean by "this quarter": the open one, else the last that was open. One query."""
    started = plan.periods.exclude(state=PeriodState.SCHEDULED)
    latest_open = F("opened_at").desc(nulls_last=True)
    periods = list(started.order_by("-starts_on", latest_open))
    return next((period for period in periods if period.is_open), periods[0] if periods else None)


def bodies_of(plan: Plan) -> list[GovernanceBody]:
    """Return the council's governance bodies with their reporting lines up. Two queries, however many."""
    return list(GovernanceBody.objects.filter(council=plan.council_id).prefetch_related("lines_up__to_body"))

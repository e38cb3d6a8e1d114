"""The list of plans: each council's plans with their counts."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, QuerySet

from actions.enums import ENDED_WITHOUT_DELIVERY, Rating
from actions.models import Action
from partners.models import Council
from plans.models import Plan
from prevent_tracker.core.words import counted


@dataclass(frozen=True)
class PlanLine:
    """One plan of the list."""

    title: str
    public_id: str
    about: str
    counts: str


@dataclass
class CouncilPlans:
    """A council and its plans."""

    name: str
    plans: list[PlanLine] = field(default_factory=list)


def council_plans(plans: Iterable[Plan], actions: QuerySet[Action]) -> list[CouncilPlans]:
    """Return the plans by council, each with how many of its (visible) actions there are. One query."""
    counts: dict[int, dict[str, int]] = {}
    live = actions.filter(plan__in=list(plans)).exclude(state__in=ENDED_WITHOUT_DELIVERY).order_by()
    for plan_id, rating, number in live.values_list("plan", "rating").annotate(number=Count("pk")):
        counts.setdefault(plan_id, {})[rating] = number
    councils: dict[Council, CouncilPlans] = {}
    for plan in plans:
        listed = councils.setdefault(plan.council, CouncilPlans(plan.council.name))
        about = ", ".join(filter(None, [plan.get_kind_display(), plan.period_text, plan.get_state_display().lower()]))
        listed.plans.append(PlanLine(plan.title, plan.public_id, about, _counts_words(counts.get(plan.pk, {}))))
    return list(councils.values())


def _counts_words(counts: dict[str, int]) -> str:
    total = sum(counts.values())
    if not total:
        return "No actions are kept here"
    off, risk = counts.get(Rating.OFF_TRACK, 0), counts.get(Rating.AT_RISK, 0)
    return f"{counted(total, 'action')}: {off} off track, {risk} at risk"

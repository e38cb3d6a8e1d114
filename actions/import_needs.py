"""What needs a coordinator now about imports: a plan to bring in, a document that waits for review."""

from django.urls import reverse

from actions.enums import ImportState
from actions.models import PlanImport
from partners.models import Council
from partners.policy import Access
from plans.enums import PlanState
from plans.models import Plan
from prevent_tracker.core.needs import Need, Urgency
from prevent_tracker.core.words import moment_words


def import_needs(access: Access) -> list[Need]:
    """Return one need for each document that waits for review, and for each council that keeps no plan yet."""
    mine = access.councils("coordinate")
    if not mine:
        return []
    rows = PlanImport.objects.filter(council__in=mine, state=ImportState.REVIEW)
    waiting = list(rows.select_related("council", "original").only(*SHOWN).order_by("-started_at"))
    needs = [_need(one) for one in waiting]
    keeping = Plan.objects.filter(council__in=mine).exclude(state=PlanState.WITHDRAWN).values("council")
    begun = {one.council_id for one in waiting}
    for council in Council.objects.filter(pk__in=mine).exclude(pk__in=keeping):
        if council.pk not in begun:
            needs.append(_first_plan(council))
    return needs


SHOWN = ("public_id", "state", "started_at", "council__name", "original__name")


def _need(one: PlanImport) -> Need:
    return Need(
        title="Review what was understood of your document",
        detail=f"{one.original}, given on {moment_words(one.started_at)}.",
        url=reverse("actions:import_page", args=[one.public_id]),
        urgency=Urgency.SOON,
        council=str(one.council),
    )


def _first_plan(council: Council) -> Need:
    return Need(
        title="Import your plan",
        detail="Bring in the plan you have, in Word, Excel or as text. Every word of it is kept.",
        url=reverse("actions:start_import", args=[council.slug]),
        urgency=Urgency.NOW,
        council=str(council),
    )

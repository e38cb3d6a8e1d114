"""The start page: what needs the reader now, across every room, and the way to their councils' plans."""

import datetime
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from actions.needs import needs_of as needs_in_actions
from partners.models import Council
from partners.needs import needs_of as needs_in_partners
from partners.policy import Access, access_for, visible
from plans.enums import PlanState
from plans.models import Plan, ReportingPeriod
from prevent_tracker.core.needs import Need, Urgency
from prevent_tracker.core.words import day_words
from reporting.needs import needs_of as needs_in_reporting

ROOMS = (needs_in_actions, needs_in_reporting, needs_in_partners)


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """What needs me now, and where my councils' plans are. `?council=` shows one council alone."""
    access, today = access_for(request.user), timezone.localdate()
    councils = councils_of(access)
    chosen = chosen_council(request, councils)
    request.council = chosen
    needs = [need for need in needs_of(access, today) if chosen is None or need.council in ("", str(chosen))]
    context = {
        "needs": [need for need in needs if need.urgency != Urgency.NEWS],
        "news": [need for need in needs if need.urgency == Urgency.NEWS],
        "councils": councils,
        "chosen": chosen,
        "places": places_of(access, [chosen] if chosen else councils),
        "LATE": Urgency.LATE,
    }
    return render(request, "start.html", context)


def councils_of(access: Access) -> list[Council]:
    """Return the councils in whose partnership the person holds a seat today, by name."""
    return sorted({m.seat_council for m in access.memberships}, key=lambda council: council.name)


def chosen_council(request: HttpRequest, councils: list[Council]) -> Council | None:
    """Return the council that the address or the only seat chooses. Raises Http404 for one that is not the reader's."""
    slug = request.GET.get("council")
    if slug is None:
        return councils[0] if len(councils) == 1 else None
    for council in councils:
        if council.slug == slug:
            return council
    raise Http404("Not found")


def needs_of(access: Access, today: datetime.date) -> list[Need]:
    """Return what needs the person, from every room: the most urgent first."""
    return sorted((need for room in ROOMS for need in room(access, today)), key=lambda need: need.order)


@dataclass(frozen=True)
class Place:
    """One council as the reader meets it: what they are there, its plans, and its other pages."""

    council: Council
    roles: list[tuple[str, str]]
    plans: list[tuple[Plan, str]]
    reads_plans: bool
    links: list[tuple[str, str]]


def places_of(access: Access, councils: list[Council]) -> list[Place]:
    """Return each council with the reader's roles, its plans with the quarter that is open, and its other pages."""
    plans = (
        list(visible(access.user, Plan).filter(council__in=councils).exclude(state=PlanState.WITHDRAWN))
        if access.plan_council_ids
        else []
    )
    quarters = {
        period.plan_id: f"{period.name} is open. Returns are due by {day_words(period.returns_due_on)}."
        for period in ReportingPeriod.objects.open().filter(plan__in=plans)
    }
    return [
        Place(
            council=council,
            roles=[(str(m), m.sentence) for m in access.memberships if m.seat_council.pk == council.pk],
            plans=[(plan, quarters.get(plan.pk, "")) for plan in plans if plan.council_id == council.pk],
            reads_plans=council.pk in access.plan_council_ids,
            links=_links(access, council),
        )
        for council in councils
    ]


def _links(access: Access, council: Council) -> list[tuple[str, str]]:
    links = []
    if council.pk in access.councils("administer") | access.councils("coordinate") | access.councils("view_history"):
        links.append(("People", reverse("partners:people", args=[council.slug])))
    return links

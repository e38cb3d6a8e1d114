"""Who holds what in a council's partnership, until when; and the account of a leaver."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from partners import presenters
from partners.domain import memberships
from partners.models import Council, Membership, User
from partners.policy import allow, find, may, visible
from prevent_tracker.core.refusals import RuleBroken


def council_for(request: HttpRequest, slug: str, verb: str) -> Council:
    """Return the council of the page, and dress the page in its colours. Raises Http404, Refused."""
    council = find(request.user, Council, slug=slug)
    request.council = council
    allow(request.user, verb, council)
    return council


def person_for(request: HttpRequest, council: Council, person_id: str) -> User:
    """Return a person who holds, or has held, a seat in the council's partnership. Raises Http404."""
    holders = Membership.objects.in_council(council).values("user")
    return find(request.user, visible(request.user, User).filter(pk__in=holders), public_id=person_id)


@require_safe
def people(request: HttpRequest, council: str) -> HttpResponse:
    """Everybody who holds a seat in the council's partnership, and the invitations that wait."""
    here = council_for(request, council, "view_people")
    may_administer = may(request.user, "administer", here)
    context = presenters.people_page(here, timezone.localdate(), with_invitations=bool(may_administer))
    return render(request, "partners/people.html", context | {"may_administer": may_administer})


@require_safe
def person(request: HttpRequest, council: str, person_id: str) -> HttpResponse:
    """What one person holds and held in this council's partnership, and who gave and ended it."""
    here = council_for(request, council, "view_people")
    who = person_for(request, here, person_id)
    context = presenters.person_page(here, who, timezone.localdate())
    context["may_administer"] = may(request.user, "administer", here)
    context["may_deactivate"] = context["may_administer"] and may(request.user, "deactivate", who)
    return render(request, "partners/person.html", context)


@require_http_methods(["GET", "POST"])
def deactivate_person(request: HttpRequest, council: str, person_id: str) -> HttpResponse:
    """Ask once more, then close a leaver's account."""
    here = council_for(request, council, "administer")
    who = person_for(request, here, person_id)
    allow(request.user, "deactivate", who)
    if request.method == "GET":
        return render(request, "partners/deactivate_person.html", {"council": here, "person": who})
    try:
        memberships.deactivate_person(person=who, by=request.user)
        messages.success(request, f"{who}’s account is closed. They have been signed out everywhere.")
    except RuleBroken as broken:
        messages.error(request, str(broken))
    return redirect("partners:person", here.slug, who.public_id)


@require_http_methods(["GET", "POST"])
def reactivate_person(request: HttpRequest, council: str, person_id: str) -> HttpResponse:
    """Ask once more, then open a closed account again."""
    here = council_for(request, council, "administer")
    who = person_for(request, here, person_id)
    allow(request.user, "deactivate", who)
    if request.method == "GET":
        return render(request, "partners/reactivate_person.html", {"council": here, "person": who})
    memberships.reactivate_person(person=who, by=request.user)
    how = "They set a new password with “I have forgotten my password” when they sign in."
    messages.success(request, f"{who}’s account is open again. {how}")
    return redirect("partners:person", here.slug, who.public_id)

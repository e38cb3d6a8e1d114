"""Giving a membership to somebody who is known here, and giving one its last day."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from partners.domain import memberships
from partners.forms import EndForm, SeatForm
from partners.models import Membership
from partners.policy import find, visible
from partners.views.people import council_for, person_for
from prevent_tracker.core.answers import carried_out, status_of
from prevent_tracker.core.words import day_words


@require_http_methods(["GET", "POST"])
def give_membership(request: HttpRequest, council: str, person_id: str) -> HttpResponse:
    """Give another role to somebody who holds, or has held, a seat here."""
    here = council_for(request, council, "administer")
    who = person_for(request, here, person_id)
    form = SeatForm(request.POST or None, council=here, today=timezone.localdate())
    if given := carried_out(form, lambda: memberships.grant_membership(user=who, by=request.user, **form.membership())):
        messages.success(request, f"{who} is {given} from {day_words(given.from_on)}.")
        return redirect("partners:person", here.slug, who.public_id)
    context = {"form": form, "council": here, "person": who}
    return render(request, "partners/give_membership.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
def end_membership(request: HttpRequest, council: str, membership_id: str) -> HttpResponse:
    """Give a membership its last day."""
    here = council_for(request, council, "administer")
    theirs = visible(request.user, Membership).in_council(here)
    membership = find(request.user, theirs, public_id=membership_id)
    form = EndForm(request.POST or None, initial={"until_on": membership.until_on or timezone.localdate()})
    if ended := carried_out(
        form, lambda: memberships.end_membership(membership=membership, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, f"The last day of {ended.user} as {ended} is {day_words(ended.until_on)}.")
        return redirect("partners:person", here.slug, ended.user.public_id)
    context = {"form": form, "council": here, "membership": membership}
    return render(request, "partners/end_membership.html", context, status=status_of(form))

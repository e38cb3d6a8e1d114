"""Inviting people by e-mail, and the page the link in the e-mail leads to."""

import datetime

from django import forms
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from partners.domain import invitations
from partners.forms import InvitationForm, PasswordForm
from partners.models import Council, Invitation, Membership, User
from partners.policy import find, visible
from partners.views.people import council_for
from prevent_tracker.core.answers import carried_out, status_of
from prevent_tracker.core.refusals import RuleBroken
from prevent_tracker.core.words import day_words


@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest, council: str) -> HttpResponse:
    """Invite a person by e-mail to a role at one of the council's seats."""
    here = council_for(request, council, "administer")
    form = InvitationForm(request.POST or None, council=here, today=timezone.localdate())
    if invited := carried_out(form, lambda: invitations.invite(by=request.user, **form.invitation())):
        messages.success(request, f"An invitation is on its way to {invited.email}. Its link works for 14 days.")
        return redirect("partners:people", here.slug)
    context = {"form": form, "council": here}
    return render(request, "partners/invite.html", context, status=status_of(form))


def invitation_for(request: HttpRequest, council: Council, invitation_id: str) -> Invitation:
    """Return an invitation to one of the council's seats. Raises Http404."""
    sent = visible(request.user, Invitation).in_council(council)
    return find(request.user, sent, public_id=invitation_id)


@require_POST
def invite_again(request: HttpRequest, council: str, invitation_id: str) -> HttpResponse:
    """Send an invitation afresh, with a new link; the old link stops working."""
    here = council_for(request, council, "administer")
    invitation = invitation_for(request, here, invitation_id)
    try:
        invitations.invite_again(invitation=invitation, by=request.user)
        messages.success(
            request, f"A new invitation is on its way to {invitation.email}. The old link no longer works."
        )
    except RuleBroken as broken:
        messages.error(request, str(broken))
    return redirect("partners:people", here.slug)


@require_POST
def withdraw_invitation(request: HttpRequest, council: str, invitation_id: str) -> HttpResponse:
    """Take an invitation back."""
    here = council_for(request, council, "administer")
    invitation = invitation_for(request, here, invitation_id)
    try:
        invitations.withdraw_invitation(invitation=invitation, by=request.user)
        messages.success(request, f"The invitation to {invitation.email} is withdrawn. Its link no longer works.")
    except RuleBroken as broken:
        messages.error(request, str(broken))
    return redirect("partners:people", here.slug)


@login_not_required
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link: what one is invited to, and a password or a button to accept it."""
    invitation = invitations.invitation_of(token)
    if invitation is None:
        return render(request, "partners/link_dead.html", status=404)
    if problem := invitations.problem_with(invitation, timezone.localdate()):
        return render(request, "partners/link_dead.html", {"problem": problem}, status=410)
    request.council = invitation.seat_council
    reader = request.user if request.user.is_authenticated else None
    form = (forms.Form if reader else PasswordForm)(request.POST if request.method == "POST" else None)
    today = timezone.localdate()
    if taken := carried_out(
        form,
        lambda: invitations.accept_invitation(invitation=invitation, today=today, user=reader, **form.cleaned_data),
    ):
        return _welcome(request, taken, today)
    context = {
        "invitation": invitation,
        "form": form,
        "somebody_else": reader is not None and reader.email.lower() != invitation.email,
        "has_account": reader is None and User.objects.filter(email=invitation.email).exists(),
    }
    return render(request, "partners/accept_invitation.html", context, status=status_of(form))


def _welcome(request: HttpRequest, taken: Membership, today: datetime.date) -> HttpResponse:
    """Sign a newcomer in, say what they hold now, and go to the start page."""
    if not request.user.is_authenticated:
        login(request, taken.user)
    begins = "" if taken.is_current(today) else f" It begins on {day_words(taken.from_on)}."
    messages.success(request, f"You have taken the role of {taken}.{begins}")
    return redirect("start")

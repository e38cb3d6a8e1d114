"""A partner's returns: what is asked, one return, and its sign-off."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from actions.domain import returns as domain
from actions.domain.return_words import what_changed
from actions.forms.updates import SignOffForm
from actions.models import PartnerReturn
from actions.presenters import returns as show
from actions.queries import earlier_returns, open_returns
from actions.views.finding import find_return
from partners.policy import allow
from prevent_tracker.core.answers import carried_out, status_of
from prevent_tracker.core.fingerprint import fingerprint


@require_safe
def my_returns(request: HttpRequest) -> HttpResponse:
    """The person's actions for every open quarter, across councils."""
    sections = show.return_sections(request.user, open_returns(request.user), timezone.localdate())
    return render(request, "actions/my_returns.html", {"sections": sections, "earlier": earlier_returns(request.user)})


@require_safe
def return_page(request: HttpRequest, return_id: str) -> HttpResponse:
    """One return: its actions, its sign-offs, and what has changed since the last of them."""
    partner_return = find_return(request, return_id)
    section = show.return_sections(request.user, [partner_return], timezone.localdate())[0]
    sign_offs = list(partner_return.sign_offs.all())
    context = {
        "section": section, "sign_offs": sign_offs, "marking": partner_return.period.plan.marking,
        "plan": partner_return.period.plan, "changes": changes_since(partner_return, sign_offs),
    }  # fmt: skip
    return render(request, "actions/return_page.html", context)


@require_http_methods(["GET", "POST"])
def sign_off_return(request: HttpRequest, return_id: str) -> HttpResponse:
    """Show exactly what the return holds; sign it off with a statement."""
    partner_return = find_return(request, return_id)
    allow(request.user, "sign_off", partner_return)
    if request.method == "GET" and not partner_return.period.is_open:
        return redirect("actions:return_page", partner_return.public_id)
    content = domain.return_content(partner_return)
    form = SignOffForm(request.POST or None, initial={"shown": fingerprint(content)})
    if carried_out(
        form, lambda: domain.sign_off_return(partner_return=partner_return, by=request.user, **form.entered())
    ):
        messages.success(request, "The return is signed off. Thank you.")
        return redirect("actions:return_page", partner_return.public_id)
    form.show_again(fingerprint(content))
    missing = [domain.missing_sentence(action) for action in domain.missing_actions(content)]
    context = {
        "form": form, "partner_return": partner_return, "plan": partner_return.period.plan, "missing": missing,
        "marking": partner_return.period.plan.marking,
        "actions": show.signed_actions(content, show.key_of(partner_return)),
        "changes": changes_since(partner_return, list(partner_return.sign_offs.all()[:1]), content),
    }  # fmt: skip
    return render(request, "actions/sign_off_return.html", context, status=status_of(form))


def changes_since(partner_return: PartnerReturn, sign_offs: list, content: dict | None = None) -> list:
    """Return what differs between the newest sign-off and the return as it stands."""
    if not sign_offs:
        return []
    return what_changed(sign_offs[0], content or domain.return_content(partner_return))

"""Changing the RAG rating of an action."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from actions.domain.decisions import facts_of
from actions.domain.rag import suggest_rating
from actions.domain.ratings import quarter_rated
from actions.domain.ratings import rate_action as set_rating
from actions.forms.rating import RateActionForm
from actions.models import Action
from actions.presenters.plan_page import anchor_of
from actions.presenters.rating import latest_said, may_write_on_behalf, rated_row_context, rating_context
from actions.presenters.words import rag_key, rating_words
from actions.views.finding import find_action
from partners.policy import allow
from prevent_tracker.core.addresses import way_back
from prevent_tracker.core.answers import carried_out, status_of


@require_http_methods(["GET", "POST"])
def rate_action(request: HttpRequest, action_id: str) -> HttpResponse:
    """Set the RAG rating, as the coordinator; then back to the row it was changed from.

    htmx gets the form in place of the row, and then the row again with the counts that have changed.
    """
    action = find_action(request, action_id)
    allow(request.user, "rate", action)
    form = rating_form(request, action)
    quick = bool(request.htmx)
    entered = {"action": action, "by": request.user, "today": timezone.localdate()}
    if carried_out(form, lambda: set_rating(**entered, **form.entered())):
        words = rating_words(form.cleaned_data["rating"], rag_key(action.plan.council))
        if quick:
            context = rated_row_context(request.user, action, back_from(request, action), entered["today"])
            return render(request, "actions/_rated_row.html", context | {"said": f"The rating is now {words}."})
        messages.success(request, f"The rating of “{action}” is now {words}.")
        return redirect(back_from(request, action))
    context = rating_context(action, form, entered["today"]) | {"back": back_from(request, action)}
    template = "actions/_rate_row.html" if quick else "actions/rate_action.html"
    return render(request, template, context, status=status_of(form))


def rating_form(request: HttpRequest, action: Action) -> RateActionForm:
    """Return the form, with the suggestion of today and what was said last.

    Words for a partner that were typed before it began its own update keep their field, so that they are not lost.
    """
    rated = quarter_rated(action.plan)
    period = rated if rated and rated.is_open else None
    facts = facts_of(action, rated, timezone.localdate())
    typed = bool(request.POST.get("update_text", "").strip())
    return RateActionForm(
        request.POST or None,
        facts=facts,
        suggestion=suggest_rating(facts, timezone.localdate()),
        key=rag_key(action.plan.council),
        needs_update=typed or (facts.update_is_missing and may_write_on_behalf(action, period)),
        auto_id=f"rate_{action.public_id}_%s" if request.htmx else "id_%s",
        initial=latest_said(action, period) | {"version": action.version},
    )


def back_from(request: HttpRequest, action: Action) -> str:
    plan = reverse("actions:plan_page", args=[action.plan.public_id])
    return way_back(request, f"{plan}#{anchor_of(action)}")

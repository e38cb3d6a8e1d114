"""Changing the RAG rating of an action."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from actions.domain.decisions import facts_of
from actions.domain.rag import suggest_rating
from actions.domain.ratings import rate_action as set_rating
from actions.forms.rating import RateActionForm
from actions.models import Action
from actions.presenters.plan_page import anchor_of
from actions.presenters.rating import latest_said, rating_context
from actions.presenters.words import rag_key, rating_words
from actions.views.finding import find_action
from partners.policy import allow
from plans.queries import present_period
from prevent_tracker.core.addresses import way_back
from prevent_tracker.core.answers import carried_out, status_of


@require_http_methods(["GET", "POST"])
def rate_action(request: HttpRequest, action_id: str) -> HttpResponse:
    """Set the RAG rating, as the coordinator; then back to the row it was changed from."""
    action = find_action(request, action_id)
    allow(request.user, "rate", action)
    form = rating_form(request, action)
    entered = {"action": action, "by": request.user, "today": timezone.localdate()}
    if carried_out(form, lambda: set_rating(**entered, **form.entered())):
        words = rating_words(form.cleaned_data["rating"], rag_key(action.plan.council))
        messages.success(request, f"The rating of “{action}” is now {words}.")
        return redirect(back_from(request, action))
    context = rating_context(action, form, entered["today"]) | {"back": back_from(request, action)}
    return render(request, "actions/rate_action.html", context, status=status_of(form))


def rating_form(request: HttpRequest, action: Action) -> RateActionForm:
    """Return the form, with the suggestion of today and what was said last."""
    period = present_period(action.plan)
    period = period if period and period.is_open else None
    facts = facts_of(action, period, timezone.localdate())
    return RateActionForm(
        request.POST or None,
        facts=facts,
        suggestion=suggest_rating(facts, timezone.localdate()),
        key=rag_key(action.plan.council),
        needs_update=facts.update_is_missing,
        initial=latest_said(action, period) | {"version": action.version},
    )


def back_from(request: HttpRequest, action: Action) -> str:
    plan = reverse("actions:plan_page", args=[action.plan.public_id])
    return way_back(request, f"{plan}#{anchor_of(action)}")

"""The page of one action."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from actions.domain.decisions import facts_of
from actions.domain.history import history_of
from actions.domain.rag import suggest_rating
from actions.models import ProgressUpdate
from actions.presenters import action_page as show
from actions.presenters.offers import offers_for, refusals_of
from actions.presenters.words import rag_key, suggested_tag
from actions.views.finding import find_action
from actions.views.rating import back_from
from partners.policy import may, visible
from plans.presenters import heading_title
from plans.queries import heading_path, headings_of, present_period


@require_safe
def action_page(request: HttpRequest, action_id: str) -> HttpResponse:
    """Everything known about one action, and what the reader may do with it."""
    action, today = find_action(request, action_id), timezone.localdate()
    key, period = rag_key(action.plan.council), present_period(action.plan)
    path = heading_path({h.pk: h for h in headings_of(action.plan)}, action.objective_id)
    decision = action.rating_decisions.select_related("decided_by").first()
    suggestion = suggest_rating(facts_of(action, period if period and period.is_open else None, today), today)
    updates = list(visible(request.user, ProgressUpdate).filter(action=action).order_by("-period__starts_on"))
    sees_history = may(request.user, "view_history", action.plan)
    context = {
        "action": action, "plan": action.plan, "marking": action.marking, "period": period,
        "back": back_from(request, action),
        "headings": [heading_title(heading) for heading in path],
        "status": show.status_rows(action, key, decision),
        "owners": show.owner_rows(action),
        "dates": show.date_rows(action, today, reader=request.user),
        "in_plan": show.plan_rows(action, path),
        "suggested": suggested_tag(suggestion, key), "because": suggestion.because,
        "this_quarter": [show.said(update, key) for update in updates if update.period == period],
        "earlier": [show.said(update, key) for update in updates if update.period != period],
        "offers": (offers := offers_for(request.user, action, period, updates)), "refusals": refusals_of(offers),
        "sees_history": sees_history,
        "history": history_of(action) if sees_history else [],
    }  # fmt: skip
    return render(request, "actions/action_page.html", context)

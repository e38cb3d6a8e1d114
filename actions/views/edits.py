"""Adding, changing and moving actions. Nothing is ever deleted: see `status.py` for withdrawing."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actions.domain import actions as domain
from actions.forms.actions import ActionEntry, entry_of
from actions.models import Action
from actions.presenters.arrange import arranged
from actions.presenters.conflict import further_differences
from actions.queries import actions_of, in_order
from actions.views.finding import find_action
from actions.views.plans import ROWS_ON_A_PAGE
from partners.policy import allow, find
from plans.models import Plan
from plans.queries import headings_of
from prevent_tracker.core.addresses import asked_move, way_back
from prevent_tracker.core.answers import carried_out, conflicts_told, status_of
from prevent_tracker.core.refusals import RuleBroken


def editable_plan(request: HttpRequest, plan_id: str) -> Plan:
    """Return a plan the person may edit. Raises Http404, Refused."""
    plan = find(request.user, Plan, public_id=plan_id)
    request.council = plan.council  # type: ignore[attr-defined]
    allow(request.user, "edit", plan)
    return plan


@require_safe
def arrange_plan(request: HttpRequest, plan_id: str) -> HttpResponse:
    """Every heading and action in order, with buttons to move and links to change each."""
    plan = editable_plan(request, plan_id)
    page = Paginator(in_order(actions_of(request.user, plan), ""), ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    lines = arranged(headings_of(plan), page, every_heading=page.paginator.num_pages == 1)
    context = {
        "plan": plan,
        "marking": plan.marking,
        "lines": lines,
        "page": page,
        "may_edit": True,
        "current": "arrange",
    }
    return render(request, "actions/arrange_plan.html", context)


@require_http_methods(["GET", "POST"])
def add_action(request: HttpRequest, plan_id: str) -> HttpResponse:
    """Add an action: its words first, then its timescale's reading to confirm."""
    plan = editable_plan(request, plan_id)
    entry = entry_of(request.POST or None, plan=plan, initial={"objective": request.GET.get("heading", "")})
    action = carried_out_entry(entry, lambda **fields: domain.add_action(plan=plan, by=request.user, **fields))
    if action:
        messages.success(request, "The action is added.")
        return redirect("actions:action_page", action.public_id)
    return entry_page(request, entry, "Add an action", reverse("actions:arrange_plan", args=[plan.public_id]))


@require_http_methods(["GET", "POST"])
def edit_action(request: HttpRequest, action_id: str) -> HttpResponse:
    """Change the words, the place, the owners or the timescale of an action."""
    action = find_action(request, action_id)
    allow(request.user, "edit", action)
    entry = entry_of(request.POST or None, plan=action.plan, action=action)
    if carried_out_entry(entry, lambda **fields: domain.edit_action(action=action, by=request.user, **fields)):
        messages.success(request, "The action is saved.")
        return redirect("actions:action_page", action.public_id)
    return entry_page(request, entry, "Change the action", reverse("actions:action_page", args=[action.public_id]))


def carried_out_entry(entry: ActionEntry, act: Callable[..., Action]) -> Action | None:
    """Do `act` with what was entered, once the person has seen how the timescale was read."""
    if not entry.is_whole:
        return None
    with conflicts_told(lambda current: further_differences(entry, current)):
        return carried_out(entry.form, lambda: act(**entry.entered()), entry.owners)


def entry_page(request: HttpRequest, entry: ActionEntry, title: str, back: str) -> HttpResponse:
    """Show the form of an action: empty, with what has to be mended, or with a reading to confirm."""
    context = {
        "plan": entry.plan, "marking": entry.plan.marking, "action": entry.action, "form": entry.form,
        "owners": entry.owners, "title": title, "reason": entry.reason, "back": way_back(request, back),
        "quiet": entry.adds_row,
    }  # fmt: skip
    status = status_of(entry.form, entry.owners) if entry.is_whole else 200
    return render(request, "actions/action_form.html", context, status=status)


@require_POST
def move_action(request: HttpRequest, action_id: str) -> HttpResponse:
    """Move an action one place up or down among the actions of its heading."""
    action = find_action(request, action_id)
    allow(request.user, "edit", action)
    direction, version = asked_move(request)
    try:
        moved = domain.move_action(action=action, direction=direction, by=request.user, version=version)
        words = f"Moved {direction}" if moved.position != action.position else f"It cannot go further {direction}"
        messages.success(request, f"{words}: {action}")
    except RuleBroken as broken:
        messages.warning(request, str(broken))
    arrange = reverse("actions:arrange_plan", args=[action.plan.public_id])
    return redirect(f"{way_back(request, arrange)}#action-{action.public_id}")

"""Adding, changing, moving and withdrawing headings. Nothing is ever deleted."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from partners.policy import allow, find
from plans.domain import headings
from plans.forms import EditHeadingForm, NewHeadingForm, ReasonForm
from plans.models import Objective, Plan
from plans.presenters import heading_choices, heading_title, place_differences
from plans.queries import headings_of
from prevent_tracker.core.addresses import asked_move, way_back
from prevent_tracker.core.answers import carried_out, conflicts_told, status_of
from prevent_tracker.core.refusals import RuleBroken


def editable_heading(request: HttpRequest, heading_id: str) -> Objective:
    """Return a heading the person may edit. Raises Http404, Refused."""
    heading = find(request.user, Objective, public_id=heading_id)
    request.council = heading.plan.council  # type: ignore[attr-defined]
    allow(request.user, "edit", heading.plan)
    return heading


def back_to(request: HttpRequest, plan: Plan) -> str:
    return way_back(request, reverse("actions:arrange_plan", args=[plan.public_id]))


@require_http_methods(["GET", "POST"])
def add_heading(request: HttpRequest, plan_id: str) -> HttpResponse:
    """Add a heading at the end of the plan, or of the heading it goes below."""
    plan = find(request.user, Plan, public_id=plan_id)
    request.council = plan.council
    allow(request.user, "edit", plan)
    choices = heading_choices(headings_of(plan))
    form = NewHeadingForm(request.POST or None, headings=choices, initial={"parent": request.GET.get("parent", "")})
    if carried_out(form, lambda: headings.add_heading(plan=plan, by=request.user, **form.entered())):
        messages.success(request, "The heading is added.")
        return redirect(back_to(request, plan))
    context = {"form": form, "plan": plan, "back": back_to(request, plan), "title": "Add a heading"}
    return render(request, "plans/heading_form.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
def edit_heading(request: HttpRequest, heading_id: str) -> HttpResponse:
    """Change the words, the printed number or the place of a heading."""
    heading = editable_heading(request, heading_id)
    choices = heading_choices(headings_of(heading.plan))
    form = EditHeadingForm(request.POST or None, heading=heading, headings=choices)
    with conflicts_told(lambda current: place_differences(form.cleaned_data["parent"], current)):
        saved = carried_out(form, lambda: headings.edit_heading(heading=heading, by=request.user, **form.entered()))
    if saved:
        messages.success(request, "The heading is saved.")
        return redirect(back_to(request, heading.plan))
    context = {
        "form": form, "plan": heading.plan, "heading": heading, "back": back_to(request, heading.plan),
        "title": f"Change {heading.own_level_label.lower()}",
    }  # fmt: skip
    return render(request, "plans/heading_form.html", context, status=status_of(form))


@require_POST
def move_heading(request: HttpRequest, heading_id: str) -> HttpResponse:
    """Move a heading, with all below it, one place up or down among its neighbours."""
    heading = editable_heading(request, heading_id)
    direction, version = asked_move(request)
    try:
        moved = headings.move_heading(heading=heading, direction=direction, by=request.user, version=version)
        words = f"Moved {direction}" if moved.position != heading.position else f"It cannot go further {direction}"
        messages.success(request, f"{words}: {heading_title(heading)}")
    except RuleBroken as broken:
        messages.warning(request, str(broken))
    return redirect(f"{back_to(request, heading.plan)}#heading-{heading.public_id}")


@require_http_methods(["GET", "POST"])
def withdraw_heading(request: HttpRequest, heading_id: str) -> HttpResponse:
    """Withdraw a heading, with a reason. It stays in the record."""
    heading = editable_heading(request, heading_id)
    form = ReasonForm(request.POST or None, initial={"version": heading.version})
    if carried_out(form, lambda: headings.withdraw_heading(heading=heading, by=request.user, **form.cleaned_data)):
        messages.success(request, "The heading is withdrawn.")
        return redirect(back_to(request, heading.plan))
    context = {
        "form": form, "plan": heading.plan, "what": heading_title(heading), "back": back_to(request, heading.plan),
        "title": f"Withdraw {heading.own_level_label.lower()}",
    }  # fmt: skip
    return render(request, "plans/withdraw.html", context, status=status_of(form))

"""What a plan holds besides its actions, and the words about it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partners.models import Council
from partners.policy import allow, find, may
from plans import presenters
from plans.domain import plans
from plans.forms import ColumnsForm, PlanForm
from plans.models import Plan
from prevent_tracker.core.answers import carried_out, conflicts_told, status_of
from prevent_tracker.core.refusals import RuleBroken


@require_safe
def about_plan(request: HttpRequest, plan_id: str) -> HttpResponse:
    """Governance, approval route, projects, implications and the outline of a plan."""
    plan = find(request.user, Plan, public_id=plan_id)
    request.council = plan.council
    context = {"plan": plan, "marking": plan.marking, "about": presenters.about_plan(plan), "current": "about"}
    return render(request, "plans/about_plan.html", context | {"may_edit": may(request.user, "edit", plan)})


@require_http_methods(["GET", "POST"])
def add_plan(request: HttpRequest, council: str) -> HttpResponse:
    """Start a new plan of a council: a draft, with nothing in it yet."""
    request.council = owner = find(request.user, Council, slug=council)
    allow(request.user, "coordinate", owner)
    form = PlanForm(request.POST or None)
    started = carried_out(form, lambda: plans.create_plan(council=owner, by=request.user, **form.fields_of_plan()))
    if started:
        messages.success(request, "The plan is started, as a draft. Add its headings and actions next.")
        return redirect("actions:plan_page", started.public_id)
    return render(request, "plans/plan_form.html", {"form": form, "council": owner}, status=status_of(form))


@require_http_methods(["GET", "POST"])
def edit_plan(request: HttpRequest, plan_id: str) -> HttpResponse:
    """Change the title, the period, the level labels and the other words about a plan."""
    plan = find(request.user, Plan, public_id=plan_id)
    request.council = plan.council
    allow(request.user, "edit", plan)
    form = PlanForm(request.POST or None, plan=plan)
    with conflicts_told(lambda current: presenters.level_differences(form.cleaned_data["levels"], current)):
        saved = carried_out(form, lambda: plans.edit_plan(plan=plan, by=request.user, **form.version_and_fields()))
    if saved:
        messages.success(request, "Saved.")
        return redirect("plans:about_plan", plan.public_id)
    return render(request, "plans/plan_form.html", {"form": form, "plan": plan}, status=status_of(form))


@require_http_methods(["GET", "POST"])
def edit_columns(request: HttpRequest, plan_id: str) -> HttpResponse:
    """Change which columns the plan's table has, what they are called, and their order."""
    plan = find(request.user, Plan, public_id=plan_id)
    request.council = plan.council
    allow(request.user, "edit", plan)
    form = ColumnsForm(request.POST or None, plan=plan)
    with conflicts_told(lambda current: presenters.column_differences(form.entered()["columns"], current)):
        saved = carried_out(form, lambda: plans.edit_plan(plan=plan, by=request.user, **form.entered()))
    if saved:
        messages.success(request, "The columns are saved.")
        return redirect("actions:arrange_plan", plan.public_id)
    return render(request, "plans/columns_form.html", {"form": form, "plan": plan}, status=status_of(form))


@require_POST
def make_live(request: HttpRequest, plan_id: str) -> HttpResponse:
    """Say that the draft is approved and is now the plan being delivered."""
    plan = find(request.user, Plan, public_id=plan_id)
    allow(request.user, "edit", plan)
    try:
        plans.make_live(plan=plan, by=request.user)
        messages.success(request, f"{plan} is live.")
    except RuleBroken as broken:
        messages.error(request, str(broken))
    return redirect("actions:plan_page", plan.public_id)

"""The plans a person may read, and the plan page."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from actions.filters import PlanFilter
from actions.models import Action
from actions.presenters.plan_page import PlanTable, Reader, figures, results_words
from actions.presenters.plans_page import council_plans
from actions.presenters.words import rag_key
from actions.queries import actions_of, counts_by_rating, for_rows, updates_in
from actions.rules import contributing_partner_ids
from partners.models import Council
from partners.policy import access_for, find, may, visible
from plans.enums import PlanState
from plans.models import Plan
from plans.presenters import about_plan
from plans.queries import headings_of, present_period

ROWS_ON_A_PAGE = 150


@require_safe
def plans_page(request: HttpRequest) -> HttpResponse:
    """Every plan of every council the person works with, with its counts by rating."""
    plans = list(visible(request.user, Plan).exclude(state=PlanState.WITHDRAWN))
    councils = council_plans(plans, visible(request.user, Action))
    keeps = Council.objects.filter(pk__in=access_for(request.user).councils("coordinate")).order_by("name")
    return render(request, "actions/plans_page.html", {"councils": councils, "keeps": keeps})


@require_safe
def plan_page(request: HttpRequest, plan_id: str) -> HttpResponse:
    """The plan in the council's own shape, filtered and sorted by its address."""
    plan = find(request.user, Plan, public_id=plan_id)
    request.council = plan.council
    actions = actions_of(request.user, plan)
    counts = counts_by_rating(actions)
    if not any(counts.values()):
        return render(request, "actions/plan_without_actions.html", empty_context(request, plan))
    context = table_context(request, plan, actions, counts)
    only_results = request.htmx and not request.htmx.history_restore_request
    return render(request, "actions/_plan_results.html" if only_results else "actions/plan_page.html", context)


def empty_context(request: HttpRequest, plan: Plan) -> dict:
    """Return what the page of a plan without actions says: everything else that the plan holds, and what to do next."""
    may_edit = may(request.user, "edit", plan)
    return {"plan": plan, "marking": plan.marking, "about": about_plan(plan), "may_edit": may_edit, "current": "plan"}


def table_context(request: HttpRequest, plan: Plan, actions, counts: dict[str, int]) -> dict:
    """Return the filter, the counts and one page of rows. The number of queries does not grow with the plan."""
    today, key = timezone.localdate(), rag_key(plan.council)
    headings, period = headings_of(plan), present_period(plan)
    chosen = PlanFilter(
        request.GET, actions, plan=plan, headings=headings, period=period, today=today,
        ratings=[(code, entry.label) for code, entry in key.items()],
    )  # fmt: skip
    page = Paginator(for_rows(chosen.found), ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    rows = list(page)
    may_edit = may(request.user, "edit", plan)
    mine = contributing_partner_ids(access_for(request.user))
    table = PlanTable(
        plan, headings=headings, key=key, period=period, updates=updates_in(request.user, period, rows),
        reader=Reader(bool(may_edit), mine, request.get_full_path(), today),
    )  # fmt: skip
    in_printed_order = not chosen.sort
    whole_plan = in_printed_order and not chosen.chosen and page.paginator.num_pages == 1
    return {
        "plan": plan,
        "marking": plan.marking,
        "period": period,
        "filter": chosen,
        "form": chosen.form,
        "figures": figures(counts, key),
        "page": page,
        "results": results_words(page, sum(counts.values())),
        "columns": table.columns,
        "groups": table.groups(rows, every_heading=whole_plan) if in_printed_order else table.flat(rows),
        "key": list(key.values()),
        "may_edit": may_edit,
        "current": "plan",
    }

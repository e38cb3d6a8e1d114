"""The reporting quarter of a plan, for the coordinator who runs it and the people who read it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from actions.domain.quarter import open_quarter as open_and_ask
from actions.domain.returns import returns_of
from actions.enums import UpdateState
from actions.forms.quarters import OpenForm, ScheduleForm
from actions.models import ProgressUpdate
from actions.presenters import quarter as show
from actions.presenters.words import rag_key
from actions.queries import actions_of
from partners.policy import allow, find, may, visible
from plans.domain.periods import schedule_period
from plans.enums import PeriodState
from plans.models import Plan, ReportingPeriod
from prevent_tracker.core.answers import carried_out, status_of

UPDATES_ON_A_PAGE = 50


@require_safe
def quarter_page(request: HttpRequest, plan_id: str) -> HttpResponse:
    """Where the quarter stands: returns, updates to read, and the next step."""
    plan = find(request.user, Plan, public_id=plan_id)
    request.council = plan.council
    return render(request, "actions/quarter_page.html", quarter_context(request, plan))


@require_POST
def schedule_quarter(request: HttpRequest, plan_id: str) -> HttpResponse:
    """Put a quarter in the plan's calendar."""
    plan = find(request.user, Plan, public_id=plan_id)
    request.council = plan.council
    allow(request.user, "run_quarter", plan)
    form = ScheduleForm(request.POST, today=timezone.localdate(), taken=set())
    if carried_out(form, lambda: schedule_period(plan=plan, quarter=form.chosen, by=request.user)):
        messages.success(request, f"{form.chosen.name} is in the calendar. Open it to ask for updates.")
        return redirect("actions:quarter_page", plan.public_id)
    return render(
        request, "actions/quarter_page.html", quarter_context(request, plan, schedule_form=form), status=status_of(form)
    )


@require_POST
def open_quarter(request: HttpRequest, period_id: str) -> HttpResponse:
    """Open a quarter: every partner that answers for an open action is asked for a return."""
    period = find(request.user, ReportingPeriod, public_id=period_id)
    request.council = period.plan.council
    allow(request.user, "run_quarter", period.plan)
    form = OpenForm(request.POST)
    if carried_out(form, lambda: open_and_ask(period=period, by=request.user, **form.cleaned_data)):
        messages.success(request, f"{period} is open. Partners can now give their updates.")
        return redirect("actions:quarter_page", period.plan.public_id)
    return render(
        request,
        "actions/quarter_page.html",
        quarter_context(request, period.plan, open_form=form),
        status=status_of(form),
    )


def quarter_context(
    request: HttpRequest, plan: Plan, *, schedule_form: ScheduleForm | None = None, open_form: OpenForm | None = None
) -> dict:
    """Return everything the page shows. The number of queries does not grow with partners or updates."""
    today, periods = timezone.localdate(), list(plan.periods.order_by("-starts_on"))
    now = next((p for p in periods if p.is_open), None)
    upcoming = min((p for p in periods if p.state == PeriodState.SCHEDULED), key=lambda p: p.starts_on, default=None)
    last = next((p for p in periods if p.state not in (PeriodState.SCHEDULED, PeriodState.OPEN)), None)
    period = now or last
    runs, sees_returns = may(request.user, "run_quarter", plan), may(request.user, "view_history", plan)
    lines = returns_of(period) if period and sees_returns else []
    taken = {p.starts_on for p in periods}
    return {
        "plan": plan, "marking": plan.marking, "current": "quarter",
        "may_edit": may(request.user, "edit", plan), "runs": runs, "sees_returns": sees_returns,
        "period": period, "upcoming": upcoming,
        "returns": show.return_rows(lines, period, today) if period else [],
        "returned": show.returns_words(lines), "page": (waiting := waiting_page(request, now if runs else None)),
        "waiting": show.update_cards(waiting, rag_key(plan.council)),
        "without_update": actions_of(request.user, plan).not_updated_in(now).count() if now else 0,
        "due": show.due_words(period.returns_due_on, today) if period else "",
        "calendar": show.calendar(periods, today),
        "schedule_form": schedule_form or ScheduleForm(today=today, taken=taken),
        "open_form": open_form or OpenForm(initial={"returns_due_on": upcoming.returns_due_on} if upcoming else None),
    }  # fmt: skip


def waiting_page(request: HttpRequest, period: ReportingPeriod | None):
    """Return the submitted updates that wait to be accepted, oldest first, some on a page."""
    waiting = visible(request.user, ProgressUpdate).filter(period=period, state=UpdateState.SUBMITTED)
    rows = waiting.order_by("submitted_at", "pk") if period else waiting.none()
    return Paginator(rows, UPDATES_ON_A_PAGE).get_page(request.GET.get("page"))

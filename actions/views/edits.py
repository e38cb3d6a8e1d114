"""Adding, changing, moving and withdrawing actions. Nothing is ever deleted."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actions.domain import actions as domain
from actions.forms.actions import ActionForm, one_more_row, owner_forms, with_reading
from actions.models import Action
from actions.presenters.arrange import arranged
from actions.queries import actions_of, in_order
from actions.views.finding import find_action
from actions.views.plans import ROWS_ON_A_PAGE
from actions.views.rating import back_from
from partners.policy import allow, find
from plans.forms import ReasonForm
from plans.models import Plan
from plans.presenters import heading_choices
from plans.queries import headings_of
from prevent_tracker.core.addresses import asked_move, way_back
from prevent_tracker.core.answers import carried_out, status_of
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
    initial = {"objective": request.GET.get("heading", "")}
    page = ActionPage(request, plan, initial=initial)
    if page.is_ready and (
        action := page.carry_out(lambda version, **fields: domain.add_action(plan=plan, by=request.user, **fields))
    ):
        messages.success(request, "The action is added.")
        return redirect("actions:action_page", action.public_id)
    return page.answer("Add an action", reverse("actions:arrange_plan", args=[plan.public_id]))


@require_http_methods(["GET", "POST"])
def edit_action(request: HttpRequest, action_id: str) -> HttpResponse:
    """Change the words, the place, the owners or the timescale of an action."""
    action = find_action(request, action_id)
    allow(request.user, "edit", action)
    page = ActionPage(request, action.plan, action=action)
    if page.is_ready and page.carry_out(
        lambda version, **fields: domain.edit_action(action=action, by=request.user, version=version, **fields)
    ):
        messages.success(request, "The action is saved.")
        return redirect("actions:action_page", action.public_id)
    return page.answer("Change the action", reverse("actions:action_page", args=[action.public_id]))


class ActionPage:
    """The form of an action with its owners, and the two answers that are not yet a save: one more owner row, and the
    reading of a timescale whose words have changed, for the person to confirm."""

    def __init__(self, request: HttpRequest, plan: Plan, *, action: Action | None = None, initial: dict | None = None):
        self.request, self.plan, self.action = request, plan, action
        data = request.POST or None
        self.reason = ""
        self.adds_row = data is not None and "add_owner" in data
        if self.adds_row:
            data = one_more_row(data)
        self._read(data, initial or {})
        if data is not None and not self.adds_row and self.form.needs_reading and self.form.is_valid():
            data, self.reason = with_reading(data, plan)
            self._read(data, {})

    def _read(self, data, initial: dict) -> None:
        choices = heading_choices(headings_of(self.plan))
        self.form = ActionForm(data, headings=choices, action=self.action, initial=initial)
        self.owners = owner_forms(data, plan=self.plan, action=self.action)

    @property
    def is_ready(self) -> bool:
        """Whether the page was sent to be saved, with a reading that the person has seen."""
        return self.form.is_bound and not self.adds_row and not self.reason

    def carry_out(self, act) -> Action | None:
        return carried_out(self.form, lambda: act(**self.form.entered(), owners=self.owners.owners), self.owners)

    def answer(self, title: str, back: str) -> HttpResponse:
        context = {
            "plan": self.plan, "marking": self.plan.marking, "action": self.action, "form": self.form,
            "owners": self.owners, "title": title, "reason": self.reason, "back": way_back(self.request, back),
            "quiet": self.adds_row,
        }  # fmt: skip
        status = 200 if self.adds_row or self.reason else status_of(self.form, self.owners)
        return render(self.request, "actions/action_form.html", context, status=status)


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


@require_http_methods(["GET", "POST"])
def withdraw_action(request: HttpRequest, action_id: str) -> HttpResponse:
    """End an action without delivery, with a reason. It is still printed."""
    action = find_action(request, action_id)
    allow(request.user, "edit", action)
    form = ReasonForm(request.POST or None, initial={"version": action.version})
    if carried_out(form, lambda: domain.withdraw_action(action=action, by=request.user, **form.cleaned_data)):
        messages.success(request, "The action is withdrawn. It stays in the plan, marked so, with the reason.")
        return redirect(back_from(request, action))
    context = {
        "form": form, "plan": action.plan, "what": str(action), "back": back_from(request, action),
        "title": "Withdraw this action",
        "consequence": "It stays in the plan and in this quarter’s report, marked as withdrawn with your reason. "
        "No more updates are asked for.",
    }  # fmt: skip
    return render(request, "plans/withdraw.html", context, status=status_of(form))

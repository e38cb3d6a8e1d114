"""The delivery status of an action, moved by the coordinator: reopened, put on hold, taken up again, withdrawn."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from actions.domain import lifecycle
from actions.forms.status import HoldForm, ResumeForm, status_form
from actions.models import Action
from actions.views.finding import find_action
from actions.views.rating import back_from
from partners.policy import allow
from plans.forms import ReasonForm
from prevent_tracker.core.answers import carried_out, status_of


@require_http_methods(["GET", "POST"])
def withdraw_action(request: HttpRequest, action_id: str) -> HttpResponse:
    """End an action without delivery, with a reason. It is still printed."""
    action, form = action_and_form(request, action_id, ReasonForm)
    if carried_out(form, lambda: lifecycle.withdraw_action(action=action, by=request.user, **form.cleaned_data)):
        messages.success(request, "The action is withdrawn. It stays in the plan, marked so, with the reason.")
        return redirect(back_from(request, action))
    consequence = (
        "It stays in the plan and in this quarter’s report, marked as withdrawn with your reason. "
        "No more updates are asked for."
    )
    return status_page(request, action, form, "Withdraw this action", "Withdraw", consequence)


@require_http_methods(["GET", "POST"])
def reopen_action(request: HttpRequest, action_id: str) -> HttpResponse:
    """Take back that an action is complete, with a reason."""
    action, form = action_and_form(request, action_id, status_form("Why is it reopened?"))
    if carried_out(form, lambda: lifecycle.reopen_action(action=action, by=request.user, **form.cleaned_data)):
        messages.success(request, "The action is open again. Rate it when its position is known.")
        return redirect(back_from(request, action))
    consequence = "It is in progress again and is not rated until somebody rates it. What was said before is kept."
    return status_page(request, action, form, "Reopen this action", "Reopen", consequence)


@require_http_methods(["GET", "POST"])
def reinstate_action(request: HttpRequest, action_id: str) -> HttpResponse:
    """Bring back an action that was withdrawn, with a reason."""
    action, form = action_and_form(request, action_id, status_form("Why is it brought back?"))
    if carried_out(form, lambda: lifecycle.reinstate_action(action=action, by=request.user, **form.cleaned_data)):
        messages.success(request, "The action is in the plan again.")
        return redirect(back_from(request, action))
    consequence = "It is part of the plan again, and updates are asked for. That it was withdrawn stays in its history."
    return status_page(request, action, form, "Bring this action back", "Bring back", consequence)


@require_http_methods(["GET", "POST"])
def hold_action(request: HttpRequest, action_id: str) -> HttpResponse:
    """Pause an action, with a reason and a day by which to look again."""
    action, form = action_and_form(request, action_id, HoldForm)
    given = {"action": action, "by": request.user, "today": timezone.localdate()}
    if carried_out(form, lambda: lifecycle.hold_action(**given, **form.cleaned_data)):
        messages.success(request, "The action is on hold.")
        return redirect(back_from(request, action))
    consequence = "It stays in the plan and is still reported. Take it up again when work goes on."
    return status_page(request, action, form, "Put this action on hold", "Put on hold", consequence)


@require_http_methods(["GET", "POST"])
def resume_action(request: HttpRequest, action_id: str) -> HttpResponse:
    """Take up an action that was on hold."""
    action, form = action_and_form(request, action_id, ResumeForm)
    if carried_out(form, lambda: lifecycle.resume_action(action=action, by=request.user, **form.cleaned_data)):
        messages.success(request, "The action is in progress again.")
        return redirect(back_from(request, action))
    return status_page(request, action, form, "Take this action up again", "Take up again", "It is in progress again.")


def action_and_form(request: HttpRequest, action_id: str, form_class: type) -> tuple[Action, ReasonForm]:
    """Return an action the person may edit, and the form about it. Raises Http404, Refused."""
    action = find_action(request, action_id)
    allow(request.user, "edit", action)
    return action, form_class(request.POST or None, initial={"version": action.version})


def status_page(
    request: HttpRequest, action: Action, form: ReasonForm, title: str, button: str, consequence: str
) -> HttpResponse:
    """Show what will happen, and ask for the reason."""
    context = {
        "form": form, "plan": action.plan, "marking": action.marking, "what": str(action), "title": title,
        "back": back_from(request, action), "button": button, "consequence": consequence,
    }  # fmt: skip
    return render(request, "plans/withdraw.html", context, status=status_of(form))

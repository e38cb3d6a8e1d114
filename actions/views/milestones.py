"""The page where a milestone of an action is said to be met."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from actions.domain import milestones as domain
from actions.forms.status import MilestoneForm
from actions.presenters.action_page import milestone_words
from actions.views.finding import find_milestone
from partners.policy import allow
from prevent_tracker.core.answers import carried_out, status_of


@require_http_methods(["GET", "POST"])
def meet_milestone(request: HttpRequest, milestone_id: str) -> HttpResponse:
    """Say on which day a milestone was met, or that it has not been met after all."""
    milestone, today = find_milestone(request, milestone_id), timezone.localdate()
    allow(request.user, "meet", milestone)
    form = MilestoneForm(request.POST or None, initial={"version": milestone.version, "met_on": milestone.met_on})
    action, entered = milestone.action, {"milestone": milestone, "by": request.user, "today": today}
    back = reverse("actions:action_page", args=[action.public_id]) + "#dates"
    if carried_out(form, lambda: domain.meet_milestone(**entered, **form.cleaned_data)):
        messages.success(request, "The milestone is saved.")
        return redirect(back)
    context = {
        "form": form, "action": action, "plan": action.plan, "marking": action.marking, "back": back,
        "rows": [("Milestone", str(milestone)), ("Position", milestone_words(milestone, today))],
    }  # fmt: skip
    return render(request, "actions/meet_milestone.html", context, status=status_of(form))

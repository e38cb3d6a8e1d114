"""The quarter's update of an action: written, submitted, opened again, sent back, accepted."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from actions.domain import updates as domain
from actions.forms.updates import SendBackForm, UpdateForm
from actions.models import Action, ProgressUpdate
from actions.presenters.action_page import said
from actions.presenters.update import UpdatePage, update_context, update_page
from actions.presenters.words import rag_key
from actions.views.finding import find_action, find_update
from partners.models import User
from partners.policy import allow
from prevent_tracker.core.addresses import asked_version, way_back
from prevent_tracker.core.answers import carried_out, status_of
from prevent_tracker.core.refusals import RuleBroken


@require_http_methods(["GET", "POST"])
def update_action(request: HttpRequest, action_id: str) -> HttpResponse:
    """Write the open quarter's update of an action: save it as a draft, or submit it."""
    action = find_action(request, action_id)
    allow(request.user, "update", action)
    page = update_page(request.user, action, timezone.localdate())
    back = back_from(request, action)
    if page.period is None or (request.method == "GET" and not page.may_write):
        return render(request, "actions/update_closed.html", update_context(request.user, page, None) | {"back": back})
    form = update_form(request, page)
    submits = "save_draft" not in request.POST
    if carried_out(form, lambda: save_or_submit(page, form, request.user, submits=submits)):
        messages.success(request, f"{'Submitted' if submits else 'Saved as a draft'}: {action}")
        return redirect(back)
    context = update_context(request.user, page, form) | {"back": back}
    return render(request, "actions/update_action.html", context, status=status_of(form))


def update_form(request: HttpRequest, page: UpdatePage) -> UpdateForm:
    """Return the form, with what was typed or else what there is."""
    form = UpdateForm(
        request.POST or None, facts=page.facts, suggestion=page.suggestion, key=page.key, initial=page.initial
    )
    if not page.rates:
        form.leave_out_rating()
    return form


def save_or_submit(page: UpdatePage, form: UpdateForm, by: User, *, submits: bool) -> ProgressUpdate:
    """Save the words as a draft, or submit them."""
    given = {"action": page.action, "period": page.period, "partner": page.partner, "by": by} | form.entered()
    if submits:
        return domain.give_update(today=timezone.localdate(), **given)
    return domain.save_update(**given)


@require_POST
def submit_nil(request: HttpRequest, action_id: str) -> HttpResponse:
    """Say that there is nothing to report on an action this quarter; a refusal keeps what was typed on the page."""
    action = find_action(request, action_id)
    allow(request.user, "update", action)
    page = update_page(request.user, action, timezone.localdate())
    back = back_from(request, action)
    if page.period is None or not page.period.is_open:
        return render(request, "actions/update_closed.html", update_context(request.user, page, None) | {"back": back})
    try:
        domain.submit_nil(
            action=action, period=page.period, partner=page.partner, by=request.user, today=timezone.localdate()
        )
        messages.success(request, f"Nil return given: {action}")
    except RuleBroken as broken:
        messages.warning(request, str(broken))
        form = update_form(request, page)
        if page.may_write or form.has_words:
            context = update_context(request.user, page, form) | {"back": back}
            return render(request, "actions/update_action.html", context, status=422)
    return redirect(back)


@require_POST
def revise_update(request: HttpRequest, update_id: str) -> HttpResponse:
    """Open a submitted update again, to change it."""
    update = find_update(request, update_id)
    allow(request.user, "edit", update)
    try:
        domain.revise_update(update=update, by=request.user, version=asked_version(request))
    except RuleBroken as broken:
        messages.warning(request, str(broken))
    address = reverse("actions:update_action", args=[update.action.public_id])
    return redirect(f"{address}?{request.META.get('QUERY_STRING', '')}")


@require_POST
def accept_update(request: HttpRequest, update_id: str) -> HttpResponse:
    """Accept an update as it stands."""
    update = find_update(request, update_id)
    allow(request.user, "moderate", update)
    try:
        domain.accept_update(update=update, by=request.user, version=asked_version(request))
        messages.success(request, f"Accepted: {update.action}")
    except RuleBroken as broken:
        messages.warning(request, str(broken))
    return redirect(way_back(request, quarter_address(update)))


@require_http_methods(["GET", "POST"])
def send_back(request: HttpRequest, update_id: str) -> HttpResponse:
    """Send an update back to its partner, with a question."""
    update = find_update(request, update_id)
    allow(request.user, "send_back", update)
    form = SendBackForm(request.POST or None, initial={"version": update.version})
    back = way_back(request, quarter_address(update))
    if carried_out(form, lambda: domain.send_back(update=update, by=request.user, **form.entered())):
        messages.success(request, f"Sent back to {update.partner}: {update.action}")
        return redirect(back)
    context = {
        "form": form, "update": update, "action": update.action, "plan": update.action.plan, "back": back,
        "said": said(update, rag_key(update.action.plan.council)),
    }  # fmt: skip
    return render(request, "actions/send_back.html", context, status=status_of(form))


def back_from(request: HttpRequest, action: Action) -> str:
    return way_back(request, reverse("actions:action_page", args=[action.public_id]))


def quarter_address(update: ProgressUpdate) -> str:
    return reverse("actions:quarter_page", args=[update.action.plan.public_id])

"""Locking and reopening the quarter, and the draft that shows how it stands."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partners.policy import allow, find
from plans.models import ReportingPeriod
from prevent_tracker.core import clock
from prevent_tracker.core.answers import carried_out, status_of
from prevent_tracker.core.refusals import RuleBroken
from reporting.domain import lock
from reporting.domain.assemble import preview_of
from reporting.enums import FileKind
from reporting.exports.names import file_name
from reporting.exports.pdf import write_pdf
from reporting.forms import ReasonForm
from reporting.views.files import CONTENT_TYPES, attachment, refuse_long_previews


@require_POST
def lock_quarter(request: HttpRequest, period_id: str) -> HttpResponse:
    """Lock the quarter and take its snapshot; then the report is written."""
    period = _period(request, period_id)
    allow(request.user, "run_quarter", period.plan)
    try:
        snapshot = lock.lock_quarter(period=period, by=request.user, today=timezone.localdate())
    except RuleBroken as broken:
        messages.error(request, str(broken))
        return redirect("actions:quarter_page", period.plan.public_id)
    messages.success(request, f"{period.name} is locked, and its figures are kept as they stand.")
    return redirect("reporting:start_report", snapshot.public_id)


@require_http_methods(["GET", "POST"])
def reopen_quarter(request: HttpRequest, period_id: str) -> HttpResponse:
    """Open a locked quarter again, with a reason."""
    period = _period(request, period_id)
    allow(request.user, "run_quarter", period.plan)
    form = ReasonForm(request.POST if request.method == "POST" else None, label="Why is the quarter reopened?")
    if carried_out(
        form, lambda: lock.reopen_quarter(period=period, by=request.user, reason=form.cleaned_data["reason"])
    ):
        messages.success(request, f"{period.name} is open again. Sign-offs given for it no longer count.")
        return redirect("actions:quarter_page", period.plan.public_id)
    return render(request, "reporting/reopen_quarter.html", {"period": period, "form": form}, status=status_of(form))


@require_safe
def preview_quarter(request: HttpRequest, period_id: str) -> HttpResponse:
    """The report as it would be if the quarter were locked now, marked DRAFT."""
    period = _period(request, period_id)
    allow(request.user, "run_quarter", period.plan)
    refuse_long_previews(period.plan.actions.count())
    paper = preview_of(period, today=timezone.localdate(), now=clock.now())
    return attachment(write_pdf(paper), file_name(paper, "pdf"), CONTENT_TYPES[FileKind.PDF])


def _period(request: HttpRequest, period_id: str) -> ReportingPeriod:
    period = find(request.user, ReportingPeriod, public_id=period_id)
    request.council = period.plan.council  # type: ignore[attr-defined]
    return period

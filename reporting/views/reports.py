"""Reports: the list, the page of one, writing it, issuing it, issuing it anew."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_http_methods, require_safe

from partners.policy import allow, find, may, visible
from prevent_tracker.core.answers import carried_out, status_of
from prevent_tracker.core.guarded_forms import VersionedForm
from prevent_tracker.core.jobs import last_job, reap
from reporting import presenters
from reporting.domain import reports as domain
from reporting.domain.assemble import report_of
from reporting.domain.issuing import bytes_of
from reporting.enums import FileKind, ReportState
from reporting.exports.html import write_html
from reporting.exports.names import file_name
from reporting.exports.pdf import write_pdf
from reporting.forms import ReasonForm, ReportForm, StartForm
from reporting.models import Report, Snapshot
from reporting.rules import ISSUED
from reporting.views.files import CONTENT_TYPES, attachment, refuse_long_previews

REPORTS_ON_A_PAGE = 30
UNFINISHED = (ReportState.DRAFT, ReportState.ISSUING)


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """The reports I may read, newest first; for a coordinator the drafts as well."""
    mine = visible(request.user, Report)
    issued = mine.filter(state__in=ISSUED).order_by("-issued_at", "-pk")
    page = Paginator(issued, REPORTS_ON_A_PAGE).get_page(request.GET.get("page"))
    drafts = domain.still_current(mine.filter(state__in=UNFINISHED)).order_by("-created_at", "-pk")
    context = {
        "drafts": [presenters.report_row(report) for report in drafts],
        "rows": [presenters.report_row(report) for report in page],
        "page": page,
    }
    return render(request, "reporting/reports.html", context)


@require_safe
def report_page(request: HttpRequest, report_id: str) -> HttpResponse:
    """One report: the summary that was issued, from the stored bytes, and its files. A draft shows how it stands."""
    report = _report(request, report_id)
    if report.state == ReportState.ISSUING and reap():
        report = _report(request, report_id)
    files = list(report.files.defer("content").select_related("report"))
    context = {
        "report": report,
        "row": presenters.report_row(report),
        "files": presenters.file_rows(files),
        "summary": _summary(report),
        "may_write": may(request.user, "write", report),
        "may_issue": may(request.user, "issue", report),
        "newer": Report.objects.filter(supersedes=report).first() if report.state in ISSUED else None,
        "job": last_job(kind=domain.ISSUE, subject=report.public_id),
        "marking": report.marking,
    }
    return render(request, "reporting/report_page.html", context)


@require_http_methods(["GET", "POST"])
def start_report(request: HttpRequest, snapshot_id: str) -> HttpResponse:
    """Choose the body that a report on a locked quarter is for."""
    snapshot = find(request.user, Snapshot, public_id=snapshot_id)
    council = request.council = snapshot.period.plan.council  # type: ignore[attr-defined]
    allow(request.user, "write_report", snapshot)
    form = StartForm(request.POST if request.method == "POST" else None, council=council)
    report = carried_out(
        form, lambda: domain.start_report(snapshot=snapshot, body=form.cleaned_data["body"], by=request.user)
    )
    if report:
        return redirect("reporting:write_report", report.public_id)
    context = {"form": form, "snapshot": snapshot, "period": snapshot.period, "bodies": council.bodies.exists()}
    return render(request, "reporting/start_report.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
def write_report(request: HttpRequest, report_id: str) -> HttpResponse:
    """Write the words of a draft, with the figures beside them."""
    report = _report(request, report_id)
    allow(request.user, "write", report)
    form = ReportForm(request.POST) if request.method == "POST" else ReportForm.of(report)
    if carried_out(form, lambda: domain.save_report(report=report, by=request.user, **form.cleaned_data)):
        if "issue" in request.POST:
            return redirect("reporting:issue_report", report.public_id)
        messages.success(request, "The report is saved.")
        return redirect("reporting:write_report", report.public_id)
    paper = report_of(report)
    context = {"form": form, "report": report, "paper": paper, "marking": paper.control.marking}
    return render(request, "reporting/write_report.html", context, status=status_of(form))


@require_safe
def preview_report(request: HttpRequest, report_id: str) -> HttpResponse:
    """The PDF of a draft as it stands, marked DRAFT. Nothing is stored."""
    report = _report(request, report_id)
    if not report.is_draft:
        raise Http404("Not found")
    refuse_long_previews(report.snapshot.actions.count())
    paper = report_of(report)
    return attachment(write_pdf(paper), file_name(paper, "pdf"), CONTENT_TYPES[FileKind.PDF])


@require_http_methods(["GET", "POST"])
def issue_report(request: HttpRequest, report_id: str) -> HttpResponse:
    """Look at what goes in, then issue it. Its files are made by a job."""
    report = _report(request, report_id)
    allow(request.user, "write", report)
    form = VersionedForm(request.POST if request.method == "POST" else None, initial={"version": report.version})
    job = carried_out(form, lambda: domain.issue_report(report=report, by=request.user, **form.cleaned_data))
    if job:
        return redirect("core:job", job.public_id)
    context = {
        "form": form,
        "report": report,
        "rows": presenters.contents_rows(report_of(report)),
        "missing": domain.what_is_missing(report),
    }
    return render(request, "reporting/issue_report.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
def reissue_report(request: HttpRequest, report_id: str) -> HttpResponse:
    """Begin a new edition of an issued report, with the reason that it will print."""
    report = _report(request, report_id)
    allow(request.user, "issue", report)
    form = ReasonForm(request.POST if request.method == "POST" else None, label="Why is a new edition needed?")
    edition = carried_out(
        form, lambda: domain.reissue_report(report=report, by=request.user, reason=form.cleaned_data["reason"])
    )
    if edition:
        return redirect("reporting:write_report", edition.public_id)
    return render(request, "reporting/reissue_report.html", {"form": form, "report": report}, status=status_of(form))


def _report(request: HttpRequest, report_id: str) -> Report:
    report = find(request.user, Report, public_id=report_id)
    request.council = report.snapshot.period.plan.council  # type: ignore[attr-defined]
    return report


def _summary(report: Report) -> SafeString:
    """Return the summary as HTML, whose every value our template escaped: what was issued, or a draft as it stands."""
    if report.state in ISSUED:
        return mark_safe(bytes_of(report.files.get(kind=FileKind.HTML)).decode())
    return mark_safe(write_html(report_of(report)).decode() if report.is_draft else "")

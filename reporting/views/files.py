"""Files that leave the site: the stored bytes of an issued report, and previews of drafts."""

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from partners.policy import find
from prevent_tracker.core.refusals import Refused
from reporting.domain.issuing import bytes_of, record_download
from reporting.enums import FileKind
from reporting.models import IssuedFile, Report
from reporting.presenters import DOWNLOADED
from reporting.rules import ISSUED

CONTENT_TYPES = {
    FileKind.PDF: "application/pdf",
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
LONGEST_PREVIEW = 400  # actions: about five seconds of work in the web process
TOO_LONG = (
    f"A plan of more than {LONGEST_PREVIEW} actions takes too long to print while you wait. "
    "Read the summary instead: the PDF is made when the report is issued."
)


@require_safe
def download(request: HttpRequest, report_id: str, kind: str) -> HttpResponse:
    """The stored bytes of an issued file, as an attachment. Who took it is kept."""
    report = find(request.user, Report, public_id=report_id)
    if kind not in DOWNLOADED or report.state not in ISSUED:
        raise Http404("Not found")
    file = IssuedFile.objects.get(report=report, kind=kind)
    content = bytes_of(file)
    if request.method == "GET":  # HEAD asks only how large the file is
        with transaction.atomic():
            record_download(file=file, by=request.user)
    return attachment(content, file.name, CONTENT_TYPES[FileKind(kind)])


def attachment(content: bytes, name: str, content_type: str) -> HttpResponse:
    """Return a file that is saved and never run: typed, not sniffed, sandboxed. `name` is plain letters (RFC 6266)."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response._csp_exempt = True  # type: ignore[attr-defined]  # the stricter policy above stands
    return response


def refuse_long_previews(actions: int) -> None:
    """Raise Refused, in words, for a plan that is too long to print while somebody waits."""
    if actions > LONGEST_PREVIEW:
        raise Refused(TOO_LONG)

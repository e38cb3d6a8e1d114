"""The job that makes a report's files: idempotent, and safe to kill at any moment."""

from collections.abc import Callable

from django.urls import reverse

from prevent_tracker.core import clock
from prevent_tracker.core.jobs import Progress, work
from reporting.domain.assemble import report_of
from reporting.domain.board_report import BoardReport
from reporting.domain.issuing import fall_back, report_to_make, store_files
from reporting.domain.reports import ISSUE
from reporting.enums import FileKind
from reporting.exports.html import write_html
from reporting.exports.names import file_name
from reporting.exports.pdf import write_pdf
from reporting.exports.xlsx import write_xlsx

WRITERS: dict[FileKind, tuple[str, Callable[[BoardReport], bytes]]] = {
    FileKind.PDF: ("Making the PDF", write_pdf),
    FileKind.XLSX: ("Making the workbook", write_xlsx),
    FileKind.HTML: ("Making the summary page", write_html),
}
STEPS = len(WRITERS) + 2
DONE = "The report has been issued."


def _page(public_id: str) -> str:
    return reverse("reporting:report_page", args=[public_id])


@work(ISSUE, title="Issuing the report", page=_page, give_up=fall_back)
def make_report_files(progress: Progress) -> str:
    """Make the files of a report and store them all at once. Nothing is kept of an attempt that was cut short."""
    report = report_to_make(progress.subject)
    if report is None:
        return DONE
    progress.step("Putting the report together", total=STEPS)
    paper = report_of(report)
    files = {}
    for kind, (message, write) in WRITERS.items():
        progress.step(message)
        files[kind] = (file_name(paper, kind), write(paper))
    progress.step("Storing the files")
    store_files(report=report, files=files, now=clock.now())
    return DONE

"""What the pages of this room show, as finished strings."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from prevent_tracker.core.words import day_words, moment_day
from reporting.domain.board_report import BoardReport
from reporting.enums import FileKind, ReportState
from reporting.models import IssuedFile, Report
from reporting.rules import ISSUED

TAGS = {
    ReportState.DRAFT: "govuk-tag--blue",
    ReportState.ISSUING: "govuk-tag--yellow",
    ReportState.ISSUED: "govuk-tag--green",
    ReportState.SUPERSEDED: "govuk-tag--grey",
}
DOWNLOADED = (FileKind.PDF, FileKind.XLSX)


@dataclass(frozen=True)
class ReportRow:
    """A report in the list."""

    title: str
    href: str
    body: str
    council: str
    quarter: str
    state: str
    tag: str
    edition: str
    when: str


def report_row(report: Report) -> ReportRow:
    """Return a report as a row; its snapshot, period, plan, council and body must have been fetched."""
    period = report.snapshot.period
    return ReportRow(
        title=report.title,
        href=reverse("reporting:report_page", args=[report.public_id]),
        body=str(report.body),
        council=period.plan.council.name,
        quarter=period.name,
        state=report.get_state_display(),
        tag=TAGS[ReportState(report.state)],
        edition=f"Edition {report.edition}",
        when=_when(report),
    )


def _when(report: Report) -> str:
    """Say when it was issued; a report whose files are still being made is not issued yet."""
    if report.issued_at and report.state in ISSUED:
        return f"Issued {moment_day(report.issued_at)}"
    return f"Begun {moment_day(report.created_at)}"


@dataclass(frozen=True)
class FileRow:
    """An issued file beside its download."""

    words: str
    href: str
    size: str
    sha256: str


def file_rows(files: Iterable[IssuedFile]) -> list[FileRow]:
    """Return the files that are downloaded, each with its size and SHA-256."""
    by_kind = {file.kind: file for file in files}
    return [
        FileRow(
            words=f"Download {FileKind(kind).label}",
            href=reverse("reporting:download", args=[file.report.public_id, kind]),
            size=size_words(file.size),
            sha256=file.sha256,
        )
        for kind in DOWNLOADED
        if (file := by_kind.get(kind))
    ]


def size_words(size: int) -> str:
    """Return "118 KB" or "1.2 MB"."""
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1000))} KB"


def contents_rows(paper: BoardReport) -> list[tuple[str, str]]:
    """Return what goes into a report, for the page that asks whether to issue it."""
    said = sum(1 for line in paper.returns if line.signed_as)
    return [
        ("Report to", paper.control.body),
        ("Quarter", paper.control.quarter),
        ("Position as at", day_words(paper.control.position_as_at)),
        ("Protective marking", paper.control.marking),
        ("Actions", str(paper.total)),
        ("Exceptions", f"{len(paper.exceptions)} of {paper.total}"),
        ("Changes since the last report", str(len(paper.changes)) if paper.has_previous else "First report"),
        ("Returns signed off", f"{said} of {len(paper.returns)}"),
        ("Restricted actions, words withheld", str(paper.withheld)),
        ("Files", "PDF, Excel workbook and summary page"),
    ]

"""The end of issuing: the files are stored with their SHA-256, once, in one transaction; or the report falls back."""

import datetime
import hashlib
from collections.abc import Mapping

from django.db import transaction

from partners.models import User
from plans.domain.periods import mark_reported
from plans.domain.record import acting
from prevent_tracker.core.refusals import RuleBroken
from prevent_tracker.core.versions import save_next
from reporting.enums import ReportState
from reporting.models import Download, IssuedFile, Report

OVERTAKEN = "The report was changed while its files were being made. Issue it again."


def report_to_make(public_id: str) -> Report | None:
    """Return the report whose files are to be made, with all that it prints; None when that has been done."""
    report = Report.objects.select_related("snapshot__period__plan__council", "body", "supersedes", "issued_by").get(
        public_id=public_id
    )
    return report if report.state == ReportState.ISSUING else None


@transaction.atomic
def store_files(*, report: Report, files: Mapping[str, tuple[str, bytes]], now: datetime.datetime) -> list[IssuedFile]:
    """Store `{kind: (name, bytes)}` and issue the report, superseding the edition before it; the period is reported.

    Done once, however often it is called: raises RuleBroken when the report is not the one the files were made for.
    """
    fresh = Report.objects.select_for_update(of=("self",)).select_related("supersedes", "issued_by").get(pk=report.pk)
    if fresh.state != ReportState.ISSUING or fresh.version != report.version:
        raise RuleBroken(OVERTAKEN)
    by = fresh.issued_by
    assert by is not None
    period = report.snapshot.period
    with acting(by, period.plan.council):
        stored = [
            IssuedFile.objects.create(
                report=fresh,
                kind=kind,
                name=name,
                content=content,
                size=len(content),
                sha256=hashlib.sha256(content).hexdigest(),
                made_at=now,
            )
            for kind, (name, content) in files.items()
        ]
        fresh.finish_issuing()
        save_next(fresh)
        if fresh.supersedes is not None:
            _supersede(fresh.supersedes)
    mark_reported(period=period, by=by)
    return stored


@transaction.atomic
def fall_back(public_id: str) -> None:
    """Make a report that could not be issued a draft again. Once it has been issued this changes nothing."""
    report = Report.objects.select_for_update().get(public_id=public_id)
    if report.state == ReportState.ISSUING:
        report.fall_back()
        report.issued_at = report.issued_by = None
        save_next(report, reason="The files could not be made.")


def bytes_of(file: IssuedFile) -> bytes:
    """Return the stored bytes, after checking that they are still what was issued. Raises RuleBroken when not."""
    content = bytes(file.content)
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise RuleBroken("This file no longer has the fingerprint it was issued with. Tell your administrator.")
    return content


def record_download(*, file: IssuedFile, by: User) -> Download:
    """Keep who downloaded which file, and when."""
    return Download.objects.create(file=file, user=by)


def _supersede(report: Report) -> None:
    older = Report.objects.select_for_update().get(pk=report.pk)
    if older.state == ReportState.ISSUED:
        older.supersede()
        save_next(older)

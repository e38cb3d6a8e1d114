"""Writing a board report: started on a snapshot, written by a person, issued once, re-issued as a new edition."""

from typing import Any

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, QuerySet

from partners.models import GovernanceBody, User
from partners.policy import allow
from plans.domain.record import acting
from plans.enums import Marking, PeriodState
from plans.models import ReportingPeriod
from prevent_tracker.core import clock
from prevent_tracker.core.jobs import start_job
from prevent_tracker.core.models import Job
from prevent_tracker.core.refusals import RuleBroken
from prevent_tracker.core.states import move
from prevent_tracker.core.versions import claim, save_next
from reporting.domain.assemble import NARRATIVE, content_marking, highest_marking
from reporting.enums import ReportState
from reporting.models import Report, Snapshot

WRITTEN = ("title", "purpose", "marking", "meeting_on", "author_role", *NARRATIVE)
ISSUE = "issue_report"  # the kind of job that makes a report's files
NEWER_SNAPSHOT = "The quarter was reopened and locked again after this report was started. Start the report again."


@transaction.atomic
def start_report(*, snapshot: Snapshot, body: GovernanceBody, by: User) -> Report:
    """Return a draft report on a locked quarter for a body; the one already begun when there is one.

    After the quarter was locked again it has the words of the draft that was begun on it before.
    Raises Refused, and RuleBroken when the body is another council's or has been issued a report on this snapshot.
    """
    allow(by, "write_report", snapshot)
    period = (
        ReportingPeriod.objects.select_for_update(of=("self",))
        .select_related("plan__council")
        .get(pk=snapshot.period_id)
    )
    if body.council_id != period.plan.council_id:
        raise RuleBroken({"body": ["Choose one of this council's own bodies."]})
    _check_newest(snapshot)
    existing = snapshot.reports.filter(body=body).order_by("-edition").first()
    if existing is not None:
        if existing.is_draft:
            return existing
        raise RuleBroken({"body": [f"{body} has had its report on this quarter. Open it to issue a new edition."]})
    report = Report(snapshot=snapshot, body=body, title=f"{period.plan.title}: {period.name}"[:200])
    report.author_role = "Prevent coordinator"
    _copy_words(_overtaken_draft(report), report)
    report.marking = highest_marking([report.marking, content_marking(report)])
    with acting(by, period.plan.council):
        report.save()
    return report


def still_current(reports: QuerySet[Report]) -> QuerySet[Report]:
    """Return the reports whose quarter was not locked again since: the draft of an older lock is never issued."""
    newer = Snapshot.objects.filter(period=OuterRef("snapshot__period"), number__gt=OuterRef("snapshot__number"))
    return reports.exclude(Exists(newer))


@transaction.atomic
def save_report(*, report: Report, by: User, version: int, **written: Any) -> Report:
    """Save what a person wrote: any of `WRITTEN`. Raises Refused, RuleBroken (marking too low), StaleSave."""
    allow(by, "write", report)
    unknown = set(written) - set(WRITTEN)
    assert not unknown, f"not written by a person: {unknown}"
    report = _claim(report, version)
    if not report.is_draft:
        raise RuleBroken("This report is no longer a draft, so it cannot be changed.")
    for name, value in written.items():
        setattr(report, name, value)
    _check_marking(report)
    with acting(by, report.snapshot.period.plan.council):
        save_next(report)
    return report


def issue_report(*, report: Report, by: User, version: int, enqueue: bool = True) -> Job:
    """Issue a draft: its files are made by a job, enqueued in the same transaction. Returns the job.

    `enqueue=False` is for a command that runs the job itself. Raises Refused, StaleSave, and RuleBroken when the
    overall position is not written, the marking is too low, or the quarter was reopened since.
    """
    allow(by, "issue", report)
    with transaction.atomic():
        period = ReportingPeriod.objects.select_for_update().get(pk=report.snapshot.period_id)
        report = _claim(report, version)
        _check_ready(report, period)
        move(report, "start_issuing", "issued")
        report.issued_at, report.issued_by = clock.now(), by
        with acting(by, report.snapshot.period.plan.council):
            save_next(report)
        return start_job(kind=ISSUE, subject=report.public_id, by=by, enqueue=enqueue)


@transaction.atomic
def reissue_report(*, report: Report, reason: str, by: User) -> Report:
    """Return a draft of the next edition, with the words of the issued one, which stays in force until then.

    Raises Refused, and RuleBroken without a reason or when the report is not the issued edition.
    """
    allow(by, "issue", report)
    if not reason.strip():
        raise RuleBroken({"reason": ["Say why a new edition is needed. It is printed in the new edition."]})
    report = (
        Report.objects.select_for_update(of=("self",))
        .select_related("snapshot__period__plan__council")
        .get(pk=report.pk)
    )
    if report.state != ReportState.ISSUED:
        raise RuleBroken("Only the edition that is in force can be issued anew.")
    begun = Report.objects.filter(supersedes=report).first()
    if begun is not None:
        return begun
    editions = Report.objects.filter(snapshot=report.snapshot_id, body=report.body_id)
    edition = editions.aggregate(last=Max("edition"))["last"] + 1
    new = Report(
        snapshot=report.snapshot,
        body=report.body,
        edition=edition,
        supersedes=report,
        reissue_reason=reason.strip(),
    )
    _copy_words(report, new)
    with acting(by, report.snapshot.period.plan.council, reason):
        new.save()
    return new


def what_is_missing(report: Report) -> list[str]:
    """Return, in sentences, what keeps a draft from being issued; empty when it is ready."""
    problems = []
    if not report.position_summary.strip():
        problems.append("Write the overall position: the board reads it first.")
    lowest = content_marking(report)
    if highest_marking([report.marking, lowest]) != report.marking:
        problems.append(_marking_sentence(lowest))
    return problems


def _overtaken_draft(report: Report) -> Report | None:
    """Return the draft that was begun for the same body before the quarter was locked again."""
    drafts = Report.objects.filter(
        snapshot__period=report.snapshot.period_id, body=report.body_id, state=ReportState.DRAFT
    )
    return drafts.order_by("-snapshot__number", "-edition").first()


def _copy_words(older: Report | None, report: Report) -> None:
    for name in WRITTEN if older else ():
        setattr(report, name, getattr(older, name))


def _claim(report: Report, version: int) -> Report:
    """Lock the report at the version that was read, with all that the checks look at."""
    claim(report, version)
    return Report.objects.select_related("snapshot__period__plan__council", "body", "supersedes").get(pk=report.pk)


def _check_ready(report: Report, period: ReportingPeriod) -> None:
    if period.state not in (PeriodState.LOCKED, PeriodState.REPORTED):
        raise RuleBroken(
            f"{period.name} is {period.get_state_display().lower()}. A report is issued on a locked quarter."
        )
    _check_newest(report.snapshot)
    problems = what_is_missing(report)
    if problems:
        raise RuleBroken({"": problems})


def _check_newest(snapshot: Snapshot) -> None:
    if Snapshot.objects.filter(period=snapshot.period_id, number__gt=snapshot.number).exists():
        raise RuleBroken(NEWER_SNAPSHOT)
    if snapshot.period.state == PeriodState.OPEN:
        raise RuleBroken("The quarter has been reopened. Lock it, then start the report.")


def _check_marking(report: Report) -> None:
    lowest = content_marking(report)
    if highest_marking([report.marking, lowest]) != report.marking:
        raise RuleBroken({"marking": [_marking_sentence(lowest)]})


def _marking_sentence(lowest: str) -> str:
    return f"Mark the report {Marking(lowest).label}: something in it carries that marking."

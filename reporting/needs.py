"""What needs a coordinator or a board member now about reports."""

import datetime

from django.db.models import Exists, OuterRef
from django.urls import reverse

from partners.policy import Access, visible
from plans.enums import PeriodState
from prevent_tracker.core.needs import Need, Urgency
from prevent_tracker.core.words import day_words, moment_day
from reporting.domain.reports import still_current
from reporting.enums import ReportState
from reporting.models import Download, Report, Snapshot

IS_NEWS = datetime.timedelta(days=92)  # a quarter


def needs_of(access: Access, today: datetime.date) -> list[Need]:
    """Return the reports that a coordinator has to start, write or issue, and those that a member has not opened."""
    needs = []
    if access.councils("coordinate"):
        needs += [*_to_start(access), *_to_finish(access)]
    if access.bodies("read_papers"):
        needs += _to_read(access, today)
    return needs


def _to_start(access: Access) -> list[Need]:
    """Return locked quarters on which no report was begun."""
    newest = Snapshot.objects.filter(period=OuterRef("period"), number__gt=OuterRef("number"))
    waiting = (
        visible(access.user, Snapshot)
        .filter(period__plan__council__in=access.councils("coordinate"), period__state=PeriodState.LOCKED)
        .filter(~Exists(newest), reports__isnull=True)
    )
    return [
        Need(
            title=f"Write the report on {snapshot.period.name}",
            detail=f"The quarter is locked, and its figures were taken on {moment_day(snapshot.taken_at)}.",
            url=reverse("reporting:start_report", args=[snapshot.public_id]),
            council=str(snapshot.period.plan.council),
        )
        for snapshot in waiting
    ]


def _to_finish(access: Access) -> list[Need]:
    drafts = still_current(visible(access.user, Report)).filter(
        snapshot__period__plan__council__in=access.councils("coordinate"),
        state=ReportState.DRAFT,
        snapshot__period__state__in=(PeriodState.LOCKED, PeriodState.REPORTED),
    )
    return [
        Need(
            title=f"Finish and issue the report to {report.body}",
            detail=f"{report.title} is a draft."
            + (f" The meeting is on {day_words(report.meeting_on)}." if report.meeting_on else ""),
            url=reverse("reporting:write_report", args=[report.public_id]),
            due=report.meeting_on,
            council=str(report.snapshot.period.plan.council),
        )
        for report in drafts
    ]


def _to_read(access: Access, today: datetime.date) -> list[Need]:
    opened = Download.objects.filter(file__report=OuterRef("pk"), user=access.user)
    unread = (
        visible(access.user, Report)
        .filter(body__in=access.bodies("read_papers"), state=ReportState.ISSUED, issued_at__date__gte=today - IS_NEWS)
        .filter(~Exists(opened))
        .order_by("-issued_at")
    )
    return [
        Need(
            title=f"Read {report.title}",
            detail=f"Issued to {report.body} on {moment_day(report.issued_at)}.",
            url=reverse("reporting:report_page", args=[report.public_id]),
            urgency=Urgency.NEWS,
            due=report.meeting_on,
            council=str(report.snapshot.period.plan.council),
        )
        for report in unread
    ]

"""Who may see, write and issue reports."""

from django.db.models import Q, QuerySet

from partners.policy import YES, Access, Decision, no, rule, sees
from partners.rules import NOT_COORDINATOR
from reporting.enums import ReportState
from reporting.models import Report, Snapshot

ISSUED = (ReportState.ISSUED, ReportState.SUPERSEDED)


@sees(Snapshot)
def snapshots(access: Access) -> QuerySet[Snapshot]:
    councils = access.councils("coordinate") | access.councils("view_history")
    return Snapshot.objects.filter(period__plan__council__in=councils).select_related("period__plan__council")


@sees(Report)
def reports(access: Access) -> QuerySet[Report]:
    """Drafts: the coordinator and auditor. Issued: also the members of the body it was written for.

    Partner leads read the plan itself instead.
    """
    councils = access.councils("coordinate") | access.councils("view_history")
    return Report.objects.filter(
        Q(snapshot__period__plan__council__in=councils) | Q(body__in=access.bodies("read_papers"), state__in=ISSUED)
    ).select_related("snapshot__period__plan__council", "body")


@rule("write", Report)
def may_write(access: Access, report: Report) -> Decision:
    if report.snapshot.period.plan.council_id not in access.councils("coordinate"):
        return no(NOT_COORDINATOR)
    return YES if report.is_draft else no("This report has been issued, so it can no longer be changed.")


@rule("issue", Report)
def may_issue(access: Access, report: Report) -> Decision:
    if report.snapshot.period.plan.council_id not in access.councils("coordinate"):
        return no(NOT_COORDINATOR)
    return YES


@rule("write_report", Snapshot)
def may_write_report(access: Access, snapshot: Snapshot) -> Decision:
    return YES if snapshot.period.plan.council_id in access.councils("coordinate") else no(NOT_COORDINATOR)

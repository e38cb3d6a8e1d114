"""Who may see and change plans, headings and reporting periods."""

from django.db.models import QuerySet

from partners.policy import YES, Access, Decision, no, rule, sees
from partners.rules import NOT_COORDINATOR
from plans.models import Objective, Plan, ReportingPeriod

READ_ONLY_PLAN = "This plan is closed, so nothing in it can be changed."


@sees(Plan)
def plans(access: Access) -> QuerySet[Plan]:
    return Plan.objects.filter(council__in=access.plan_council_ids).select_related("council")


@sees(Objective)
def objectives(access: Access) -> QuerySet[Objective]:
    return Objective.objects.filter(plan__council__in=access.plan_council_ids).select_related("plan__council")


@sees(ReportingPeriod)
def periods(access: Access) -> QuerySet[ReportingPeriod]:
    return ReportingPeriod.objects.filter(plan__council__in=access.plan_council_ids).select_related("plan__council")


@rule("edit", Plan)
def may_edit_plan(access: Access, plan: Plan) -> Decision:
    """Whether headings and actions of the plan may be added, edited, reordered and withdrawn."""
    if plan.council_id not in access.councils("coordinate"):
        return no(NOT_COORDINATOR)
    return YES if plan.is_editable else no(READ_ONLY_PLAN)


@rule("run_quarter", Plan)
def may_run_quarter(access: Access, plan: Plan) -> Decision:
    """Whether the plan's reporting periods may be scheduled, opened, locked and reopened."""
    return YES if plan.council_id in access.councils("coordinate") else no(NOT_COORDINATOR)


@rule("view_history", Plan)
def may_view_history(access: Access, plan: Plan) -> Decision:
    """Coordinators and auditors read the history of the whole plan."""
    if plan.council_id in access.councils("coordinate") | access.councils("view_history"):
        return YES
    return no("Only the council's coordinator and auditor read the whole history.")

"""What else a plan's document says: its approval route, projects, implications, and the bodies it is reported to.

Each is added after those there are. All raise Refused (not the council's coordinator, or the plan is closed) and
RuleBroken (a value that the model does not take).
"""

import datetime
from collections.abc import Sequence
from typing import TypeVar

from django.db import models, transaction

from partners.models import GovernanceBody, User
from partners.policy import allow
from plans.domain.record import acting
from plans.models import ApprovalStage, Implication, Plan, PlanBody, Project
from prevent_tracker.core.refusals import RuleBroken, require_valid

M = TypeVar("M", bound=models.Model)


@transaction.atomic
def add_stage(
    *,
    plan: Plan,
    by: User,
    status: str,
    bodies: Sequence[str],
    date_text: str = "",
    date: datetime.date | None = None,
    precision: str = "",
) -> ApprovalStage:
    """Add a stage to the plan's approval route, with its date as printed (perhaps none) and the bodies as printed."""
    stage = ApprovalStage(
        plan=plan, status=status, bodies=list(bodies), date_text=date_text, date=date, precision=precision
    )
    return _add(stage, plan, by)


@transaction.atomic
def add_project(*, plan: Plan, by: User, name: str, kind: str = "", delivered_by: str = "", note: str = "") -> Project:
    """Add a project or a funding stream that the plan names."""
    return _add(Project(plan=plan, name=name, kind=kind, delivered_by=delivered_by, note=note), plan, by)


@transaction.atomic
def add_implication(*, plan: Plan, by: User, heading: str, text: str = "") -> Implication:
    """Add an implications heading; blank text means that the plan says there are none."""
    return _add(Implication(plan=plan, heading=heading, text=text), plan, by)


@transaction.atomic
def report_to(*, plan: Plan, body: GovernanceBody, by: User) -> PlanBody:
    """Say that the plan is reported to a body of its council. Again is no change."""
    allow(by, "edit", plan)
    if body.council_id != plan.council_id:
        raise RuleBroken({"body": ["Choose one of this council's own bodies."]})
    with acting(by, plan.council):
        return PlanBody.objects.get_or_create(plan=plan, body=body)[0]


def _add(row: M, plan: Plan, by: User) -> M:
    allow(by, "edit", plan)
    last = type(row)._default_manager.filter(plan=plan).aggregate(last=models.Max("position"))["last"]
    row.position = 0 if last is None else last + 1  # type: ignore[attr-defined]
    require_valid(row)
    with acting(by, plan.council):
        row.save()
    return row

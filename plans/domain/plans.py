"""Plans: made, edited, made live, closed."""

from typing import Any

from django.db import transaction

from partners.models import Council, User
from partners.policy import allow
from plans.domain.record import acting
from plans.models import Plan
from prevent_tracker.core.refusals import RuleBroken, require_valid
from prevent_tracker.core.states import move
from prevent_tracker.core.versions import claim, save_next

EDITABLE = frozenset(
    {
        "title",
        "kind",
        "period_text",
        "starts_on",
        "ends_on",
        "level_labels",
        "columns",
        "marking",
        "published_text",
        "note",
        "parent",
        "parent_text",
    }
)
MOST_LEVELS = 4


@transaction.atomic
def create_plan(*, council: Council, title: str, by: User, **fields: Any) -> Plan:
    """Start a draft plan of the council, with any of the EDITABLE fields.

    Raises Refused (not the council's coordinator), RuleBroken (levels, dates, lengths).
    """
    allow(by, "coordinate", council)
    plan = Plan(council=council)
    _write(plan, {"title": title, **fields})
    with acting(by, council):
        plan.save()
    return plan


@transaction.atomic
def edit_plan(*, plan: Plan, by: User, version: int, **fields: Any) -> Plan:
    """Change any of the EDITABLE fields. Raises Refused, RuleBroken, StaleSave."""
    allow(by, "edit", plan)
    plan = claim(plan, version)
    allow(by, "edit", plan)
    _write(plan, fields)
    with acting(by, plan.council):
        save_next(plan)
    return plan


@transaction.atomic
def make_live(*, plan: Plan, by: User) -> Plan:
    """Say that an approved draft is now the plan being delivered. Raises Refused, RuleBroken (not a draft)."""
    return _move(plan, by, "go_live", "made live")


@transaction.atomic
def close_plan(*, plan: Plan, by: User, reason: str = "") -> Plan:
    """End delivery: the plan is read-only for ever. Raises Refused, RuleBroken (not live, or a quarter is open)."""
    allow(by, "edit", plan)
    if plan.periods.open().exists():
        raise RuleBroken("A quarter of this plan is open. Lock it before closing the plan.")
    return _move(plan, by, "close", "closed", reason)


def _move(plan: Plan, by: User, transition: str, participle: str, reason: str = "") -> Plan:
    allow(by, "coordinate", plan.council)
    plan = Plan.objects.select_for_update(of=("self",)).select_related("council").get(pk=plan.pk)
    move(plan, transition, participle)
    with acting(by, plan.council, reason):
        save_next(plan, reason=reason)
    return plan


def _write(plan: Plan, fields: dict[str, Any]) -> None:
    """Put the fields on the plan. Raises TypeError for a field that is not edited, RuleBroken for a bad value."""
    if unknown := set(fields) - EDITABLE:
        raise TypeError(f"these are not edited: {', '.join(sorted(unknown))}")
    for field, value in fields.items():
        setattr(plan, field, value)
    _check_levels(plan)
    _check_columns(plan)
    if plan.starts_on and plan.ends_on and plan.ends_on < plan.starts_on:
        raise RuleBroken({"ends_on": ["The plan must end after it starts."]})
    require_valid(plan)


def _check_columns(plan: Plan) -> None:
    names = [column["field"] for column in plan.columns]
    if len(set(names)) != len(names):
        raise RuleBroken("Two columns hold the same. Give the new column a name of its own.")


def _check_levels(plan: Plan) -> None:
    if not 1 <= len(plan.level_labels) <= MOST_LEVELS:
        raise RuleBroken({"level_labels": [f"A plan has one to {MOST_LEVELS} levels of heading."]})
    if not all(isinstance(level, dict) and str(level.get("label", "")).strip() for level in plan.level_labels):
        raise RuleBroken({"level_labels": ["Every level needs a label, such as Priority."]})

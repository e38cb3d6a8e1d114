"""Actions: added, edited, re-dated, moved. Printed references are never renumbered, and nothing is deleted."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from actions.domain.lifecycle import withdraw_action
from actions.domain.milestones import MilestoneSpec, meet_milestone, write_milestones
from actions.domain.owners import OwnerSpec, write_owners
from actions.domain.quarter import ask_returns_if_open
from actions.models import Action
from partners.models import User
from plans.domain.headings import lock_structure
from plans.domain.ordering import are_distinct, neighbour, place_after, reorder, spread
from plans.domain.periods import hold_open_period
from plans.domain.record import acting
from plans.enums import PlanState
from plans.models import Objective, Plan
from prevent_tracker.core.refusals import RuleBroken, require_valid
from prevent_tracker.core.versions import claim, save_next

__all__ = [
    "MilestoneSpec",
    "OwnerSpec",
    "add_action",
    "edit_action",
    "meet_milestone",
    "move_action",
    "withdraw_action",
]

READING = frozenset({"kind", "start_on", "due_on", "precision", "recurrence", "review_by"})
EDITABLE = READING | {
    "ref",
    "text",
    "owner_text",
    "timescale_text",
    "published_timescale",
    "measure",
    "target_value",
    "target_unit",
    "extra",
    "is_restricted",
    "marking",
}


@transaction.atomic
def add_action(
    *,
    plan: Plan,
    objective: Objective | None,
    text: str,
    by: User,
    owners: Sequence[OwnerSpec] = (),
    milestones: Sequence[MilestoneSpec] = (),
    after: Action | None = None,
    **fields: Any,
) -> Action:
    """Add an action under a heading (None: under the plan itself), after the action `after` (None: last there).

    `fields` are any of EDITABLE: ref, owner_text, timescale_text and its reading ... The due date is also kept as the
    first agreed date. Raises Refused, RuleBroken.
    """
    plan = lock_structure(plan, by)
    hold_open_period(plan)
    _check_place(plan, objective, after)
    action = Action(plan=plan, objective=objective, position=0, text=text.strip())
    _write(action, fields)
    action.original_due = action.due_on
    require_valid(action)
    with acting(by, plan.council):
        action.position = _position_for(plan, objective, after)
        action.save()
        write_milestones(action, milestones)
        write_owners(action, owners)
        ask_returns_if_open(plan)
    return action


@transaction.atomic
def edit_action(
    *,
    action: Action,
    by: User,
    version: int,
    reason: str = "",
    owners: Sequence[OwnerSpec] | None = None,
    milestones: Sequence[MilestoneSpec] | None = None,
    **fields: Any,
) -> Action:
    """Change any of the EDITABLE fields, the heading (`objective`), the owners or the milestones; the rest stays.

    Another due date counts as a re-dating; the first agreed date and the rating stay as they are. Raises Refused,
    RuleBroken, StaleSave.
    """
    plan = lock_structure(action.plan, by)
    hold_open_period(plan)
    action = claim(action, version)
    action.plan = plan
    due_before = action.due_on
    if "objective" in fields:
        _move_under(action, fields.pop("objective"))
    _write(action, fields)
    if action.due_on != due_before:
        _redate(action, due_before)
    require_valid(action)
    with acting(by, plan.council, reason):
        save_next(action, reason=reason.strip())
        if milestones is not None:
            write_milestones(action, milestones)
        if owners is not None and write_owners(action, owners):
            ask_returns_if_open(plan)
    return action


@transaction.atomic
def move_action(*, action: Action, direction: str, by: User, version: int) -> Action:
    """Move an action one place "up" or "down" under its heading; at the end already it stays.

    Raises Refused, RuleBroken, StaleSave.
    """
    plan = lock_structure(action.plan, by)
    action = claim(action, version)
    with acting(by, plan.council):
        siblings = _siblings(plan, action.objective)
        other = neighbour(siblings, action, direction)
        if other is None:
            return action
        mine = next(row for row in siblings if row.pk == action.pk)
        reorder(Action, [mine, other] if direction == "up" else [other, mine])
        action.position = mine.position
        save_next(action)
    return action


def _write(action: Action, fields: dict[str, Any]) -> None:
    if unknown := set(fields) - EDITABLE:
        raise TypeError(f"these are not edited: {', '.join(sorted(unknown))}")
    for field, value in fields.items():
        setattr(action, field, value.strip() if isinstance(value, str) else value)
    if action.start_on and action.due_on and action.due_on < action.start_on:
        raise RuleBroken({"due_on": ["The due date must be on or after the start date."]})


def _redate(action: Action, due_before: datetime.date | None) -> None:
    """Keep the first agreed date and count the change. In a draft plan nothing has been agreed yet."""
    if action.is_closed:
        raise RuleBroken({"due_on": ["This action is closed, so its due date can no longer change. Reopen it first."]})
    if action.plan.state == PlanState.DRAFT or action.original_due is None:
        action.original_due = action.due_on
    elif due_before is not None or action.due_on != action.original_due:
        action.times_redated += 1


def _check_place(plan: Plan, objective: Objective | None, after: Action | None) -> None:
    if objective is not None and (objective.plan_id != plan.pk or objective.withdrawn_at):
        raise RuleBroken({"objective": ["Choose a heading of this plan that has not been withdrawn."]})
    if after is not None and (after.plan_id, after.objective_id) != (plan.pk, objective.pk if objective else None):
        raise RuleBroken({"after": ["Choose an action under the same heading."]})


def _siblings(plan: Plan, objective: Objective | None) -> list[Action]:
    """Return the actions under a heading, locked, in order and with positions that differ."""
    rows = list(plan.actions.filter(objective=objective).select_for_update().order_by("position", "pk"))
    if not are_distinct(rows):
        spread(Action, rows)
    return rows


def _position_for(plan: Plan, objective: Objective | None, after: Action | None) -> int:
    rows = _siblings(plan, objective)
    if after is None and rows:
        after = rows[-1]
    position = place_after(rows, after)
    if position is None:
        spread(Action, rows)
        position = place_after(rows, after)
    assert position is not None, "there is room between spread positions"
    return position


def _move_under(action: Action, objective: Objective | None) -> None:
    """Put the action last under another heading."""
    if action.objective_id == (objective.pk if objective else None):
        return
    _check_place(action.plan, objective, None)
    action.objective = objective
    action.position = _position_for(action.plan, objective, None)

"""Headings of a plan: added, reworded, moved among their siblings, withdrawn with a reason. Never deleted."""

from collections.abc import Callable, Sequence
from types import EllipsisType

from django.db import transaction

from partners.models import User
from partners.policy import allow
from plans.domain.ordering import are_distinct, neighbour, place_after, reorder, spread
from plans.domain.record import acting
from plans.models import Objective, Plan
from prevent_tracker.core import clock
from prevent_tracker.core.audit import update_many
from prevent_tracker.core.refusals import RuleBroken, require_valid
from prevent_tracker.core.versions import claim, save_next

DEEPEST_LEVEL = 4

StillHeld = Callable[[Objective], str]
_holders: list[StillHeld] = []


def holds_headings(check: StillHeld) -> StillHeld:
    """Register a room's say before a heading is withdrawn: a sentence that names what still stands under it, or ""."""
    _holders.append(check)
    return check


@transaction.atomic
def add_heading(
    *,
    plan: Plan,
    parent: Objective | None,
    label: str,
    by: User,
    ref: str = "",
    level_label: str = "",
    after: Objective | None = None,
) -> Objective:
    """Add a heading under `parent` (None: outermost), after the sibling `after` (None: last).

    Raises Refused, RuleBroken (no words, five levels deep, parent of another plan or withdrawn).
    """
    plan = lock_structure(plan, by)
    _check_place(plan, parent, after)
    heading = Objective(
        plan=plan,
        parent=parent,
        level=parent.level + 1 if parent else 1,
        label=label.strip(),
        ref=ref.strip(),
        level_label=level_label.strip(),
        position=0,
    )
    require_valid(heading)
    with acting(by, plan.council):
        heading.position = _position_for(plan, parent, after)
        heading.save()
    return heading


@transaction.atomic
def edit_heading(
    *,
    heading: Objective,
    by: User,
    version: int,
    label: str | None = None,
    ref: str | None = None,
    level_label: str | None = None,
    parent: Objective | EllipsisType | None = ...,
) -> Objective:
    """Change the words of a heading, or the heading it goes below (None: none); what is not given stays.

    Another parent takes it, with everything under it, last below that parent. Raises Refused, RuleBroken (as for a new
    heading, or below itself), StaleSave.
    """
    plan = lock_structure(heading.plan, by)
    heading = _claim_standing(heading, version)
    given = {"label": label, "ref": ref, "level_label": level_label}
    for field, words in given.items():
        if words is not None:
            setattr(heading, field, words.strip())
    require_valid(heading)
    with acting(by, plan.council):
        if parent is not ... and (parent.pk if parent else None) != heading.parent_id:
            _put_under(plan, heading, parent)
        save_next(heading)
    return heading


@transaction.atomic
def move_heading(*, heading: Objective, direction: str, by: User, version: int) -> Objective:
    """Move a heading, with everything under it, one place "up" or "down" among its siblings.

    At the end already it stays where it is. Printed references do not change. Raises Refused, RuleBroken, StaleSave.
    """
    plan = lock_structure(heading.plan, by)
    heading = _claim_standing(heading, version)
    with acting(by, plan.council):
        rows = _distinct_rows(plan)
        siblings = [row for row in rows if row.parent_id == heading.parent_id]
        other = neighbour(siblings, heading, direction)
        if other is None:
            return heading
        mine, theirs = subtree(rows, heading.pk), subtree(rows, other.pk)
        reorder(Objective, mine + theirs if direction == "up" else theirs + mine)
        heading.refresh_from_db(fields=["position"])
        save_next(heading)
    return heading


@transaction.atomic
def withdraw_heading(*, heading: Objective, reason: str, by: User, version: int) -> Objective:
    """Withdraw a heading that nothing in force stands under; it stays readable, with the reason.

    Raises Refused, RuleBroken (no reason, or something still stands under it), StaleSave.
    """
    plan = lock_structure(heading.plan, by)
    heading = _claim_standing(heading, version)
    if not reason.strip():
        raise RuleBroken({"reason": ["Say why this heading is withdrawn."]})
    if plan.objectives.filter(parent=heading, withdrawn_at=None).exists():
        raise RuleBroken("There are headings under this one. Withdraw or move them first.")
    for still_held in _holders:
        if sentence := still_held(heading):
            raise RuleBroken(sentence)
    heading.withdrawn_at = clock.now()
    heading.withdrawn_reason = reason.strip()
    with acting(by, plan.council, reason):
        save_next(heading, reason=reason.strip())
    return heading


def lock_structure(plan: Plan, by: User) -> Plan:
    """Return the plan, locked so that its order is changed by one person at a time. Raises Refused."""
    plan = Plan.objects.select_for_update(of=("self",)).select_related("council").get(pk=plan.pk)
    allow(by, "edit", plan)
    return plan


def subtree(rows: Sequence[Objective], root: int) -> list[Objective]:
    """Return a heading (by id) and every heading below it, from the plan's headings in reading order."""
    found: set[int | None] = {root}
    size = 0
    while size != len(found):  # until no row adds another: parents need not come before their children
        size = len(found)
        found |= {row.pk for row in rows if row.parent_id in found}
    return [row for row in rows if row.pk in found]


def _claim_standing(heading: Objective, version: int) -> Objective:
    heading = claim(heading, version)
    if heading.withdrawn_at:
        raise RuleBroken("This heading has been withdrawn, so it can no longer be changed.")
    return heading


def _distinct_rows(plan: Plan) -> list[Objective]:
    """Return the plan's headings, locked, in reading order and with positions that differ."""
    rows = list(plan.objectives.select_for_update().order_by("position", "pk"))
    if not are_distinct(rows):
        spread(Objective, rows)
    return rows


def _check_place(plan: Plan, parent: Objective | None, after: Objective | None) -> None:
    if parent is not None:
        if parent.plan_id != plan.pk or parent.withdrawn_at:
            raise RuleBroken({"parent": ["Choose a heading of this plan that has not been withdrawn."]})
        if parent.level >= DEEPEST_LEVEL:
            raise RuleBroken({"parent": [f"Headings go {DEEPEST_LEVEL} levels deep, and no deeper."]})
    if after is not None and (after.plan_id, after.parent_id) != (plan.pk, parent.pk if parent else None):
        raise RuleBroken({"after": ["Choose a heading at the same place in the plan."]})


def _position_for(plan: Plan, parent: Objective | None, after: Objective | None) -> int:
    """Return the position of a new heading: after all that stands under the sibling (or parent) before it."""
    rows = _distinct_rows(plan)
    for _ in range(2):
        previous = _last_before(rows, parent, after)
        position = place_after(rows, previous)
        if position is not None:
            return position
        spread(Objective, rows)
    raise AssertionError("there is room between spread positions")


def _put_under(plan: Plan, heading: Objective, parent: Objective | None) -> None:
    """Put a claimed heading, with everything under it, last under another parent. The caller saves the heading."""
    rows = _distinct_rows(plan)
    moved = subtree(rows, heading.pk)
    if parent is not None and parent.pk in {row.pk for row in moved}:
        raise RuleBroken({"parent": ["A heading cannot go below itself or a heading under it."]})
    _check_place(plan, parent, None)
    shift = (parent.level + 1 if parent else 1) - heading.level
    if max(row.level for row in moved) + shift > DEEPEST_LEVEL:
        raise RuleBroken({"parent": [f"Headings go {DEEPEST_LEVEL} levels deep, and no deeper."]})
    others = [row for row in rows if row not in moved]
    last = _last_before(others, parent, None)
    cut = others.index(last) + 1 if last else 0
    reorder(Objective, [*others[:cut], *moved, *others[cut:]])
    for row in moved:
        row.level += shift
    update_many(Objective, [row for row in moved if row.pk != heading.pk], ["level"])
    heading.parent, heading.level = parent, heading.level + shift
    heading.refresh_from_db(fields=["position"])


def _last_before(rows: Sequence[Objective], parent: Objective | None, after: Objective | None) -> Objective | None:
    above = after or parent
    if above is None:
        return rows[-1] if rows else None
    return subtree(rows, above.pk)[-1]

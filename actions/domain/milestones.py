"""Milestones of an action: an ordered list of dates, each met on a day or still to be met."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from actions.models import Action, Milestone
from partners.models import User
from partners.policy import allow
from plans.domain.periods import hold_open_period
from plans.domain.record import acting
from prevent_tracker.core.audit import create_many
from prevent_tracker.core.refusals import RuleBroken, require_valid
from prevent_tracker.core.versions import claim, save_next


@dataclass(frozen=True)
class MilestoneSpec:
    """One of an action's several dates: its words, and what they were read to mean."""

    text: str = ""
    timescale_text: str = ""
    kind: str = "point"
    start_on: datetime.date | None = None
    due_on: datetime.date | None = None
    precision: str = ""
    recurrence: str = ""
    review_by: datetime.date | None = None
    met_on: datetime.date | None = None


@transaction.atomic
def meet_milestone(
    *, milestone: Milestone, met_on: datetime.date | None, by: User, version: int, today: datetime.date
) -> Milestone:
    """Say on which day a milestone was met (None: not met after all).

    Raises Refused, RuleBroken (in the future, the action has ended), StaleSave.
    """
    action = milestone.action
    allow(by, "meet", milestone)
    hold_open_period(action.plan)
    milestone = claim(milestone, version)
    if milestone.action.is_closed:
        state = milestone.action.get_state_display().lower()  # type: ignore[attr-defined]
        raise RuleBroken(f"This action is {state}, so its milestones stay as they are.")
    if met_on is not None and met_on > today:
        raise RuleBroken({"met_on": ["The date cannot be in the future."]})
    milestone.met_on = met_on
    with acting(by, action.plan.council):
        save_next(milestone)
    return milestone


def write_milestones(action: Action, specs: Sequence[MilestoneSpec]) -> None:
    """Make the milestones of a claimed action those of the list, in its order. Call inside `acting`.

    One that is listed again, with the same words and date, stays met; twins are matched in order, each once. The rows
    before are kept in the history.
    """
    present = list(action.milestones.all())
    met: dict[Words, list[datetime.date | None]] = {}
    for row in present:
        met.setdefault(_words(row), []).append(row.met_on)
    rows = [Milestone(action=action, position=number, **vars(spec)) for number, spec in enumerate(specs)]
    for row in rows:
        before = met.get(_words(row))
        met_before = before.pop(0) if before else None
        row.met_on = row.met_on or met_before
        require_valid(row)
    for row in present:
        row.delete()
    create_many(Milestone, rows)


Words = tuple[str, str, datetime.date | None]


def _words(row: Milestone) -> Words:
    return row.text, row.timescale_text, row.due_on

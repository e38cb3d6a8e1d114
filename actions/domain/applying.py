"""What was reviewed goes into a plan: a new one, made at once. All of it or nothing.

Written in bulk: a plan of a thousand actions is a handful of statements. Every row is held against its own fields
first, and every row has its history.
"""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from actions.domain.decisions import LONGEST_ROLE, facts_for
from actions.domain.draft_rows import DraftHeading, DraftRows
from actions.domain.import_parties import Seats, shortened
from actions.domain.owners import with_parts
from actions.domain.plan_rows import PlanRow, day_of
from actions.domain.rag import suggest_rating
from actions.enums import ActionState, Rating, RatingSource
from actions.importing.draft import ApprovalStage as DraftStage
from actions.models import Action, ActionOwner, Milestone, RatingDecision
from partners.models import Council, User
from partners.policy import role_words
from plans.domain.ordering import STEP
from plans.domain.particulars import add_stage
from plans.domain.plans import create_plan
from plans.models import Objective, Plan
from prevent_tracker.core import clock
from prevent_tracker.core.audit import create_many
from prevent_tracker.core.refusals import RuleBroken
from prevent_tracker.core.states import move

AS_PRINTED = "As printed in the document that the plan was imported from."
NOTE_LEADS = "Printed beside headings of the document:"
# How an action that is new gets to the state that the tracker's own workbook says it is in.
WAYS = {
    ActionState.IN_PROGRESS: ("start",),
    ActionState.COMPLETION_CLAIMED: ("claim_completion",),
    ActionState.COMPLETE: ("complete",),
    ActionState.ON_HOLD: ("hold",),
    ActionState.WITHDRAWN: ("withdraw",),
}


def make_plan(
    *, council: Council, by: User, draft: DraftRows, stages: Sequence[DraftStage], today: datetime.date, **fields: Any
) -> Plan:
    """Make a draft plan with headings, actions, owners, milestones, ratings and approval route. Call inside `acting`.

    `fields` are those of `create_plan`. Raises Refused, RuleBroken (with the row's place in the document).
    """
    remarks = _remarks(draft.headings)
    plan = create_plan(
        council=council, by=by, level_labels=draft.levels[:4], columns=draft.columns, note=remarks, **fields
    )
    headings = write_headings(plan, draft.headings)
    actions = write_actions(plan, draft.rows, headings, Seats(council))
    write_ratings(actions, draft.rows, by, today)
    for stage in stages:
        _write_stage(plan, stage, by)
    return plan


def _remarks(headings: Sequence[DraftHeading]) -> str:
    """Return what stood beside headings and has no place of its own: kept in the note about the plan."""
    lines = [f"{heading.path[-1]}: {remark}" for heading in headings for remark in heading.remarks]
    return "\n".join([NOTE_LEADS, *lines]) if lines else ""


def write_headings(plan: Plan, headings: Sequence[DraftHeading]) -> dict[tuple[str, ...], Objective]:
    """Make headings in reading order, level by level. Returns {path: heading}."""
    made: dict[tuple[str, ...], Objective] = {}
    numbered = list(enumerate(headings, 1))
    for level in sorted({len(heading.path) for heading in headings}):
        rows = [
            Objective(
                plan=plan,
                parent=made.get(heading.path[:-1]),
                level=level,
                level_label=heading.level_label,
                position=STEP * at,
                ref=heading.ref,
                label=heading.path[-1],
            )
            for at, heading in numbered
            if len(heading.path) == level
        ]
        for row in rows:
            check_fields(row, "the headings")
        create_many(Objective, rows)
        paths = [heading.path for _, heading in numbered if len(heading.path) == level]
        made.update(zip(paths, rows, strict=True))
    return made


def write_actions(
    plan: Plan, rows: Sequence[PlanRow], headings: Mapping[tuple[str, ...], Objective], seats: Seats
) -> list[Action]:
    """Make the actions in reading order with their owners and milestones. Raises RuleBroken."""
    actions = [new_action(plan, row, headings.get(row.path), STEP * position) for position, row in enumerate(rows, 1)]
    create_many(Action, actions)
    owners: list[ActionOwner] = []
    milestones: list[Milestone] = []
    for action, row in zip(actions, rows, strict=True):
        for number, spec in enumerate(with_parts(seats.specs(row.owners))):
            owners.append(ActionOwner(action=action, plan=plan, position=number, **vars(spec)))
        milestones += [
            Milestone(action=action, position=number, text=each["text"], **reading_of_row(each))
            for number, each in enumerate(row.milestones)
        ]
    create_many(ActionOwner, owners)
    create_many(Milestone, milestones)
    return actions


def new_action(plan: Plan, row: PlanRow, objective: Objective | None, position: int) -> Action:
    """Return an action, not saved, held against its own fields. Raises RuleBroken."""
    action = Action(
        plan=plan,
        objective=objective,
        position=position,
        ref=row.ref,
        text=row.text,
        owner_text=row.owner_text,
        timescale_text=row.timescale_text,
        measure=row.measure,
        extra=row.extra,
        closed_reason=row.closed_reason,
        **reading_of_row(row.reading),
    )
    action.original_due = action.due_on
    for transition in WAYS.get(ActionState(row.state), ()):
        move(action, transition, "imported")
    rated_as_printed(action, row)
    check_fields(action, row.where)
    return action


def reading_of_row(reading: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a timescale's reading with days as dates."""
    days = {name: day_of(reading.get(name)) for name in ("start_on", "due_on")}
    return (
        {name: str(reading.get(name) or "") for name in ("precision", "recurrence")}
        | days
        | {"kind": str(reading.get("kind") or "none")}
    )


def write_ratings(actions: Sequence[Action], rows: Sequence[PlanRow], by: User, today: datetime.date) -> None:
    """Write down the ratings that the document prints, each as a decision of the person who imports it."""
    rated = [(action, row) for action, row in zip(actions, rows, strict=True) if row.rating != Rating.NOT_RATED]
    if not rated:
        return
    facts = facts_for([action for action, _ in rated], None)
    now, role = clock.now(), role_words(by, rated[0][0].plan.council)[:LONGEST_ROLE]
    decisions = []
    for action, row in rated:
        suggestion = suggest_rating(facts[action.pk], today)
        decisions.append(
            RatingDecision(
                action=action,
                source=RatingSource.COORDINATOR,
                rating=row.rating,
                previous=Rating.NOT_RATED,
                suggested=suggestion.rating,
                suggested_because=suggestion.because,
                override_reason="" if suggestion.rating == row.rating else AS_PRINTED,
                evidence_note=AS_PRINTED if row.rating == Rating.COMPLETE else "",
                self_certified=row.rating == Rating.COMPLETE,
                decided_at=now,
                decided_by=by,
                decided_as=role,
            )
        )
    RatingDecision.objects.bulk_create(decisions, batch_size=500)


def rated_as_printed(action: Action, row: PlanRow) -> None:
    """Put a printed rating on a new action; a printed Blue completes it. The decision is written afterwards."""
    if row.rating == Rating.NOT_RATED:
        return
    action.rating, action.rated_at = row.rating, clock.now()
    if row.rating == Rating.COMPLETE and action.state == ActionState.AGREED:
        move(action, "complete", "imported")


def check_fields(row: models.Model, where: str) -> None:
    """Hold a row against its own fields without asking the database. Raises RuleBroken that names the place."""
    related = {f.name for f in row._meta.fields if f.is_relation}
    try:
        row.clean_fields(exclude=related | {"state"})
    except ValidationError as error:
        sentences = [f"{where}: {sentence}" for words in error.message_dict.values() for sentence in words]
        raise RuleBroken({"": sentences}) from error


def _write_stage(plan: Plan, stage: DraftStage, by: User) -> None:
    day = None if stage.reading.ambiguous else day_of(stage.reading.end)
    status = " – ".join(filter(None, (stage.version, stage.status, stage.note)))
    add_stage(
        plan=plan,
        by=by,
        status=shortened(status, 100),
        bodies=stage.bodies,
        date_text=shortened(stage.date_text or "", 60),
        date=day,
        precision=(stage.reading.precision or "") if day else "",
    )

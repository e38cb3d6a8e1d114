"""The action of a typed line, with its owners, timescale and rating read."""

from __future__ import annotations

import re

from ..draft import Answers, DraftAction, DraftPlan, Source
from .doubts import owner_doubt, rag_doubt, timescale_choices, timescale_doubt
from .groups import Heading
from .owners import split_owners
from .rag import read_rag, words_of_rating
from .timing import TimescaleReader
from .typed import TypedAction


def add_drafted(
    plan: DraftPlan,
    action: TypedAction,
    headings: list[Heading],
    known: set[str],
    times: TimescaleReader,
    answers: Answers,
) -> None:
    """Add the action to the plan, with what is doubtful of its timescale and its owners."""
    draft = drafted(action, headings, known, times, answers)
    plan.actions.append(draft)
    at = len(plan.actions) - 1
    if draft.reading.ambiguous:
        plan.doubts.append(timescale_doubt(draft, timescale_choices(draft), at))
    said = draft.owner_text in answers.owners
    doubt = "" if said or not draft.owner_text else split_owners(draft.owner_text, known).doubt
    if doubt:
        owner_doubt(plan, draft, doubt, at)
    unread = draft.extra.get("RAG", "")
    if unread and words_of_rating(unread) not in answers.ratings:
        rag_doubt(plan, draft, unread, at)


def drafted(
    action: TypedAction, headings: list[Heading], known: set[str], times: TimescaleReader, answers: Answers
) -> DraftAction:
    """Return the action under `headings`, of which the innermost with a lead gives it to actions without one."""
    draft = DraftAction(action.text, action.ref, [heading.label for heading in headings])
    draft.source = Source(str(action.block.where), "a line of a list of actions")
    inherited = next((heading.owner_text for heading in reversed(headings) if heading.owner_text), None)
    draft.owner_text, draft.timescale_text = action.owner_text or inherited, action.time_text
    if draft.owner_text:
        draft.owners = answers.owners.get(draft.owner_text) or list(split_owners(draft.owner_text, known).names)
    draft.reading = times.read(action.time_text)
    rating = action.fields.pop("rag", "")
    draft.rag = read_rag(rating, None, answers.ratings)
    if rating and draft.rag is None:
        draft.extra["RAG"] = rating
    for name, value in action.fields.items():
        if name.startswith(("progress", "update", "status")):
            draft.progress = value
        elif re.search(r"measure|outcome", name, re.I):
            draft.measure = value
        else:
            draft.extra[name[:1].upper() + name[1:]] = value
    return draft

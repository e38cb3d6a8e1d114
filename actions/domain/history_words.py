"""The words of an action's history: what differs between two rows, said so that a committee would understand it."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from actions.enums import OwnerPart, Rating, RatingSource, TimescaleKind, UpdateState
from actions.models import RatingDecision
from prevent_tracker.core.words import day_words

# The rest of the fields are said elsewhere (rating, delivery status) or say nothing by themselves (position, version).
FIELDS = {
    "ref": "the reference",
    "text": "the wording",
    "objective_id": "the heading",
    "owner_text": "the owner as printed",
    "timescale_text": "the timescale",
    "kind": "how the timescale is read",
    "start_on": "the start date",
    "due_on": "the due date",
    "review_by": "the review date",
    "recurrence": "how often it recurs",
    "measure": "the success measure",
    "target_value": "the target",
    "target_unit": "the unit of the target",
    "extra": "the council's further columns",
    "is_restricted": "who may see it",
    "marking": "the protective marking",
}
NOTHING = "nothing"
LONGEST = 200


def changes_between(before: Any, after: Any, headings: Mapping[int, str]) -> list[tuple[str, str]]:
    """Return [(title, "the due date from 31 March 2026 to 30 June 2026")] for what differs between two history rows."""
    changes = []
    for field, name in FIELDS.items():
        was, now = getattr(before, field), getattr(after, field)
        if was != now:
            words = f"{name} from {_value(field, was, headings)} to {_value(field, now, headings)}"
            changes.append((name.removeprefix("the ").capitalize(), words))
    return changes


def only_version(before: Any, after: Any) -> bool:
    """Whether nothing but the version differs: the second row of a move."""
    same = ("position", "rating", "rated_at", "forecast_due", "last_update_at", *FIELDS)
    return before.version != after.version and all(getattr(before, f) == getattr(after, f) for f in same)


def _value(field: str, value: Any, headings: Mapping[int, str]) -> str:
    if field == "is_restricted":
        return "its owners, the coordinator and the auditor only" if value else "everybody in the partnership"
    if field == "objective_id":
        return quoted(headings.get(value, "")) if value else "the plan itself"
    if field == "kind":
        return f"“{TimescaleKind(value).label}”"
    if field == "extra":
        return quoted("; ".join(f"{name}: {text}" for name, text in value.items()))
    return quoted(value)


def quoted(value: Any) -> str:
    """Return a value as it stands in a sentence: a date in words, words in quotation marks, "nothing" for none."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, datetime.date):
        return day_words(value)
    words = str(value)
    return f"“{words if len(words) <= LONGEST else words[: LONGEST - 3].rstrip() + '...'}”"


def owner_list(rows: Iterable[Any]) -> str:
    """Return owners in printed order: "Police (accountable), Health"; "" for none."""
    ordered = sorted(rows, key=lambda row: row.position)
    return ", ".join(f"{row.label}{_part(row.part)}" for row in ordered)


def _part(part: str) -> str:
    return "" if part == OwnerPart.JOINT else f" ({OwnerPart(part).label.lower()})"


def update_words(before: Any, row: Any) -> tuple[str, str] | None:
    """Return (title, what was done) for a history row of an update; None where nothing is worth saying."""
    of = f"the update for {row.period.name}"
    whose = f" on behalf of {row.partner}" if row.on_behalf else f" for {row.partner}"
    changed = before is None or before.state != row.state
    if row.state == UpdateState.SUBMITTED and (before is None or before.state != UpdateState.FROZEN):
        if row.is_nil:
            return "Nil return", f"gave a nil return for {row.period.name}{whose}"
        return "Update submitted", f"submitted {of}{whose}: {quoted(row.text)}"
    if row.state == UpdateState.RETURNED and changed:
        return "Update sent back", f"sent back {of}{whose}"
    if row.state == UpdateState.ACCEPTED and changed:
        return "Update accepted", f"accepted {of}{whose}"
    if row.state == UpdateState.DRAFT and before is not None and changed:
        return "Update opened again", f"opened {of}{whose} again"
    if row.state in (UpdateState.DRAFT, UpdateState.RETURNED) and (before is None or before.text != row.text):
        return "Draft saved", f"saved a draft of {of}{whose}: {quoted(row.text)}"
    return None


DETAIL_WORDS = {
    "issue": "issue",
    "impact": "impact",
    "recovery": "recovery action",
    "forecast_due": "forecast date",
    "ask": "ask of the board",
    "completed_on": "completed on",
    "evidence_note": "evidence",
}


def decision_words(decision: RatingDecision) -> str:
    """Return what a rating decision did: the rating, what it was, what was suggested, and what it was told with."""
    rating, previous = Rating(decision.rating), Rating(decision.previous)
    doing = f"rated it {rating.label}" if rating == previous else f"rated it {rating.label}, after {previous.label}"
    if rating == Rating.COMPLETE and decision.source == RatingSource.PARTNER:
        doing = "said that it is complete"
    if decision.suggested not in (decision.rating, Rating.NOT_RATED):
        doing += f" ({Rating(decision.suggested).label} was suggested)"
    told = [
        f"{words}: {quoted(getattr(decision, field))}"
        for field, words in DETAIL_WORDS.items()
        if getattr(decision, field)
    ]
    if decision.self_certified:
        told.append("self-certified: nobody else claimed completion")
    return "; ".join([doing, *told])

"""The action page: everything known about one action."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString

from actions.domain.rag import KeyEntry
from actions.enums import Rating, UpdateState
from actions.models import Action, Milestone, ProgressUpdate, RatingDecision
from actions.presenters.words import (
    NO_OWNER,
    NO_TIMESCALE,
    ended_words,
    given_rating,
    overdue_words,
    owner_words,
    rag_tag,
    timescale_reading,
)
from partners.models import User
from partners.policy import may
from plans.columns import is_own, own_name
from plans.models import Objective
from plans.presenters import heading_title
from prevent_tracker.core.words import counted, day_words, moment_words

Rows = list[tuple[Any, ...]]


NIL_WORDS = "Nil return: nothing to report this quarter."
STATE_WORDS = {
    UpdateState.DRAFT: ", a draft that has not been submitted",
    UpdateState.RETURNED: ", sent back for more",
    UpdateState.ACCEPTED: ", accepted by the coordinator",
}


@dataclass(frozen=True)
class Said:
    """An update as it is read: whose, when, in which state, and what it says."""

    title: str
    byline: str
    when: str
    text: str
    rated: SafeString
    details: Rows
    comment: str


def plan_rows(action: Action, path: Sequence[Objective]) -> Rows:
    """Return what the plan says: the place, the owners, the timescale in its own words, measures, extra columns."""
    rows: Rows = [(heading.own_level_label, heading_title(heading)) for heading in path]
    rows += [
        ("Number, as printed", action.ref or "None printed"),
        ("Owner, as printed", action.owner_text or NO_OWNER),
        ("Timescale, as printed", action.timescale_text or NO_TIMESCALE),
    ]
    if action.published_timescale:
        rows.append(("Timescale, as first published", action.published_timescale))
    if reading := timescale_reading(action):
        rows.append(("Timescale, as read", reading))
    if action.measure:
        rows.append(("Success measure", action.measure))
    if action.target_value is not None:
        rows.append(("Target", f"{action.target_value.normalize():f}{action.target_unit}"))
    return rows + [(heading, words) for heading, words in extra_rows(action) if words]


def extra_rows(action: Action) -> Rows:
    """Return (the council's own heading, words) of the extra columns."""
    names = {own_name(c["field"]): c["heading"] for c in action.plan.columns if is_own(c["field"])}
    return [(names.get(name, name), str(words)) for name, words in action.extra.items()]


def owner_rows(action: Action) -> Rows:
    """Return (part, owner) in printed order."""
    return [(owner.get_part_display(), owner_words(owner)) for owner in action.owners.all()]


def date_rows(action: Action, today: datetime.date, *, reader: User | None = None) -> Rows:
    """Return the dates of an action, original beside current, how often it was re-dated, and its milestones.

    With `reader`, a milestone leads to the page where it is said to be met, if that is for the reader to say.
    """
    late = overdue_words(action, today)
    due = f"{day_words(action.due_on)}. {late}" if late else day_words(action.due_on)
    rows = [
        ("Original due date", day_words(action.original_due)),
        ("Due date now", due),
        ("Forecast date", day_words(action.forecast_due)),
        ("Re-dated", counted(action.times_redated, "time") if action.times_redated else ""),
        ("Look again by", day_words(action.review_by)),
        ("Completed on", day_words(action.completed_on)),
    ]
    return [(label, words) for label, words in rows if words] + milestone_rows(action, today, reader)


def milestone_rows(action: Action, today: datetime.date, reader: User | None = None) -> Rows:
    """Return (name, when it is due and whether it was met) of each milestone; a link too where `reader` may say so."""
    milestones = list(action.milestones.all())
    links = reader is not None and milestones and not action.is_closed and bool(may(reader, "meet", milestones[0]))
    rows: Rows = [(f"Milestone: {milestone}", milestone_words(milestone, today)) for milestone in milestones]
    if not links:
        return rows
    addresses = [reverse("actions:meet_milestone", args=[milestone.public_id]) for milestone in milestones]
    ask = ["Change" if milestone.met_on else "Say it is met" for milestone in milestones]
    return [(*row, address, words) for row, address, words in zip(rows, addresses, ask, strict=True)]


def milestone_words(milestone: Milestone, today: datetime.date) -> str:
    """Return "Due 31 March 2027, met on 2 February 2027"."""
    if milestone.met_on:
        met = f"met on {day_words(milestone.met_on)}"
    else:
        met = "not met, and its date has passed" if milestone.due_on and milestone.due_on < today else "not met yet"
    words = ", ".join(filter(None, [milestone.timescale_text if milestone.text else "", timescale_reading(milestone)]))
    return f"{words}, {met}" if words else f"{met[:1].upper()}{met[1:]}"


def status_rows(action: Action, key: Mapping[str, KeyEntry], decision: RatingDecision | None) -> Rows:
    """Return the three separate facts: delivery status, rating (with who set it and why), last update."""
    rows: Rows = [
        ("Delivery status", ended_words(action) or action.get_state_display()),
        ("RAG rating", rag_tag(action.rating, key)),
    ]
    if decision:
        rows.append(
            ("Rated", f"{moment_words(decision.decided_at)}, by {decision.decided_by.name} ({decision.decided_as})")
        )
        if decision.suggested != Rating.NOT_RATED and decision.suggested != decision.rating:
            rows.append(("Suggested then", f"{key[decision.suggested].label}. {decision.suggested_because}"))
        if decision.override_reason:
            rows.append(("Reason to differ", decision.override_reason))
        rows += detail_rows(decision)
    return rows


def detail_rows(row: Any) -> Rows:
    """Return what a rating was told with; what was not said is left out."""
    rows = [
        ("Issue", row.issue),
        ("Impact", row.impact),
        ("Recovery action", row.recovery),
        ("New forecast date", day_words(row.forecast_due)),
        ("Ask of the board", row.ask),
        ("Completion date", day_words(row.completed_on)),
        ("Evidence", row.evidence_note),
    ]
    return [(label, words) for label, words in rows if words]


def told_rows(update: ProgressUpdate) -> Rows:
    """Return what an update was told with, and the reason where its rating is not the suggested one."""
    if update.is_nil:  # what was drafted before is kept, and not shown
        return []
    reason: Rows = [("Reason to differ", update.override_reason)] if update.override_reason else []
    return detail_rows(update) + reason


def writer_words(update: ProgressUpdate) -> str:
    """Return whose update it is, and that the coordinator wrote it where they did."""
    return f"{update.partner}, written on its behalf" if update.on_behalf else str(update.partner)


def said(update: ProgressUpdate, key: Mapping[str, KeyEntry]) -> Said:
    """Return an update as it is read."""
    return Said(
        title=str(update.period),
        byline=f"{writer_words(update)}{STATE_WORDS.get(update.state, '')}",
        when=moment_words(update.submitted_at),
        text=NIL_WORDS if update.is_nil else update.text,
        rated=given_rating(update, key),
        details=told_rows(update),
        comment=update.comment,
    )

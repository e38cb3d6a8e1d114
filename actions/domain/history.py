"""The history of an action, in sentences: edits, owners, milestones, updates, ratings and sign-offs, newest first.

For people who ask who changed what and why. It never drives a decision and never feeds a report.
"""

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from actions.domain.history_words import (
    changes_between,
    decision_words,
    only_version,
    owner_list,
    update_words,
)
from actions.enums import ActionState, RatingSource
from actions.models import Action, ActionOwner, Milestone, ProgressUpdate, RatingDecision, SignOff
from plans.models import Objective
from prevent_tracker.core.words import day_words, moment_day, moment_words

PER_PAGE = 50
ONE_ACT = datetime.timedelta(seconds=2)  # rows of one re-listing are written within moments of each other


@dataclass(frozen=True)
class HistoryEvent:
    """Something that a person did: `doing` goes on from their name ("changed the due date from ... to ...")."""

    at: datetime.datetime
    by: str
    title: str
    doing: str
    reason: str = ""

    @property
    def when(self) -> str:
        return moment_words(self.at)

    @property
    def description(self) -> str:
        """Return what was done and why, without who and when."""
        because = f", because “{self.reason.rstrip('.')}”" if self.reason else ""
        return f"{self.doing[:1].upper()}{self.doing[1:]}{because}."

    @property
    def sentence(self) -> str:
        """Return the whole: "On 3 May 2026 A Person (Prevent coordinator, Anytown) changed the due date ..."."""
        return f"On {moment_day(self.at)} {self.by} {self.description[:1].lower()}{self.description[1:]}"


@dataclass(frozen=True)
class HistoryPage:
    """One page of an action's history; iterating gives its events."""

    events: Sequence[HistoryEvent] = field(default_factory=tuple)
    number: int = 1
    pages: int = 1
    total: int = 0

    def __iter__(self) -> Iterator[HistoryEvent]:
        return iter(self.events)

    def __len__(self) -> int:
        return len(self.events)

    @property
    def has_next(self) -> bool:
        return self.number < self.pages

    @property
    def has_previous(self) -> bool:
        return self.number > 1


def history_of(action: Action, *, page: int = 1, per_page: int = PER_PAGE) -> HistoryPage:
    """Return a page of the action's history, newest first (or the nearest page there is). Seven queries at most."""
    owners = list(_rows(ActionOwner, action, "partner__organisation"))
    sources: tuple[Callable[[], Iterable[HistoryEvent]], ...] = (
        lambda: _edits(action),
        lambda: _owner_events(owners),
        lambda: _milestone_events(action),
        lambda: _update_events(action),
        lambda: _rating_events(action),
        lambda: _sign_off_events(action, owners),
    )
    events = [event for source in sources for event in source()]
    events.sort(key=lambda event: event.at, reverse=True)
    pages = max(1, -(-len(events) // per_page))
    number = min(max(page, 1), pages)
    return HistoryPage(events[(number - 1) * per_page : number * per_page], number, pages, len(events))


def _rows(model: Any, action: Action, *related: str) -> Iterable[Any]:
    """Return the history rows of a model's rows that belong to the action, oldest first. One query."""
    rows = model.history.filter(action=action) if model is not Action else model.history.filter(id=action.pk)
    return rows.select_related("history_user", *related).order_by("history_date", "history_id")


def _event(row: Any, title: str, doing: str) -> HistoryEvent:
    return HistoryEvent(row.history_date, _person(row), title, doing, row.history_change_reason or "")


def _person(row: Any) -> str:
    return person_words(row.history_user, row.acting_for)


def person_words(user: Any, role: str) -> str:
    """Return "A Person (Prevent coordinator, Anytown)"; the system where nobody acted."""
    if user is None:
        return "the system"
    return f"{user} ({role})" if role else str(user)


# --- The action itself ---------------------------------------------------------------------------------------------


def _edits(action: Action) -> Iterator[HistoryEvent]:
    rows = list(_rows(Action, action))
    headings = {row.objective_id for row in rows if row.objective_id}
    labels = dict(Objective.objects.filter(pk__in=headings).values_list("pk", "label"))
    if rows:
        yield _event(rows[0], "Action added", "added the action")
    moved = False
    for before, after in pairwise(rows):
        if before.state != after.state:
            yield _status_event(before, after)
        elif moved and only_version(before, after):
            yield _event(after, "Action moved", "moved the action up or down in the plan")
        if changes := changes_between(before, after, labels):
            titles = [title for title, _ in changes]
            title = titles[0] if len(titles) == 1 else f"{titles[0]} and {len(titles) - 1} more"
            yield _event(after, f"{title} changed", "changed " + " and ".join(words for _, words in changes))
        moved = before.position != after.position


def _status_event(before: Any, after: Any) -> HistoryEvent:
    was, now = ActionState(before.state).label, ActionState(after.state).label
    doing = f"changed the delivery status from {was} to {now}"
    if after.state == ActionState.COMPLETE and after.completed_on:
        doing += f", completed on {day_words(after.completed_on)}"
    return _event(after, f"{now}", doing)


# --- Owners and milestones: re-listed as a whole --------------------------------------------------------------------


def _acts(rows: Sequence[Any]) -> Iterator[list[Any]]:
    """Yield the rows that one person wrote in one act."""
    act: list[Any] = []
    for row in rows:
        if act and (
            row.history_user_id != act[-1].history_user_id or row.history_date - act[-1].history_date > ONE_ACT
        ):
            yield act
            act = []
        act.append(row)
    if act:
        yield act


def _owner_events(rows: Sequence[Any]) -> Iterator[HistoryEvent]:
    present: dict[int, Any] = {}
    for act in _acts(rows):
        before = owner_list(present.values())
        for row in act:
            if row.history_type == "-":
                present.pop(row.id, None)
            else:
                present[row.id] = row
        after = owner_list(present.values())
        if not before:
            yield _event(act[-1], "Owners named", f"named as owners {after}")
        elif before != after:
            yield _event(act[-1], "Owners changed", f"changed the owners from {before} to {after or 'nobody'}")


def _milestone_events(action: Action) -> Iterator[HistoryEvent]:
    latest: dict[int, Any] = {}
    for act in _acts(list(_rows(Milestone, action))):
        listing = [row for row in act if row.history_type != "~"]
        if listing:
            names = [f"“{row.text or row.timescale_text}”" for row in listing if row.history_type == "+"]
            doing = f"listed the milestones {'; '.join(names)}" if names else "removed the milestones"
            yield _event(listing[-1], "Milestones listed", doing)
        for row in act:
            before = latest.get(row.id)
            if before is not None and before.met_on != row.met_on:
                met = f"was met on {day_words(row.met_on)}" if row.met_on else "has not been met after all"
                yield _event(row, "Milestone", f"said that the milestone “{row.text or row.timescale_text}” {met}")
            latest[row.id] = row


# --- What was said, rated and signed --------------------------------------------------------------------------------


def _update_events(action: Action) -> Iterator[HistoryEvent]:
    latest: dict[int, Any] = {}
    for row in _rows(ProgressUpdate, action, "period", "partner__organisation"):
        found = update_words(latest.get(row.id), row)
        if found is not None:
            yield _event(row, *found)
        latest[row.id] = row


def _rating_events(action: Action) -> Iterator[HistoryEvent]:
    decisions = RatingDecision.objects.filter(action=action).select_related("decided_by", "period")
    for decision in decisions:
        who = person_words(decision.decided_by, decision.decided_as)
        title = f"Rated {decision.get_rating_display()}"  # type: ignore[attr-defined]
        if decision.source == RatingSource.PARTNER:
            title += " by its owner"
        yield HistoryEvent(decision.decided_at, who, title, decision_words(decision), decision.override_reason)


def _sign_off_events(action: Action, owners: Sequence[Any]) -> Iterator[HistoryEvent]:
    """Yield the sign-offs of returns of partners, given while they owned the action."""
    spans: dict[int, list[datetime.datetime | None]] = {}
    for row in owners:
        if row.partner_id:
            span = spans.setdefault(row.partner_id, [row.history_date, None])
            span[1] = row.history_date if row.history_type == "-" else None
    signed = (
        SignOff.objects.filter(partner_return__partner__in=spans, partner_return__period__plan=action.plan_id)
        .select_related("signed_by", "partner_return__partner__organisation", "partner_return__period")
        .defer("content")
    )
    for sign_off in signed:
        partner, period = sign_off.partner_return.partner, sign_off.partner_return.period
        begun, ended = spans[partner.pk]
        if begun is not None and sign_off.signed_at >= begun and (ended is None or sign_off.signed_at <= ended):
            who = person_words(sign_off.signed_by, sign_off.signed_as)
            doing = f"signed off the return of {partner} for {period.name}: “{sign_off.statement}”"
            yield HistoryEvent(sign_off.signed_at, who, "Return signed off", doing)

"""The quarter of a plan: who has returned and who has not, what is to be read, and the calendar."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from actions.domain.rag import KeyEntry
from actions.domain.returns import ReturnLine
from actions.enums import ReturnState
from actions.models import ProgressUpdate
from actions.presenters.action_page import NIL_WORDS, told_rows, writer_words
from actions.presenters.returns import RETURN_COLOURS, due_words, signed_words
from actions.presenters.words import given_rating
from plans.models import ReportingPeriod
from prevent_tracker.core.words import counted, day_words, moment_words


@dataclass(frozen=True)
class ReturnRow:
    """One partner's return in the list of the quarter."""

    public_id: str
    partner: str
    progress: str
    state: str
    colour: str
    signed: str
    note: str


@dataclass(frozen=True)
class UpdateCard:
    """A submitted update that waits to be read."""

    public_id: str
    version: int
    action_id: str
    action: str
    byline: str
    text: str
    rated: SafeString
    details: list[tuple[Any, ...]]


@dataclass(frozen=True)
class PeriodRow:
    """One quarter of the calendar."""

    name: str
    state: str
    due: str
    note: str


def return_rows(lines: Iterable[ReturnLine], period: ReportingPeriod, today: datetime.date) -> list[ReturnRow]:
    """Return the lines of the quarter's returns, in the partners' order. No league table: just where each stands."""
    late = period.is_overdue_for_returns(today)
    return [
        ReturnRow(
            public_id=line.partner_return.public_id,
            partner=str(line.partner),
            progress=f"{line.done} of {line.total}",
            state=line.state.label,
            colour=RETURN_COLOURS[line.state],
            signed=signed_words(line),
            note="Late" if late and line.is_asked and line.state != ReturnState.SIGNED_OFF else "",
        )
        for line in lines
    ]


def returns_words(lines: Iterable[ReturnLine]) -> str:
    """Return "3 of 5 returns signed off". A return of which nothing is asked is not counted."""
    states = [line.state for line in lines if line.is_asked]
    return f"{states.count(ReturnState.SIGNED_OFF)} of {counted(len(states), 'return')} signed off"


def update_cards(updates: Iterable[ProgressUpdate], key: Mapping[str, KeyEntry]) -> list[UpdateCard]:
    """Return the updates that wait to be read."""
    return [
        UpdateCard(
            public_id=update.public_id,
            version=update.version,
            action_id=update.action.public_id,
            action=str(update.action),
            byline=f"{writer_words(update)}, {moment_words(update.submitted_at)}",
            text=NIL_WORDS if update.is_nil else update.text,
            rated=given_rating(update, key),
            details=told_rows(update),
        )
        for update in updates
    ]


def calendar(periods: Iterable[ReportingPeriod], today: datetime.date) -> list[PeriodRow]:
    """Return the plan's quarters, newest first."""
    return [
        PeriodRow(
            name=period.name,
            state=period.get_state_display(),
            due=due_words(period.returns_due_on, today) if period.is_open else day_words(period.returns_due_on),
            note=f"Reopened {counted(period.times_reopened, 'time')}" if period.times_reopened else "",
        )
        for period in periods
    ]

"""What was read from the words of a timescale: the value that every caller sees, and how each kind is made."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from actions.domain.timescale_periods import Period, say


@dataclass(frozen=True)
class Milestone:
    """One of several dates in a timescale, with the words that name it."""

    text: str
    start: date | None
    due: date | None
    precision: str

    def as_json(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "start": _iso(self.start),
            "end": _iso(self.due),
            "precision": self.precision or None,
        }


@dataclass(frozen=True)
class TimescaleReading:
    """A timescale as a person would say they understood it.

    `kind` is point, range, recurring, ongoing, open_start, milestones, event, none or unclear. `ambiguous` is true
    wherever a person has to decide, and then there are no dates; `alternatives` are the readings to choose from.
    """

    text: str
    kind: str
    start: date | None
    due: date | None
    precision: str
    recurrence: str
    ongoing: bool
    ambiguous: bool
    reason: str
    milestones: tuple[Milestone, ...] = ()
    alternatives: tuple["TimescaleReading", ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The reading for scripts: dates as YYYY-MM-DD, what is not there as null."""
        return {
            "timescale_text": self.text or None,
            "kind": self.kind,
            "start": _iso(self.start),
            "end": _iso(self.due),
            "ongoing": self.ongoing,
            "ambiguous": self.ambiguous,
            "precision": self.precision or None,
            "recurrence": self.recurrence or None,
            "milestones": [milestone.as_json() for milestone in self.milestones],
            "reason": self.reason,
        }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def reading(
    kind: str,
    reason: str,
    *,
    start: date | None = None,
    due: date | None = None,
    precision: str = "",
    recurrence: str = "",
    ongoing: bool = False,
    ambiguous: bool = False,
    milestones: tuple[Milestone, ...] = (),
    alternatives: Sequence[TimescaleReading] = (),
) -> TimescaleReading:
    """A reading whose words are still to be added."""
    return TimescaleReading(
        "", kind, start, due, precision, recurrence, ongoing, ambiguous, reason, milestones, tuple(alternatives)
    )


def unclear(reason: str, alternatives: Sequence[TimescaleReading] = ()) -> TimescaleReading:
    """No reading: a person has to say what is meant."""
    return reading("unclear", f"{reason} Please say what is meant.", ambiguous=True, alternatives=alternatives)


def undated(settled: TimescaleReading, reason: str) -> TimescaleReading:
    """The same reading with its dates taken back, to be chosen by a person, because of `reason`."""
    if settled.ambiguous:
        return settled
    choices = (settled, *settled.alternatives)
    if settled.kind in ("recurring", "ongoing"):
        return replace(
            settled,
            start=None, due=None, precision="", milestones=(), ambiguous=True, alternatives=choices,
            reason=f"{reason} Please say what is meant.",
        )  # fmt: skip
    return unclear(reason, choices)


def point(period: Period) -> TimescaleReading:
    """A deadline: the last day of what is named."""
    note = f" ({period.note})" if period.note else ""
    if period.precision == "day":
        reason = f"A single day: {period.name}{note}."
    else:
        reason = f"{period.name[0].upper()}{period.name[1:]}{note} is read as a deadline: due on {say(period.due)}."
    return reading("point", reason, due=period.due, precision=period.precision)


def span(first: Period, last: Period) -> TimescaleReading:
    """From the first day of one period to the last day of another, which may be the same."""
    if first.start > last.due:
        return unclear(f"It ends ({say(last.due)}) before it starts ({say(first.start)}).")
    notes = [period.note for period in (first, last) if period.note]
    note = f" ({notes[0]})" if notes else ""
    return reading(
        "range",
        f"From {say(first.start)} to {say(last.due)}{note}.",
        start=first.start,
        due=last.due,
        precision=last.precision,
    )


def open_start(period: Period, ongoing: bool = True) -> TimescaleReading:
    """From the first day of what is named, with no end."""
    note = f" ({period.note})" if period.note else ""
    reason = f"Starts on {say(period.start)}{note}; no end is given."
    return reading("open_start", reason, start=period.start, precision=period.precision, ongoing=ongoing)


def several(milestones: Sequence[Milestone]) -> TimescaleReading:
    """Several dates: each is a milestone; the whole runs from the first to the last of them."""
    starts = [milestone.start or milestone.due for milestone in milestones]
    first = min(day for day in starts if day)
    last = max(milestone.due for milestone in milestones if milestone.due)
    precisions = [milestone.precision for milestone in milestones]
    return reading(
        "milestones",
        f"{len(milestones)} dates: each is a milestone, the last on {say(last)}.",
        start=first,
        due=last,
        precision=precisions[-1] if len(set(precisions)) > 1 else precisions[0],
        milestones=tuple(milestones),
    )

"""From a timescale's words to a reading, by way of the timescale reader of the domain."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from typing import Any

from actions.domain.timescales import read_timescale

from ..draft import Reading, iso
from .profiles import looks_like_time
from .title import Title


class TimescaleReader:
    """Reads words once each: plans repeat their timescales."""

    def __init__(self, title: Title, chosen: dict[str, dict[str, Any]]) -> None:
        self.title, self.chosen = title, chosen
        self.seen: dict[str, Reading] = {}

    def read(self, text: str | None) -> Reading:
        """The reading of a timescale; "none" for blank. A person's choice for the same words comes first."""
        if not text or not text.strip():
            return Reading(reason="nothing is printed")
        if text not in self.seen:
            self.seen[text] = self._chosen(text) or self._read(text)
        return dataclasses.replace(self.seen[text])

    def read_span(self, text: str, start: str, due: str) -> Reading:
        """The reading of a start and an end that stand in columns of their own; `text` has both.

        Beside an end that is no day ("Monthly", "When the guidance is issued") or is blank, the start is still only
        the start, of which nothing says that it goes on for ever.
        """
        if not start or text in self.chosen:
            return self.read(text)
        end, opened = self.read(due), self.read(start if start.casefold().startswith("from") else f"From {start}")
        if not due:
            return dataclasses.replace(opened, ongoing=False) if opened.start else self.read(start)
        if end.end or end.kind in ("none", "range", "ongoing"):
            return self.read(text)
        return dataclasses.replace(end, start=opened.start, precision=None)

    def _chosen(self, text: str) -> Reading | None:
        return Reading(**self.chosen[text]) if text in self.chosen else None

    def _read(self, text: str) -> Reading:
        found = read_timescale(text, year=self.title.year, plan_start=self.title.start, plan_end=self.title.end)
        return Reading(
            kind=str(found.kind),
            start=iso(found.start),
            end=iso(found.due),
            precision=_plain(found.precision) or None,
            recurrence=_plain(found.recurrence) or None,
            ongoing=bool(found.ongoing),
            ambiguous=bool(found.ambiguous),
            reason=found.reason or "",
            milestones=[_plain(each) for each in found.milestones or ()],
            alternatives=[_plain(each) for each in found.alternatives or ()],
        )


def _plain(value: Any) -> Any:
    """Days as ISO text and small records as dictionaries, so that a reading goes to JSON."""
    if isinstance(value, (dt.date, dt.datetime)):
        return value.isoformat()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {each.name: _plain(getattr(value, each.name)) for each in dataclasses.fields(value)}
    if isinstance(value, dict):
        return {str(name): _plain(inner) for name, inner in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(each) for each in value]
    return value if value is None or isinstance(value, (str, int, float, bool)) else str(value)


_TIME_WORDS = re.compile(r"\b(?:when|time ?(?:scale|frame)s?|dates?|deadline|due)\b", re.I)
_PARTS = re.compile(r"\n|\s*[;|]\s*|\s+[-–—]\s+|,\s+|\s*/\s+|\s+/\s*|\s*[()]\s*|\s*:\s+")


def names_time(heading: str) -> bool:
    """Whether the heading of a column of owners speaks of dates too: "Lead and timescale"."""
    return bool(_TIME_WORDS.search(heading))


def who_and_when(text: str) -> tuple[str, str]:
    """A cell of owners and dates taken apart: "Licensing Manager – by June 2024" is who and when.

    Words that are neither stay with the owner, so nothing is lost.
    """
    parts: list[tuple[str, str]] = []
    start = 0
    for found in [*_PARTS.finditer(text), None]:
        end = found.start() if found else len(text)
        parts.append((text[start:end].strip(), found.group() if found else ""))
        start = found.end() if found else end
    when = [
        part
        for at, (part, _) in enumerate(parts)
        if part and (looks_like_time(part) or at and re.match(r"(?:by|before|after|from|within)\s", part, re.I))
    ]
    if not when:
        return text, ""
    who = "".join("" if part in when else part + gap for part, gap in parts)
    return who.strip(" ;,/|–—-:(\n"), "; ".join(when)

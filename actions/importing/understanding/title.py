"""The plan's title and the period it says it covers."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from ..grid import Document, Table, TextBlock
from ..words import flat
from .groups import level_word

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|"
    r"aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DASH = r"\s*(?:-|–|—|/|to|until|and)\s*"
_PERIODS = (
    re.compile(
        rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)? )?{_MONTH} 20\d\d{_DASH}(?:\d{{1,2}}(?:st|nd|rd|th)? )?{_MONTH} 20\d\d\b",
        re.I,
    ),
    re.compile(rf"\b20\d\d(?:/\d\d)?{_DASH}20\d\d(?:/\d\d)?\b", re.I),
    re.compile(r"\b20\d\d\s*[-–—/]\s*\d\d\b"),
    re.compile(r"\b20\d\d\b"),
)
_PLAN_WORDS = re.compile(r"\b(?:plan|strategy|programme|framework)\b", re.I)


@dataclass(frozen=True, slots=True)
class Title:
    """Title as printed, period as printed, the year that short dates belong to, and the period when it is certain."""

    text: str | None
    period_text: str | None
    year: int | None
    start: dt.date | None = None
    end: dt.date | None = None


def read_title(document: Document, year: int | None = None) -> Title:
    """Find the title near the start: its style, or the first short line that speaks of a plan or strategy."""
    lines = _first_lines(document)
    text = _title(lines)
    period = _period(text or "") or _next_period(lines, text)
    if text and period and period not in text and _standing_alone(lines, period):
        text = f"{text} {period}"
    if not period:
        period = next(
            (found for line, _ in lines[:12] if len(line.split()) <= 40 and (found := _period(line, sure=True))), None
        )
    start, end = _span(period)
    named = re.search(r"20\d\d", period or "")
    return Title(text, period, year or (int(named.group(0)) if named else None), start, end)


def _first_lines(document: Document) -> list[tuple[str, TextBlock | None]]:
    """Lines of text and of one-cell rows at the start, down to the first real table."""
    lines: list[tuple[str, TextBlock | None]] = []
    for block in document.blocks[:40]:
        if isinstance(block, TextBlock):
            lines.append((flat(block.text), block))
        else:
            lines.extend((line, None) for line in _banners(block))
            if len(lines) > 12:
                break
    return lines


def _banners(table: Table) -> list[str]:
    found = []
    for row in range(min(4, table.height)):
        cells = [cell for cell in dict.fromkeys(table.rows[row]) if cell.paragraphs]
        if len(cells) != 1:
            break
        found.append(flat(cells[0].text))
    return found


def _title(lines: list[tuple[str, TextBlock | None]]) -> str | None:
    styled = [line for line, block in lines if block is not None and block.level == 0]
    if styled:
        return styled[0]
    short = [
        line
        for line, block in lines[:15]
        if len(line.split()) <= 20
        and (block is None or not block.mark)
        and not line.endswith((",", ";"))
        and not level_word(line)
        and (_PLAN_WORDS.search(line) or ":" not in line)
    ]
    named = [line for line in short if _PLAN_WORDS.search(line)]
    alone = [line for line in short if line not in _one_of_several(lines)]
    dated = [line for line in named[:3] if _period(line)]
    return next(iter(dated or named or alone), None)


def _one_of_several(lines: list[tuple[str, TextBlock | None]]) -> set[str]:
    """Headings that have others of their kind: parts of the document, not its title."""
    levels = [block.level for _, block in lines if block is not None and block.level]
    return {line for line, block in lines if block is not None and block.level and levels.count(block.level) > 1}


def _period(text: str, sure: bool = False) -> str | None:
    for pattern in _PERIODS[:3] if sure else _PERIODS:
        found = pattern.search(text)
        if found:
            return found.group(0).strip()
    return None


def _next_period(lines: list[tuple[str, TextBlock | None]], title: str | None) -> str | None:
    for at, (line, _) in enumerate(lines):
        if line == title:
            return next((later for later, _ in lines[at + 1 : at + 3] if _period(later) == later), None)
    return None


def _standing_alone(lines: list[tuple[str, TextBlock | None]], period: str) -> bool:
    return any(line == period for line, _ in lines[:6])


def _span(period: str | None) -> tuple[dt.date | None, dt.date | None]:
    """First and last day, only for a span of financial years with a slash: a dash between years is not certain."""
    found = re.fullmatch(r"20(\d\d)/(?:20)?(\d\d)", period or "")
    if not found or int(found.group(2)) <= int(found.group(1)):
        return None, None
    return dt.date(2000 + int(found.group(1)), 4, 1), dt.date(2000 + int(found.group(2)), 3, 31)

"""Plans drawn as a calendar: a workstream down the side, quarters or years across the top, the actions where they meet.

Such a table is turned into one with a row for each action and its period beside it, so that one reading serves for all.
"""

from __future__ import annotations

import dataclasses
import re
from itertools import accumulate

from ..grid import Cell, Document, Table
from ..words import flat
from .judged import headings_of, own_cells
from .profiles import Profile, is_time_alone
from .wordings import readings_of

_ONLY_WHAT_IT_HOLDS = re.compile(
    r"^(?:key |planned |our )*(?:actions?|activit(?:y|ies)|milestones?|priorities|tasks?|plans?)(?: for| in|:)? |"
    r" (?:actions?|activit(?:y|ies)|milestones?|priorities|tasks?|plans?)$",
    re.I,
)
_PERIOD = re.compile(
    r"(?:q(?:uarter|tr)? ?[1-4](?: ?[/&-] ?q?[1-4])?|quarter (?:one|two|three|four)|(?:first|second|third|fourth) quarter|"
    r"year (?:one|two|three|four|five|\d)|(?:short|medium|long)(?:er)?[ -]term|immediate(?:ly)?|"
    r"(?:first |next )?\d+ ?(?:-|–|to) ?\d+ (?:months|years|days|weeks)|(?:first|within|next) \d+ (?:days|weeks|months|years))"
    r"(?: ?[-–:,(].*| (?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)\b.*| \d{4}.*)?",
    re.I,
)
_HIGHEST_HEADER = 6
_FEWEST = 3


def with_matrices_as_tables(document: Document) -> Document:
    """The document with every calendar of actions as a table of a row for each; unchanged where there are none."""
    blocks = tuple(_unfolded(block) if isinstance(block, Table) else block for block in document.blocks)
    return dataclasses.replace(document, blocks=blocks)


def names_period(heading: str) -> bool:
    """Whether the heading of a column is a stretch of time and nothing else: "Q1 Apr-Jun", "2024/25", "Short term"."""
    words = _ONLY_WHAT_IT_HOLDS.sub("", flat(heading))
    return (
        bool(_PERIOD.fullmatch(words))
        or is_time_alone(words)
        and not re.search(r"ongoing|complete|in place", words, re.I)
    )


def _unfolded(table: Table) -> Table:
    for row in range(min(_HIGHEST_HEADER, table.height - 1)):
        if len(own_cells(table, row)) < _FEWEST:
            continue
        headings = headings_of(table, row, row + 1)
        periods = [column for column, heading in headings.items() if names_period(heading)]
        if len(periods) >= _FEWEST and periods[0] > 0 and _holds_actions(table, row, headings, periods):
            return _one_row_for_each(table, row, periods)
    return table


def _holds_actions(table: Table, header: int, headings: dict[int, str], periods: list[int]) -> bool:
    """No column beside the periods names actions or dates, and what stands under the periods are deeds."""
    others = [readings_of(heading) for column, heading in headings.items() if column not in periods]
    if any(found[0][0] in ("text", "timescale", "due", "start") for found in others if found):
        return False
    lines = [
        line
        for column in periods
        for row in table.rows[header + 1 :]
        if row[column].column == column
        for line in row[column].paragraphs
    ]
    profile = Profile.of(lines)
    return profile.filled >= 2 and profile.words >= 2.5 and profile.deeds >= 0.5


def _one_row_for_each(table: Table, header: int, periods: list[int]) -> Table:
    """The actions under the heading of the first period, their periods under that of the second."""
    action_at, time_at = periods[:2]
    steps = [
        [] if row <= header else [cell for cell in own_cells(table, row) if cell.column in periods]
        for row in range(table.height)
    ]  # fmt: skip
    heights = [max(1, len(cells)) for cells in steps]
    starts = [0, *accumulate(heights)]
    cells = []
    for cell in table.cells:
        if cell in steps[cell.row] or cell.row == header and cell.column in periods:
            continue
        end = min(cell.row + cell.row_span, table.height)
        cells.append(dataclasses.replace(cell, row=starts[cell.row], row_span=starts[end] - starts[cell.row]))
    for at, name in ((action_at, "Action"), (time_at, "Timescale")):
        cells.append(Cell((name,), starts[header], at, bold=True))
    for row, actions in enumerate(steps):
        for below, step in enumerate(actions):
            place = starts[row] + below
            cells.append(dataclasses.replace(step, row=place, column=action_at, row_span=1, col_span=1))
            cells.append(Cell((_period(table, header, step),), place, time_at))
    origins = tuple(row for row, height in enumerate(heights) for _ in range(height))
    return dataclasses.replace(table, cells=tuple(cells), origins=origins)


def _period(table: Table, header: int, step: Cell) -> str:
    """The words over a step: those of the first and the last period that it runs across."""
    last = min(step.column + step.col_span, table.width) - 1
    words = dict.fromkeys(flat(table.rows[header][column].text) for column in (step.column, last))
    return " to ".join(words)

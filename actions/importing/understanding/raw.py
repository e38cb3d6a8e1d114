"""Raw actions: the cells of a row by role, before owners, dates and ratings are read; and what is usual in a table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ..grid import Cell, Table
from ..words import flat
from .groups import Banners, Heading, level_word
from .headers import Layout
from .judged import Section, own_cells
from .stacking import Stack, is_titled


@dataclass(slots=True)
class RawAction:
    """An action as its cells say it, before owners, dates and ratings are read."""

    table: Table
    row: int
    text: str
    ref: str | None = None
    headings: list[Heading] = field(default_factory=list)
    owners: list[str] = field(default_factory=list)
    times: list[str] = field(default_factory=list)
    start: str = ""
    due: str = ""
    rag_text: str = ""
    rag_fill: str | None = None
    fills: dict[int, str] = field(default_factory=dict)
    measure: list[str] = field(default_factory=list)
    progress: list[str] = field(default_factory=list)
    status: list[str] = field(default_factory=list)
    extra: dict[str, list[str]] = field(default_factory=dict)
    why: list[str] = field(default_factory=list)
    mark: str = ""
    owner_column: bool = False
    split_of: int = 1
    stack: Stack | None = None
    doubtful_row: str = ""

    @property
    def key(self) -> str:
        return self.table.row_key(self.row)


@dataclass(slots=True)
class Habits:
    """What is usual in a table: how many rows have numbers, owners, bold or filled action cells."""

    refs: float = 0.0
    owners: float = 0.0
    bold: float = 0.0
    filled: float = 0.0
    remarks: bool = False
    """Whether every action has a plain row across the table under it, which then tells its progress."""
    titled: bool = False
    """Whether action cells of several paragraphs are made of a name and a deed, throughout the table."""
    numbers_headings: bool = False
    """Whether the numbers are those of the headings beside them, not of the actions."""


@dataclass(slots=True)
class Carried:
    """What goes on from one table to the next when no heading stands between them."""

    banners: Banners = field(default_factory=Banners)
    groups: dict[int, Heading] = field(default_factory=dict)
    last: RawAction | None = None
    fresh_heading: Heading | None = None


def habits_of(table: Table, section: Section, header_rows: set[int]) -> Habits:
    layout = section.layout
    text, ref, owner = layout.first("text"), layout.first("ref"), layout.first("owners")
    rows = [
        row for row in range(section.first, section.last) if row not in header_rows and len(own_cells(table, row)) >= 2
    ]
    if text is None or not rows:
        return Habits()
    full = [table.rows[row] for row in rows if text < table.width and table.rows[row][text].paragraphs]
    if not full:
        return Habits()

    def share(values: Iterable[bool]) -> float:
        return sum(values) / len(full)

    return Habits(
        refs=share(
            ref is not None and ref < table.width and (bool(cells[ref].paragraphs) or any(cells[ref].marks))
            for cells in full
        ),
        owners=share(owner is not None and owner < table.width and bool(cells[owner].paragraphs) for cells in full),
        bold=share(cells[text].bold for cells in full),
        filled=share(cells[text].fill is not None for cells in full),
        titled=_are_titled([cells[text] for cells in full]),
        remarks=_remarks_follow(table, section, header_rows),
        numbers_headings=_numbers_the_headings(table, layout, rows),
    )


def _are_titled(cells: list[Cell]) -> bool:
    stacked = [cell for cell in cells if len(cell.paragraphs) > 1]
    return len(stacked) >= 2 and all(is_titled(cell) for cell in stacked)


def _remarks_follow(table: Table, section: Section, header_rows: set[int]) -> bool:
    """Rows across the table that stand after actions, never before the first, the last row of all among them."""
    kinds = []
    for row in range(section.first, section.last):
        cells = own_cells(table, row)
        if row in header_rows or not cells:
            continue
        wide = len(cells) == 1 and cells[0].col_span >= max(2, table.width * 0.6)
        if wide and (cells[0].bold or cells[0].fill or level_word(cells[0].text)):
            return False
        kinds.append(wide)
    remarks = sum(kinds)
    pairs = sum(not above and below for above, below in zip(kinds, kinds[1:], strict=False))
    return remarks >= 2 and pairs == remarks and kinds[-1] and remarks >= (len(kinds) - remarks) * 0.6


def _numbers_the_headings(table: Table, layout: Layout, rows: list[int]) -> bool:
    """ "1." before the objective of a row, not before its actions: every row has an objective of its own, or the number
    is merged down beside the objective wherever that is.
    """
    ref, group, text = (layout.first(role) for role in ("ref", "group", "text"))
    if ref is None or group is None or text is None or not ref < group < text:
        return False
    sides = [(table.rows[row][ref], table.rows[row][group]) for row in rows]
    if any(number.row_span > 1 for number, _ in sides):
        return all((number.row, number.row_span) == (label.row, label.row_span) for number, label in sides)
    labels = [flat(table.rows[row][group].text) for row in rows if table.rows[row][text].paragraphs]
    return all(labels) and len(set(labels)) == len(labels) >= 2


def carry_leads(actions: list[RawAction], section: Section) -> None:
    """Leads that were merged down beside their heading, in a file that keeps no merges: written once for each.

    `actions` are those of one table. Only where every heading has a lead in its row and most rows without a heading of
    their own have none.
    """
    groups, owner = section.layout.of("group"), section.layout.first("owners")
    actions = [each for each in actions if section.first <= each.row < section.last]
    if not actions or not groups or owner is None or any(cell.row_span > 1 for cell in actions[0].table.cells):
        return
    opening = [any(each.table.rows[each.row][at].paragraphs for at in groups) for each in actions]
    if not all(each.owners for each, opens in zip(actions, opening, strict=True) if opens):
        return
    following = [each for each, opens in zip(actions, opening, strict=True) if not opens]
    bare = [each for each in following if not each.owners]
    if len(bare) < max(2, len(following) * 0.6):
        return
    for above, each in zip(actions, actions[1:], strict=False):
        if each in bare and above.owners and above.headings == each.headings:
            each.owners = list(above.owners)
            each.why.append("its lead is the one above, under the same heading")

"""What a table was taken to be, and the small questions that every judge of a table asks."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..draft import Answers
from ..grid import Cell, Table
from ..words import flat
from .headers import Column, Layout
from .profiles import looks_like_ref
from .wordings import readings_of


@dataclass(slots=True)
class Section:
    """A run of rows of a plan table under one header: rows `first` to `last` (exclusive) of the grid."""

    first: int
    last: int
    layout: Layout
    named_by: int | None = None
    """The column in whose place the header has the heading of these rows."""


@dataclass(slots=True)
class Judged:
    """What a table was taken to be."""

    table: Table
    kind: str
    why: str
    sections: list[Section] = field(default_factory=list)
    header_rows: set[int] = field(default_factory=set)
    before_header: list[int] = field(default_factory=list)
    inherited: bool = False
    banded: bool = False
    """Each part has a header of its own, under a line of one cell that is the heading of the part."""


def own_cells(table: Table, row: int) -> list[Cell]:
    """The cells with words that begin in this row."""
    return [cell for cell in dict.fromkeys(table.rows[row]) if cell.row == row and cell.paragraphs]


def is_banner(cells: list[Cell]) -> bool:
    """Whether the words of a row are one heading: one cell, or a number beside one."""
    return (
        len(cells) == 1
        or len(cells) == 2
        and cells[0].col_span == 1
        and looks_like_ref(cells[0].text)
        and (cells[1].col_span > 1 or len(cells[1].text.split()) <= 12 and cells[1].text[-1:].isalnum())
    )


def headings_of(table: Table, first: int, last: int) -> dict[int, str]:
    """The heading over each column; of a header of several rows the most telling part."""
    result = {}
    for column in range(table.width):
        parts = list(dict.fromkeys(flat(table.rows[row][column].text) for row in range(first, last)))
        parts = [part for part in parts if part]
        joined = " ".join(parts)
        result[column] = (
            next((part for part in (parts[-1:] + [joined] + parts) if readings_of(part)), joined) if parts else ""
        )
    return result


def body_of(table: Table, first: int, last: int) -> list[list[str]]:
    """Texts of ordinary rows, a spanning cell once; banners left out so that columns show their own values."""
    rows = []
    for row in range(first, last):
        cells = own_cells(table, row)
        if len(cells) >= 2 or (cells and cells[0].col_span == 1 and table.width == 1):
            rows.append(
                [
                    cell.text if cell.row == row and cell.column == column else ""
                    for column, cell in enumerate(table.rows[row])
                ]
            )
    return rows


def answered(table: Table, layout: Layout, answers: Answers) -> Layout:
    said = answers.columns.get(table.key, {})
    columns = [
        Column(column.index, column.heading, said[str(column.index)], "you said so")
        if str(column.index) in said
        else column
        for column in layout.columns
    ]
    chosen_text = [int(index) for index, role in said.items() if role == "text"]
    if chosen_text:
        columns = [
            Column(column.index, column.heading, "extra", column.why)
            if column.role == "text" and column.index not in chosen_text
            else column
            for column in columns
        ]
    return Layout(columns, layout.headerless)

"""From the cells of a sheet to blocks: text and tables, which blank rows keep apart."""

from __future__ import annotations

import dataclasses
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from .grid import Block, Cell, Table, TextBlock, Where


def blocks_of_sheet(
    cells: Iterable[Cell], tables_before: int, *, sheet: str | None = None, hidden: bool = False
) -> Iterator[Block]:
    """Text for runs with one cell a row (titles, notes, headings standing apart), tables for the rest.

    The cells stand where they do on the sheet, from row and column 1. Tables are counted on from `tables_before`.
    """
    placed = sorted(cells, key=lambda cell: (cell.row, cell.column))
    columns = [cell.column for cell in placed if cell.paragraphs]
    left, right = min(columns, default=1), max(columns, default=1)
    rows = [cell.row for cell in placed]
    number = tables_before
    for first, last in _runs(placed):
        run = placed[bisect_left(rows, first) : bisect_right(rows, last)]
        worded = [cell for cell in run if cell.paragraphs]
        if len({cell.row for cell in worded}) == len(worded) and all(cell.row_span == 1 for cell in worded):
            for cell in worded:
                where = Where(sheet=sheet, row=cell.row, column=cell.column)
                yield TextBlock(cell.text, None, cell.bold or cell.fill is not None, cell.mark(0), where=where)
        else:
            number += 1
            yield _table(run, first, last, left, right, Table((), number, sheet, first, left, hidden))


def _runs(placed: list[Cell]) -> Iterator[tuple[int, int]]:
    """Rows (first, last) between blank rows. A row covered by a merged cell with words is not blank."""
    bottom = max((cell.row for cell in placed), default=0)
    covered = sorted((cell.row, min(cell.row + cell.row_span - 1, bottom)) for cell in placed if cell.paragraphs)
    start = end = 0
    for first, last in covered:
        if start and first > end + 1:
            yield start, end
            start = 0
        start, end = start or first, max(end, last)
    if start:
        yield start, end


def _table(run: list[Cell], first: int, last: int, left: int, right: int, empty: Table) -> Table:
    """The cells of a run as a grid from 0, as wide as its words, or its colours within those of the sheet."""
    worded = max(cell.column + cell.col_span - 1 for cell in run if cell.paragraphs)
    coloured = max((cell.column for cell in run if cell.fill), default=0)
    edge = max(worded, min(coloured, right))
    cells = tuple(
        dataclasses.replace(
            cell,
            row=cell.row - first,
            column=cell.column - left,
            row_span=min(cell.row_span, last - cell.row + 1),
            col_span=min(cell.col_span, edge - cell.column + 1),
        )
        for cell in run
        if left <= cell.column <= edge
    )
    return dataclasses.replace(empty, cells=cells)

"""Writes the Word and Excel files that the tests read: what an officer would have drawn, in a few lines."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import docx
import openpyxl
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from openpyxl.styles import Font, PatternFill


@dataclass(frozen=True)
class C:
    """A cell: words (a list is stacked paragraphs), how far it spans, its fill and boldness, bullets."""

    words: Any = ""
    across: int = 1
    down: int = 1
    fill: str | None = None
    bold: bool = False
    bullets: bool = False

    @property
    def paragraphs(self) -> list[str]:
        return [str(each) for each in self.words] if isinstance(self.words, list) else [self.words]


Row = list[Any]


@dataclass(frozen=True)
class T:
    """A table of rows. A plain string is a plain cell; a spanned cell is written once."""

    rows: list[Row]


@dataclass(frozen=True)
class P:
    """A paragraph; `style` is Word's name for its style."""

    words: str
    style: str | None = None
    bold: bool = False


def placed(rows: list[Row]) -> tuple[list[tuple[int, int, C]], int]:
    """Cells with their places in the grid, and the width."""
    taken: set[tuple[int, int]] = set()
    cells = []
    for at, row in enumerate(rows):
        column = 0
        for entry in row:
            cell = entry if isinstance(entry, C) else C(entry)
            while (at, column) in taken:
                column += 1
            cells.append((at, column, cell))
            taken.update((at + down, column + across) for down in range(cell.down) for across in range(cell.across))
            column += cell.across
    return cells, max((column for _, column in taken), default=0) + 1


def word(*blocks: P | T) -> bytes:
    """A Word file of paragraphs and tables."""
    document = docx.Document()
    for block in blocks:
        if isinstance(block, P):
            paragraph = document.add_paragraph(style=block.style)
            run = paragraph.add_run(block.words)
            if block.bold:
                run.bold = True
        else:
            add_table(document, block)
    return saved(document)


def add_table(document: Any, block: T) -> Any:
    cells, width = placed(block.rows)
    table = document.add_table(rows=len(block.rows), cols=width)
    for row, column, cell in cells:
        target = table.cell(row, column)
        if cell.across > 1 or cell.down > 1:
            target = target.merge(table.cell(row + cell.down - 1, column + cell.across - 1))
        for at, words in enumerate(cell.paragraphs):
            paragraph = target.paragraphs[0] if at == 0 else target.add_paragraph()
            if cell.bullets:
                paragraph.style = "List Bullet"
            run = paragraph.add_run(words)
            if cell.bold:
                run.bold = True
        if cell.fill:
            shade = OxmlElement("w:shd")
            shade.set(qn("w:val"), "clear")
            shade.set(qn("w:fill"), cell.fill)
            target._tc.get_or_add_tcPr().append(shade)
    return table


def excel(**sheets: list[Row]) -> bytes:
    """An Excel file; each sheet a list of rows ([] is a blank row)."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        add_sheet(book, name.replace("_", " "), rows)
    return saved(book)


def add_sheet(book: Any, name: str, rows: list[Row]) -> Any:
    sheet = book.create_sheet(name)
    cells, _ = placed(rows)
    for row, column, cell in cells:
        target = sheet.cell(row + 1, column + 1)
        value = "\n".join(cell.words) if isinstance(cell.words, list) else cell.words
        target.value = value if value != "" else None
        if cell.bold:
            target.font = Font(bold=True)
        if cell.fill:
            target.fill = PatternFill("solid", fgColor=cell.fill)
        if cell.across > 1 or cell.down > 1:
            sheet.merge_cells(
                start_row=row + 1, start_column=column + 1, end_row=row + cell.down, end_column=column + cell.across
            )
    return sheet


def saved(thing: Any) -> bytes:
    held = io.BytesIO()
    thing.save(held)
    return held.getvalue()

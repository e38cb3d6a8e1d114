"""Documents in the shapes that councils write, made with the office libraries."""

import io
from collections.abc import Sequence

import docx
from openpyxl import Workbook, load_workbook

HEADER = ("Ref", "Action", "Owner", "Timescale", "RAG", "Resources")
ROWS = (
    ("1", "Brief the police on the local profile", "Amberley Police", "March 2027", "Green", "£500"),
    ("2", "Train all front line staff", "Prevent Coordinator and NELFT", "31 March", "Amber", ""),
    ("2", "Train the governors of every school", "", "", "", "In kind"),
    ("4", "Publish the plan for residents", "All partners", "Ongoing", "", ""),
)


def workbook(
    rows: Sequence[Sequence[str]] = ROWS, *, title: str = "Amberley Prevent plan 2026-2028", header=HEADER
) -> bytes:
    """A workbook with a title, a header and two priorities as merged rows."""
    book = Workbook()
    sheet = book.active
    sheet.append([title])
    sheet.append([])
    sheet.append(list(header))
    half = (len(rows) + 1) // 2
    for number, part in enumerate((rows[:half], rows[half:]), 1):
        sheet.append([f"Priority {number}: {'Understanding' if number == 1 else 'Reaching people'}"])
        sheet.merge_cells(start_row=sheet.max_row, start_column=1, end_row=sheet.max_row, end_column=len(header))
        for row in part:
            sheet.append(list(row))
    return saved(book)


def word(rows: Sequence[Sequence[str]] = ROWS, *, title: str = "Amberley Prevent plan 2026-2028") -> bytes:
    """A Word document: a title, some text, a heading and a table for each priority."""
    document = docx.Document()
    document.add_heading(title, 0)
    document.add_paragraph("This plan says what the partnership will do.")
    half = (len(rows) + 1) // 2
    for number, part in enumerate((rows[:half], rows[half:]), 1):
        document.add_heading(f"Priority {number}: {'Understanding' if number == 1 else 'Reaching people'}", 1)
        table = document.add_table(rows=0, cols=len(HEADER))
        for row in (HEADER, *part):
            for cell, words in zip(table.add_row().cells, row, strict=True):
                cell.text = words
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def with_priority(content: bytes, label: str, *rows: Sequence[str]) -> bytes:
    """The workbook with one more priority at its end."""
    book = load_workbook(io.BytesIO(content))
    sheet = book.active
    sheet.append([f"Priority 3: {label}"])
    sheet.merge_cells(start_row=sheet.max_row, start_column=1, end_row=sheet.max_row, end_column=len(HEADER))
    for row in rows:
        sheet.append(list(row))
    return saved(book)


def saved(book: Workbook) -> bytes:
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


SAME = workbook()  # the very same bytes, whenever it is given

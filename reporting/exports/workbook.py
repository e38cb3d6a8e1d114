"""How a workbook is written: shared styles, text that is never a formula, tables, and the same bytes every time.

It knows Excel and nothing of Prevent; what the sheets say is in `xlsx.py`.
"""

import datetime
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Sequence
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from reporting.exports.palette import COLOURS, HOUSE_COLOUR

LONGEST_CELL = 32_767  # Excel's own limit of a cell
PIECE = 32_000
A4 = 9
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
ESCAPED_LOOK = re.compile("_(x[0-9A-Fa-f]{4}_)")
LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "'")
SHEET_FORBIDS = re.compile(r"[\\/*?:\[\]]")
MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
OLDEST_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
LINE, TALLEST = 12.75, 400.0  # points
LETTERS, LOST = 1.12, 2  # average letters to a unit of width, and what an indent and the end of a line lose
DATE_FORMAT = "d mmm yyyy"
THIN = Side(style="thin", color="B1B4B6")

Value = str | int | datetime.date | None


@dataclass(frozen=True)
class Column:
    """A column of a sheet: its heading, its width in characters, and what it says of a row."""

    heading: str
    width: float
    value: Callable[[Any], Value]
    is_rating: bool = False


@dataclass
class Book:
    """A workbook being written. `marking` is printed at the head and foot of every sheet, `reference` at the foot."""

    marking: str
    reference: str
    workbook: Workbook = field(default_factory=Workbook)
    styles: dict[str, Any] = field(default_factory=dict)
    long_words: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.workbook.active.title = "Scratch"

    def sheet(self, name: str) -> Worksheet:
        """Return a new sheet, set up to print on landscape A4 with the marking at its head and foot."""
        sheet = self.workbook.create_sheet(sheet_name(name, self.workbook.sheetnames))
        sheet.page_setup.paperSize = A4
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.page_margins.left = sheet.page_margins.right = 0.4
        sheet.sheet_view.showGridLines = False
        for part in (sheet.oddHeader, sheet.oddFooter):
            part.center.text = self.marking
            part.center.font, part.center.size = "Arial,Bold", 10
        sheet.oddFooter.left.text = self.reference
        sheet.oddFooter.right.text = "Page &P of &N"
        return sheet

    def table(
        self, name: str, columns: Sequence[Column], rows: Sequence[Any], empty: str, *, last_printed: str = ""
    ) -> None:
        """Write a sheet that is one Excel table from A1: frozen heading, filters, print titles, one row for each row.

        `empty` is said where there are no rows. Columns after the one headed `last_printed` are for the screen only.
        """
        sheet = self.sheet(name)
        for number, (column, heading) in enumerate(zip(columns, distinct_headings(columns), strict=True), start=1):
            sheet.column_dimensions[get_column_letter(number)].width = column.width
            self.write(sheet.cell(row=1, column=number), heading, "head")
        widths = [column.width for column in columns]
        for line, row in enumerate(rows, start=2):
            values = [column.value(row) for column in columns]
            for number, (column, value) in enumerate(zip(columns, values, strict=True), start=1):
                self.write(sheet.cell(row=line, column=number), value, _style_of(column, row, value))
            sheet.row_dimensions[line].height = height_of(values, widths)
        sheet.row_dimensions[1].height = 2 * LINE + 4
        headings = [column.heading for column in columns]
        if last_printed in headings:
            sheet.print_area = f"A1:{get_column_letter(headings.index(last_printed) + 1)}{len(rows) + 1}"
        sheet.freeze_panes = "B2" if len(columns) > 3 else "A2"
        sheet.print_title_rows = "1:1"
        if rows:
            corner = f"{get_column_letter(len(columns))}{len(rows) + 1}"
            table = Table(displayName=f"{name.replace(' ', '')}Table", ref=f"A1:{corner}")
            table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
            sheet.add_table(table)
        else:
            self.write(sheet.cell(row=2, column=1), empty, "line")

    def write(self, cell: Cell, value: Value, style: str) -> None:
        """Put a value in a cell: text as text whatever it begins with, dates and numbers as what they are."""
        if isinstance(value, str):
            text = self._fitting(excel_text(value), f"{cell.parent.title}, {cell.coordinate}")
            cell.value = text
            cell.data_type = "s"
            if text.startswith(LIKE_A_FORMULA):
                style = f"{style}, quoted"
        elif value is not None:
            cell.value = value
        cell._style = self.style(style)

    def style(self, name: str) -> Any:
        """Return a style, made once: "text", "date", "number", "label", "title", "head", ... or a rating code.

        ", quoted" after it keeps words that look like a formula from becoming one when their cell is edited.
        """
        if name not in self.styles:
            plain, _, quoted = name.partition(", ")
            cell = self.workbook["Scratch"].cell(row=1, column=len(self.styles) + 1)
            _dress(cell, plain)
            cell.quotePrefix = bool(quoted)
            self.styles[name] = copy(cell._style)
        return self.styles[name]

    def finish(self, made_on: datetime.datetime) -> bytes:
        """Return the workbook as bytes that depend on what it says and on `made_on`, not on when they are written."""
        if self.long_words:
            self.table("Long texts", LONG_COLUMNS, self.long_words, "")
        del self.workbook["Scratch"]
        self.workbook.properties.created = self.workbook.properties.modified = made_on
        written = io.BytesIO()
        self.workbook.save(written)
        return same_every_time(written.getvalue(), made_on)

    def _fitting(self, text: str, place: str) -> str:
        if len(text) <= LONGEST_CELL:
            return text
        pieces = [text[start : start + PIECE] for start in range(0, len(text), PIECE)]
        self.long_words += [(f"{place}, part {number}", piece) for number, piece in enumerate(pieces, start=1)]
        return f"{pieces[0]}\n[Too long for one cell: all of it is on the sheet Long texts.]"


LONG_COLUMNS = [
    Column("Where", 30, lambda piece: piece[0]),
    Column("Words", 120, lambda piece: piece[1]),
]


def excel_text(text: str) -> str:
    """Return text that a workbook can hold and that is read back as it was typed."""
    return ESCAPED_LOOK.sub(r"_x005F_\1", UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))


def sheet_name(name: str, taken: Iterable[str] = ()) -> str:
    """Return a name that Excel takes for a sheet: 31 characters, none forbidden, not used, not "History"."""
    safe = SHEET_FORBIDS.sub(" ", UNPRINTABLE.sub("", name)).strip("' ")[:31] or "Sheet"
    used = {other.casefold() for other in taken} | {"history"}
    tries = (safe if number == 1 else f"{safe[:27]} {number}" for number in range(1, 1000))
    return next(each for each in tries if each.casefold() not in used)


def distinct_headings(columns: Sequence[Column]) -> list[str]:
    """Return the headings as a table needs them: one line, not blank, each one once."""
    found: list[str] = []
    for column in columns:
        base = " ".join(excel_text(column.heading).split())[:200] or "Column"
        number, heading = 1, base
        while heading.casefold() in {other.casefold() for other in found}:
            number += 1
            heading = f"{base} {number}"
        found.append(heading)
    return found


def height_of(values: Sequence[Value], widths: Sequence[float]) -> float:
    """Return the height in points that shows all of the words, as far as Excel lets a row grow."""
    most = 1
    for value, width in zip(values, widths, strict=True):
        if isinstance(value, str) and (len(value) > width - LOST or "\n" in value):
            room = max(1, int(width * LETTERS - LOST))
            most = max(most, sum(max(1, -(-len(part) // room)) for part in value.split("\n")))
    return min(TALLEST, LINE * most + 3)


def same_every_time(workbook: bytes, made_on: datetime.datetime) -> bytes:
    """Return the workbook without the moment of writing, which the library puts into it in several places."""
    stamp = made_on.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "docProps/core.xml":
                content = MODIFIED.sub(rb"\g<1>" + stamp + rb"\g<2>", content)
            plain = zipfile.ZipInfo(entry.filename, OLDEST_ZIP_DATE)
            plain.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(plain, content)
    return written.getvalue()


def _style_of(column: Column, row: Any, value: Value) -> str:
    if column.is_rating and value:
        return str(getattr(row, "rating", "") or row.code)
    if isinstance(value, datetime.date):
        return "date"
    return "number" if isinstance(value, int) else "text"


def _dress(cell: Cell, name: str) -> None:
    cell.font = Font(name="Arial", size=10)
    cell.alignment = Alignment(vertical="top", wrap_text=True, horizontal="left", indent=1)
    if name in ("text", "date", "number", "label", *COLOURS):
        cell.border = Border(bottom=THIN)
    if name in COLOURS:
        fill, ink = COLOURS[name]
        cell.fill = PatternFill("solid", start_color=fill)
        cell.font = Font(name="Arial", size=10, bold=True, color=ink)
    elif name == "date":
        cell.number_format = DATE_FORMAT
    elif name == "number":
        cell.alignment = Alignment(vertical="top", horizontal="right", indent=1)
    elif name in ("head", "number head"):
        cell.font = Font(name="Arial", size=10, bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", start_color=HOUSE_COLOUR)
        side = "right" if name == "number head" else "left"
        cell.alignment = Alignment(horizontal=side, vertical="center", wrap_text=True, indent=1)
    elif name == "label":
        cell.font = Font(name="Arial", size=10, bold=True)
    elif name in ("title", "section"):
        cell.font = Font(name="Arial", size={"title": 16, "section": 12}[name], bold=True)
        cell.alignment = Alignment(vertical="top", indent=1)
    elif name == "line":
        cell.alignment = Alignment(vertical="top", indent=1)

"""Excel workbooks: bytes to a neutral document.

Values are read as a person sees them: dates in UK order, numbers without a stray ".0", a formula as its last result or,
if Excel never calculated it, as its own text. Each sheet becomes one table for each run of rows without a blank
row between them; a run that is a single cell is free text (a title or a note).
"""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings as python_warnings
import zipfile
from collections.abc import Iterator
from typing import Any

import openpyxl
from openpyxl.styles.colors import COLOR_INDEX

from .errors import UnreadableFile
from .grid import Block, Cell, Document, Table, Where
from .runs import blocks_of_sheet
from .words import clean, unbulleted

MAX_COLUMNS = 200
MAX_BLANK_ROWS = 50
MAX_ROWS = 20_000

_DAMAGED = (
    "This Excel file is damaged and cannot be read: open it in Excel, save it under a new name as .xlsx "
    "and upload that."
)


def read_xlsx(data: bytes) -> Document:
    """Read every sheet of a workbook. Raises `UnreadableFile` when the workbook is damaged or beyond the limits."""
    values = _load(data, data_only=True)
    formulas = _load(data, data_only=False) if _has_formulas(data) else None
    theme = _theme_colours(values)
    blocks: list[Block] = []
    notes: list[str] = []
    for sheet in values.worksheets:
        hidden = sheet.sheet_state != "visible"
        if hidden:
            notes.append(f"Sheet “{sheet.title}” is hidden in the workbook. It was read but set aside.")
        formula_sheet = formulas[sheet.title] if formulas is not None else None
        reader = _Sheet(sheet, formula_sheet, theme, notes)
        tables_before = sum(isinstance(block, Table) for block in blocks)
        blocks.extend(blocks_of_sheet(reader.cells.values(), tables_before, sheet=sheet.title, hidden=hidden))
    return Document(tuple(blocks), tuple(notes))


def _load(data: bytes, *, data_only: bool) -> Any:
    try:
        with python_warnings.catch_warnings():
            python_warnings.simplefilter("ignore")
            return openpyxl.load_workbook(io.BytesIO(data), data_only=data_only, keep_links=False)
    except MemoryError:
        raise  # the child says so in its own sentence
    except Exception as broken:  # a damaged workbook fails in many ways inside the library
        raise UnreadableFile(_DAMAGED) from broken


def _has_formulas(data: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = [name for name in package.namelist() if re.match(r"xl/worksheets/[^/]+\.xml$", name)]
        return any(re.search(rb"<(?:\w+:)?f[ >/]", package.read(name)) for name in names)


class _Sheet:
    """One sheet: its sparse cells and its merges."""

    def __init__(self, sheet: Any, formulas: Any, theme: list[str], notes: list[str]) -> None:
        self.sheet, self.formulas, self.theme, self.notes = sheet, formulas, theme, notes
        self.spans = {
            (area.min_row, area.min_col): (
                area.max_row - area.min_row + 1,
                min(area.max_col, MAX_COLUMNS) - area.min_col + 1,
            )
            for area in sheet.merged_cells.ranges
        }
        self.cells = dict(self._filled())
        self._drop_far_cells()

    def _filled(self) -> Iterator[tuple[tuple[int, int], Cell]]:
        """Cells with words or a fill, sparse: what the sheet claims as its size is never believed."""
        too_wide = False
        for (row, column), cell in self.sheet._cells.items():
            value = cell.value
            if value is None and self.formulas is not None:
                value = getattr(self.formulas._cells.get((row, column)), "value", None)
                value = getattr(value, "text", value)
            fill = self._fill(cell) if cell.has_style else None
            if value is None and fill is None:
                continue
            if column > MAX_COLUMNS:
                too_wide = too_wide or value is not None
                continue
            text = self._text(value, cell, row, column)
            down, across = self.spans.get((row, column), (1, 1))
            paragraph, mark = unbulleted(text)
            yield (
                (row, column),
                Cell(
                    (paragraph,) if paragraph else (),
                    row,
                    column,
                    down,
                    across,
                    fill,
                    bool(cell.font and cell.font.b),
                    (mark,) if mark else (),
                ),
            )
        if too_wide:
            self.notes.append(
                f"Sheet “{self.sheet.title}” has cells to the right of column {MAX_COLUMNS}. They were not read."
            )

    def _text(self, value: Any, cell: Any, row: int, column: int) -> str:
        try:
            return clean(_shown(value, cell.number_format or ""))
        except (ValueError, OverflowError):
            self.notes.append(
                f"{Where(sheet=self.sheet.title, row=row, column=column)}: the number or date there "
                "cannot be shown. Its cell was left blank."
            )
            return ""

    def _fill(self, cell: Any) -> str | None:
        fill = cell.fill
        if fill is None or fill.fill_type != "solid":
            return None
        return _colour(fill.fgColor, self.theme)

    def _drop_far_cells(self) -> None:
        """Stop after a long run of blank rows: one stray cell at the bottom of the sheet is not part of a plan."""
        rows = sorted({row for (row, _), cell in self.cells.items() if cell.paragraphs})
        last = 0
        for row in rows:
            if last and row - last > MAX_BLANK_ROWS + self._merged_below(last):
                self.notes.append(
                    f"Sheet “{self.sheet.title}”: rows from {row} on were not read, because more than "
                    f"{MAX_BLANK_ROWS} blank rows come before them."
                )
                break
            last = row
        if len([row for row in rows if row <= last]) > MAX_ROWS:
            raise UnreadableFile(
                f"Sheet “{self.sheet.title}” has more than {MAX_ROWS:,} rows. At most 5,000 actions "
                "can be read at once: split the plan by priority and upload the parts."
            )
        self.cells = {place: cell for place, cell in self.cells.items() if place[0] <= last}

    def _merged_below(self, row: int) -> int:
        return max((down for (top, _), (down, _) in self.spans.items() if top <= row < top + down), default=1)


def _shown(value: Any, number_format: str) -> str:
    """A value as a person in the UK sees it in the cell."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (dt.datetime, dt.date)):
        return _shown_date(value, number_format)
    if isinstance(value, (dt.time, dt.timedelta)):
        return str(value)
    if isinstance(value, (int, float)):
        return _shown_number(value, number_format)
    return str(value)


def _shown_date(value: dt.date, number_format: str) -> str:
    """Month-only formats keep the month alone; formats without letters for the month become day/month/year."""
    pattern = re.sub(r'\[[^\]]*\]|"[^"]*"|\\.', "", number_format.lower()).split(";")[0]
    if pattern and "d" not in pattern and "y" in pattern and "m" in pattern:
        month = f"{value:%B}" if "mmmm" in pattern else f"{value:%b}"
        year = f"{value:%Y}" if "yyy" in pattern else f"{value:%y}"
        return f"{month}-{year}" if re.search(r"m-y", pattern) else f"{month} {year if len(year) == 4 else value.year}"
    if pattern.strip() in ("yyyy", "yy"):
        return f"{value:%Y}"
    if "mmm" in pattern and "y" in pattern:
        return f"{value.day} {value:%B %Y}" if "mmmm" in pattern else f"{value.day} {value:%b %Y}"
    return f"{value:%d/%m/%Y}"


def _shown_number(value: int | float, number_format: str) -> str:
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        raise ValueError("not a finite number")
    if "%" in number_format:
        return f"{value * 100:.10g}%"
    decimals = re.search(r"0\.(0+)", number_format)
    if decimals and abs(value) < 1e12:
        return f"{value:.{min(len(decimals.group(1)), 10)}f}"
    if float(value).is_integer() and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.12g}"


def _theme_colours(book: Any) -> list[str]:
    """The workbook's theme palette in the order in which cells refer to it (light before dark)."""
    raw = book.loaded_theme or b""
    raw = raw.encode() if isinstance(raw, str) else raw
    found = re.search(rb"<a:clrScheme.*?</a:clrScheme>", raw, re.S)
    slots = (
        re.findall(rb'<a:(?:sysClr[^>]*lastClr|srgbClr[^>]*val)="([0-9A-Fa-f]{6})"', found.group(0)) if found else []
    )
    colours = [slot.decode().upper() for slot in slots]
    if len(colours) >= 4:
        colours[0:4] = [colours[1], colours[0], colours[3], colours[2]]
    return colours


def _colour(colour: Any, theme: list[str]) -> str | None:
    kind = getattr(colour, "type", None)
    value: str | None = None
    if kind == "rgb" and isinstance(colour.rgb, str):
        value = colour.rgb[-6:].upper()
    elif kind == "indexed" and isinstance(colour.indexed, int) and 0 <= colour.indexed < len(COLOR_INDEX):
        value = COLOR_INDEX[colour.indexed][-6:].upper()
    elif kind == "theme" and isinstance(colour.theme, int) and 0 <= colour.theme < len(theme):
        value = _tinted(theme[colour.theme], float(colour.tint or 0))
    return None if value in (None, "FFFFFF") or not re.fullmatch("[0-9A-F]{6}", value or "") else value


def _tinted(value: str, tint: float) -> str:
    parts = [int(value[at : at + 2], 16) for at in (0, 2, 4)]
    shifted = [part * (1 + tint) if tint < 0 else part + (255 - part) * tint for part in parts]
    return "".join(f"{max(0, min(255, round(part))):02X}" for part in shifted)

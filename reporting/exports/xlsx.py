"""The workbook: a `BoardReport` as Excel, one row for each action. The same report gives the same bytes.

Words that people typed are stored as text, never as formulas; what is longer than a cell can hold goes on in a sheet
of its own, and the cell says so. Dates are dates. A rating is its word; its colour is extra.
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

from reporting.domain.board_report import ActionLine, BoardReport
from reporting.exports import words
from reporting.exports.palette import COLOURS, HOUSE_COLOUR

LONGEST_CELL = 32_767  # Excel's own limit of a cell
PIECE = 32_000
A4 = 9
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
ESCAPED_LOOK = re.compile("_(x[0-9A-Fa-f]{4}_)")
SHEET_FORBIDS = re.compile(r"[\\/*?:\[\]]")
MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
OLDEST_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
PROGRESS = "Progress this quarter"  # the last column of the plan that is printed; the rest is for the screen
LINE, TALLEST = 13.5, 400.0  # points
DATE_FORMAT = "d mmm yyyy"
THIN = Side(style="thin", color="B1B4B6")

SUMMARY_WIDTHS = (46, 12, 12, 12, 12, 12, 12, 12, 12, 12)
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
    """A workbook being written: shared styles, made once, and the words too long for a cell."""

    report: BoardReport
    workbook: Workbook = field(default_factory=Workbook)
    styles: dict[str, Any] = field(default_factory=dict)
    long_words: list[tuple[str, str]] = field(default_factory=list)

    def sheet(self, name: str) -> Worksheet:
        """Return a new sheet, set up to print on landscape A4 with the marking at its head and foot."""
        sheet = self.workbook.create_sheet(sheet_name(name, self.workbook.sheetnames))
        sheet.page_setup.paperSize = A4
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.page_margins.left = sheet.page_margins.right = 0.4
        sheet.sheet_view.showGridLines = False
        marking = self.report.control.marking + (" - DRAFT" if self.report.control.is_draft else "")
        for part in (sheet.oddHeader, sheet.oddFooter):
            part.center.text = marking
            part.center.font, part.center.size = "Arial,Bold", 10
        sheet.oddFooter.left.text = f"Report {self.report.control.number}, {self.report.control.version}"
        sheet.oddFooter.right.text = "Page &P of &N"
        return sheet

    def style(self, name: str) -> Any:
        """Return a style by name, made once: "text", "date", "number", "label", "title", "head", or a rating code."""
        if name not in self.styles:
            cell = self.workbook["Scratch"].cell(row=1, column=len(self.styles) + 1)
            _dress(cell, name)
            self.styles[name] = copy(cell._style)
        return self.styles[name]

    def write(self, cell: Cell, value: Value, style: str) -> None:
        """Put a value in a cell: text as text whatever it begins with, dates and numbers as what they are."""
        if isinstance(value, str):
            cell.value = self._fitting(excel_text(value), f"{cell.parent.title}, {cell.coordinate}")
            cell.data_type = "s"
        elif value is not None:
            cell.value = value
        cell._style = copy(self.style(style))

    def _fitting(self, text: str, place: str) -> str:
        if len(text) <= LONGEST_CELL:
            return text
        pieces = [text[start : start + PIECE] for start in range(0, len(text), PIECE)]
        self.long_words += [(f"{place}, part {number}", piece) for number, piece in enumerate(pieces, start=1)]
        return f"{pieces[0]}\n[Too long for one cell: all of it is on the sheet Long texts.]"


def write_xlsx(report: BoardReport) -> bytes:
    """Return the report as a workbook: summary, plan, exceptions, changes, returns, key."""
    book = Book(report)
    book.workbook.active.title = "Scratch"
    _summary(book)
    _table(book, "Plan", plan_columns(report), report.actions, "No actions in the plan yet.")
    _table(book, "Exceptions", exception_columns(report), report.exceptions, "There are no exceptions this quarter.")
    _table(book, "Changes", CHANGE_COLUMNS, report.changes, _no_changes(report))
    _table(book, "Returns", RETURN_COLUMNS, report.returns, "No returns were asked for this quarter.")
    _table(book, "RAG key", KEY_COLUMNS, report.key, "")
    if book.long_words:
        _table(book, "Long texts", LONG_COLUMNS, book.long_words, "")
    del book.workbook["Scratch"]
    _properties(book)
    written = io.BytesIO()
    book.workbook.save(written)
    return same_every_time(written.getvalue(), _made_on(report))


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


# --- Columns ------------------------------------------------------------------------------------------------------


def plan_columns(report: BoardReport) -> list[Column]:
    """Return the columns of the plan sheet: the council's own headings for what it prints, then everything else."""
    own = {column.field: column.heading for column in report.columns}
    depth = max((len(action.heading_path) for action in report.actions), default=0)
    labels = {heading.level: heading.level_label for heading in reversed(report.headings)}
    headings = [Column(labels.get(level + 1, "Heading"), 22, _part_of_path(level)) for level in range(depth)]
    extra = dict.fromkeys(name for action in report.actions for name in action.extra)
    return [
        Column(own.get("ref", "Ref"), 7, lambda a: a.ref),
        *headings,
        Column(own.get("text", "Action"), 44, lambda a: a.text),
        Column(own.get("owner_text", "Owner"), 24, lambda a: a.owner),
        Column(own.get("timescale_text", "Timescale"), 15, lambda a: a.timescale),
        Column("Due", 12, lambda a: a.due_on),
        Column("RAG last quarter", 11, lambda a: report.word(a.previous_rating)),
        Column(own.get("rating", "RAG"), 11, lambda a: report.word(a.rating), is_rating=True),
        Column(PROGRESS, 44, lambda a: a.progress),
        Column("Status", 15, lambda a: a.state_words),
        Column("Accountable partner", 24, lambda a: a.partner),
        Column("Start", 12, lambda a: a.start_on),
        Column("Originally due", 13, lambda a: a.original_due),
        Column("Forecast", 12, lambda a: a.forecast_due),
        Column("Times re-dated", 9, lambda a: a.times_redated),
        Column("Overdue", 9, lambda a: _yes(a.is_overdue)),
        Column("Updated", 9, lambda a: _yes(a.is_updated)),
        Column("Suggested RAG", 12, lambda a: "" if a.withheld else report.word(a.suggested)),
        Column("Reason to differ", 26, lambda a: a.override_reason),
        Column("Issue", 30, lambda a: a.issue),
        Column("Impact", 24, lambda a: a.impact),
        Column("Recovery action", 30, lambda a: a.recovery),
        Column("Ask of the board", 30, lambda a: a.ask),
        Column("Completed on", 12, lambda a: a.completed_on),
        Column("Evidence", 26, lambda a: a.evidence_note),
        Column(own.get("measure", "Success measure"), 26, lambda a: a.measure),
        *(Column(own.get(name, own.get(f"extra:{name}", name)), 22, _extra(name)) for name in extra),
        Column("Marking", 12, lambda a: a.marking),
        Column("Id", 14, lambda a: a.id),
    ]


def exception_columns(report: BoardReport) -> list[Column]:
    """Return the columns of the exceptions sheet."""
    return [
        Column("Ref", 7, lambda a: a.ref),
        Column("Action", 38, lambda a: a.text),
        Column("Owner", 20, lambda a: a.owner),
        Column("Why", 16, lambda a: ", ".join(a.reasons)),
        Column("RAG last quarter", 12, lambda a: report.word(a.previous_rating)),
        Column("RAG", 12, lambda a: report.word(a.rating), is_rating=True),
        Column("Due", 12, lambda a: a.due_on),
        Column("Originally due", 13, lambda a: a.original_due),
        Column("Forecast", 12, lambda a: a.forecast_due),
        Column("Issue", 28, lambda a: a.issue or (words.silence_words(a) if a.is_not_updated else "")),
        Column("Impact", 20, lambda a: a.impact),
        Column("Recovery action", 26, lambda a: a.recovery),
        Column("Ask of the board", 26, lambda a: a.ask),
    ]


def _part_of_path(level: int) -> Callable[[ActionLine], str]:
    return lambda action: action.heading_path[level] if level < len(action.heading_path) else ""


def _extra(name: str) -> Callable[[ActionLine], str]:
    return lambda action: action.extra.get(name, "")


def _yes(true: bool) -> str:
    return "Yes" if true else "No"


CHANGE_COLUMNS = [
    Column("Ref", 7, lambda c: c.ref),
    Column("Action", 52, lambda c: c.action),
    Column("What changed", 16, lambda c: c.what),
    Column("Was", 34, lambda c: c.before),
    Column("Now", 34, lambda c: c.after),
]
RETURN_COLUMNS = [
    Column("Partner", 34, lambda r: r.partner),
    Column("Actions updated", 10, lambda r: r.done),
    Column("Actions", 10, lambda r: r.total),
    Column("Return", 22, lambda r: r.state),
    Column("Signed off by", 34, lambda r: r.signed_as or words.NOBODY),
    Column("Signed off on", 14, lambda r: r.signed_on),
    Column("Statement", 60, lambda r: r.statement),
]
KEY_COLUMNS = [
    Column("RAG", 14, lambda k: k.word, is_rating=True),
    Column("Label", 18, lambda k: k.label),
    Column("What it means", 80, lambda k: k.wording),
]
LONG_COLUMNS = [
    Column("Where", 30, lambda piece: piece[0]),
    Column("Words", 120, lambda piece: piece[1]),
]

# --- Sheets -------------------------------------------------------------------------------------------------------


def _table(book: Book, name: str, columns: Sequence[Column], rows: Sequence[Any], empty: str) -> None:
    """Write a sheet that is one Excel table from A1: frozen heading, filters, print titles, one row for each row."""
    sheet = book.sheet(name)
    for number, (column, heading) in enumerate(zip(columns, distinct_headings(columns), strict=True), start=1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
        book.write(sheet.cell(row=1, column=number), heading, "head")
    for line, row in enumerate(rows, start=2):
        values = [column.value(row) for column in columns]
        for number, (column, value) in enumerate(zip(columns, values, strict=True), start=1):
            book.write(sheet.cell(row=line, column=number), value, _style_of(column, row, value))
        sheet.row_dimensions[line].height = height_of(values, [column.width for column in columns])
    sheet.row_dimensions[1].height = 2 * LINE + 4
    printed = [column.heading for column in columns]
    if PROGRESS in printed:
        sheet.print_area = f"A1:{get_column_letter(printed.index(PROGRESS) + 1)}{len(rows) + 1}"
    sheet.freeze_panes = "B2" if len(columns) > 3 else "A2"
    sheet.print_title_rows = "1:1"
    if rows:
        table = Table(
            displayName=f"{name.replace(' ', '')}Table", ref=f"A1:{get_column_letter(len(columns))}{len(rows) + 1}"
        )
        table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
        sheet.add_table(table)
    else:
        book.write(sheet.cell(row=2, column=1), empty, "line")


def height_of(values: Sequence[Value], widths: Sequence[float]) -> float:
    """Return the height in points that shows all of the words, as far as Excel lets a row grow."""
    lines = [
        sum(max(1, -(-len(part) // max(1, int(width)))) for part in value.split("\n"))
        for value, width in zip(values, widths, strict=True)
        if isinstance(value, str)
    ]
    return min(TALLEST, LINE * max(lines, default=1) + 3)


def _style_of(column: Column, row: Any, value: Value) -> str:
    if column.is_rating and value:
        return str(getattr(row, "rating", "") or row.code)
    if isinstance(value, datetime.date):
        return "date"
    return "number" if isinstance(value, int) else "text"


def _summary(book: Book) -> None:
    """Write the summary sheet: control block, figures, counts by rating, heading, partner and quarter, narrative."""
    report, sheet = book.report, book.sheet("Summary")
    for letter, width in zip("ABCDEFGHIJ", SUMMARY_WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    rows: list[tuple[str, Sequence[Value]]] = [
        ("title", [report.control.title]),
        ("line", [report.control.council]),
        ("", []),
    ]
    rows += [("pair", [label, value]) for label, value in words.control_rows(report)]
    rows += [("", []), ("section", ["Figures"]), ("heads", ["Actions", "Now", "Out of", "Last quarter", "Out of"])]
    rows += [("row", [f.label, f.now.count, f.now.out_of, *_before(f)]) for f in report.figures]
    rows += [
        ("", []),
        ("section", ["Actions by RAG rating"]),
        ("heads", ["RAG", "Now", "Out of", "Last quarter", "Out of"]),
    ]
    rows += [(f"rag:{r.key.code}", [r.key.word, r.now.count, r.now.out_of, *_before(r)]) for r in report.ratings]
    key_words = [line.word for line in report.key]
    for title, lines in ((report.heading_word, report.by_heading), ("Partner", report.by_partner)):
        rows += [
            ("", []),
            ("section", [f"By {title.lower()}"]),
            ("heads", [title, *key_words, "Overdue", "Not updated", "All"]),
        ]
        rows += [
            ("row", [c.label, *(c.counts[k.code] for k in report.key), c.overdue, c.not_updated, c.total])
            for c in lines
        ]
    rows += [("", []), ("section", ["The last four quarters"]), ("heads", ["Quarter", *key_words, "All"])]
    rows += [("row", [q.name, *(q.counts[k.code] for k in report.key), q.total]) for q in report.trend]
    rows += [("", []), ("section", ["Narrative"])]
    for label, text in _narrative(report):
        rows += [("pair", ["" if number else label, line]) for number, line in enumerate(words.lines_of(text))]
    if not report.control.is_draft:
        rows += [("", []), ("pair", ["Fingerprint of the content", report.fingerprint])]
    for line, (kind, values) in enumerate(rows, start=1):
        _summary_row(book, sheet, line, kind, values)
    sheet.print_area = f"A1:J{len(rows)}"


def _summary_row(book: Book, sheet: Worksheet, line: int, kind: str, values: Sequence[Value]) -> None:
    styles = {"title": "title", "section": "section", "heads": "head", "line": "line"}
    for number, value in enumerate(values, start=1):
        style = styles.get(kind) or ("label" if number == 1 else "number" if isinstance(value, int) else "line")
        if kind.startswith("rag:") and number == 1:
            style = kind.removeprefix("rag:")
        if style == "head" and number > 1:
            style = "number head"
        book.write(sheet.cell(row=line, column=number), value, style)
    if kind in ("row", "pair"):
        sheet.row_dimensions[line].height = height_of(values[:1], SUMMARY_WIDTHS[:1])
    elif kind == "title":
        sheet.row_dimensions[line].height = 24


def _before(line: Any) -> list[Value]:
    return [line.before.count, line.before.out_of] if line.before else [None, None]


def _narrative(report: BoardReport) -> list[tuple[str, str]]:
    said = report.narrative
    return [
        ("Recommendation", said.recommendation),
        ("Overall position", said.position_summary),
        ("Achievements", said.achievements),
        ("Concerns", said.concerns),
        ("Decisions sought", said.decisions_sought),
        ("Forward look", said.forward_look),
    ]


def _no_changes(report: BoardReport) -> str:
    if not report.has_previous:
        return "This is the first quarter that was locked here, so there is nothing to compare with."
    return "Nothing has changed since the last report."


# --- Looks --------------------------------------------------------------------------------------------------------


def _dress(cell: Cell, name: str) -> None:
    cell.font = Font(name="Arial", size=10)
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    if name in ("text", "date", "number", *COLOURS):
        cell.border = Border(bottom=THIN)
    if name in COLOURS:
        fill, ink = COLOURS[name]
        cell.fill = PatternFill("solid", start_color=fill)
        cell.font = Font(name="Arial", size=10, bold=True, color=ink)
    elif name == "date":
        cell.number_format = DATE_FORMAT
        cell.alignment = Alignment(vertical="top", horizontal="left")
    elif name in ("head", "number head"):
        cell.font = Font(name="Arial", size=10, bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", start_color=HOUSE_COLOUR)
        side = "right" if name == "number head" else "left"
        cell.alignment = Alignment(horizontal=side, vertical="center", wrap_text=True)
    elif name in ("title", "section", "label"):
        cell.font = Font(name="Arial", size={"title": 16, "section": 12}.get(name, 10), bold=True)
        cell.alignment = Alignment(vertical="top", wrap_text=name == "label")
    elif name == "line":
        cell.alignment = Alignment(vertical="top")


def _properties(book: Book) -> None:
    control, properties = book.report.control, book.workbook.properties
    properties.title = excel_text(control.title)
    properties.creator = excel_text(f"{control.council}, {control.author_role}".strip(", "))
    properties.subject = excel_text(control.quarter)
    properties.category = control.marking
    properties.language = "en-GB"
    properties.created = properties.modified = _made_on(book.report)


def _made_on(report: BoardReport) -> datetime.datetime:
    control = report.control
    if control.issued_at:
        return control.issued_at.astimezone(datetime.UTC).replace(tzinfo=None, microsecond=0)
    return datetime.datetime.combine(control.position_as_at, datetime.time())


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

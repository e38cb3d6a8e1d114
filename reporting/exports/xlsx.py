"""The workbook: a `BoardReport` as Excel, one row for each action. The same report gives the same bytes.

Words that people typed are stored as text, never as formulas; what is longer than a cell can hold goes on in a sheet
of its own, and the cell says so. Dates are dates. A rating is its word; its colour is extra.
"""

import datetime
from collections.abc import Callable, Sequence
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from plans.columns import own_field
from reporting.domain.board_report import ActionLine, BoardReport, HeadingLine
from reporting.domain.figures import common_word
from reporting.exports import words
from reporting.exports.workbook import Book, Column, Value, excel_text, height_of

PROGRESS = "Progress this quarter"  # the last column of the plan that is printed; the rest is for the screen
SUMMARY_WIDTHS = (46,) + (13,) * 9
LAST = get_column_letter(len(SUMMARY_WIDTHS))
WIDE_LINE = sum(SUMMARY_WIDTHS[1:])


def write_xlsx(report: BoardReport) -> bytes:
    """Return the report as a workbook: summary, plan, exceptions, changes, returns, key."""
    control = report.control
    book = Book(
        marking=control.marking + (" - DRAFT" if control.is_draft else ""),
        reference=f"Report {control.number}, {control.version}",
    )
    _summary(book, report)
    book.table("Plan", plan_columns(report), report.actions, "No actions in the plan yet.", last_printed=PROGRESS)
    book.table("Exceptions", exception_columns(report), report.exceptions, "There are no exceptions this quarter.")
    book.table("Changes", CHANGE_COLUMNS, report.changes, _no_changes(report))
    book.table("Returns", RETURN_COLUMNS, report.returns, "No returns were asked for this quarter.")
    book.table("RAG key", KEY_COLUMNS, report.key, "")
    _properties(book, report)
    return book.finish(_made_on(report))


# --- Columns ------------------------------------------------------------------------------------------------------


def plan_columns(report: BoardReport) -> list[Column]:
    """Return the columns of the plan sheet: the council's own headings for what it prints, then everything else."""
    own = {column.field: column.heading for column in report.columns}
    extra = dict.fromkeys(name for action in report.actions for name in action.extra)
    return [
        Column(own.get("ref", "Ref"), 7, lambda a: a.ref),
        *_heading_columns(report),
        Column(own.get("text", "Action"), 44, lambda a: a.text),
        Column(own.get("owner_text", "Owner"), 24, lambda a: a.owner),
        Column(own.get("timescale_text", "Timescale"), 15, lambda a: a.timescale),
        Column("Due", 13, lambda a: a.due_on),
        Column("RAG last quarter", 12, lambda a: report.word(a.previous_rating)),
        Column(own.get("rating", "RAG"), 12, lambda a: report.word(a.rating) if a.counts else "", is_rating=True),
        Column(PROGRESS, 44, lambda a: a.progress),
        Column("Status", 15, lambda a: a.state_words),
        Column("Accountable partner", 24, lambda a: a.partner),
        Column("Start", 13, lambda a: a.start_on),
        Column("Originally due", 13, lambda a: a.original_due),
        Column("Forecast", 13, lambda a: a.forecast_due),
        Column("Times re-dated", 11, lambda a: a.times_redated),
        Column("Overdue", 11, lambda a: _yes(a.is_overdue)),
        Column("Updated", 11, lambda a: _yes(a.is_updated)),
        Column("Suggested RAG", 13, lambda a: "" if a.withheld else report.word(a.suggested)),
        Column("Reason to differ", 26, lambda a: a.override_reason),
        Column("Issue", 30, lambda a: a.issue),
        Column("Impact", 24, lambda a: a.impact),
        Column("Recovery action", 30, lambda a: a.recovery),
        Column("Ask of the board", 30, lambda a: a.ask),
        Column("Completed on", 13, lambda a: a.completed_on),
        Column("Evidence", 26, lambda a: a.evidence_note),
        Column(own.get("measure", "Success measure"), 26, lambda a: a.measure),
        *(Column(own.get(own_field(name), name), 22, _extra(name)) for name in extra),
        Column("Marking", 14, lambda a: a.marking),
        Column("Id", 17, lambda a: a.id),
    ]


def exception_columns(report: BoardReport) -> list[Column]:
    """Return the columns of the exceptions sheet."""
    return [
        Column("Ref", 7, lambda a: a.ref),
        Column("Action", 36, lambda a: a.text),
        Column("Owner", 20, lambda a: a.owner),
        Column("Why", 14, lambda a: ", ".join(a.reasons)),
        Column("RAG last quarter", 12, lambda a: report.word(a.previous_rating)),
        Column("RAG", 12, lambda a: report.word(a.rating), is_rating=True),
        Column("Due", 13, lambda a: a.due_on),
        Column("Originally due", 13, lambda a: a.original_due),
        Column("Forecast", 13, lambda a: a.forecast_due),
        Column("Issue", 26, lambda a: a.issue or (words.silence_words(a) if a.is_not_updated else "")),
        Column("Impact", 20, lambda a: a.impact),
        Column("Recovery action", 25, lambda a: a.recovery),
        Column("Ask of the board", 25, lambda a: a.ask),
    ]


def heading_paths(headings: Sequence[HeadingLine]) -> dict[str, tuple[HeadingLine, ...]]:
    """Return the headings over and with each heading, outermost first, from headings in reading order."""
    paths: dict[str, tuple[HeadingLine, ...]] = {}
    path: list[HeadingLine] = []
    for heading in headings:
        path = [each for each in path if each.level < heading.level] + [heading]
        paths[heading.id] = tuple(path)
    return paths


def _heading_columns(report: BoardReport) -> list[Column]:
    """Return a column for each depth of heading that holds actions, under the word that the council prints for it."""
    paths = heading_paths(report.headings)
    used = [paths[id] for id in dict.fromkeys(a.heading_id for a in report.actions) if id in paths]
    columns = []
    for place in range(max(map(len, used), default=0)):
        at_place = [path[place] for path in used if place < len(path)]
        word = common_word(at_place, otherwise="Sub-heading" if place else "Heading")
        columns.append(Column(word, 28, _part_of_path(paths, place)))
    return columns


def _part_of_path(paths: dict[str, tuple[HeadingLine, ...]], place: int) -> Callable[[ActionLine], str]:
    return lambda action: "".join(map(str, paths.get(action.heading_id, ())[place : place + 1]))


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
    Column("Actions updated", 12, lambda r: r.done),
    Column("Actions", 11, lambda r: r.total),
    Column("Return", 22, lambda r: r.state),
    Column("Signed off by", 34, lambda r: r.signed_as or words.NOBODY),
    Column("Signed off on", 15, lambda r: r.signed_on),
    Column("Statement", 54, lambda r: r.statement),
]
KEY_COLUMNS = [
    Column("RAG", 14, lambda k: k.word, is_rating=True),
    Column("Label", 18, lambda k: k.label),
    Column("What it means", 80, lambda k: k.wording),
]

# --- The summary sheet ---------------------------------------------------------------------------------------------


def _summary(book: Book, report: BoardReport) -> None:
    """Write the summary sheet: control block, figures, counts by rating, heading, partner and quarter, narrative."""
    sheet = book.sheet("Summary")
    for number, width in enumerate(SUMMARY_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
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
    for title, lines in ((report.heading_word, report.by_heading), ("Accountable partner", report.by_partner)):
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
    sheet.print_area = f"A1:{LAST}{len(rows)}"


STYLES = {"title": "title", "section": "section", "heads": "number head", "line": "line"}


def _summary_row(book: Book, sheet: Worksheet, line: int, kind: str, values: Sequence[Value]) -> None:
    """Write a row: "pair" is a label and words over the rest of the page, "rag:red" begins with a rating's colour."""
    for number, value in enumerate(values, start=1):
        style = STYLES.get(kind) or ("number" if isinstance(value, int) or value is None else "text")
        if number == 1 and kind not in STYLES:
            style = kind.removeprefix("rag:") if kind.startswith("rag:") else "label"
        elif number == 1 and kind == "heads":
            style = "head"
        book.write(sheet.cell(row=line, column=number), value, style)
    if kind == "pair":
        sheet.merge_cells(f"B{line}:{LAST}{line}")
        sheet.row_dimensions[line].height = height_of(values, (SUMMARY_WIDTHS[0], WIDE_LINE))
    elif kind in ("row", "heads"):
        sheet.row_dimensions[line].height = height_of(values, SUMMARY_WIDTHS[: len(values)])
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


def _properties(book: Book, report: BoardReport) -> None:
    control, properties = report.control, book.workbook.properties
    properties.title = excel_text(control.title)
    properties.creator = excel_text(f"{control.council}, {control.author_role}".strip(", "))
    properties.subject = excel_text(control.quarter)
    properties.category = control.marking
    properties.language = "en-GB"


def _made_on(report: BoardReport) -> datetime.datetime:
    control = report.control
    if control.issued_at:
        return control.issued_at.astimezone(datetime.UTC).replace(tzinfo=None, microsecond=0)
    return datetime.datetime.combine(control.position_as_at, datetime.time())

"""The plan as an Excel workbook: its own columns, labels and every word. It imports back to the same plan.

Every cell is text and none is a formula, whatever the words begin with. The sheet "About" says what each column holds;
`actions.importing.own_workbook` reads by it.
"""

import datetime
import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from actions.domain.plan_rows import HeadingRow, PlanRow
from actions.enums import ActionState, Rating
from actions.importing.own_workbook import FORM, LEVEL_LABEL, MARK, NOT_PRINTED, STATUS
from plans.columns import is_own, own_field, own_name

LONGEST_CELL = 32_767  # Excel's own limit
CUT = " [The rest of these words is in the tracker: a cell of Excel holds no more.]"
MADE_BY_HEADINGS = ("objective", "heading")
NEVER_FILLED = ("update_text", "last_update")
WIDTHS = {"ref": 8, "text": 60, "owner_text": 32, "timescale_text": 22, "rating": 12, "measure": 36, "state": 24}
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
COLOURS = {Rating.COMPLETE: "Blue", Rating.ON_TRACK: "Green", Rating.AT_RISK: "Amber", Rating.OFF_TRACK: "Red",
           Rating.NOT_STARTED: "Not started", Rating.NOT_RATED: ""}  # fmt: skip
EPOCH = datetime.datetime(2000, 1, 1)  # noqa: DTZ001 - the date inside the file, the same in every copy

TEMPLATE_COLUMNS = [
    {"field": "ref", "heading": "Ref"},
    {"field": "text", "heading": "Action"},
    {"field": "owner_text", "heading": "Owner"},
    {"field": "timescale_text", "heading": "Timescale"},
    {"field": "measure", "heading": "Success measure"},
    {"field": "rating", "heading": "RAG"},
    {"field": own_field("Progress"), "heading": "Progress"},
]
TEMPLATE_HELP = (
    "One row for each action. Only the action itself is needed: leave anything else blank.",
    "Write the priority and objective of an action beside it. Left blank, they are those of the row above.",
    "A priority without actions has a row of its own, with nothing in the Action column.",
    "Owners: the words that your plan uses. Several owners are separated by commas or by lines.",
    "Timescale: the words that your plan uses, such as March 2027, Ongoing, or Sept 2026 to March 2027.",
    "RAG: Blue, Green, Amber, Red or Not started. Leave it blank where nobody has rated the action.",
    "You may add columns, leave columns out, and change the names of Priority and Objective on the sheet About.",
    "Never write about a person of concern: no names, referrals or cases.",
)


@dataclass(frozen=True)
class PlanBook:
    """A whole plan to be written. `levels` and `columns` are the plan's own; `key` says what each rating means here."""

    title: str
    levels: Sequence[Mapping[str, str]]
    columns: Sequence[Mapping[str, str]]
    period_text: str = ""
    starts_on: datetime.date | None = None
    ends_on: datetime.date | None = None
    marking: str = "OFFICIAL"
    reference: str = ""
    exported: str = ""
    headings: Sequence[HeadingRow] = ()
    rows: Sequence[PlanRow] = ()
    key: Sequence[tuple[str, str]] = ()
    help: Sequence[str] = field(default_factory=tuple)


def write_plan(plan: PlanBook) -> bytes:
    """Return the plan as the bytes of a workbook. The same plan gives the same bytes."""
    book = Workbook()
    book.properties.title = clean(plan.title) or "Prevent plan"
    book.properties.language = "en-GB"
    book.properties.creator = "Prevent plan tracker"
    book.properties.created = book.properties.modified = EPOCH
    columns = sheet_columns(plan)
    _write_rows(book.active, plan, columns)
    if plan.help:
        _write_lines(book.create_sheet("How to fill this in"), plan.help)
    _write_about(book.create_sheet("About"), plan, columns)
    written = io.BytesIO()
    book.save(written)
    return _dateless(written.getvalue())


def write_template() -> bytes:
    """Return the clean workbook that a council may fill in."""
    levels = [{"label": "Priority", "plural": "Priorities"}, {"label": "Objective", "plural": "Objectives"}]
    return write_plan(PlanBook("", levels, TEMPLATE_COLUMNS, help=TEMPLATE_HELP))


def sheet_columns(plan: PlanBook) -> list[dict[str, str]]:
    """Return the columns of the sheet: the levels, the plan's own, then whatever else holds words."""
    depth = max([len(plan.levels), *(len(heading.path) for heading in plan.headings)])
    levels = [
        {"field": f"level:{at}", "heading": plan.levels[at - 1]["label"] if at <= len(plan.levels) else f"Heading {at}"}
        for at in range(1, depth + 1)
    ]
    own = [column for column in plan.columns if column["field"] not in MADE_BY_HEADINGS and not _is_rag_words(column)]
    printed = {column["field"] for column in own}
    return levels + own + [column for column in _others(plan) if column["field"] not in printed]


def _others(plan: PlanBook) -> Iterable[dict[str, str]]:
    """What a row may hold beside the plan's own columns; the three that every plan has, the rest only where used."""
    used = {
        "ref": True,
        "text": True,
        "owner_text": True,
        "timescale_text": True,
        "measure": any(row.measure for row in plan.rows),
        "rating": any(row.rating != Rating.NOT_RATED or row.extra.get("RAG") for row in plan.rows),
        "state": any(row.state != ActionState.AGREED for row in plan.rows),
        "level_label": any(heading.level_label for heading in plan.headings),
    }
    headings = {
        "ref": "Ref", "text": "Action", "owner_text": "Owner", "timescale_text": "Timescale",
        "measure": "Success measure", "rating": "RAG", "state": STATUS, "level_label": LEVEL_LABEL,
    }  # fmt: skip
    for name in dict.fromkeys(name for row in plan.rows for name in row.extra):
        if name != "RAG":
            yield {"field": own_field(name), "heading": name}
    yield from ({"field": name, "heading": headings[name]} for name, is_used in used.items() if is_used)


def _is_rag_words(column: Mapping[str, str]) -> bool:
    return column["field"] == own_field("RAG")  # its words stand in the column of the rating


# --- The sheet of the plan -------------------------------------------------------------------------------------------


def _write_rows(sheet: Worksheet, plan: PlanBook, columns: Sequence[Mapping[str, str]]) -> None:
    sheet.title = "Plan"
    for at, column in enumerate(columns, 1):
        _put(sheet.cell(1, at), column["heading"], bold=True)
        name = column["field"]
        sheet.column_dimensions[get_column_letter(at)].width = WIDTHS.get(name, 28)
    at = 2
    for row in lines_of(plan):
        for place, column in enumerate(columns, 1):
            _put(sheet.cell(at, place), words_of(row, column["field"]), bold=isinstance(row, HeadingRow))
        at += 1
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage = 0, True
    sheet.oddHeader.center.text = sheet.oddFooter.center.text = plan.marking.replace("&", "&&")
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{max(at - 1, 1)}"


def lines_of(plan: PlanBook) -> list[HeadingRow | PlanRow]:
    """Return headings and actions in printed order: first the plan's own actions, then each heading with its own."""
    under: dict[tuple[str, ...], list[PlanRow]] = {}
    known = {heading.path for heading in plan.headings}
    for row in plan.rows:
        under.setdefault(row.path if row.path in known else (), []).append(row)
    lines: list[HeadingRow | PlanRow] = list(under.get((), []))
    for heading in plan.headings:
        lines += [heading, *under.pop(heading.path, [])]
    return lines


def words_of(row: HeadingRow | PlanRow, name: str) -> str:
    """Return what a column says of a heading or an action."""
    if name.startswith("level:"):
        at = int(name[6:]) - 1
        return row.path[at] if at < len(row.path) else ""
    if isinstance(row, HeadingRow):
        return {"ref": row.ref, "level_label": row.level_label}.get(name, "")
    if is_own(name):
        return row.extra.get(own_name(name), "")
    if name == "rating":
        return row.extra.get("RAG") or COLOURS[Rating(row.rating)]
    if name == "state":
        label = ActionState(row.state).label
        return f"{label}: {row.closed_reason}" if row.closed_reason else label
    if name == "due_on":
        return row.reading.get("due_on", "")
    return "" if name in (*NEVER_FILLED, "level_label") else str(getattr(row, name, ""))


# --- The other sheets ------------------------------------------------------------------------------------------------


def _write_about(sheet: Worksheet, plan: PlanBook, columns: Sequence[Mapping[str, str]]) -> None:
    lines = [
        (MARK, FORM, "Leave this sheet in the workbook: it says what each column of the plan holds."),
        ("Title", plan.title, ""),
        ("Period", plan.period_text, ""),
        ("Starts", plan.starts_on.isoformat() if plan.starts_on else "", "Year, month and day, such as 2026-04-01"),
        ("Ends", plan.ends_on.isoformat() if plan.ends_on else "", ""),
        ("Export reference", plan.reference, ""),
        ("Exported", plan.exported, ""),
        ("Protective marking", plan.marking, ""),
        *(
            (f"Level {at}", level["label"], level.get("plural", ""), "" if level.get("printed", True) else NOT_PRINTED)
            for at, level in enumerate(plan.levels, 1)
        ),
        *((f"Plan column {at}", c["heading"], c["field"]) for at, c in enumerate(plan.columns, 1)),
        *((f"Sheet column {at}", c["heading"], c["field"]) for at, c in enumerate(columns, 1)),
        *((f"RAG key: {word}", meaning, "") for word, meaning in plan.key),
    ]
    for at, line in enumerate(lines, 1):
        for place, words in enumerate(line, 1):
            _put(sheet.cell(at, place), words, bold=place == 1)
    for letter, width in (("A", 32), ("B", 60), ("C", 40)):
        sheet.column_dimensions[letter].width = width


def _write_lines(sheet: Worksheet, lines: Iterable[str]) -> None:
    sheet.column_dimensions["A"].width = 110
    for at, words in enumerate(lines, 1):
        _put(sheet.cell(at, 1), words)


def _put(cell: Cell, words: str, *, bold: bool = False) -> None:
    """Write words as text, never as a formula, number or date."""
    words = clean(words)
    if not words:
        return
    cell.value = words if len(words) <= LONGEST_CELL else words[: LONGEST_CELL - len(CUT)] + CUT
    cell.data_type = "s"
    cell.number_format = "@"
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if words[:1] in "=+-@\t":
        cell.quotePrefix = True
    if bold:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="F3F4F5")


def clean(words: str) -> str:
    """Return words without the characters that a workbook cannot hold."""
    return UNPRINTABLE.sub("", words.replace("\r\n", "\n").replace("\r", "\n"))


def _dateless(book: bytes) -> bytes:
    """Return the workbook packed again with fixed dates, so that the same plan gives the same bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2000-01-01T00:00:00Z", content)
            info = zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, content)
    return packed.getvalue()

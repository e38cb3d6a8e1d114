"""The full plan as the council prints it: its own columns in its own order, its headings as group rows."""

from collections.abc import Iterator
from dataclasses import dataclass

from plans.columns import own_name
from reporting.domain.board_report import ActionLine, BoardReport, Column, HeadingLine
from reporting.exports.words import date_lines, tidy

# Added after the council's own columns where it prints none of the kind: a board paper says them of every action.
ALWAYS = (Column("rating", "RAG"), Column("update_text", "Progress this quarter"))
SAID_BY_GROUP_ROWS = ("objective", "heading")
WEIGHTS = {
    "ref": 4, "text": 26, "owner_text": 15, "timescale_text": 11, "rating": 8, "update_text": 26, "measure": 13,
    "state": 8, "due_on": 9,
}  # fmt: skip
OTHER_WEIGHT = 12


@dataclass(frozen=True)
class PlanColumn:
    """A column of the printed plan and its width in per cent of the table."""

    field: str
    heading: str
    width: float


@dataclass(frozen=True)
class PlanRow:
    """A row of the printed plan: a heading over the actions below it, or an action with its cells."""

    heading: str = ""
    level: int = 0
    cells: tuple[tuple[str, str], ...] = ()  # words and field
    rating: str = ""
    is_closed: bool = False


def plan_columns(report: BoardReport) -> list[PlanColumn]:
    """Return the columns with widths that fill the page, whatever the council's own columns are."""
    own = [column for column in report.columns if column.field not in SAID_BY_GROUP_ROWS]
    printed = {column.field for column in own}
    columns = own + [column for column in ALWAYS if column.field not in printed]
    weights = [WEIGHTS.get(column.field, OTHER_WEIGHT) for column in columns]
    return [
        PlanColumn(column.field, column.heading, round(100 * weight / sum(weights), 2))
        for column, weight in zip(columns, weights, strict=True)
    ]


def plan_rows(report: BoardReport, columns: list[PlanColumn]) -> Iterator[PlanRow]:
    """Yield every action in printed order under its heading; headings without actions are printed too."""
    under: dict[str, list[ActionLine]] = {}
    known = {heading.id for heading in report.headings}
    for action in report.actions:
        under.setdefault(action.heading_id if action.heading_id in known else "", []).append(action)
    yield from _rows(report, columns, under.get("", []))
    for heading in report.headings:
        yield PlanRow(heading=str(heading), level=_level(heading))
        yield from _rows(report, columns, under.get(heading.id, []))


def cell_words(report: BoardReport, action: ActionLine, field: str) -> str:
    """Return what a column says of an action; a field that we do not know is one of the council's own."""
    if field == "text":
        return f"{action.text}\n({action.state_words})" if not action.counts else action.text
    if field == "timescale_text":
        return action.timescale or ("" if action.withheld else "\n".join(date_lines(action)))
    plain = {
        "ref": action.ref,
        "owner_text": action.owner,
        "rating": report.word(action.rating) if action.counts else "",
        "update_text": action.progress,
        "measure": action.measure,
        "state": action.state_words,
        "due_on": "\n".join(date_lines(action)),
    }
    return plain[field] if field in plain else action.extra.get(own_name(field), "")


def _rows(report: BoardReport, columns: list[PlanColumn], actions: list[ActionLine]) -> Iterator[PlanRow]:
    for action in actions:
        cells = tuple((tidy(cell_words(report, action, column.field)), column.field) for column in columns)
        yield PlanRow(cells=cells, rating=action.rating if action.counts else "", is_closed=not action.counts)


def _level(heading: HeadingLine) -> int:
    return min(max(heading.level, 1), 4)

"""The tracker's own workbook (an export or the template): read by its own list of columns, nothing guessed.

Its sheet "About" says what each column of the plan holds, so columns may be moved, left out or added. A row with words
in the action column is an action; a row without them names a heading. Level columns left blank mean "as above".
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from plans.columns import is_own, own_field, own_name

from .draft import Answers, Choice, ColumnReading, Decoy, DraftAction, DraftGroup, DraftPlan, Source
from .grid import Cell, Document, Table, TextBlock
from .words import flat, squashed

MARK = "Prevent plan tracker workbook"
FORM = "1"
STATUS = "Delivery status"
NOT_PRINTED = "the plan does not print this word"
ABOUT = "about the workbook"
LEVEL_LABEL = "Kind of heading"
ROLES = {
    "ref": "ref", "text": "text", "owner_text": "owners", "timescale_text": "timescale", "rating": "rag",
    "measure": "measure", "state": "status",
}  # fmt: skip


@dataclass(slots=True)
class About:
    """What the workbook says about itself."""

    title: str = ""
    period_text: str = ""
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    reference: str = ""
    levels: list[dict[str, Any]] = field(default_factory=list)
    plan_columns: list[dict[str, str]] = field(default_factory=list)
    sheet_columns: list[dict[str, str]] = field(default_factory=list)


def read_about(document: Document) -> About | None:
    """What the sheet About says; None when the document is not the tracker's own workbook."""
    table = next((table for table in document.tables if _marked(table)), None)
    if table is None:
        return None
    about = About()
    for row in table.rows:
        label, first, second = (_cell(row, at) for at in range(3))
        if label.startswith("Level "):
            printed: dict[str, Any] = {"printed": False} if _cell(row, 3) == NOT_PRINTED else {}
            about.levels.append({"label": first, "plural": second or first} | printed)
        elif label.startswith("Plan column "):
            about.plan_columns.append({"field": second, "heading": first})
        elif label.startswith("Sheet column "):
            about.sheet_columns.append({"field": second, "heading": first})
        else:
            _set_fact(about, label, first)
    return about if about.sheet_columns else None


def _set_fact(about: About, label: str, words: str) -> None:
    names = {"Title": "title", "Period": "period_text", "Export reference": "reference"}
    days = {"Starts": "starts_on", "Ends": "ends_on"}
    if label in names:
        setattr(about, names[label], words)
    elif label in days:
        try:
            setattr(about, days[label], dt.date.fromisoformat(words))
        except ValueError:
            setattr(about, days[label], None)


def _marked(table: Table) -> bool:
    return any(_cell(row, 0) == MARK and _cell(row, 1) == FORM for row in table.rows[:3])


def _cell(row: list[Cell], at: int) -> str:
    return row[at].text if at < len(row) else ""


def read_own(document: Document, answers: Answers) -> DraftPlan | None:
    """The draft of the tracker's own workbook; None when it is another document, or its sheet has lost its columns."""
    about = read_about(document)
    if about is None:
        return None
    header = _find_header(document, about)
    return _Reader(document, about, header[0], header[1], answers).read() if header else None


def reads_itself(document: Document) -> bool:
    """Whether a document is read by its own list of columns, so that nobody is asked what its columns and rows are."""
    about = read_about(document)
    return about is not None and _find_header(document, about) is not None


def _find_header(document: Document, about: About) -> tuple[Table, dict[int, str]] | None:
    """The table that begins with the plan's columns, and {column of the sheet: field}."""
    for table in document.tables:
        if _marked(table) or not table.height:
            continue
        waiting = [(squashed(column["heading"]), column["field"]) for column in about.sheet_columns]
        fields: dict[int, str] = {}
        for at, cell in enumerate(table.rows[0]):
            words = squashed(cell.text)
            found = next((pair for pair in waiting if pair[0] == words), None)
            if found:
                waiting.remove(found)
                fields[table.first_column + at] = found[1]
            elif words and cell.column == at:
                fields[table.first_column + at] = own_field(flat(cell.text))
        known = [name for name in fields.values() if not is_own(name)]
        if "text" in known and len(known) >= 2:
            return table, fields
    return None


@dataclass(slots=True)
class _Row:
    place: str
    key: str
    cells: dict[str, str]
    levels: dict[int, str]


class _Reader:
    def __init__(
        self, document: Document, about: About, table: Table, fields: dict[int, str], answers: Answers
    ) -> None:
        self.document, self.about, self.table, self.fields, self.answers = document, about, table, fields, answers
        self.plan = DraftPlan(about.title or None, about.period_text or None, warnings=list(document.warnings))
        self.groups: dict[tuple[str, ...], DraftGroup] = {}
        self.path: tuple[str, ...] = ()

    def read(self) -> DraftPlan:
        # Loaded here: the timescale reader's module belongs to understanding, which loads this one.
        from .understanding.timing import TimescaleReader
        from .understanding.title import Title

        year = (
            self.about.starts_on.year if self.about.starts_on else _year_in(self.about.period_text or self.about.title)
        )
        title = Title(self.about.title, self.about.period_text, year, self.about.starts_on, self.about.ends_on)
        self.times = TimescaleReader(title, self.answers.timescales)
        for row in self._rows():
            if self.answers.rows.get(row.key) not in ("ignore", "header"):
                self._read_row(row)
        self._columns()
        self._set_aside()
        return self.plan

    def _set_aside(self) -> None:
        for table in self.document.tables:
            if table.sheet != self.table.sheet:
                why = "it says what the columns hold" if _marked(table) else "the plan stands on another sheet"
                self.plan.decoys.append(Decoy(ABOUT, why, Source(str(table.where), why, table.key)))

    def _rows(self) -> Iterator[_Row]:
        """Every row below the header, in whichever block of the sheet it stands."""
        begun = False
        for block in self.document.blocks:
            begun = begun or block is self.table
            if not begun:
                continue
            if isinstance(block, Table) and block.sheet == self.table.sheet:
                for at, line in enumerate(block.rows):
                    if block is self.table and at == 0:
                        continue
                    words = {
                        block.first_column + cell.column: _words(cell)
                        for cell in dict.fromkeys(line)
                        if cell.paragraphs
                    }
                    yield self._row(words, str(block.where_of(at)), block.row_key(at))
            elif isinstance(block, TextBlock) and block.where.sheet == self.table.sheet:
                text = f"{block.mark} {block.text}" if block.mark else block.text
                yield self._row({block.where.column or 0: text}, str(block.where), "")

    def _row(self, words: dict[int, str], place: str, key: str) -> _Row:
        cells = {self.fields[at]: text for at, text in words.items() if at in self.fields}
        levels = {int(name[6:]): cells.pop(name) for name in list(cells) if name.startswith("level:")}
        return _Row(place, key, cells, levels)

    def _read_row(self, row: _Row) -> None:
        text = row.cells.get("text", "")
        if row.levels:
            deepest = max(row.levels)
            upper = self.path[: min(row.levels) - 1]
            self.path = (*upper, *(row.levels[at] for at in sorted(row.levels) if at <= deepest))
        for depth in range(1, len(self.path) + 1):
            self._group(self.path[:depth], row, names_it=not text and depth == len(self.path) and bool(row.levels))
        if text:
            self._action(text, row)
        elif row.cells and not row.levels:
            self.plan.warnings.append(f"{row.place}: nothing stands in the action column, so no action was read.")

    def _group(self, path: tuple[str, ...], row: _Row, *, names_it: bool) -> None:
        if path not in self.groups:
            level = self.about.levels[len(path) - 1]["label"] if len(path) <= len(self.about.levels) else "Heading"
            source = Source(row.place, "the column of its level", row.key)
            self.groups[path] = DraftGroup(path[-1], level, list(path), source=source)
            self.plan.groups.append(self.groups[path])
        if names_it:
            group = self.groups[path]
            group.ref = row.cells.get("ref") or group.ref
            group.level = row.cells.get("level_label") or group.level

    def _action(self, text: str, row: _Row) -> None:
        from .understanding.doubts import timescale_doubt
        from .understanding.rag import read_rag

        cells = row.cells
        action = DraftAction(text, cells.get("ref"), list(self.path), source=Source(row.place, "", row.key))
        action.owner_text = cells.get("owner_text")
        action.owners = self._owners(action.owner_text or "")
        action.timescale_text = cells.get("timescale_text")
        action.reading = self.times.read(action.timescale_text)
        action.measure = cells.get("measure")
        words = cells.get("rating", "")
        action.rag = read_rag(words, None, {})
        if words and (action.rag is None or len(words.split()) > 3):
            action.extra["RAG"] = words
        action.extra.update({own_name(name): value for name, value in cells.items() if is_own(name)})
        if cells.get("state"):
            action.extra[STATUS] = cells["state"]
        self.plan.actions.append(action)
        if action.reading.ambiguous:
            self.plan.doubts.append(timescale_doubt(action, _choices(action), len(self.plan.actions) - 1))

    def _owners(self, text: str) -> list[str]:
        from .understanding.owners import split_owners

        if not text:
            return []
        return list(self.answers.owners.get(text) or split_owners(text, set(self.answers.known_parties)).names)

    def _columns(self) -> None:
        headings = {at + self.table.first_column: cell.text for at, cell in enumerate(self.table.rows[0])}
        for at, name in sorted(self.fields.items()):
            role = "group" if name.startswith("level:") else "extra" if is_own(name) else ROLES.get(name, "ignore")
            self.plan.columns.append(
                ColumnReading(
                    self.table.key,
                    at - self.table.first_column,
                    headings[at],
                    role,
                    "the workbook says what its columns are",
                )
            )


def _choices(action: DraftAction) -> list[Choice]:
    kept = ("kind", "start", "precision", "recurrence", "ongoing", "reason")
    return [
        Choice(
            str(each.get("reason") or each.get("kind")),
            {
                "timescales": {
                    action.timescale_text or "": {name: each[name] for name in kept if name in each}
                    | {"end": each.get("due")}
                }
            },
        )
        for each in action.reading.alternatives
    ]


def _words(cell: Cell) -> str:
    """A cell's words with the bullet that a reader takes for a mark."""
    return f"{cell.mark(0)} {cell.text}" if cell.mark(0) else cell.text


def _year_in(text: str) -> int | None:
    found = re.search(r"20\d\d", text or "")
    return int(found.group(0)) if found else None

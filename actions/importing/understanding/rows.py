"""The rows of a plan table: headings set across it, actions, rows that go on from the one above, progress rows.

`read_table` turns one judged table into raw actions: cells by role, each with the heading it hangs from. Owners,
timescales and ratings are read later, when the whole plan has been seen.
"""

from __future__ import annotations

import re

from ..draft import Answers
from ..grid import Cell
from ..words import flat, squashed
from .groups import (
    PROGRESS_LABEL,
    Heading,
    is_about,
    is_note,
    is_title_like,
    level_word,
    owner_line,
    singular,
    without_owner,
)
from .headers import Layout
from .judged import Judged, own_cells
from .owners import is_above
from .profiles import looks_like_ref, looks_like_time
from .rag import looks_like_key
from .raw import Carried, Habits, RawAction, habits_of
from .stacking import Item, Stack, units_of, unstack, without_counts
from .timing import names_time, who_and_when
from .wordings import readings_of

_NO_ACTION = re.compile(
    r"^(?:n/?a|none|nil|no (?:further )?actions?(?: (?:required|needed|identified))?|not applicable|[-–—.]+)\.?$", re.I
)
_SUMMARY = re.compile(r"^(?:(?:sub-?)?totals?\b|overall (?:b?rag|rating|status|progress|total)\b|grand total\b)")
_RATED_BY_COLOUR = ("ref", "status", "progress", "extra", "ignore")
"""Columns whose colour can be a rating. Headings, owners and dates are coloured for looks."""


class TableReader:
    """Reads the rows of one plan table in order, keeping what the next row may depend on."""

    def __init__(
        self, judged: Judged, above: list[Heading], carried: Carried, title: str | None, answers: Answers
    ) -> None:
        self.judged, self.table, self.answers, self.title = judged, judged.table, answers, title
        self.above = above
        self.banners, self.groups = carried.banners, carried.groups
        self.last = carried.last
        self.actions: list[RawAction] = []
        self.headings: list[list[Heading]] = []
        self.warnings: list[str] = []
        self.fresh_heading = carried.fresh_heading
        self.layout = Layout()
        self.habits = Habits()

    def read(self, several_plan_tables: bool) -> None:
        """Read every row. `several_plan_tables` lets a row above the header be a heading without saying its level."""
        for row in self.judged.before_header:
            cells = own_cells(self.table, row)
            text = " ".join(cell.text for cell in cells)
            if len(cells) == 2 and self._labelled(cells[0].text, cells[1], row):
                continue
            if owner_line(text) and not level_word(text):
                (self.banners.path() or self.above or [Heading("", "")])[-1].owner_text = owner_line(text)
            elif self.fresh_heading is not None and len(cells) == 1 and _introduces(cells[0]):
                self.fresh_heading.note = text
            elif (
                len(cells) <= 2
                and not is_note(text)
                and not looks_like_key(text)
                and len(text.split()) <= 60
                and (
                    level_word(text)
                    or (several_plan_tables and not self.table.sheet or self._like_a_later_banner(cells))
                    and not is_title_like(text, self.title)
                )
            ):
                self._heading(cells, row)
        for section in self.judged.sections:
            self.layout = section.layout
            self.habits = habits_of(self.table, section, self.judged.header_rows)
            for row in range(section.first, section.last):
                if row not in self.judged.header_rows:
                    self._row(row)

    def _labelled(self, label: str, cell: Cell, row: int) -> bool:
        """A row over the header that says what its second cell is: "Objective", "Lead Officer"."""
        if cell.col_span < 2:
            return False
        roles = [role for role, _ in readings_of(label)]
        if "owners" in roles[:1]:
            (self.banners.path() or self.above or [Heading("", "")])[-1].owner_text = flat(cell.text)
            return True
        if "group" in roles and not looks_like_ref(label) and not re.search(r"\d", label):
            self._heading([cell], row)
            self.headings[-1][-1].level = singular(label)
            return True
        return bool(roles[:1]) and roles[0] in ("measure", "progress", "status", "rag", "timescale", "extra")

    def _like_a_later_banner(self, cells: list[Cell]) -> bool:
        """A row over the header with the look of a row set across the table further down."""
        first = cells[0]
        look = first.column, first.col_span, first.fill, first.bold
        return first.col_span > 1 and any(
            (cell.column, cell.col_span, cell.fill, cell.bold) == look
            for cell in self.table.cells
            if cell.row > min(self.judged.header_rows, default=0) and cell.paragraphs
        )

    def carried(self) -> Carried:
        """What the next table may need."""
        return Carried(self.banners, self.groups, self.last, self.fresh_heading)

    # --- one row ---------------------------------------------------------------------------------------------------

    def _row(self, row: int) -> None:
        cells = own_cells(self.table, row)
        said = self.answers.rows.get(f"{self.table.key}:{row + 1}")
        if said in ("ignore", "header"):
            return
        kind = said or self._kind(row, cells)
        if kind == "heading":
            self._heading(cells, row)
        elif kind == "progress":
            self._progress(cells)
        elif kind == "owner":
            self._owner_of_heading(cells)
        elif kind == "continuation":
            self._continue(row)
        elif kind == "group only":
            self._set_groups(row)
            if len(cells) > 1:
                self.warnings.append(
                    f"{self.table.where_of(row)}: nothing stands in the action column, so no action was read."
                )
        elif kind == "action":
            self._action(row, said == "action")

    def _kind(self, row: int, cells: list[Cell]) -> str:
        """blank, heading, note, progress, owner, continuation or action."""
        if not cells:
            return "blank"
        text_at = self.layout.first("text")
        if self.habits.refs >= 0.7:
            cells = [cell for cell in cells if any(map(str.isalnum, cell.text))] or cells
        words = {flat(cell.text) for cell in cells}
        if (
            len(words) == 1
            and len(cells) == 1
            or len(words) == 1
            and len(cells) >= 3
            and len(flat(cells[0].text).split()) > 1
        ):
            return self._kind_of_single(row, cells[0], len(cells) > 1)
        first = cells[0]
        if self._labelled_progress(cells):
            return "progress"
        if len(cells) <= 3 and looks_like_key(" ".join(cell.text for cell in cells)):
            return "note"
        if self._is_two_part_heading(row, cells):
            return "heading"
        text = self._text_cell(row)
        if text is None or text.row < row:
            return "continuation" if self._goes_on(row, cells, text) else "group only"
        if text_at is not None and first.column <= text_at and _SUMMARY.match(squashed(first.text)):
            return "note"
        if self._goes_on_with_text(row, text):
            return "continuation"
        return "action"

    def _kind_of_single(self, row: int, cell: Cell, spread: bool) -> str:
        """A row with the words of one cell alone."""
        text, width = cell.text, self.table.width
        text_at = self.layout.first("text") or 0
        wide = spread or cell.col_span >= max(2, width * 0.6) and cell.column <= text_at
        label = PROGRESS_LABEL.match(text)
        if (
            label
            and self.last is not None
            and (wide or cell.column <= text_at + 1)
            and len(text[label.end() :].split()) + label.end() > 0
            and (text[label.end() :].strip() or cell.column != text_at)
        ):
            return "progress" if text[label.end() :].strip() else "note"
        if owner_line(text) and not level_word(text):
            return "owner"
        if looks_like_key(text) or is_note(text) or _SUMMARY.match(squashed(text)):
            return "note"
        if wide and self.habits.remarks and self.last is not None:
            return "progress"
        if wide and self.fresh_heading is not None and _introduces(cell):
            self.fresh_heading.note = text
            return "note"
        if wide:
            return "heading" if level_word(text) or self._text_follows(row) else "note"
        column_role = self.layout.role(cell.column)
        covered = self._text_cell(row)
        if column_role not in ("text", "ref", "group") and cell.column != 0:
            return "continuation" if self.last is not None else "note"
        if covered is not None and covered.row < row and covered.paragraphs:
            return "continuation" if column_role != "group" else "group only"
        if column_role == "group" and cell.column != text_at:
            marked = cell.bold or cell.fill or level_word(text)
            return "heading" if marked and not self._usual_in_column(cell) else "group only"
        if cell.column != text_at:
            if looks_like_ref(text):
                return "note"
            return "heading" if self._text_follows(row) or level_word(text) else "note"
        return self._kind_of_lone_text(row, cell)

    def _kind_of_lone_text(self, row: int, cell: Cell) -> str:
        """Words in the action column and nowhere else: a heading, the rest of the action above, or a bare action."""
        text = flat(cell.text)
        lower = text[:1].islower()
        if level_word(text):
            return "heading"
        if lower and (self.last is not None or self.fresh_heading is not None):
            return "continuation"
        stands_out = (cell.bold and self.habits.bold < 0.5) or (cell.fill is not None and self.habits.filled < 0.5)
        if stands_out and self._text_follows(row):
            return "heading"
        if self.layout.of("ref") and self.habits.refs >= 0.7:
            if self._next_is_full(row) and (self.last is None or _finished(self.last.text) or len(text.split()) <= 25):
                return "heading"
            return "continuation" if self.last is not None else "note"
        if (
            self.habits.owners >= 0.9
            and self._next_is_full(row)
            and len(text.split()) <= 18
            and not text.endswith(".")
            and self.layout.of("owners")
        ):
            return "heading" if not self.layout.of("group") else "action"
        return "action"

    def _is_two_part_heading(self, row: int, cells: list[Cell]) -> bool:
        """ "Priority 1" or "1" beside a label that runs across, or a heading with its owner at the other end."""
        if len(cells) != 2:
            return False
        first, second = cells
        text_at = self.layout.first("text") or 0
        across = second.col_span >= max(2, self.table.width * 0.5) or first.col_span >= max(2, self.table.width * 0.4)
        short = looks_like_ref(first.text) or bool(level_word(first.text))
        if first.col_span >= 2 and owner_line(second.text):
            return True
        if across and (short or level_word(second.text)):
            return not (first.col_span == 1 and looks_like_time(second.text))
        if first.column < text_at and second.column == text_at and second.col_span == 1 and first.col_span == 1:
            lettered = bool(level_word(first.text)) and self.layout.role(first.column) != "group"
            marked = (
                all(cell.bold for cell in cells)
                and self.habits.bold < 0.5
                or all(cell.fill for cell in cells)
                and self.habits.filled < 0.5
            )
            return (looks_like_ref(first.text) and marked or lettered and marked) and self._text_follows(row)
        return False

    def _labelled_progress(self, cells: list[Cell]) -> bool:
        """A row of its own for progress under an action: "Progress" in front of the words."""
        if self.last is None or len(cells) > 3:
            return False
        label = PROGRESS_LABEL.fullmatch(flat(cells[0].text)) if len(cells) > 1 else None
        if label is None and len(cells) == 2 and looks_like_ref(cells[0].text):
            label = None
        return label is not None and not any(
            looks_like_time(cell.text) and len(cell.text.split()) < 4 for cell in cells[1:]
        )

    def _goes_on(self, row: int, cells: list[Cell], text: Cell | None) -> bool:
        """No words of its own in the action column: more owners, dates or progress for the action above?"""
        if self.last is None or self.last.table is not self.table and row > 1:
            return False
        ref = self._cell(row, "ref")
        if ref is not None and ref.row == row and ref.paragraphs:
            return False
        groups = [self.table.rows[row][index] for index in self.layout.of("group")]
        fresh = any(cell.row == row and cell.paragraphs for cell in groups)
        return not fresh or (text is not None and text.row < row and bool(text.paragraphs))

    def _goes_on_with_text(self, row: int, text: Cell) -> bool:
        """The rest of a sentence that a page break cut."""
        if self.last is None or not text.text[:1].islower():
            return False
        ref = self._cell(row, "ref")
        if ref is not None and ref.paragraphs and ref.row == row:
            return False
        own = [
            cell
            for role in ("owners", "timescale", "due")
            if (cell := self._cell(row, role)) is not None and cell.row == row and cell.paragraphs
        ]
        if len(own) >= 2 and not any(cell.text[:1].islower() for cell in own[:1]):
            return False
        return not _finished(self.last.text)

    # --- what rows do ------------------------------------------------------------------------------------------------

    def _heading(self, cells: list[Cell], row: int) -> None:
        owner = next((owner_line(cell.text) for cell in cells[1:] if owner_line(cell.text)), None)
        named = [cell for cell in cells if not (owner and owner_line(cell.text))]
        parts = list(dict.fromkeys(flat(cell.text) for cell in named))
        label, inner_owner = without_owner(" ".join(parts))
        heading = Heading(
            label,
            level_word(label),
            str(self.table.where_of(row)),
            f"{self.table.key}:{row + 1}",
            "a row across the table",
            owner or inner_owner,
        )
        self.banners.add(heading, named[0])
        self.fresh_heading = heading
        self.groups.clear()
        self.headings.append(self._path())

    def _owner_of_heading(self, cells: list[Cell]) -> None:
        path = self.banners.path() or self.above
        if path:
            path[-1].owner_text = owner_line(cells[0].text)

    def _progress(self, cells: list[Cell]) -> None:
        if self.last is None:
            return
        texts = [cell.text for cell in cells]
        label = PROGRESS_LABEL.match(texts[0])
        if len(texts) > 1 and label:
            texts = texts[1:] if label.end() >= len(texts[0]) else [texts[0][label.end() :], *texts[1:]]
        elif label and not re.search(r"\d", label.group()):
            texts = [texts[0][label.end() :]]
        self.last.progress.extend(text for text in texts if text.strip())
        self.last.why.append("with the progress row under it")

    def _continue(self, row: int) -> None:
        """Add the words of this row to the action above, column by column."""
        last = self.last
        words = own_cells(self.table, row)
        if self.fresh_heading is not None and len(words) == 1 and words[0].text[:1].islower():
            self.fresh_heading.label = f"{self.fresh_heading.label} {flat(words[0].text)}"
            return
        if last is None:
            return
        for index, cell in enumerate(self.table.rows[row]):
            if cell.row != row or cell.column != index or not cell.paragraphs:
                continue
            role = self.layout.role(index)
            if role == "text":
                last.text = f"{last.text} {flat(cell.text)}" if cell.text[:1].islower() else f"{last.text}\n{cell.text}"
            elif role == "ref" or role == "timescale" and is_above(cell.text):
                continue
            else:
                self._put(last, role, index, cell, adding=True)
        last.why.append("it goes on in the next row")

    def _action(self, row: int, certain: bool) -> None:
        text = self._text_cell(row)
        self._set_groups(row)
        if text is None or not text.paragraphs:
            return
        if _NO_ACTION.match(text.text.strip()) and not certain:
            self.warnings.append(f"{self.table.where_of(row)}: “{flat(text.text)}” was not read as an action.")
            return
        refs, owners, times = (self._cell(row, role) for role in ("ref", "owners", "timescale"))
        said = self.answers.splits.get(f"{self.table.key}:{row + 1}")
        stack = unstack(
            text,
            refs=refs,
            owners=owners,
            times=times,
            has_group=self._has_group(row),
            table_has_refs=self.habits.refs >= 0.5,
            said=said,
        )
        for item in stack.items:
            self._add(row, text, item, stack)

    def _add(self, row: int, text: Cell, item: Item, stack: Stack) -> None:
        count = len(stack.items)
        first = item is stack.items[0]
        action = RawAction(self.table, row, item.text, item.ref, self._path(), split_of=count, stack=stack)
        action.mark = text.mark(0) if count == 1 else ""
        action.owner_column = bool(self.layout.of("owners"))
        if count > 1:
            action.why.append(stack.why)
        position = stack.items.index(item)
        for index, cell in enumerate(self.table.rows[row]):
            if cell.column != index or cell is text:
                continue
            role = self.layout.role(index)
            if cell.fill and role in _RATED_BY_COLOUR and cell.row == row and not self.layout.of("rag"):
                action.fills[index] = cell.fill
            if not cell.paragraphs and not cell.marks and not (role == "rag" and cell.fill):
                continue
            if cell.row < row and role not in ("owners", "support", "timescale", "start", "due", "rag"):
                continue
            self._put_part(action, role, index, cell, position, count, first)
        self.last, self.fresh_heading = action, None
        self.actions.append(action)
        self.banners.use()

    def _put_part(
        self, action: RawAction, role: str, index: int, cell: Cell, position: int, count: int, first: bool
    ) -> None:
        """Give a split action its own part of a stacked cell, or the whole cell where it is not stacked alike."""
        if count > 1 and role not in ("group", "ignore"):
            units = units_of(cell)[0]
            if len(units) == count:
                part = Cell((without_counts(units)[position],), cell.row, cell.column, fill=cell.fill)
                self._put(action, role, index, part)
                return
            if not first and role not in ("owners", "support", "rag", "ref"):
                return
        self._put(action, role, index, cell)

    def _put(self, action: RawAction, role: str, index: int, cell: Cell, adding: bool = False) -> None:
        text = cell.text
        if role == "ref":
            action.ref = action.ref or _clean_ref(text or cell.mark(0)) or None
        elif role == "owners":
            who, when = who_and_when(text) if names_time(self.layout.heading(index)) else (text, "")
            action.owners.append(who)
            action.times.extend([when] if when else [])
        elif role == "timescale":
            action.times.append(text)
        elif role == "start":
            action.start = action.start or text
        elif role == "due":
            action.due = action.due or text
        elif role == "rag":
            if adding and (action.rag_text or not text):
                action.extra.setdefault(self._name(index), []).append(text)
            else:
                action.rag_text, action.rag_fill = text, cell.fill
        elif role in ("measure", "progress", "status"):
            main = self.layout.first(role) == index
            held: list[str] = getattr(action, role) if main else action.extra.setdefault(self._name(index), [])
            held.append(text)
        elif role in ("extra", "support"):
            action.extra.setdefault(self._name(index), []).append(text)

    def _name(self, index: int) -> str:
        heading = self.layout.heading(index)
        if not heading:
            return f"Column {index + 1}"
        twins = [column.index for column in self.layout.columns if column.heading == heading]
        return heading if twins[0] == index else f"{heading} ({twins.index(index) + 1})"

    # --- headings in columns -----------------------------------------------------------------------------------------

    def _set_groups(self, row: int) -> None:
        """Headings that stand in columns before the actions: merged down, repeated, or written once."""
        columns = self.layout.of("group")
        for at, index in enumerate(columns):
            cell = self.table.rows[row][index]
            if cell.row != row or not cell.paragraphs or cell.column != index or is_above(cell.text):
                continue
            label = flat(cell.text)
            held = self.groups.get(index)
            if held is not None and squashed(held.label) == squashed(label):
                continue
            for deeper in columns[at:]:
                self.groups.pop(deeper, None)
            level = level_word(label) or singular(self.layout.heading(index))
            self.groups[index] = Heading(
                label,
                level,
                str(self.table.where_of(row, index)),
                f"{self.table.key}:{row + 1}",
                f"the column “{self.layout.heading(index)}”"
                if self.layout.heading(index)
                else "the column before the actions",
            )
            self.headings.append(self._path())

    def _path(self) -> list[Heading]:
        columns = [self.groups[index] for index in sorted(self.groups)]
        path: list[Heading] = []
        for heading in [*self.above, *self.banners.path(), *columns]:
            if not path or squashed(path[-1].label) != squashed(heading.label):
                path.append(heading)
        return path

    def _has_group(self, row: int) -> bool:
        return any(self.table.rows[row][index].paragraphs for index in self.layout.of("group"))

    # --- looking round -----------------------------------------------------------------------------------------------

    def _cell(self, row: int, role: str) -> Cell | None:
        index = self.layout.first(role)
        return self.table.rows[row][index] if index is not None and index < self.table.width else None

    def _text_cell(self, row: int) -> Cell | None:
        cell = self._cell(row, "text")
        return cell if cell is not None and cell.paragraphs else None

    def _text_follows(self, row: int) -> bool:
        """Another row with words of its own comes after this one."""
        return any(own_cells(self.table, later) for later in range(row + 1, min(row + 4, self.table.height)))

    def _next_is_full(self, row: int) -> bool:
        """The next row is an action with more than its own words: a number, an owner or a date beside it."""
        for later in range(row + 1, min(row + 4, self.table.height)):
            cells = own_cells(self.table, later)
            if cells:
                return (
                    len(cells) >= 2
                    and self._text_cell(later) is not None
                    or later in self.judged.header_rows
                    or len(cells) == 1
                )
        return False

    def _usual_in_column(self, cell: Cell) -> bool:
        """Whether ordinary rows have bold or filled cells in this column too."""
        column = [
            self.table.rows[row][cell.column] for row in range(self.table.height) if row not in self.judged.header_rows
        ]
        others = [
            other
            for other in column
            if other.paragraphs
            and other is not cell
            and other.col_span == 1
            and len(own_cells(self.table, other.row)) > 1
        ]
        alike = [other for other in others if other.bold == cell.bold and (other.fill is None) == (cell.fill is None)]
        return len(alike) > len(others) * 0.5


def _finished(text: str) -> bool:
    return text.rstrip().endswith((".", "!", "?", ")", "”", ";"))


def _introduces(cell: Cell) -> bool:
    """A plain sentence set across the table under a heading: what the heading is about, not a heading itself."""
    words = cell.text.split()
    if is_about(cell.text):
        return True
    return (
        len(words) >= 10
        and cell.text.rstrip().endswith(".")
        and not cell.bold
        and cell.fill is None
        and not level_word(cell.text)
    )


def _clean_ref(text: str) -> str:
    ref = flat(text)
    return ref[:-1] if re.fullmatch(r"[\w.]+[.)]", ref) and ref.count("(") == 0 else ref

"""The rows of a plan table: headings set across it, actions, rows that go on from the one above, progress rows.

`read_table` turns one judged table into raw actions: cells by role, each with the heading it hangs from. Owners,
timescales and ratings are read later, when the whole plan has been seen.
"""

from __future__ import annotations

import re

from ..draft import Answers
from ..grid import Cell
from ..words import flat, squashed
from .decoys import is_key
from .groups import (
    PROGRESS_LABEL,
    Heading,
    introduces,
    is_note,
    is_title_like,
    level_word,
    owner_line,
    singular,
    without_its_note,
    without_owner,
)
from .headers import Layout
from .in_text import progress_apart, says_no_action
from .judged import Judged, Section, is_banner, own_cells
from .owner_lines import without_contacts
from .owners import is_above
from .profiles import looks_like_rag, looks_like_ref
from .rag import looks_like_key
from .raw import Carried, Habits, RawAction, carry_leads, habits_of
from .row_kinds import RowKinds
from .stacking import Item, Stack, units_of, unstack, without_counts
from .timing import names_time, who_and_when
from .wordings import readings_of

_RATED_BY_COLOUR = ("ref", "status", "progress", "extra", "ignore")
"""Columns whose colour can be a rating. Headings, owners and dates are coloured for looks."""


class TableReader(RowKinds):
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
        """Read every row. With `several_plan_tables` side by side a row above the header can be a heading without
        saying its level.
        """
        for row in self.judged.before_header:
            cells = own_cells(self.table, row)
            text = " ".join(cell.text for cell in cells)
            if len(cells) == 2 and self._labelled(cells[0].text, cells[1], row):
                continue
            if owner_line(text) and not level_word(text):
                (self.banners.path() or self.above or [Heading("", "")])[-1].owner_text = owner_line(text)
            elif self.fresh_heading is not None and len(cells) == 1 and introduces(without_its_note(cells[0])[0]):
                self.fresh_heading.note = text
            elif (
                len(cells) <= 2
                and not self._is_running_title(row, cells)
                and not is_note(text)
                and not looks_like_key(text)
                and len(text.split()) <= 60
                and (
                    level_word(text)
                    or several_plan_tables
                    and (not self.table.sheet or row + 1 in self.judged.header_rows)
                    and not is_title_like(text, self.title)
                    or self._like_a_later_banner(row, cells)
                    and not is_title_like(text, None)
                )
            ):
                self._heading(cells, row)
        for section in self.judged.sections:
            self.layout = section.layout
            self.habits = habits_of(self.table, section, self.judged.header_rows)
            if section.named_by is not None:
                self._heading([self.table.rows[section.first - 1][section.named_by]], section.first - 1)
            if section.layout.first("text") is None:
                self._headings_among_measures(section)
                continue
            for row in range(section.first, section.last):
                if is_key(self.table, row):
                    self.warnings.append(f"{self.table.where_of(row)}: this row and those under it were read as a key.")
                    break
                if row not in self.judged.header_rows:
                    self._row(row)
            carry_leads(self.actions, section)

    def _headings_among_measures(self, section: Section) -> None:
        """A part of the table without actions: only the headings across it belong to the plan."""
        for row in range(section.first, section.last):
            cells = own_cells(self.table, row)
            if len(cells) == 1 and cells[0].col_span == self.table.width > 1 and not introduces(cells[0]):
                self._heading(cells, row)

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

    def _like_a_later_banner(self, row: int, cells: list[Cell]) -> bool:
        """A row over the header with the look, or the place, of the headings of the parts further down."""
        if self.judged.banded and is_banner(cells) and row + 1 in self.judged.header_rows:
            return True
        first = cells[-1] if is_banner(cells) else cells[0]
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
        said = self.answers.rows.get(self.table.row_key(row))
        if said in ("ignore", "header"):
            return
        kind = said or self.kind_of(row, cells)
        if kind == "heading":
            over_steps = self._text_cell(row) if not said and self._stands_over_lettered(row) else None
            self._heading([over_steps] if over_steps else cells, row)
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

    # --- what rows do ------------------------------------------------------------------------------------------------

    def _heading(self, cells: list[Cell], row: int) -> None:
        owners = {cell: owner for cell in cells[1:] if (owner := self._owner_in(cell))}
        owner = next(iter(owners.values()), None)
        named = [cell for cell in cells if cell not in owners]
        named[0], note = without_its_note(named[0]) if len(named) == 1 else (named[0], None)
        parts = list(dict.fromkeys(flat(cell.text) for cell in named))
        label, inner_owner = without_owner(" ".join(parts))
        heading = Heading(
            label,
            level_word(label),
            str(self.table.where_of(row)),
            self.table.row_key(row),
            "a row across the table",
            owner or inner_owner,
            note,
        )
        self.banners.add(heading, named[0])
        self.fresh_heading = heading
        self.groups.clear()
        self.headings.append(self._path())

    def _owner_in(self, cell: Cell) -> str | None:
        """Who leads under a heading, as a cell of its row says: "Lead: Police", or a name in the column of owners."""
        beside = cell.col_span == 1 and self.layout.role(cell.column) == "owners"
        return owner_line(cell.text) or (flat(cell.text) if beside else None)

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
                runs_on = cell.text[:1].islower() or self._time_goes_on(row)
                last.text = f"{last.text} {flat(cell.text)}" if runs_on else f"{last.text}\n{cell.text}"
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
        if says_no_action(flat(text.text)) and not certain:
            self.warnings.append(f"{self.table.where_of(row)}: “{flat(text.text)}” was not read as an action.")
            return
        words, told = progress_apart(text)
        refs, owners, times = (self._cell(row, role) for role in ("ref", "owners", "timescale"))
        said = self.answers.splits.get(self.table.row_key(row))
        stack = unstack(
            words,
            refs=refs,
            owners=without_contacts(owners),
            times=times,
            has_group=self._has_group(row),
            table_has_refs=self.habits.refs >= 0.5 and not self.habits.numbers_headings,
            titled=self.habits.titled,
            said=said,
        )
        under = self._heading_in_cell(row, text, stack)
        apiece = len(stack.items) == len(words.paragraphs)
        for at, item in enumerate(stack.items):
            self._add(row, text, item, stack)
            self.actions[-1].headings.extend(under)
            for place, texts in told.items():
                if place == at if apiece else item is stack.items[-1]:
                    self.actions[-1].progress.extend(texts)

    def _heading_in_cell(self, row: int, text: Cell, stack: Stack) -> list[Heading]:
        """The paragraph of the cell that stands over its actions, if there is one."""
        if not stack.heading:
            return []
        place = str(self.table.where_of(row, text.column))
        heading = Heading(
            stack.heading,
            level_word(stack.heading),
            place,
            self.table.row_key(row),
            "it stands over the actions of its cell",
        )
        self.headings.append([*self._path(), heading])
        return [heading]

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
            if cell.row < row and role not in ("ref", "owners", "support", "timescale", "start", "due", "rag"):
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
            # A timescale stands beside the first of several actions, but the period of a calendar is that of them all.
            for_all = role in ("owners", "support", "rag", "ref") or role == "timescale" and self.table.from_calendar
            if not first and not for_all:
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
        elif role == "rag" and names_time(self.layout.heading(index)) and not self.layout.of("timescale"):
            rating = [line for line in text.split("\n") if looks_like_rag(line)]
            action.rag_text, action.rag_fill = "\n".join(rating), cell.fill
            action.times.append("\n".join(line for line in text.split("\n") if line not in rating))
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
                self.table.row_key(row),
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


def _clean_ref(text: str) -> str:
    ref = flat(text).rstrip("*†‡ ")
    return ref[:-1] if re.fullmatch(r"[\w.]+[.)]", ref) and ref.count("(") == 0 else ref

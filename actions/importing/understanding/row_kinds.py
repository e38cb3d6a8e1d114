"""What a row of a plan table is: a heading set across it, an action, the rest of the one above, a remark, progress."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property

from ..grid import Cell, Table
from ..verbs import begins_like_action
from ..words import flat, is_heading_like, squashed
from .groups import PROGRESS_LABEL, Heading, introduces, is_note, level_word, owner_line, without_its_note
from .headers import Layout
from .in_text import is_numbered
from .judged import Judged, own_cells
from .profiles import looks_like_ref, looks_like_time
from .rag import looks_like_key
from .raw import Habits, RawAction
from .wordings import readings_of

_SUMMARY = re.compile(r"^(?:(?:sub-?)?totals?\b|overall (?:b?rag|rating|status|progress|total)\b|grand total\b)")


class RowKinds:
    """Says what a row is, from its own cells, the columns of the table, what is usual in it and what stands above."""

    judged: Judged
    table: Table
    layout: Layout
    habits: Habits
    last: RawAction | None
    """The action above, if there is one."""
    fresh_heading: Heading | None
    """The heading above, as long as no action has followed it."""

    def kind_of(self, row: int, cells: list[Cell]) -> str:
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
        if self._is_two_part_heading(row, cells) or self._is_cut_heading(row, cells):
            return "heading"
        if self._tells_of_the_heading(cells):
            return "note"
        if self._stands_over_lettered(row) or self._is_numbered_heading(row, cells):
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
        if self.layout.headerless and len(text.split()) <= 3 and any(sure >= 0.9 for _, sure in readings_of(text)):
            return "note"
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
        if self._is_running_title(row, [cell]):
            return "note"
        if wide and self.habits.remarks and self.last is not None:
            return "progress"
        if wide and self.fresh_heading is not None and introduces(without_its_note(cell)[0]):
            self.fresh_heading.note = text
            return "note"
        if wide:
            return "heading" if level_word(text) or self._text_follows(row) else "note"
        if cell.column <= text_at and self._header_follows(row) and not looks_like_ref(text):
            return "heading"
        column_role = self.layout.role(cell.column)
        covered = self._text_cell(row)
        if column_role not in ("text", "ref", "group") and cell.column != 0:
            return "continuation" if self.last is not None else "note"
        if covered is not None and covered.row < row and covered.paragraphs:
            return "continuation" if column_role != "group" else "group only"
        if column_role == "group" and cell.column != text_at:
            marked = cell.bold or cell.fill or level_word(text)
            if self._another_group_follows(row, cell.column):
                return "heading"
            return "heading" if marked and not self._usual_in_column(cell) else "group only"
        if cell.column != text_at:
            if looks_like_ref(text):
                return "note"
            return (
                "heading" if self._text_follows(row) or level_word(text) or self._is_last_before_a_page(row) else "note"
            )
        return self._kind_of_lone_text(row, cell)

    def _kind_of_lone_text(self, row: int, cell: Cell) -> str:
        """Words in the action column and nowhere else: a heading, the rest of the action above, or a bare action."""
        text = flat(cell.text)
        lower = text[:1].islower() and not is_numbered(text)
        if level_word(text):
            return "heading"
        if lower and (self.last is not None or self.fresh_heading is not None):
            return "continuation"
        if self.last is not None and self.fresh_heading is None and self._in_list(row, text):
            return "continuation"
        stands_out = (cell.bold and self.habits.bold < 0.5) or (cell.fill is not None and self.habits.filled < 0.5)
        if stands_out and self._text_follows(row):
            return "heading"
        if text[:1].isupper() and begins_like_action(text) and self._is_beside_merged(row, cell):
            return "action"
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

    def _is_beside_merged(self, row: int, cell: Cell) -> bool:
        """The number or the heading is merged down from a row above, past a row for each action."""
        sides = [self.table.rows[row][index] for role in ("ref", "group") for index in self.layout.of(role)]
        return cell.row_span == 1 and any(side.row < row and side.paragraphs for side in sides)

    def _time_goes_on(self, row: int) -> bool:
        """The action above ends in "Feb 2024 –" and its other half stands in this row: a cell cut into lines."""
        ref, time = self._cell(row, "ref"), self._cell(row, "timescale")
        cut = (
            self.last is not None and self.last.times and re.search(r"(?:\s[-–—]|\bto)$", self.last.times[-1].rstrip())
        )
        numbered = ref is not None and ref.paragraphs or is_numbered(own_cells(self.table, row)[0].text)
        return bool(cut and time is not None and time.paragraphs and not numbered)

    def _in_list(self, row: int, text: str) -> bool:
        """A line of the list that the action above leads in with a colon; the list ends where a full row stands."""
        last = self.last
        return (
            last is not None
            and last.table is self.table
            and bool(re.search(r":\s*(?:\n|$)", last.text))
            and len(text.split()) <= 12
            and not text.endswith(".")
        )

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

    def _is_cut_heading(self, row: int, cells: list[Cell]) -> bool:
        """A heading across the table that the columns of a page cut into pieces: each piece goes on in the next."""
        first, *rest = cells
        if not rest or not first.text[:1].isupper() or any(cell.text[:1].isupper() for cell in rest):
            return False
        if not all(cell.text[:1].islower() or not any(map(str.isalnum, cell.text)) for cell in rest):
            return False
        text_at, ref = self.layout.first("text") or 0, self._cell(row, "ref")
        unnumbered = self.habits.refs >= 0.7 and not (ref and ref.paragraphs) and first.column == text_at
        return unnumbered and self._next_is_full(row) or first.column < text_at and self._header_follows(row)

    def _stands_over_lettered(self, row: int) -> bool:
        """ "1. Women's Network" over "a. ...", "b. ...": a number without lead or date over steps with letters."""
        if any((cell := self._cell(row, role)) and cell.paragraphs for role in ("owners", "timescale", "due")):
            return False
        text = self._text_cell(row)
        below = self._text_cell(row + 1) if row + 1 < self.table.height else None
        return bool(
            text and below and re.match(r"\d{1,2}[.)]?\s", text.text) and re.match(r"\(?a[.)]\s*[A-Z]", below.text)
        )

    def _is_numbered_heading(self, row: int, cells: list[Cell]) -> bool:
        """ "1" beside bold words and perhaps a lead, over "1.1", "1.2": the heading of those, not an action.

        Without a lead it need not be bold, where all actions have one or the header is printed again under it.
        """
        ref, text = self._cell(row, "ref"), self._text_cell(row)
        bare = len(cells) == 2 and ref in cells and text in cells and looks_like_ref(cells[0].text)
        if bare and self._header_follows(row) and is_heading_like(cells[1].text):
            return not begins_like_action(cells[1].text)
        below = self._cell(row + 1, "ref") if row + 1 < self.table.height else None
        plain = {"ref", "text", "owners", "support"}
        return (
            ref is not None
            and text is not None
            and below is not None
            and re.fullmatch(r"\w{1,3}", flat(ref.text).rstrip(".")) is not None
            and flat(below.text).startswith(flat(ref.text).rstrip(".") + ".")
            and all(self.layout.role(cell.column) in plain for cell in cells)
            and (
                text.bold
                and self.habits.bold < 0.5
                or text.fill is not None
                and self.habits.filled < 0.5
                or bare
                and self.habits.owners >= 0.7
            )
        )

    def _tells_of_the_heading(self, cells: list[Cell]) -> bool:
        """ "Why is this important?" beside an answer that runs across, under a heading that has no action yet."""
        return (
            self.fresh_heading is not None
            and len(cells) == 2
            and cells[0].col_span == 1
            and cells[1].col_span >= max(2, self.table.width * 0.5)
            and not looks_like_ref(cells[0].text)
        )

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
        text_at = self.layout.first("text") or 0
        if any(cell.column < text_at and cell.text[:1].isupper() and len(cell.text.split()) >= 5 for cell in cells):
            return False
        groups = [self.table.rows[row][index] for index in self.layout.of("group")]
        fresh = any(cell.row == row and cell.paragraphs for cell in groups)
        return not fresh or (text is not None and text.row < row and bool(text.paragraphs))

    def _goes_on_with_text(self, row: int, text: Cell) -> bool:
        """The rest of a sentence that a page break cut."""
        if self.last is not None and self._time_goes_on(row):
            return True
        if self.last is None or not text.text[:1].islower() or is_numbered(text.text):
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

    def _header_follows(self, row: int) -> bool:
        """The header is printed again right under this row, which therefore names what follows."""
        later = next((at for at in range(row + 1, self.table.height) if own_cells(self.table, at)), None)
        return later is not None and later in self.judged.header_rows

    def _is_running_title(self, row: int, cells: list[Cell]) -> bool:
        """The same words across the table over each of its headers: the title, printed again on every page."""
        return len(cells) == 1 and row + 1 in self.judged.header_rows and self._over_headers[cells[0].text] >= 2

    @cached_property
    def _over_headers(self) -> Counter[str]:
        """How often the same words stand alone over a header."""
        over = [own_cells(self.table, header - 1) for header in self.judged.header_rows if header]
        return Counter(cells[0].text for cells in over if len(cells) == 1)

    def _is_last_before_a_page(self, row: int) -> bool:
        """Words in the last row of a table of numbered actions: the heading of what goes on after the page break."""
        words = flat(own_cells(self.table, row)[0].text)
        last = not any(own_cells(self.table, later) for later in range(row + 1, self.table.height))
        return last and self.habits.refs >= 0.7 and len(words.split()) >= 4 and words[-1].isalnum()

    def _another_group_follows(self, row: int, column: int) -> bool:
        """The next row has a heading of its own in the same column and an action: this one stands over it."""
        if any(cell.row_span > 1 for cell in self.table.cells):
            return False
        later = next((at for at in range(row + 1, self.table.height) if own_cells(self.table, at)), None)
        if later is None:
            return False
        if later in self.judged.header_rows:
            return True
        return bool(self.table.rows[later][column].paragraphs) and self._text_cell(later) is not None

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

"""The review page: each row of the document as it was, beside what was understood of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from actions.importing.checking import OwnerFound
from actions.importing.draft import DraftAction, DraftPlan
from actions.importing.grid import Document, Table, TextBlock
from actions.importing.own_workbook import reads_itself
from actions.importing.understanding import taken_in
from actions.importing.words import flat, short, stands_in
from actions.presenters.import_offers import cells_of, reading_words
from prevent_tracker.core.words import counted

COLOURS = {"red": "Red", "amber": "Amber", "green": "Green", "blue": "Blue", "not_started": "Not started"}
LONGEST_SHOWN = 1200
SET_ASIDE = "set aside"
GOES_ON = "Goes on from the action above"
LINE_GOES_ON = "Goes on from the line above"
MOST_TOGETHER = 100  # paragraphs of text that are shown as one
SAID_NOTES = {"ignore": "Left out, as somebody said here", "header": "Column headings, as somebody said here"}


@dataclass(frozen=True)
class ActionShown:
    """An action as understood: its words and labelled lines."""

    ref: str
    text: str
    lines: list[tuple[str, str]]
    why: str = ""


@dataclass(frozen=True)
class LineShown:
    """A line of text around the plan: the name it has in answers, its place and its words."""

    key: str
    place: str
    words: str


@dataclass
class Strip:
    """One row or paragraph of the document (`was`, cell by cell) and what came of it."""

    place: str
    was: list[str]
    key: str = ""
    headings: list[tuple[str, str]] = field(default_factory=list)  # level, label
    actions: list[ActionShown] = field(default_factory=list)
    note: str = ""
    lost: bool = False
    table: str = ""  # key of a table that was set aside as a whole
    around: list[LineShown] = field(default_factory=list)  # text that is not in the plan, put together

    @property
    def kind(self) -> str:
        """What a row was read as, in the words of its offers; empty for what is neither action nor heading."""
        return "action" if self.actions else "heading" if self.headings else ""

    @property
    def keys(self) -> set[str]:
        """The names of everything that it shows."""
        return {self.key, self.table, *(line.key for line in self.around)}

    @property
    def anchor(self) -> str:
        key = self.key or self.table
        return f"row-{key.replace(':', '-')}" if key else ""


def strips_of(document: Document, draft: DraftPlan, said: Mapping[str, str] | None = None) -> list[Strip]:
    """Return the whole document in reading order. Text outside the plan is put together; blank rows are left out.

    `said` holds what somebody said that rows are (of `ROW_KINDS`), by the keys of the rows.
    """
    made = _Strips(document, draft, said or {})
    strips: list[Strip] = []
    for block in document.blocks:
        if isinstance(block, TextBlock):
            made.text(block, strips)
        else:
            strips.extend(made.table(block))
    return strips


def strip_of(strips: Iterable[Strip], key: str) -> Strip | None:
    """Return the strip of a row, a line or a table that was set aside, by its key; None for one that is not there."""
    return next((strip for strip in strips if key and key in strip.keys), None)


def strip_near(strips: Sequence[Strip], key: str) -> Strip | None:
    """Return the strip of a key, or else the first one of its table: a table that was set aside has no rows any more."""
    table = key.partition(":")[0]
    same = (strip for strip in strips if table and table in (strip.table, strip.key.partition(":")[0]))
    return strip_of(strips, key) or next(same, None)


def rows_of(table: Table) -> list[str]:
    """Return the rows of a table as they were, each on one line; blank ones are left out."""
    rows = (
        " | ".join(flat(cell.text) for cell in cells_of(table, row) if cell.paragraphs) for row in range(table.height)
    )
    return [row for row in rows if row]


class _Strips:
    def __init__(self, document: Document, draft: DraftPlan, said: Mapping[str, str]):
        self.draft, self.said = draft, said
        self.names = {} if reads_itself(document) else {id(line): key for key, line in document.lines.items()}
        self.taken_in = taken_in(draft, document)
        self.actions: dict[str, list[DraftAction]] = {}
        self.headings: dict[str, list[tuple[str, str]]] = {}
        for action in draft.actions:
            self.actions.setdefault(action.source.key or action.source.place, []).append(action)
        for group in draft.groups:
            name = group.source.key or group.source.place
            self.headings.setdefault(name, []).append((level_of(group.level), group.label))
        self.aside = {decoy.source.key: decoy for decoy in draft.decoys}
        self.route = {stage.source.key for stage in draft.approval_route}
        self.stages_begin: dict[str, int] = {}  # table key to the row (from 0) of its first stage
        for stage in draft.approval_route:
            table, _, row = stage.source.key.partition(":")
            self.stages_begin.setdefault(table, int(row or 1) - 1)
        self.columns: dict[str, set[str]] = {}
        for column in draft.columns:
            self.columns.setdefault(column.table, set()).add(flat(column.heading))
        self.timescales = {flat(action.timescale_text or "") for action in draft.actions}

    def text(self, block: TextBlock, strips: list[Strip]) -> None:
        place, key, words = str(block.where), self.names.get(id(block), ""), line_words(block)
        name = key if key in self.headings or key in self.actions else place  # of an import read before lines had names
        strip = Strip(place, [words], key, self.headings.get(name, []))
        strip.actions = [shown(action) for action in self.actions.get(name, [])]
        if strip.kind:
            strips.append(strip)
        elif key in self.taken_in:
            strip.note = LINE_GOES_ON
            strips.append(strip)
        elif self.said.get(key) in SAID_NOTES:
            strip.note = SAID_NOTES[self.said[key]]
            strips.append(strip)
        elif words == self.draft.title:
            strip.note = "The title of the plan"
            strips.append(strip)
        elif strips and 0 < len(strips[-1].around) < MOST_TOGETHER:
            strips[-1].around.append(LineShown(key, place, words))
        else:
            strip.note = "Text around the plan: not in it"
            strip.around.append(LineShown(key, place, words))
            strips.append(strip)

    def table(self, table: Table) -> Iterator[Strip]:
        if table.key in self.aside:
            decoy = self.aside[table.key]
            kind = "" if decoy.kind == SET_ASIDE else f" ({decoy.kind})"
            note = f"{counted(table.height, 'row')} {SET_ASIDE}{kind}: {decoy.why}"
            yield Strip(str(table.where), rows_of(table), note=note, table=table.key)
            return
        before: list[DraftAction] = []
        for row in range(table.height):
            strip = self.row(table, row, before)
            if strip is not None:
                yield strip

    def row(self, table: Table, row: int, before: list[DraftAction]) -> Strip | None:
        cells = cells_of(table, row)
        if not any(cell.paragraphs for cell in cells):
            return None
        key = f"{table.key}:{row + 1}"
        was = [cell.text[:LONGEST_SHOWN] if cell.row == row else "" for cell in cells]
        strip = Strip(str(table.where_of(row)), was, key, self.headings.get(key, []))
        actions = self.actions.get(key, [])
        strip.actions = [shown(action) for action in actions]
        if actions:
            before[:] = actions[-1:]
        elif key in self.route:
            strip.note = "A stage of the approval route"
        elif row < self.stages_begin.get(table.key, 0):
            strip.note = "Column headings"
        elif self.said.get(key) in SAID_NOTES:
            strip.note = SAID_NOTES[self.said[key]]
        elif not strip.headings:
            strip.note, strip.lost = self.unread(table, [flat(cell.text) for cell in cells if cell.paragraphs], before)
        return strip

    def unread(self, table: Table, words: list[str], before: list[DraftAction]) -> tuple[str, bool]:
        """Say what became of a row that is neither action nor heading, and whether any of its words are nowhere."""
        known = self.columns.get(table.key, set())
        # The heading of a column may be a period, which is then the timescale of what stands under it.
        headings = [each for each in words if each in known or each in self.timescales]
        if len(words) > 1 and len(headings) * 2 >= len(words) and any(each in known for each in words):
            return "Column headings", False
        cards = [action for key, found in self.actions.items() if key.startswith(f"{table.key}:") for action in found]
        if len(cards) == 1 and all(cards[0].tells(each) for each in words):
            return "Part of the action of this table", False
        above = flat(" ".join(action.everything() for action in before))
        gone = [each for each in words if not stands_in(each, above)]
        if not gone:
            return GOES_ON, False
        if max(words, key=len) not in gone:  # the number of a row that was joined to the one above
            return f"{GOES_ON}. Not in the plan: {', '.join(f'“{short(each)}”' for each in gone)}", True
        if len(words) == 1 and words[0] in (self.draft.title, self.draft.period_text):
            return "The title of the plan", False
        return "Not in the plan", True


def line_words(block: TextBlock) -> str:
    """Return the words of a line of text with the mark that it has in a list."""
    return f"{block.mark} {block.text}".strip() if block.mark else block.text


def shown(action: DraftAction) -> ActionShown:
    """Return an action with every field that the document gives it."""
    lines = [
        ("Owner", " • ".join(action.owners) if action.owners else (action.owner_text or "")),
        ("Timescale", timescale_words(action)),
        ("RAG", COLOURS.get(action.rag or "", "")),
        ("Measure", action.measure or ""),
        ("Progress", action.progress or ""),
        *action.extra.items(),
    ]
    return ActionShown(
        action.ref or "", action.text, [(label, words) for label, words in lines if words], action.source.why
    )


def timescale_words(action: DraftAction) -> str:
    """Return the words of a timescale and, where they say more, what they were read to mean."""
    words, meaning = flat(action.timescale_text or ""), reading_words(action)
    return words if words.casefold() == meaning.casefold() else " – ".join(filter(None, (words, meaning)))


def column_examples(draft: DraftPlan, document: Document) -> dict[str, str]:
    """Return {"t2-0": 'For example: “...”'}: what stands in a column where the table's first actions are."""
    tables = {table.key: table for table in document.tables}
    keys = dict.fromkeys(action.source.key for action in draft.actions)
    found = {}
    for column in draft.columns:
        table = tables.get(column.table)
        rows = [int(key.partition(":")[2]) - 1 for key in keys if key.startswith(f"{column.table}:")]
        cells = [table.rows[row][column.column] for row in rows if column.column < table.width] if table else []
        words = next((flat(cell.text) for cell in cells if not cell.empty), "")
        if words:
            found[f"{column.table}-{column.column}"] = f"For example: “{short(words, 60)}”"
    return found


def level_of(code: str) -> str:
    return "Sub-heading" if code == "sub_heading" else code.replace("_", " ").capitalize()


@dataclass(frozen=True)
class Totals:
    """The counts of a summary, each with its words."""

    lines: list[tuple[str, int]]

    @classmethod
    def of(cls, draft: DraftPlan, owners: Iterable[OwnerFound], open_doubts: int) -> "Totals":
        """Return (what, how many): actions, headings, owners, what is still unanswered."""
        found = list(owners)
        timescales = sum(bool(action.timescale_text) for action in draft.actions)
        rated = sum(bool(action.rag) for action in draft.actions)
        return cls(
            [
                ("Actions", len(draft.actions)),
                ("Headings", len(draft.groups)),
                ("Owners", len(found)),
                ("With a timescale", timescales),
                ("With a RAG rating", rated),
                ("Unanswered", open_doubts),
            ]
        )

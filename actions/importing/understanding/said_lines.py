"""What people said of lines of text, put into what was understood: every other line is read as it was before.

A line is named by its number among the lines of the document ("p3", see `Document.lines`). It may be said to be an
action, a heading over what follows it, the rest of the line above, or no part of the plan.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator

from ..draft import Answers, DraftAction, DraftGroup, DraftPlan, Source
from ..grid import Document, Table, TextBlock
from ..words import BULLETS, flat, stands_in
from .groups import Heading, is_title_like, level_word, without_owner
from .owners import known_in_column
from .timing import TimescaleReader
from .title import read_title
from .typed import is_labelled, with_lines_below
from .typed_drafts import drafted

LONGEST_LABEL = 4  # words of a line that can be the label of the one below
SAID = "somebody said so here"
STYLED = (1, 2, 3)  # what is pasted and only looks like a heading is put deeper
Read = Callable[[Document, Answers], DraftPlan]
Item = DraftGroup | DraftAction


def read_with_said_lines(document: Document, answers: Answers, read: Read) -> DraftPlan:
    """Read a document with `read`, name the lines that its actions and headings come from, and do what was said."""
    lines = document.lines
    said = {key: answers.rows[key] for key in lines if key in answers.rows}
    plan = _named(read(document, answers), lines)
    taken = taken_in(plan, document) if said else {}
    apart = {id(lines[key]) for key, kind in said.items() if key in taken and kind != "continuation"}
    if apart:  # a line that went on from another one does so no more, whatever else it is
        left = tuple(block for block in document.blocks if id(block) not in apart)
        plan = _named(read(dataclasses.replace(document, blocks=left), answers), lines)
    if said:
        _Lines(plan, document, answers, said).put()
    return plan


def _named(plan: DraftPlan, lines: dict[str, TextBlock]) -> DraftPlan:
    names = {str(block.where): key for key, block in lines.items()}
    for item in items_of(plan):
        item.source.key = item.source.key or names.get(item.source.place, "")
    return plan


def line_above(plan: DraftPlan, document: Document, key: str) -> Item | None:
    """Return the action or heading of the nearest line above one, no table between; None when there is none."""
    items: dict[str, Item] = {item.source.key: item for item in items_of(plan)}
    names = {id(block): name for name, block in document.lines.items()}
    found: Item | None = None
    for block in document.blocks:
        if block is document.lines[key]:
            break
        found = items.get(names[id(block)], found) if isinstance(block, TextBlock) else None
    return found


def taken_in(plan: DraftPlan, document: Document) -> dict[str, Item]:
    """Return the lines that are part of the action or heading just above them, each by its name with that item."""
    items: dict[str, Item] = {item.source.key: item for item in items_of(plan)}
    names = {id(block): name for name, block in document.lines.items()}
    found: dict[str, Item] = {}
    above: Item | None = None
    for block in document.blocks:
        name = names.get(id(block), "")
        if not isinstance(block, TextBlock) or name in items:
            above = items.get(name) if name else None
        elif above is not None and _holds(above, block.text):
            found[name] = above
        elif len(block.text.split()) > LONGEST_LABEL:
            above = None
    return found


def _holds(item: Item, words: str) -> bool:
    return item.tells(words) if isinstance(item, DraftAction) else stands_in(flat(words), item.label)


class _Lines:
    """A draft on its way to what was said of the lines of its document."""

    def __init__(self, plan: DraftPlan, document: Document, answers: Answers, said: dict[str, str]) -> None:
        self.plan, self.document, self.answers, self.said = plan, document, answers, said
        self.lines = document.lines
        names = {id(block): key for key, block in self.lines.items()}
        self.keys = [block.key if isinstance(block, Table) else names[id(block)] for block in document.blocks]
        self.order = {key: at for at, key in enumerate(self.keys)}

    def put(self) -> None:
        """Do what was said of each line, from the first to the last."""
        before = list(self.plan.actions)
        for key, kind in self.said.items():
            present = [item for item in self.items() if item.source.key == key]
            line = self.whole_line(key)
            if kind == "continuation":
                self.go_on(key)
                continue
            if kind != "heading":
                self.take_headings_out(key)
            if kind != "action":
                self.take_actions_out(key)
            if kind == "action" and not any(isinstance(item, DraftAction) for item in present):
                self.add_action(key, line)
            if kind == "heading" and not any(isinstance(item, DraftGroup) for item in present):
                self.add_heading(key, line, SAID)
        self.plan.groups = list(self.complete_groups())
        self.find_doubts_again(before)

    # --- where things stand -----------------------------------------------------------------------------------------

    def place(self, item: Item) -> tuple[int, int]:
        """Where an item stands in the document: its block, and the row of a table."""
        key, _, row = item.source.key.partition(":")
        return self.order.get(key, -1), int(row or 0)

    def items(self) -> list[Item]:
        """Headings and actions of the document, in its order; the names of sheets are none of its lines."""
        return sorted((item for item in items_of(self.plan) if self.place(item)[0] >= 0), key=self.place)

    def sheet(self, at: int) -> str | None:
        block = self.document.blocks[at]
        return block.sheet if isinstance(block, Table) else block.where.sheet

    def outer(self, item: Item) -> list[str]:
        """The headings over an item, and itself where it is one, as far as they are no rows or columns of a table."""
        path = path_of(item)
        rows = {tuple(group.path) for group in self.plan.groups if ":" in group.source.key}
        return next((path[:depth] for depth in range(len(path)) if tuple(path[: depth + 1]) in rows), path)

    def before(self, at: int) -> list[str]:
        """The headings that hold just above a block: those of the item before it, on its sheet where there are several."""
        here = [item for item in self.items() if self.sheet(self.place(item)[0]) == self.sheet(at)]
        above = [item for item in here if self.place(item)[0] < at]
        if above:
            return self.outer(above[-1])
        sheets = {group.label for group in self.plan.groups if not group.source.key}
        return [label for label in path_of(here[0])[:1] if label in sheets] if here else []

    def run_below(self, at: int) -> list[Item]:
        """What stands below a block down to the next line that is a heading, on its sheet."""
        found: list[Item] = []
        for item in self.items():
            block = self.place(item)[0]
            if block > at:
                if self.sheet(block) != self.sheet(at) or isinstance(item, DraftGroup) and is_line(item):
                    break
                found.append(item)
        return found

    def whole_line(self, key: str) -> TextBlock:
        """A line with those below that go on from it, as they were read."""
        texts, taken = [self.lines[key].text], taken_in(self.plan, self.document)
        for name in self.keys[self.order[key] + 1 :]:
            goes_on = name in taken and name not in self.said and not is_labelled(self.lines[name])
            if not goes_on or taken[name].source.key != key:
                break
            texts.append(self.lines[name].text)
        return dataclasses.replace(self.lines[key], text=" ".join(texts))

    # --- what is done -------------------------------------------------------------------------------------------------

    def take_actions_out(self, key: str) -> None:
        self.plan.actions = [action for action in self.plan.actions if action.source.key != key]

    def take_headings_out(self, key: str) -> None:
        """What stood under a heading that is none hangs from the headings that held above it."""
        for gone in [group for group in self.plan.groups if group.source.key == key]:
            self.plan.groups.remove(gone)
            above = self.before(self.order[key])
            above = above if above[: len(gone.path) - 1] == gone.path[:-1] else gone.path[:-1]
            depth = len(gone.path)
            for item in items_of(self.plan):
                path = path_of(item)
                if path[:depth] == gone.path:
                    rest = path[depth:]
                    hang(item, [*above[:depth], *rest] if rest else above)

    def add_action(self, key: str, line: TextBlock) -> None:
        """Make an action of a line, with whatever lead and day stand in it and in the labelled lines below."""
        self.add_heading_over(key)
        taken = {item.source.key for item in self.items()}
        below: list[TextBlock] = []
        for name in self.keys[self.order[key] + 1 :]:
            if name not in self.lines or name in taken:
                break
            below += [self.lines[name]] if name not in self.said else []
        path = self.before(self.order[key])
        over = [group for group in self.plan.groups if group.path == path[: len(group.path)]]
        headings = [Heading(group.label, group.level, owner_text=group.owner_text) for group in over]
        typed = with_lines_below(line, below, headings)
        times = TimescaleReader(read_title(self.document, self.answers.year), self.answers.timescales)
        action = drafted(typed, headings, known_in_column([], self.answers.known_parties), times, self.answers)
        action.group, action.source = path, Source(str(line.where), SAID, key)
        at = next((at for at, each in enumerate(self.plan.actions) if self.place(each) > self.place(action)), None)
        self.plan.actions.insert(len(self.plan.actions) if at is None else at, action)

    def add_heading_over(self, key: str) -> None:
        """A heading that was left out because it had no action has one now: the nearest above the line."""
        taken = {item.source.key for item in self.items()}
        for name in reversed(self.keys[: self.order[key]]):
            if name in taken or name not in self.lines:
                break
            if name not in self.said and is_named_heading(self.lines[name], self.plan.title):
                self.add_heading(name, self.lines[name], "a heading above the line")
                break

    def add_heading(self, key: str, block: TextBlock, why: str) -> None:
        """Make a heading of a line, over everything down to the next line that is one."""
        at = self.order[key]
        label, owner = without_owner(flat(block.text).rstrip(";"))
        run = self.run_below(at)
        first = next((item for item in run if isinstance(item, DraftAction)), None)
        held = self.outer(first) if first is not None else self.before(at)
        path = [*held[: self.depth(block, label, held, at)], label]
        for item in run:
            if path_of(item)[: len(held)] == held:
                hang(item, [*path, *path_of(item)[len(held) :]])
        ref = block.mark.strip("().") if block.mark not in ("", *BULLETS) else None
        source = Source(str(block.where), why, key)
        self.plan.groups.append(DraftGroup(label, self.level(path, at), path, ref, owner, source=source))

    def depth(self, block: TextBlock, label: str, held: list[str], at: int) -> int:
        """How many of the headings that hold stay over a new one.

        It stands beside one of its own kind ("Priority 1", "Priority 2"); else under the last one where that names its
        level or has no action yet, and beside it where it has, or is set in the same style.
        """
        named = level_word(label)
        kins = (group.path[:-1] for group in self.plan.groups if named and level_word(group.label) == named)
        kin = next((len(path) for path in kins if path == held[: len(path)]), None)
        if kin is not None or not held:
            return kin or 0
        last = next((group for group in self.plan.groups if group.path == held and is_line(group)), None)
        if last is None:
            return len(held)
        style = self.lines[last.source.key].level
        alike = style is not None and style == block.level
        if level_word(last.label) and not named and not alike:
            return len(held)
        opened = self.place(last)[0]
        used = any(opened < self.place(action)[0] < at for action in self.plan.actions)
        return len(held) - 1 if used or not self.plan.actions else len(held)

    def level(self, path: list[str], at: int) -> str:
        """The name of a new heading's level: its own word, else that of the headings beside it."""
        beside = [group for group in self.plan.groups if len(group.path) == len(path) and group.path[:-1] == path[:-1]]
        above = [group.level for group in beside if self.place(group)[0] < at]
        return level_word(path[-1]) or (above[-1] if above else "heading" if len(path) == 1 else "sub_heading")

    def go_on(self, key: str) -> None:
        """Join a line to the action or heading above it; without one it stays as it was read."""
        above, words = line_above(self.plan, self.document, key), self.lines[key].text
        if above is None or key in taken_in(self.plan, self.document):
            return
        self.take_actions_out(key)
        self.take_headings_out(key)
        if isinstance(above, DraftAction):
            above.text += f" {words}" if words[:1].islower() else f"\n{words}"
            return
        old = above.path
        above.label = f"{above.label} {flat(words)}"
        for item in items_of(self.plan):
            if path_of(item)[: len(old)] == old:
                hang(item, [*old[:-1], above.label, *path_of(item)[len(old) :]])

    # --- when all is done ---------------------------------------------------------------------------------------------

    def complete_groups(self) -> Iterator[DraftGroup]:
        """Yield the headings in the order in which they stand, each path once and with every heading over it."""
        known = {tuple(group.path): group for group in reversed(self.plan.groups)}
        labels = {group.label: group for group in reversed(self.plan.groups)}
        seen: set[tuple[str, ...]] = set()
        unplaced = [group for group in self.plan.groups if self.place(group)[0] < 0]
        for item in [*self.items(), *unplaced]:
            path = tuple(path_of(item))
            for depth in range(1, len(path) + 1):
                here = path[:depth]
                if here not in seen:
                    seen.add(here)
                    yield known.get(here) or dataclasses.replace(labels[here[-1]], path=list(here))

    def find_doubts_again(self, before: list[DraftAction]) -> None:
        """Point the doubts at their actions, which stand elsewhere by now; those of actions that are none are gone."""
        places = {id(action): at for at, action in enumerate(self.plan.actions)}
        for doubt in self.plan.doubts:
            if doubt.action is not None:
                doubt.action = places.get(id(before[doubt.action]), -1)
        self.plan.doubts = [doubt for doubt in self.plan.doubts if doubt.action != -1]


def is_named_heading(block: TextBlock, title: str | None) -> bool:
    """Whether a line names its level ("Priority 2: ...") or is styled as a heading; what is only made like one is not."""
    named = bool(level_word(block.text)) and len(block.text.split()) <= 60
    styled = block.level in STYLED and not is_title_like(block.text, title)
    return not block.mark and (named or styled)


def items_of(plan: DraftPlan) -> list[Item]:
    """All headings, then all actions."""
    return [*plan.groups, *plan.actions]


def is_line(item: Item) -> bool:
    return bool(item.source.key) and ":" not in item.source.key


def path_of(item: Item) -> list[str]:
    return item.path if isinstance(item, DraftGroup) else item.group


def hang(item: Item, path: list[str]) -> None:
    """Give an item another path."""
    if isinstance(item, DraftGroup):
        item.path = list(path)
    else:
        item.group = list(path)

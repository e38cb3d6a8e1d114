"""The answers that a person may give with one click, about a doubt, a row, or a table of an imported document.

An offer is named by a fingerprint of what it would answer. A button sends that name; the server works the offers out
anew and takes the one that has it, so nothing that a browser sends is ever taken for an answer itself.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from actions.domain.imports import SETTLED
from actions.domain.plan_rows import day_of
from actions.importing.draft import Doubt, DraftAction, DraftPlan
from actions.importing.grid import Cell, Document, Table, TextBlock
from actions.importing.own_workbook import reads_itself
from actions.importing.understanding import line_above, taken_in
from actions.importing.words import flat, short
from actions.presenters.words import repeats_words
from prevent_tracker.core.fingerprint import fingerprint
from prevent_tracker.core.words import counted, day_words

ROW_KINDS = {
    "action": "It is an action",
    "heading": "It is a heading",
    "continuation": "It goes on from the row above",
    "progress": "It is progress on the row above",
    "header": "It is a row of column headings",
    "ignore": "It is not part of the plan",
}
NEED_AN_ACTION_ABOVE = {"continuation", "progress"}
LINE_KINDS = {
    "action": "It is an action",
    "heading": "It is a heading",
    "continuation": "It goes on from “{above}”",
    "ignore": "It is not part of the plan",
}
OWN_ROW_KINDS = {"action": "It is part of the plan", "ignore": "It is not part of the plan"}
BETWEEN = " • "
# How owners are joined in a cell: not at all, by lines, by commas, by any sign or "and".
WAYS_APART = ("", r"\n+", r"\s*[,;\n]\s*", r"\s*(?:[,;/\n]|\band\b|&)\s*")
TABLE_KINDS = {
    "plan": "It is part of the plan",
    "approval": "It says who approved the plan",
    "not_plan": "It is not part of the plan",
}


@dataclass(frozen=True)
class Offer:
    """A button: its words and the answer it stands for."""

    label: str
    answer: dict[str, Any]

    @property
    def name(self) -> str:
        return fingerprint(self.answer)[:20]


@dataclass(frozen=True)
class DoubtShown:
    """A doubt, once however often it comes up, with where, why, what stands now, and what can be answered."""

    what: str
    why: str
    now: str
    places: list[str]
    key: str
    code: str
    name: str
    offers: list[Offer]

    def also(self, doubt: Doubt, offers: Sequence[Offer]) -> None:
        """Take in the same doubt at another place."""
        if doubt.source.place not in self.places:
            self.places.append(doubt.source.place)
        if self.code == "column":
            for at, offer in enumerate(offers):
                columns, more = self.offers[at].answer["columns"], offer.answer["columns"]
                both = {table: columns.get(table, {}) | more.get(table, {}) for table in columns | more}
                self.offers[at] = Offer(offer.label, {"columns": both})

    @property
    def where(self) -> str:
        more = len(self.places) - 1
        return self.places[0] + (f", and {counted(more, 'more place')}" if more > 0 else "")


def shown_doubts(draft: DraftPlan, settled: Iterable[str]) -> list[DoubtShown]:
    """Return the doubts that nobody has answered or settled; those with the same words and answers together.

    A column that stands in several tables is one question, whose answer holds in all of them.
    """
    done = set(settled)
    found: dict[str, DoubtShown] = {}
    for doubt in draft.doubts:
        name = _name_of(doubt)
        if name in done:
            continue
        if name in found:
            found[name].also(doubt, choices_of(doubt, draft))
            continue
        why, leave = sentence(short(doubt.why, 400)), leave_offer(doubt, draft, name)
        found[name] = DoubtShown(
            doubt.what, why, now_of(doubt, draft), [doubt.source.place], doubt.source.key, doubt.code, name,
            [*choices_of(doubt, draft), leave],
        )  # fmt: skip
    return list(found.values())


def leave_offer(doubt: Doubt, draft: DraftPlan, name: str) -> Offer:
    """Return the offer that leaves what is in doubt as it was read; who owners are is then an answer like any other."""
    action = _action_of(doubt, draft)
    is_owner = doubt.code == "owner" and action is not None and action.owner_text and action.owners
    said = {"owners": {action.owner_text: action.owners}} if action is not None and is_owner else {}
    return Offer("Leave it as it is", {SETTLED: [name]} | said)


def choices_of(doubt: Doubt, draft: DraftPlan) -> list[Offer]:
    """Return the other readings of what is in doubt; of an owner cell every way to take it apart."""
    action = _action_of(doubt, draft)
    if doubt.code == "owner" and action is not None:
        return list(owner_offers(action.owner_text or "", action.owners))
    return [Offer(short(choice.label, 120), choice.answer) for choice in doubt.choices]


def now_of(doubt: Doubt, draft: DraftPlan) -> str:
    """Return in words what stands while nobody answers; empty where the doubt says so itself."""
    action = _action_of(doubt, draft)
    if action is None:
        return ""
    if doubt.code == "owner":
        return BETWEEN.join(action.owners) or "nobody"
    if doubt.code == "stacked":
        texts = [short(each.text, 60) for each in actions_of_row(draft, doubt.source.key)]
        return f"{counted(len(texts), 'action')}: " + BETWEEN.join(texts)
    return ""


def _action_of(doubt: Doubt, draft: DraftPlan) -> DraftAction | None:
    at = doubt.action
    return draft.actions[at] if at is not None and at < len(draft.actions) else None


def _name_of(doubt: Doubt) -> str:
    """Return the name of a doubt: the same for every place where the same is asked with the same answers."""
    answers = [choice.answer for choice in doubt.choices] if doubt.code != "column" else []
    place = doubt.source.place if doubt.code in ("stacked", "table") else ""
    return fingerprint([doubt.code, doubt.what, place, answers])[:20]


def offers_about(about: str, draft: DraftPlan, document: Document, settled: Iterable[str]) -> list[Offer]:
    """Return every offer of a page: "doubts", a row ("t2:5"), a table ("t2") or a line of text ("p3").

    None for what is not there.
    """
    if about == "doubts":
        return [offer for doubt in shown_doubts(draft, settled) for offer in doubt.offers]
    if find_line(document, about) is not None:
        return [offer for _, found in line_offers(about, draft, document) for offer in found]
    table, row = find_row(document, about)
    if table is None:
        return []
    is_own = reads_itself(document)
    offers = [] if is_own else table_offers(table)
    if row is None:
        return offers
    groups = row_offers(table, row, draft, is_own=is_own)
    return [offer for _, found in groups for offer in found] + offers


def find_row(document: Document, key: str) -> tuple[Table | None, int | None]:
    """Return the table and row (from 0) of a key such as "t2:5", the table alone for "t2", nothing for others."""
    found = re.fullmatch(r"(t\d{1,5})(?::(\d{1,6}))?", key, re.ASCII)
    table = next((each for each in document.tables if found and each.key == found[1]), None)
    if table is None or found is None or found[2] is None:
        return table, None
    row = int(found[2]) - 1
    return (table, row) if 0 <= row < table.height else (None, None)


def find_line(document: Document, key: str) -> TextBlock | None:
    """Return the line of text of a key such as "p3"; None for others, and in the tracker's own workbook."""
    return None if reads_itself(document) else document.lines.get(key)


def actions_of_row(draft: DraftPlan, key: str) -> list[DraftAction]:
    """Return the actions that were read from a row."""
    return [action for action in draft.actions if action.source.key == key]


def table_offers(table: Table, kind: str = "") -> list[Offer]:
    """Return what else a table may be; `kind` is what it is read as (of `TABLE_KINDS`), which is not offered again."""
    return [Offer(label, {"tables": {table.key: code}}) for code, label in TABLE_KINDS.items() if code != kind]


def kind_of_table(table: Table, draft: DraftPlan) -> str:
    """Return what a table is read as, of `TABLE_KINDS`."""
    if any(decoy.source.key == table.key for decoy in draft.decoys):
        return "not_plan"
    is_route = any(stage.source.key.startswith(f"{table.key}:") for stage in draft.approval_route)
    return "approval" if is_route else "plan"


def row_offers(
    table: Table, row: int, draft: DraftPlan, kind: str = "", *, is_own: bool = False
) -> list[tuple[str, list[Offer]]]:
    """Return (question, offers) for a row: what it is, how its cell is taken apart, its owners and timescales.

    `kind` is what the row is read as (of `ROW_KINDS`), which is not offered again. Only a row below an action can go on
    from it. A row of the tracker's own workbook (`is_own`) is what the workbook says, or left out.
    """
    key = f"{table.key}:{row + 1}"
    actions = actions_of_row(draft, key)
    labels = OWN_ROW_KINDS if is_own else ROW_KINDS
    kind = "action" if is_own and kind else kind
    not_meant = {kind} if has_action_above(draft, table, row) else {kind, *NEED_AN_ACTION_ABOVE}
    kinds = [Offer(label, {"rows": {key: code}}) for code, label in labels.items() if code not in not_meant]
    groups = [("What is this row?", kinds)]
    if not is_own:
        groups.append(("Is it one action or several?", list(split_offers(key, cells_of(table, row), actions))))
    groups.extend(word_offers(actions))
    return [(question, offers) for question, offers in groups if offers]


def line_offers(key: str, draft: DraftPlan, document: Document) -> list[tuple[str, list[Offer]]]:
    """Return (question, offers) for a line of text: what else it is, and what its owners and timescales are.

    A line can only go on from an action or heading above it, and only what is in the plan can be left out of it.
    """
    actions, above = actions_of_row(draft, key), line_above(draft, document, key)
    goes_on = key in taken_in(draft, document)
    is_heading = any(group.source.key == key for group in draft.groups)
    meant = {
        "action": not actions,
        "heading": not is_heading,
        "continuation": above is not None and not goes_on,
        "ignore": bool(actions) or is_heading or goes_on,
    }
    words = short((above.text if isinstance(above, DraftAction) else above.label) if above else "", 60)
    kinds = [
        Offer(label.format(above=words), {"rows": {key: code}}) for code, label in LINE_KINDS.items() if meant[code]
    ]
    groups = [("What is this line?", kinds), *word_offers(actions)]
    return [(question, offers) for question, offers in groups if offers]


def word_offers(actions: Sequence[DraftAction]) -> Iterator[tuple[str, list[Offer]]]:
    """Yield (question, offers) about the owners and timescales of actions, each words once."""
    for words in dict.fromkeys(action.owner_text for action in actions if action.owner_text):
        present = next(action.owners for action in actions if action.owner_text == words)
        yield f"Who is named in “{short(words)}”?", list(owner_offers(words, present))
    for action in {action.timescale_text: action for action in actions if action.timescale_text}.values():
        yield f"What does “{short(action.timescale_text or '')}” mean?", list(time_offers(action))


def has_action_above(draft: DraftPlan, table: Table, row: int) -> bool:
    """Whether an action was read from a row of the table that stands above one (from 0)."""
    places = (action.source.key.partition(":") for action in draft.actions)
    return any(key == table.key and number and int(number) <= row for key, _, number in places)


def split_offers(key: str, cells: Iterable[Cell], actions: Sequence[DraftAction]) -> Iterator[Offer]:
    """Yield the other ways of taking the cell of a row's actions apart."""
    holding = [cell for cell in cells if any(action.text and action.text in cell.text for action in actions)]
    parts = max(map(parts_of, holding), default=0)
    if parts > len(actions):
        yield Offer("Each paragraph is an action", {"splits": {key: "split"}})
    if len(actions) > 1:
        yield Offer("It is one action", {"splits": {key: "join"}})


def parts_of(cell: Cell) -> int:
    """Return into how many parts a cell can be taken apart: its paragraphs, or the lines of a single one."""
    return len(cell.paragraphs) if len(cell.paragraphs) > 1 else cell.text.count("\n") + 1


def owner_offers(words: str, present: Sequence[str]) -> Iterator[Offer]:
    """Yield the other ways of taking the words of an owner cell apart, each named by what comes of it."""
    offered = [list(present)]
    for pattern in WAYS_APART:
        parts = [flat(part) for part in re.split(pattern, words) if part.strip()] if pattern else [flat(words)]
        if parts and parts not in offered:
            offered.append(parts)
            label = f"{len(parts)} owners: {BETWEEN.join(parts)}" if len(parts) > 1 else f"One owner: {parts[0]}"
            yield Offer(short(label, 120), {"owners": {words: parts}})


def time_offers(action: DraftAction) -> Iterator[Offer]:
    """Yield the other readings of a timescale, and that its words alone stand."""
    words = action.timescale_text or ""
    for each in action.reading.alternatives:
        kept = {name: each[name] for name in ("kind", "start", "precision", "recurrence", "ongoing") if each.get(name)}
        end = each.get("due") or each.get("end")
        reading = kept | ({"end": end} if end else {}) | {"reason": str(each.get("reason") or "as a person said")}
        yield Offer(short(str(each.get("reason") or each.get("kind")), 120), {"timescales": {words: reading}})
    if action.reading.ambiguous or action.reading.kind not in ("none", "event"):
        said = {"kind": "event", "reason": "a person said that it names no date"}
        yield Offer("It names no date: keep the words alone", {"timescales": {words: said}})


def cells_of(table: Table, row: int) -> list[Cell]:
    """Return the cells that begin in a row or reach into it, left to right, each once."""
    return list(dict.fromkeys(table.rows[row]))


def reading_words(action: DraftAction) -> str:
    """Return what a timescale was read to mean, in words."""
    reading = action.reading
    start, end = (day_words(day_of(day)) for day in (reading.start, reading.end))
    if reading.ambiguous:
        return f"Not clear: {reading.reason}"
    match reading.kind:
        case "none":
            return ""
        case "range":
            return f"From {start} to {end}"
        case "open_start":
            return f"From {start}, ongoing"
        case "recurring":
            rhythm = repeats_words(reading.recurrence or "").capitalize()
            return ", ".join(filter(None, (rhythm, start and f"from {start}", end and f"due {end}")))
        case "ongoing":
            return "Ongoing" + (f", due {end}" if end else "")
        case "event":
            return "When it is called for"
    return f"Due {end}" if end else reading.reason


def capital(words: str) -> str:
    """Return words that begin a sentence."""
    return words[:1].upper() + words[1:]


def sentence(words: str) -> str:
    """Return words as a sentence: from a capital to a full stop."""
    return capital(words) + ("" if not words or words.endswith((".", "?", "!", "…")) else ".")

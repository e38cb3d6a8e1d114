"""Putting the draft plan together: tables, headings, rows, then owners, timescales and ratings."""

from __future__ import annotations

import re
from collections import Counter

from ..draft import Answers, ColumnReading, Decoy, DraftAction, DraftGroup, DraftPlan, Source
from ..errors import UnreadableFile
from ..grid import Document, TextBlock
from . import doubts as doubting
from .approval import read_approval
from .cards import with_cards_as_tables
from .decoys import running_lines
from .groups import Heading, headings_above, is_title_like, level_word
from .in_text import owners_from_text, refs_from_text
from .judged import Judged
from .matrix import with_matrices_as_tables
from .narrative import read_narrative
from .owners import is_above, known_in_column, split_owners
from .privacy import case_warnings
from .rag import colour_of, looks_like_key, read_key, read_rag, words_of_rating
from .raw import Carried, RawAction
from .rows import TableReader
from .said_lines import read_with_said_lines
from .second_look import (
    deeds_as_plan,
    find_headings_in_headers,
    lay_out_together,
    like_another,
    names_of_columns,
    risk_register_as_plan,
)
from .tables import judge
from .timing import TimescaleReader
from .title import Title, read_title
from .typed import TypedAction
from .typed_drafts import add_drafted

MAX_ACTIONS = 5_000
NO_ACTIONS = "No actions were found: there is no table with a column for actions, and no list that is called one."
NO_ACTIONS_UNDER_HEADINGS = (
    "No actions were found: the document names its headings but has no table or list of actions."
)


def understand(document: Document, answers: Answers | None = None) -> DraftPlan:
    """Read a document as a plan. Raises `UnreadableFile` for more than 5,000 actions."""
    answers = answers or Answers()
    plan = read_with_said_lines(document, answers, _read)
    if not plan.actions:
        plan.warnings.append(NO_ACTIONS_UNDER_HEADINGS if plan.groups else NO_ACTIONS)
    plan.warnings.extend(case_warnings(plan))
    doubting.add_plan_doubts(plan, answers, {table.key: str(table.where) for table in document.tables})
    return plan


def _read(document: Document, answers: Answers) -> DraftPlan:
    title = read_title(document, answers.year)
    document = with_matrices_as_tables(with_cards_as_tables(document))
    plan = DraftPlan(title=title.text, period_text=title.period_text, warnings=list(document.warnings))
    judged = _judge_tables(document, answers)
    running = running_lines(document.tables)
    plan_tables = [each for each in judged if each.kind == "plan"]
    for each in plan_tables:
        each.header_rows |= running.get(each.table.number, set())
    times = TimescaleReader(title, answers.timescales)
    _set_aside(plan, judged, times)
    raw, paths = _read_tables(document, plan_tables, title, answers, plan)
    if len(raw) > MAX_ACTIONS:
        raise UnreadableFile(
            f"This plan has {len(raw):,} actions and the limit is {MAX_ACTIONS:,}: split it by priority "
            "and upload the parts one after the other."
        )
    key = read_key(
        (each.table for each in judged if each.kind != "plan"),
        (block.text for block in document.blocks if isinstance(block, TextBlock) and looks_like_key(block.text)),
    )
    key.update(answers.ratings)
    if raw:
        _finish_actions(plan, raw, times, key, answers)
        _finish_groups(plan, paths, document)
    else:
        _read_text(plan, document, title, times, answers)
    return plan


# --- tables -----------------------------------------------------------------------------------------------------


def _judge_tables(document: Document, answers: Answers) -> list[Judged]:
    """What each table is, in order; risk registers with actions count as the plan only when there is no other."""
    judged: list[Judged] = []
    previous: Judged | None = None
    heading = ""
    sheet: str | None = None
    for block in document.blocks:
        if isinstance(block, TextBlock):
            if not block.mark:
                heading = block.text
            continue
        if block.sheet != sheet:
            sheet, previous = block.sheet, None
        each = judge(block, heading, previous, answers)
        judged.append(each)
        previous = each if each.kind == "plan" else previous
    names = names_of_columns(judged)
    judged = [like_another(each, names, answers) for each in judged]
    for look in (risk_register_as_plan, deeds_as_plan):
        # What a person adds to the plan takes nothing away that was found without them.
        if not any(each.kind == "plan" and each.table.key not in answers.tables for each in judged):
            judged = [each if each.table.key in answers.tables else look(each, answers) for each in judged]
    lay_out_together(judged, answers)
    find_headings_in_headers(judged)
    return judged


def _set_aside(plan: DraftPlan, judged: list[Judged], times: TimescaleReader) -> None:
    for each in judged:
        source = Source(str(each.table.where), each.why, each.table.key)
        if each.kind == "approval":
            stages = read_approval(each.table, each.header_rows, times)
            plan.approval_route.extend(stages)
            if not stages:
                plan.decoys.append(Decoy("document control", each.why, source))
        elif each.kind != "plan":
            plan.decoys.append(Decoy(each.kind, each.why, source))


def _read_tables(
    document: Document, tables: list[Judged], title: Title, answers: Answers, plan: DraftPlan
) -> tuple[list[RawAction], list[list[Heading]]]:
    """All actions of all plan tables, and the headings in the order in which they stand."""
    above = headings_above(document.blocks, [each.table for each in tables], title.text)
    sheets = _sheets_as_headings(tables, above)
    between = _headings_between(document, tables)
    actions: list[RawAction] = []
    paths: list[list[Heading]] = []
    carried = Carried()
    on_sheet = Counter(each.table.sheet for each in tables)
    for each in tables:
        over = [*sheets.get(each.table.number, []), *above.get(each.table.number, [])]
        if between.get(each.table.number):
            carried = Carried(last=carried.last if not over else None)
        reader = TableReader(each, over, carried, title.text, answers)
        reader.read(several_plan_tables=on_sheet[each.table.sheet] > 1)
        carried = reader.carried()
        actions.extend(reader.actions)
        if over:
            paths.append(list(over))
        paths.extend(reader.headings)
        plan.warnings.extend(reader.warnings)
        for section in each.sections[:1]:
            plan.columns.extend(
                ColumnReading(each.table.key, column.index, column.heading, column.role, column.why)
                for column in section.layout.columns
            )
    return actions, paths


def _headings_between(document: Document, tables: list[Judged]) -> dict[int, bool]:
    """For each plan table whether free text that could be a heading, or another sheet, stands before it."""
    numbers = {each.table.number for each in tables}
    result: dict[int, bool] = {}
    changed, sheet = True, None
    for block in document.blocks:
        if isinstance(block, TextBlock):
            changed = changed or block.level is not None or block.bold or bool(level_word(block.text))
        elif block.number in numbers:
            result[block.number] = changed or block.sheet != sheet
            changed, sheet = False, block.sheet
    return result


def _sheets_as_headings(tables: list[Judged], above: dict[int, list[Heading]]) -> dict[int, list[Heading]]:
    """With the plan on several sheets, the name of a sheet is the heading unless the sheet has its own."""
    sheets = list(dict.fromkeys(each.table.sheet for each in tables if each.table.sheet))
    if len(sheets) < 2:
        return {}
    result: dict[int, list[Heading]] = {}
    made = {name: Heading(name, level_word(name), f"sheet “{name}”", why="the name of its sheet") for name in sheets}
    for each in tables:
        name = each.table.sheet or ""
        plain = re.fullmatch(
            r"(?:sheet|table|page) ?\d*|.*\b(?:action|delivery) plan.*|(?:prevent |main |current |live |"
            r"master )*(?:plan|actions?|tracker|log|data)",
            name,
            re.I,
        )
        own = any(heading.level for heading in above.get(each.table.number, ())) or any(
            level_word(cell.text) for row in each.before_header for cell in each.table.rows[row][:1]
        )
        if name and not plain and not own:
            result[each.table.number] = [made[name]]
    return result


# --- finishing --------------------------------------------------------------------------------------------------


def _finish_actions(
    plan: DraftPlan, raw: list[RawAction], times: TimescaleReader, key: dict[str, str], answers: Answers
) -> None:
    refs_from_text(raw)
    owners_from_text(raw)
    owner_texts = [_owner_text(action) or "" for action in raw]
    known = known_in_column(owner_texts, answers.known_parties)
    coloured = _colour_columns(raw)
    previous: DraftAction | None = None
    parties: dict[str, tuple[list[str], str]] = {}
    for action, owner_text in zip(raw, owner_texts, strict=True):
        draft = DraftAction(action.text, action.ref, [heading.label for heading in action.headings])
        draft.source = Source(str(action.table.where_of(action.row)), "; ".join(dict.fromkeys(action.why)), action.key)
        _set_owners(plan, draft, action, owner_text, previous, known, answers, parties)
        _set_time(draft, action, previous, times)
        _set_rag(plan, draft, action, key, coloured)
        _set_words(draft, action)
        plan.actions.append(draft)
        doubting.add_action_doubts(plan, draft, action)
        previous = draft


def _owner_text(action: RawAction) -> str | None:
    return "\n".join(text for text in action.owners if text.strip()) or None


def _set_owners(
    plan: DraftPlan,
    draft: DraftAction,
    action: RawAction,
    text: str,
    previous: DraftAction | None,
    known: set[str],
    answers: Answers,
    parties: dict[str, tuple[list[str], str]],
) -> None:
    draft.owner_text = text or None
    if text and is_above(text) and previous is not None:
        draft.owners = list(previous.owners)
        return
    if not text:
        inherited = next((heading.owner_text for heading in reversed(action.headings) if heading.owner_text), None)
        if inherited and not action.owner_column:
            draft.owner_text = text = inherited
        else:
            return
    if text in answers.owners:
        draft.owners = list(answers.owners[text])
        return
    if text not in parties:
        found = split_owners(text, known)
        parties[text] = (list(found.names), found.doubt)
    draft.owners = list(parties[text][0])
    if parties[text][1]:
        doubting.owner_doubt(plan, draft, parties[text][1], len(plan.actions))


def _set_time(draft: DraftAction, action: RawAction, previous: DraftAction | None, times: TimescaleReader) -> None:
    text = "\n".join(value for value in action.times if value.strip())
    if not text and (action.start or action.due):
        text = f"{action.start} - {action.due}" if action.start and action.due else action.due or action.start
    draft.timescale_text = text or None
    if text and is_above(text) and previous is not None:
        draft.reading = (
            times.read(previous.timescale_text) if not is_above(previous.timescale_text or "") else previous.reading
        )
        draft.reading.reason = f"as in the row above: {draft.reading.reason}"
        return
    draft.reading = times.read_span(text, action.start, action.due) if text and not action.times else times.read(text)


def _colour_columns(raw: list[RawAction]) -> set[tuple[int, int]]:
    """Columns (table, column) whose cells are filled in at least two of the rating colours: ratings by colour alone."""
    seen: dict[tuple[int, int], set[str]] = {}
    for action in raw:
        for column, fill in action.fills.items():
            colour = colour_of(fill)
            if colour:
                seen.setdefault((action.table.number, column), set()).add(colour)
    return {place for place, colours in seen.items() if len(colours) > 1}


def _set_rag(
    plan: DraftPlan, draft: DraftAction, action: RawAction, key: dict[str, str], coloured: set[tuple[int, int]]
) -> None:
    draft.rag = read_rag(action.rag_text, action.rag_fill, key)
    if draft.rag is None and not action.rag_text:
        for column, fill in sorted(action.fills.items()):
            if (action.table.number, column) in coloured and colour_of(fill):
                draft.rag = colour_of(fill)
                doubting.colour_doubt(plan, draft, len(plan.actions))
                break
    if action.rag_text and draft.rag is None:
        draft.extra["RAG"] = action.rag_text
        if words_of_rating(action.rag_text) not in key:
            doubting.rag_doubt(plan, draft, action.rag_text, len(plan.actions))
    elif action.rag_text and len(action.rag_text.split()) > 3:
        draft.extra["RAG"] = action.rag_text


def _set_words(draft: DraftAction, action: RawAction) -> None:
    draft.measure = "\n".join(action.measure) or None
    progress = list(action.progress)
    if not progress and action.status:
        progress = action.status
    elif action.status:
        draft.extra["Status"] = "\n".join(action.status)
    draft.progress = "\n".join(progress) or None
    for name, values in action.extra.items():
        draft.extra.setdefault(name, "\n".join(values))


def _finish_groups(plan: DraftPlan, paths: list[list[Heading]], document: Document) -> None:
    """The tree of headings in reading order, each path once, with empty headings kept."""
    seen: set[tuple[str, ...]] = set()
    for path in paths:
        for depth in range(1, len(path) + 1):
            labels = tuple(heading.label for heading in path[:depth])
            if labels not in seen:
                seen.add(labels)
                heading = path[depth - 1]
                level = heading.level or ("heading" if depth == 1 else "sub_heading")
                plan.groups.append(
                    DraftGroup(
                        heading.label,
                        level,
                        list(labels),
                        None,
                        heading.owner_text,
                        heading.note,
                        Source(heading.place, heading.why, heading.row_key),
                    )
                )
    _name_levels(plan, document)


_COUNTED = re.compile(
    r"\b(\d{1,2}|two|three|four|five|six|seven|eight|nine|ten) (?:key |strategic |main |core |"
    r"overarching )?(strands|priorities|themes|objectives|pillars|aims|outcomes|workstreams|goals)\b",
    re.I,
)
_NUMBERS = {
    word: at for at, word in enumerate(["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], 2)
}


def _name_levels(plan: DraftPlan, document: Document) -> None:
    """ "Within the strategy are 3 strands" names the headings when there are three of them."""
    top = [group for group in plan.groups if len(group.path) == 1]
    if not top or any(group.level != "heading" for group in top):
        return
    for block in document.blocks:
        if isinstance(block, TextBlock):
            for number, word in _COUNTED.findall(block.text):
                count = int(number) if number.isdigit() else _NUMBERS[number.lower()]
                if count == len(top):
                    name = (
                        word.lower().removesuffix("s") if not word.lower().endswith("ies") else word.lower()[:-3] + "y"
                    )
                    for group in top:
                        group.level = name


# --- without a plan table -----------------------------------------------------------------------------------------


def _read_text(plan: DraftPlan, document: Document, title: Title, times: TimescaleReader, answers: Answers) -> None:
    blocks = [block for block in document.blocks if isinstance(block, TextBlock)]
    headings, typed = read_narrative(blocks, title.text)
    if typed:
        _finish_typed(plan, typed, times, answers)
        return
    for heading, ref in headings:
        plan.groups.append(
            DraftGroup(heading.label, heading.level, [heading.label], ref, source=Source(heading.place, heading.why))
        )


def _finish_typed(plan: DraftPlan, typed: list[TypedAction], times: TimescaleReader, answers: Answers) -> None:
    known = known_in_column([action.owner_text or "" for action in typed], answers.known_parties)
    paths: list[list[Heading]] = []
    for action in typed:
        headings = [heading for heading in action.headings if not is_title_like(heading.label, plan.title)]
        add_drafted(plan, action, headings, known, times, answers)
        paths.append(headings)
    _finish_groups(plan, paths, Document(()))

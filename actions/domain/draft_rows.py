"""A draft as the plan that it would make: headings, rows, columns and levels, in the plan's own terms. Pure."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from actions.domain.plan_rows import OwnerRow, PlanRow, split_label
from actions.enums import ActionState, Rating, TimescaleKind
from actions.importing.draft import DraftAction, DraftGroup, DraftPlan, Reading
from actions.importing.own_workbook import STATUS, About
from plans.columns import own_field, own_name
from plans.enums import Precision

RATINGS = {"red": Rating.OFF_TRACK, "amber": Rating.AT_RISK, "green": Rating.ON_TRACK, "blue": Rating.COMPLETE,
           "not_started": Rating.NOT_STARTED}  # fmt: skip
FIELD_OF = {
    "ref": "ref",
    "text": "text",
    "owners": "owner_text",
    "timescale": "timescale_text",
    "start": "timescale_text",
    "due": "timescale_text",
    "rag": "rating",
    "measure": "measure",
    "group": "objective",
}
USUAL = {"ref": "Ref", "text": "Action", "owner_text": "Owner", "timescale_text": "Timescale", "rating": "RAG",
         "measure": "Success measure", "objective": "Heading"}  # fmt: skip
MOST_LEVELS = 4
LONGEST_REF = 30
STATES = {state.label.casefold(): state for state in ActionState}
BETWEEN_LEVELS = " – "

Find = Callable[[str], OwnerRow]


@dataclass(frozen=True)
class DraftHeading:
    """A heading to be made: its path of labels as the plan keeps them, its ref, its own level label, and remarks."""

    path: tuple[str, ...]
    ref: str = ""
    level_label: str = ""
    remarks: tuple[str, ...] = ()


@dataclass
class DraftRows:
    """Everything of a plan that a draft gives."""

    levels: list[dict[str, str]]
    columns: list[dict[str, str]]
    headings: list[DraftHeading] = field(default_factory=list)
    rows: list[PlanRow] = field(default_factory=list)


def rows_of_draft(draft: DraftPlan, owner_of: Find, about: About | None = None) -> DraftRows:
    """Return the draft as headings and rows. `owner_of` says what an owner is; `about` is of our own workbook."""
    levels = about.levels if about and about.levels else levels_of(draft.groups)
    made = DraftRows(levels or [{"label": "Heading", "plural": "Headings"}], columns_of(draft, about))
    split = _split_groups(draft.groups, made.levels, own=about is not None)
    paths: dict[tuple[str, ...], tuple[str, ...]] = {}
    for group in draft.groups:
        path = tuple(group.path)
        ref, label = split[path]
        above = paths.get(path[:-1], tuple(path[:-1]))
        paths[path] = (*above, label) if len(above) < MOST_LEVELS else (*above[:-1], above[-1] + BETWEEN_LEVELS + label)
        made.headings.append(_heading(group, paths[path], ref, made.levels))
    progress = progress_heading(draft)
    for action in draft.actions:
        made.rows.append(_row(action, paths.get(tuple(action.group), tuple(action.group)), progress, owner_of))
    return made


# --- Levels, columns and headings ------------------------------------------------------------------------------------


def level_words(code: str) -> str:
    """Return "Strategic objective" for the level "strategic_objective"."""
    return "Sub-heading" if code == "sub_heading" else (code.replace("_", " ").strip().capitalize() or "Heading")


def plural_of(label: str) -> str:
    """Return "Priorities" for "Priority", "Headings" for "Heading"."""
    if re.search(r"[^aeiou]y$", label):
        return label[:-1] + "ies"
    return label if label.endswith("s") else label + "s"


def levels_of(groups: Sequence[DraftGroup]) -> list[dict[str, str]]:
    """Return the labels of the levels, outermost first: at each depth the word that most headings go by."""
    found: dict[int, Counter[str]] = {}
    for group in groups:
        found.setdefault(min(len(group.path), MOST_LEVELS), Counter())[level_words(group.level)] += 1
    labels = [found[depth].most_common(1)[0][0] for depth in sorted(found)]
    return [{"label": label[:60], "plural": plural_of(label[:60])} for label in labels]


def _split_groups(
    groups: Sequence[DraftGroup], levels: Sequence[Mapping[str, str]], *, own: bool
) -> dict[tuple[str, ...], tuple[str, str]]:
    """Return {path in the draft: (ref, label)}. Labels are taken apart only where all stay different."""
    split: dict[tuple[str, ...], tuple[str, str]] = {}
    for group in groups:
        level = level_words(group.level)
        at_level = levels[min(len(group.path), len(levels)) - 1]["label"] if levels else level
        ref, label = ("", group.label) if own or group.ref else split_label(group.label, at_level)
        split[tuple(group.path)] = (group.ref or ref, label)
    seen = Counter((path[:-1], label) for path, (_, label) in split.items())
    return {
        path: pair if seen[path[:-1], pair[1]] == 1 and len(pair[0]) <= LONGEST_REF else ("", path[-1])
        for path, pair in split.items()
    }


def _heading(group: DraftGroup, path: tuple[str, ...], ref: str, levels: Sequence[Mapping[str, str]]) -> DraftHeading:
    label = level_words(group.level) if "_" in group.level or group.level.islower() else group.level
    usual = levels[len(path) - 1]["label"] if len(path) <= len(levels) else "Heading"
    remarks = tuple(filter(None, (group.owner_text and f"Lead: {group.owner_text}", group.note)))
    return DraftHeading(path, ref, "" if label.casefold() == usual.casefold() else label[:60], remarks)


def progress_heading(draft: DraftPlan) -> str:
    """Return the heading of the column that says how things are going."""
    named = [
        c.heading for role in ("progress", "status") for c in draft.columns if c.role == role and c.heading.strip()
    ]
    return " ".join(named[0].split()) if named else "Progress"


def columns_of(draft: DraftPlan, about: About | None = None) -> list[dict[str, str]]:
    """Return the plan's columns as the document has them, and one for whatever else its rows hold."""
    columns: dict[str, str] = {}
    if about is not None and about.plan_columns:
        columns = {column["field"]: column["heading"] for column in about.plan_columns}
    else:
        progress = progress_heading(draft)
        for column in draft.columns:
            heading = " ".join(column.heading.split())
            name = _field_of(column.role, heading, progress)
            if name:
                columns.setdefault(name, heading or own_name(name) or USUAL[name])
        for name in _fields_of_lines(draft):
            columns.setdefault(name, USUAL[name])
        columns.setdefault("text", USUAL["text"])
    extra = [name for action in draft.actions for name in action.extra if name != STATUS]
    if any(action.progress for action in draft.actions):
        extra.append(progress_heading(draft))
    for name in dict.fromkeys(extra):
        columns.setdefault(own_field(name), "RAG as printed" if name == "RAG" else name)
    return [{"field": name, "heading": heading} for name, heading in columns.items()]


def _fields_of_lines(draft: DraftPlan) -> list[str]:
    """Return the fields that actions of lines of text hold: no column of a table says that they are printed."""
    lines = [action for action in draft.actions if ":" not in action.source.key]
    held = {
        "ref": any(action.ref for action in lines),
        "text": bool(lines),
        "owner_text": any(action.owner_text for action in lines),
        "timescale_text": any(action.timescale_text for action in lines),
        "rating": any(action.rag for action in lines),
        "measure": any(action.measure for action in lines),
    }
    return [name for name, is_held in held.items() if is_held]


def _field_of(role: str, heading: str, progress: str) -> str:
    if role in ("extra", "support"):
        return own_field(heading) if heading else ""
    if role in ("progress", "status"):
        return own_field(progress if role == "progress" or heading == progress else "Status")
    return FIELD_OF.get(role, "")


# --- Rows ------------------------------------------------------------------------------------------------------------


def _row(action: DraftAction, path: tuple[str, ...], progress: str, owner_of: Find) -> PlanRow:
    extra = {name: value for name, value in action.extra.items() if value and name != STATUS}
    if action.progress:
        extra[progress] = "\n".join(filter(None, (extra.get(progress), action.progress)))
    state, reason = state_of(action.extra.get(STATUS, ""))
    if STATUS in action.extra and not state:
        extra[STATUS] = action.extra[STATUS]
    ref = action.ref or ""
    if len(ref) > LONGEST_REF:
        extra["Ref"], ref = ref, ""
    return PlanRow(
        text=action.text,
        ref=ref,
        path=path,
        owner_text=action.owner_text or "",
        owners=tuple(owner_of(label) for label in dict.fromkeys(action.owners) if label.strip()),
        timescale_text=action.timescale_text or "",
        reading=reading_fields(action.reading),
        milestones=milestones_of(action.reading),
        measure=action.measure or "",
        rating=str(RATINGS.get(action.rag or "", Rating.NOT_RATED)),
        state=str(state or ActionState.AGREED),
        closed_reason=reason,
        extra=extra,
        where=action.source.place,
    )


def state_of(words: str) -> tuple[str, str]:
    """Return (state, reason) of "Withdrawn: no longer needed" as our workbook prints it; blank for other words."""
    label, _, reason = words.partition(":")
    state = STATES.get(label.strip().casefold())
    return (str(state), reason.strip()) if state else ("", "")


def reading_fields(reading: Reading) -> dict[str, Any]:
    """Return what a timescale means as an action keeps it. Where nobody has said which, it is unclear and undated."""
    kind = reading.kind if reading.kind in TimescaleKind.values else str(TimescaleKind.UNCLEAR)
    start, due = reading.start or "", reading.end or ""
    if reading.ambiguous or (start and due and due < start):
        kind, start, due = str(TimescaleKind.UNCLEAR), "", ""
    known = not reading.ambiguous
    precision = reading.precision if known and reading.precision in Precision.values and (start or due) else ""
    recurrence = (reading.recurrence or "")[:30] if known else ""
    return {"kind": kind, "start_on": start, "due_on": due, "precision": precision, "recurrence": recurrence}


def milestones_of(reading: Reading) -> tuple[dict[str, Any], ...]:
    """Return the several dates of a timescale, where there is no doubt about them."""
    if reading.ambiguous:
        return ()
    return tuple(
        {
            "text": str(each.get("text") or ""),
            "kind": str(TimescaleKind.RANGE if each.get("start") and each.get("due") else TimescaleKind.POINT),
            "start_on": each.get("start") or "",
            "due_on": each.get("due") or each.get("end") or "",
            "precision": each.get("precision") if each.get("precision") in Precision.values else "",
            "recurrence": "",
        }
        for each in reading.milestones
    )

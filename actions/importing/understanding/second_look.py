"""Tables looked at once more when the rest is known: those like a plan beside them, and what may be the plan when
nothing in the document is one for certain.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..draft import Answers
from ..words import squashed
from .groups import level_word
from .headers import Column, lay_out
from .judged import Judged, Section, answered, body_of, is_banner, own_cells
from .profiles import Profile
from .tables import judge, merged_columns
from .wordings import readings_of

FEWEST = 3
"""Fewer deeds in a column are no plan."""


def names_of_columns(judged: Iterable[Judged]) -> dict[int, frozenset[str]]:
    """The names of the columns of the plan tables, by how many columns a table has."""
    found: dict[int, set[str]] = {}
    for each in judged:
        if each.kind == "plan" and not each.inherited:
            cells = (cell for row in each.header_rows for cell in own_cells(each.table, row))
            found.setdefault(each.table.width, set()).update(squashed(cell.text) for cell in cells)
    return {width: frozenset(names) for width, names in found.items()}


def like_another(judged: Judged, known: dict[int, frozenset[str]], answers: Answers) -> Judged:
    """A table whose header was not seen, because one name in it is its own, beside plan tables with the same names."""
    names = known.get(judged.table.width)
    if not names or judged.kind != "other table" and not judged.inherited:
        return judged
    again = judge(judged.table, "", None, answers, names)
    return again if again.kind == "plan" and again.header_rows else judged


def lay_out_together(judged: list[Judged], answers: Answers) -> None:
    """Tables under the same header have the same columns, however few rows one of them has.

    With a line over the header of each, these lines are the headings of the parts.
    """
    under: dict[tuple[str, ...], list[tuple[Judged, Section]]] = {}
    for each in judged:
        for section in each.sections if each.kind == "plan" else []:
            under.setdefault(tuple(column.heading for column in section.layout.columns), []).append((each, section))
    for parts in under.values():
        if len({each.table.key for each, _ in parts}) < 2:
            continue
        rows = [row for each, section in parts for row in body_of(each.table, section.first, section.last)]
        banded = all(_has_a_line_over_it(each) for each, _ in parts if each.header_rows)
        for each, section in parts:
            headings = {column.index: column.heading for column in section.layout.columns}
            merged = merged_columns(each.table, section.first, section.last)
            layout = lay_out(headings, rows, merged, banded)
            if layout.of("text"):
                section.layout, each.banded = answered(each.table, layout, answers), each.banded or banded


def _has_a_line_over_it(judged: Judged) -> bool:
    header = min(judged.header_rows, default=0)
    return header > 0 and is_banner(own_cells(judged.table, header - 1))


def find_headings_in_headers(judged: Iterable[Judged]) -> None:
    """ "Risk assessment" where the other parts have "Staff training", over the same other columns: the heading of a part."""
    parts = [(each, section) for each in judged if each.kind == "plan" for section in each.sections]
    if len(parts) < 2 or len({len(section.layout.columns) for _, section in parts}) > 1:
        return
    names = [[squashed(column.heading) for column in section.layout.columns] for _, section in parts]
    differing = [at for at, each in enumerate(zip(*names, strict=True)) if len(set(each)) > 1]
    if len(differing) != 1:
        return
    (at,) = differing
    own = [each[at] for each in names]
    if not all(own) or len(set(own)) < len(own) or all(readings_of(name) and not level_word(name) for name in own):
        return
    for each, section in parts:
        column = section.layout.columns[at]
        if column.index <= (section.layout.first("text") or 0) and column.role in ("text", "group", "extra"):
            under = [row[column.index] for row in body_of(each.table, section.first, section.last)]
            role = "ref" if Profile.of(under).refs >= 0.7 else column.role
            section.named_by = column.index
            section.layout.columns[at] = Column(column.index, "", role, "its header has the heading of the rows")


def risk_register_as_plan(judged: Judged, answers: Answers) -> Judged:
    """A register of risks that has actions in it."""
    if judged.kind != "risk register":
        return judged
    return _as_plan(judged, answers, "it is a risk register with actions, and there is no other plan in the document")


def deeds_as_plan(judged: Judged, answers: Answers) -> Judged:
    """A table under headings that we do not know, one column of which holds hardly anything but deeds."""
    if judged.kind != "other table":
        return judged
    table, body = judged.table, body_of(judged.table, 1, judged.table.height)
    profiles = {column: Profile.of([row[column] for row in body]) for column in range(table.width)}
    deeds = [column for column, profile in profiles.items() if profile.filled >= FEWEST and profile.deeds >= 0.7]
    if not deeds or table.width < 2:
        return judged
    text = max(deeds, key=lambda column: (profiles[column].deeds, profiles[column].words))
    heads = own_cells(table, 0)
    named = len(heads) >= 2 and all(len(cell.text.split()) <= 8 for cell in heads)
    # What a person said of the table comes before what is guessed here.
    columns = answers.columns.get(table.key, {})
    guessed = {str(text): "text"} if "text" not in columns.values() else {}
    headers = {table.key: [1]} if named else {}
    why = "it holds deeds, and there is no other plan in the document"
    again = _as_plan(
        judged,
        answers,
        why,
        columns={**answers.columns, table.key: guessed | columns},
        header_rows=headers | answers.header_rows,
    )
    for section in again.sections:
        section.layout.columns = [
            Column(each.index, each.heading, each.role, why)
            if str(each.index) in guessed.keys() - columns.keys()
            else each
            for each in section.layout.columns
        ]
    return again


def _as_plan(judged: Judged, answers: Answers, why: str, **said: Any) -> Judged:
    """The table judged once more as if somebody had said that it is the plan; as it was when that makes no plan of it."""
    given = Answers.from_json({**answers.to_json(), "tables": {judged.table.key: "plan"}, **said})
    again = judge(judged.table, "", None, given)
    if again.kind != "plan":
        return judged
    again.why = why
    return again

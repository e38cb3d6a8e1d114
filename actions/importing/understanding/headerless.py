"""Plan tables without a header of their own: the rest of the table before, or columns whose values speak clearly."""

from __future__ import annotations

from ..draft import Answers
from ..grid import Table
from .headers import Column, Layout
from .judged import Judged, Section, answered, body_of, own_cells
from .profiles import Profile


def without_header(table: Table, previous: Judged | None, said: str | None, answers: Answers) -> Judged:
    if previous is not None and previous.sections and _continues(table, previous):
        layout = previous.sections[-1].layout
        return Judged(
            table,
            "plan",
            "it goes on from the table before it, with the same columns",
            [Section(0, table.height, answered(table, layout, answers))],
            inherited=True,
        )
    guessed = _layout_by_values(table)
    if guessed is None:
        if said == "plan":
            columns = [
                Column(index, "", "text" if index == 0 else "extra", "you said that it is the plan")
                for index in range(table.width)
            ]
            return Judged(
                table,
                "plan",
                "you said so",
                [Section(0, table.height, answered(table, Layout(columns, True), answers))],
            )
        return Judged(table, "other table", "it has neither a header of a plan nor columns that look like one")
    return Judged(
        table,
        "plan",
        "it has no header, but its columns hold actions, owners or dates",
        [Section(0, table.height, answered(table, guessed, answers))],
    )


def take_rows_over_the_header(plan: Judged, previous: Judged, header: int) -> None:
    """A page break in mid-table: rows of the table before stand over the next header, in the columns from before."""
    layout = previous.sections[-1].layout if previous.sections else Layout()
    text = layout.first("text")
    if text is None or text >= plan.table.width or abs(plan.table.width - previous.table.width) > 1:
        return
    for row in plan.before_header:
        columns = {cell.column for cell in own_cells(plan.table, row) if cell.col_span == 1}
        if text in columns and columns & {*layout.of("owners"), *layout.of("timescale"), *layout.of("due")}:
            plan.sections.insert(0, Section(0, header, layout))
            plan.before_header = []
            return


def _continues(table: Table, previous: Judged) -> bool:
    layout = previous.sections[-1].layout
    text = layout.first("text")
    if text is None or text >= table.width or abs(table.width - previous.table.width) > 2:
        return False
    body = body_of(table, 0, table.height)
    texts = [row[text] for row in body if row[text].strip()]
    if not texts:
        return False
    evidence = 0.0
    for role in ("owners", "timescale", "ref", "rag"):
        for column in layout.of(role):
            profile = Profile.of([row[column] for row in body if column < len(row)])
            evidence += {
                "owners": profile.parties,
                "timescale": profile.timescales,
                "ref": profile.refs,
                "rag": profile.rags,
            }[role]
    words = sum(len(value.split()) for value in texts) / len(texts)
    return evidence >= 0.4 or (table.width == previous.table.width and words >= 4)


def _layout_by_values(table: Table) -> Layout | None:
    """The columns of a table without any header, when their values speak clearly."""
    body = body_of(table, 0, table.height)
    if len(body) < 2 or table.width < 2:
        return None
    profiles = [Profile.of([row[column] for row in body]) for column in range(table.width)]
    text = max(
        range(table.width),
        key=lambda column: profiles[column].words if profiles[column].filled >= len(body) * 0.5 else 0,
    )
    if profiles[text].words < 4 or profiles[text].parties > 0.8 and profiles[text].words < 6:
        return None
    columns: list[Column] = []
    evidence = 0
    for column, profile in enumerate(profiles):
        role = "extra"
        if column == text:
            role = "text"
        elif not profile.filled:
            role = "ignore"
        elif profile.refs > 0.7 and column < text:
            role, evidence = "ref", evidence + 1
        elif profile.timescales > 0.5 and profile.times_alone > 0.3 and profile.words < 8:
            role, evidence = "timescale", evidence + 1
        elif profile.rags > 0.7:
            role, evidence = "rag", evidence + 1
        elif profile.parties > 0.6 and profile.words < 12 and not any(done.role == "owners" for done in columns):
            role, evidence = "owners", evidence + 1
        elif column < text and (profile.repeats > 0.3 or profile.gaps > 0.3):
            role = "group"
        columns.append(Column(column, "", role, "there is no header; its values decide"))
    roles = {column.role for column in columns}
    told = "timescale" in roles or profiles[text].deeds >= 0.3
    return (
        Layout(columns, headerless=True)
        if roles & {"owners", "timescale"} and evidence >= (1 if "owners" in roles else 2) and told
        else None
    )

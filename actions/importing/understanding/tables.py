"""Which tables are the plan, which are something else, and where their headers are."""

from __future__ import annotations

import dataclasses
import re

from ..draft import Answers
from ..grid import Cell, Table
from ..words import flat, squashed
from .decoys import decoy_by_header, decoy_without_header, is_key
from .headerless import take_rows_over_the_header, without_header
from .headers import lay_out
from .judged import Judged, Section, answered, body_of, headings_of, is_banner, own_cells
from .profiles import Profile, looks_like_time
from .rag import looks_like_key
from .wordings import header_score, readings_of

SURE_HEADER = 0.6


def judge(
    table: Table, heading: str, previous: Judged | None, answers: Answers, known: frozenset[str] = frozenset()
) -> Judged:
    """Decide what a table is. `heading` is the text above it, `previous` the last plan table before it.

    `known` are the names of the columns of a plan table elsewhere in the document.
    """
    said = answers.tables.get(table.key)
    if said == "not_plan":
        return Judged(table, "set aside", "you said that it is not the plan")
    if said == "approval":
        return Judged(table, "approval", "you said that it is the approval route")
    if table.hidden and said != "plan":
        return Judged(table, "hidden sheet", "its sheet is hidden in the workbook")
    if said != "plan" and is_key(table, 0):
        return Judged(table, "key", "it is headed as a key")
    headers = _header_rows(table, answers, known)
    if table.key not in answers.header_rows and _stands_upright(table, headers[:1]):
        over = _rows_across(table)
        plan = _plan(transposed(table), [(over, over + 1)], answers)
        if plan.kind == "plan":
            plan.why = "the names of its columns stand down its side"
            return plan
    if not headers and said != "plan":
        decoy = decoy_without_header(table, heading)
        if decoy:
            return decoy
    if headers:
        decoy = None if said == "plan" else decoy_by_header(table, headers[0], heading)
        if decoy:
            return decoy
        plan = _plan(table, headers, answers)
        if plan.kind == "plan" and previous is not None:
            take_rows_over_the_header(plan, previous, headers[0][0])
        if said == "plan" and table.key in answers.header_rows and plan.sections[0].layout.of("text"):
            plan.kind, plan.why = "plan", "you said so"
        if plan.kind == "plan" or said != "plan":
            return plan
    return without_header(table, previous, said, answers)


def _header_rows(table: Table, answers: Answers, known: frozenset[str]) -> list[tuple[int, int]]:
    """Header rows as (first, last exclusive), the first one and its repeats down the table or of a table before."""
    if table.key in answers.header_rows:
        rows = sorted(row - 1 for row in answers.header_rows[table.key] if 0 < row <= table.height)
        return [(rows[0], rows[-1] + 1)] if rows else []
    found: list[tuple[int, int]] = []
    row = 0
    wording: set[str] = set(known)
    styled = (False, False)
    while row < table.height:
        cells = own_cells(table, row)
        alone = _names_the_actions_alone(table, row, cells)
        if (len(cells) >= 2 or alone) and answers.rows.get(table.row_key(row), "header") == "header":
            words = {squashed(cell.text) for cell in cells}
            style = (all(cell.bold for cell in cells), all(cell.fill for cell in cells))
            if (
                alone
                or not found
                and _is_header(table, row, cells, style)
                or wording
                and (_is_repeat(cells, words, wording, style, styled) or _opens_measures(cells, style, styled))
            ):
                end = _header_end(table, row)
                found.append((row, end))
                wording |= words
                styled = style if len(found) == 1 else styled
                row = end
                continue
        row += 1
    return found


def _is_header(table: Table, row: int, cells: list[Cell], style: tuple[bool, bool]) -> bool:
    """The first header, near the top: words that name columns; fewer of them will do when it looks like one."""
    if row >= 25 or looks_like_key(" ".join(cell.text for cell in cells)):
        return False
    looks = row in table.header_rows or all(cell.bold or cell.fill for cell in cells) or _unlike_the_rest(table, row)
    return header_score([cell.text for cell in cells]) >= (0.49 if looks else SURE_HEADER)


def _names_the_actions_alone(table: Table, row: int, cells: list[Cell]) -> bool:
    """ "Actions:" over the numbers and words of the actions, and nothing over the columns beside them."""
    return (
        len(cells) == 1
        and cells[0].col_span < table.width
        and bool(re.fullmatch(r"(?:key |agreed |planned )?actions? ?:?", squashed(cells[0].text)))
        and row + 1 < table.height
        and len(own_cells(table, row + 1)) >= 2
    )


def _unlike_the_rest(table: Table, row: int) -> bool:
    """Short names over columns that hold dates, and no date among the names."""
    cells = own_cells(table, row)
    if len(cells) < 3 or any(looks_like_time(cell.text) or len(cell.text.split()) > 5 for cell in cells):
        return False
    below = table.rows[row + 1 : row + 40]
    return any(
        Profile.of([line[cell.column].text for line in below if line[cell.column].col_span == 1]).timescales >= 0.6
        for cell in cells
    )


def _is_repeat(
    cells: list[Cell], words: set[str], wording: set[str], style: tuple[bool, bool], styled: tuple[bool, bool]
) -> bool:
    """The same header again after a page break, or a new one for the next part that looks the same."""
    if len(words & wording) >= max(2, len(words) * 0.6):
        return True
    return len(cells) >= 3 and style == styled and any(style) and header_score([cell.text for cell in cells]) >= 0.75


def _opens_measures(cells: list[Cell], style: tuple[bool, bool], styled: tuple[bool, bool]) -> bool:
    """ "Indicators", "Data source", made like the header of the actions: rows of measures until the next header."""
    roles = [role for role, _ in readings_of(cells[0].text)]
    return style == styled and any(style) and roles[:1] == ["measure"] and len(cells[0].text.split()) <= 8


def _header_end(table: Table, row: int) -> int:
    """A header of several rows: cells merged down, or words over several columns with words of their own beneath."""
    cells = own_cells(table, row)
    deepest = max(cell.row_span for cell in cells)
    if (
        deepest > 1
        and deepest <= 3
        and sum(cell.row_span > 1 for cell in cells) >= 1
        and any(cell.row_span == 1 for cell in cells)
    ):
        return min(row + deepest, table.height)
    wide = [cell for cell in cells if 1 < cell.col_span < table.width]
    if wide and row + 1 < table.height:
        below = own_cells(table, row + 1)
        under = [cell for cell in below if any(top.column <= cell.column < top.column + top.col_span for top in wide)]
        if (
            below
            and len(under) == len(below)
            and len(below) >= 2
            and all(len(cell.text.split()) <= 5 for cell in below)
        ):
            return row + 2
    if deepest > 1 and all(cell.row_span == deepest for cell in cells):
        return min(row + deepest, table.height)
    return row + 2 if _explains_the_header(table, row + 1) or _goes_into_parts(table, row) else row + 1


def _goes_into_parts(table: Table, row: int) -> bool:
    """ "Start" and "Finish" alone in the row under "Timescale" and the blank beside it, which were merged once."""
    below = own_cells(table, row + 1) if row + 1 < table.height else []
    if not below or below[0].column < 2 or any(looks_like_time(cell.text) or cell.text.isdigit() for cell in below):
        return False
    blank = [cell for cell in below if not table.rows[row][cell.column].paragraphs]
    roles = {role for cell in below for role, sure in readings_of(cell.text)[:1] if sure > 0.5}
    return bool(blank) and all(len(cell.text.split()) <= 4 for cell in below) and len(roles) >= 2


def _explains_the_header(table: Table, row: int) -> bool:
    """A row under the header that says how to fill the columns in: questions, or words in brackets."""
    cells = own_cells(table, row) if row < table.height else []
    asking = [cell for cell in cells if re.search(r"\?$|^\(.*\)$|^(?:e\.?g\b|i\.?e\b|please )", flat(cell.text), re.I)]
    return len(asking) >= 2 and len(asking) >= len(cells) * 0.6


def merged_columns(table: Table, first: int, last: int) -> dict[int, bool]:
    """For each column whether cells in these rows are merged down its side."""
    return {
        column: any(
            table.rows[row][column].row_span > 1
            and table.rows[row][column].row == row
            and table.rows[row][column].col_span < table.width
            and table.rows[row][column].paragraphs
            for row in range(first, last)
        )
        for column in range(table.width)
    }


def _plan(table: Table, headers: list[tuple[int, int]], answers: Answers) -> Judged:
    ends = [first for first, _ in headers[1:]] + [table.height]
    named = [_without_spread(table, first, last) for first, last in headers]
    banded = _is_banded(table, headers)
    sections = []
    for (_, last), end, headings in zip(headers, ends, named, strict=True):
        # Under the same header stand the same columns, however few rows one part has.
        alike = [
            (start, stop) for (_, start), stop, other in zip(headers, ends, named, strict=True) if other == headings
        ]
        if sum(stop - start for start, stop in alike) <= 3:
            alike = [(last, table.height)]
        layout = lay_out(
            headings,
            [row for start, stop in alike for row in body_of(table, start, stop)],
            merged_columns(table, alike[0][0], alike[-1][1]),
            banded,
        )
        sections.append(Section(last, end, answered(table, layout, answers)))
    header_rows = {row for first, last in headers for row in range(first, last)}
    before = [row for row in range(headers[0][0]) if own_cells(table, row)]
    best = max(sections, key=lambda section: len(section.layout.columns))
    reason = _not_a_plan(table, best, header_rows)
    if reason:
        return Judged(table, "other table", reason, sections, header_rows, before)
    names = ", ".join(
        f"“{column.heading}”" for column in best.layout.columns if column.role in ("text", "owners", "timescale", "rag")
    )
    return Judged(table, "plan", f"its header has {names}", sections, header_rows, before, banded=banded)


def _is_banded(table: Table, headers: list[tuple[int, int]]) -> bool:
    """Whether each part of the table has a header of its own under a line of one cell: the heading of the part."""
    over = [own_cells(table, first - 1) for first, _ in headers[1:] if first]
    return bool(over) and all(is_banner(cells) for cells in over)


def _without_spread(table: Table, first: int, last: int) -> dict[int, str]:
    """Headings by column; a heading merged over several columns names the first with words, the rest are blank."""
    headings = headings_of(table, first, last)
    for column in range(1, table.width):
        cell = table.rows[last - 1][column]
        if cell.column < column and cell.paragraphs:
            headings[column] = ""
    return headings


def _not_a_plan(table: Table, section: Section, header_rows: set[int]) -> str:
    layout = section.layout
    text = layout.first("text")
    if text is None:
        return "none of its columns holds actions"
    companions = [
        role
        for role in (
            "owners",
            "support",
            "timescale",
            "start",
            "due",
            "rag",
            "progress",
            "measure",
            "status",
            "ref",
            "group",
        )
        if layout.of(role)
    ]
    if not companions:
        return "its columns name neither owners nor dates nor progress"
    rows = [row for row in range(table.height) if row not in header_rows]
    worded = [table.rows[row][text].text for row in rows if table.rows[row][text].row == row]
    if not any(value.strip() for value in worded):
        return "it has no actions in it"
    if not any(sum(map(str.isalpha, value)) > 2 for value in worded):
        return "its column of actions holds numbers"
    heading = squashed(layout.heading(text))
    solid = {"owners", "timescale", "due", "rag", "support", "progress", "status"} & set(companions)
    weak = not re.search(
        r"\b(action|what|activit|task|will|commitment|intervention|step|deliverable|recommendation|improvement|milestone|"
        r"development)",
        heading,
    )
    plain = heading.startswith("what") and not solid
    if plain or weak and not solid & {"owners", "timescale", "due", "support", "rag"}:
        return f"“{layout.heading(text)}” is not beside owners or dates"
    return ""


def _stands_upright(table: Table, header: list[tuple[int, int]]) -> bool:
    """ "Action", "Lead", "Timescale" stand one under the other in the first column, and name columns best there."""
    over = _rows_across(table)
    labels = [table.rows[row][0].text for row in range(over, table.height) if table.rows[row][0].paragraphs]
    score = header_score(labels)
    if not 2 <= table.width <= 12 or not 3 <= len(labels) <= 15 or score < 0.7:
        return False
    if any(header_score([cell.text for cell in own_cells(table, first)]) >= score for first, _ in header):
        return False
    roles = {role for label in labels for role, _ in readings_of(label)[:1]}
    return "text" in roles and bool(roles & {"owners", "timescale"})


def _rows_across(table: Table) -> int:
    """How many rows at the top run across the whole table: the headings over it."""
    across = [table.rows[row][0].col_span == table.width > 1 for row in range(table.height)]
    return next((row for row, runs in enumerate(across) if not runs), 0)


def transposed(table: Table) -> Table:
    """Rows as columns, but for headings across the top. Places then name the row of the label as the column."""
    over = _rows_across(table)
    width = table.height - over
    headings = [dataclasses.replace(cell, col_span=width) for cell in table.cells if cell.row < over]
    turned = [
        dataclasses.replace(
            cell, row=cell.column + over, column=cell.row - over, row_span=cell.col_span, col_span=cell.row_span
        )
        for cell in sorted(table.cells, key=lambda cell: (cell.column, cell.row))
        if cell.row >= over
    ]
    return dataclasses.replace(table, cells=(*headings, *turned))

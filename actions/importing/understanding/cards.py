"""Plans drawn as a small form for each action: its words above, "Lead", "Deadline" and "Measure" with their values below.

Such a form is turned into a table of two rows, a header and one action, so that one reading serves for all.
"""

from __future__ import annotations

import dataclasses
import re

from ..grid import Block, Cell, Document, Table, TextBlock
from ..verbs import begins_like_action
from ..words import flat
from .wordings import readings_of

_FIELDS = {"owners", "support", "timescale", "start", "due", "measure", "progress", "status", "rag", "extra", "ref"}
_ACTION = re.compile(
    r"^(?:(?:key )?(?:action|activity|task|recommendation)\s*(?:no\.? ?)?[\w.]{0,6}\s*[:.–—-]\s*|\d+(?:\.\d+)+\s+)",
    re.I,
)
_LABELLED = re.compile(r"([^:\n]{2,40}):\s*(\S.*)$")
_NUMBERED = re.compile(r"(?:action|commitment|recommendation|task|pledge|activity)(?: no\.?)? ?(\d{1,3}[a-z]?)", re.I)
_MOST_ROWS = 12


def with_cards_as_tables(document: Document) -> Document:
    """The document with every form of an action as a table of a header and a row; unchanged where there are none."""
    blocks = tuple(_unfolded(block) if isinstance(block, Table) else block for block in document.blocks)
    forms: dict[int, list[tuple[Cell, Cell]]] = {}
    for at, block in enumerate(blocks):
        pairs = _pairs(block) if isinstance(block, Table) else []
        if pairs:
            forms[at] = pairs
    headed = {at for at in forms if not _names_the_action(forms[at]) and _is_headed(blocks, at)}
    headed = headed if len(headed) >= 2 else set()
    done: list[Block] = []
    for at, block in enumerate(blocks):
        if at + 1 in headed:
            continue
        if isinstance(block, Table) and (at in headed or at in forms and _names_the_action(forms[at])):
            above = blocks[at - 1] if at in headed else None
            block = _as_table(block, forms[at], above if isinstance(above, TextBlock) else None)
        done.append(block)
    return dataclasses.replace(document, blocks=tuple(done))


def _unfolded(table: Table) -> Table:
    """A table with one column of "Lead: ...", "Timescale: ..." lines, each label made a column of its own."""
    if table.height < 3 or any(cell.col_span > 1 or cell.row_span > 1 for cell in table.cells):
        return table
    for column in range(1, table.width):
        told = [_labelled_lines(row[column]) for row in table.rows]
        if told[0] or sum(len(lines) >= 1 for lines in told) < (table.height - 1) * 0.6:
            continue
        labels = list(dict.fromkeys(label for lines in told for label in lines))
        if len(labels) < 2:
            continue
        cells = [cell for cell in table.cells if cell.column != column]
        for row, lines in enumerate(told):
            values = {label: label for label in labels} if row == 0 else lines
            cells += [
                Cell((value,), row, table.width + labels.index(label), bold=row == 0) for label, value in values.items()
            ]
        return dataclasses.replace(table, cells=tuple(cells))
    return table


def _labelled_lines(cell: Cell) -> dict[str, str]:
    """Labels with their values when every line of the cell has one."""
    found = [_LABELLED.match(line) for line in cell.text.split("\n")]
    if not all(match and _role(Cell((match.group(1),))) in _FIELDS for match in found):
        return {}
    return {match.group(1).strip(): match.group(2).strip() for match in found if match}


def _pairs(table: Table) -> list[tuple[Cell, Cell]]:
    """Labels with their values, when the table is nothing else: two columns, or four with two pairs to a row."""
    if table.width not in (2, 4) or not 1 <= table.height <= _MOST_ROWS:
        return []
    if labelled := _labelled_cells(table):
        return labelled
    pairs: list[tuple[Cell, Cell]] = _numbered_action(table)
    for row in table.rows[bool(pairs) :]:
        places = (0,) if table.width == 2 or row[1].col_span == 3 else (0, 2)
        pairs.extend((row[place], row[place + 1]) for place in places if row[place].paragraphs)
    roles = [_role(label) for label, _ in pairs]
    known = sum(role in _FIELDS or role == "text" for role in roles)
    if len(pairs) < 2 or known < len(pairs) * 0.8 or not {"owners", "timescale", "due"} & set(roles):
        return []
    wide = table.width == 4 or "text" not in roles or roles[0] == "ref"
    told = any(value.paragraphs and value is not label for label, value in pairs)
    return pairs if wide and told and len({id(label) for label, _ in pairs}) == len(pairs) else []


def _labelled_cells(table: Table) -> list[tuple[Cell, Cell]]:
    """The words of an action in the first cell and "Resp: All", "End date: July" in cells of their own round it."""
    cells = sorted((cell for cell in table.cells if cell.paragraphs), key=lambda cell: (cell.row, cell.column))
    first, rest = (cells[0], cells[1:]) if cells else (Cell(), [])
    told = {cell: match for cell in rest if (match := _LABELLED.fullmatch(flat(cell.text)))}
    known = [_role(Cell((match.group(1),))) for match in told.values()]
    known = [role for role in known if role in _FIELDS]
    if len(known) < 3 or len(told) < len(rest) * 0.6 or not {"owners", "timescale", "due"} & set(known):
        return []
    pairs = [(Cell(("Action",)), first)]
    for cell in rest:
        label, words = told[cell].groups() if cell in told else ("Details", "")
        value = dataclasses.replace(cell, paragraphs=(words,), marks=()) if words else cell
        pairs.append((Cell((label,)), value))
    return pairs


def _numbered_action(table: Table) -> list[tuple[Cell, Cell]]:
    """ "Commitment 15" beside the words of an action opens its form: its number and its words."""
    label, words = table.rows[0][0], table.rows[0][-1]
    number = _NUMBERED.fullmatch(flat(label.text))
    if table.width != 2 or not number or label is words or len(words.text.split()) < 3:
        return []
    return [(Cell(("Ref",)), dataclasses.replace(label, paragraphs=(number.group(1),))), (Cell(("Action",)), words)]


def _role(label: Cell) -> str:
    roles = readings_of(label.text)
    return roles[0][0] if roles and len(label.text.split()) <= 6 else ""


def _names_the_action(pairs: list[tuple[Cell, Cell]]) -> bool:
    return any(_role(label) == "text" for label, _ in pairs)


def _is_headed(blocks: tuple[Block, ...], at: int) -> bool:
    """Whether the words of an action stand right over the form."""
    above = blocks[at - 1] if at else None
    if not isinstance(above, TextBlock):
        return False
    words = _ACTION.sub("", flat(above.text))
    return len(words.split()) >= 3 and (bool(_ACTION.match(flat(above.text))) or begins_like_action(words))


def _as_table(table: Table, pairs: list[tuple[Cell, Cell]], above: TextBlock | None) -> Table:
    columns: list[tuple[tuple[str, ...], Cell]] = []
    if above is not None:
        columns.append((("Action",), Cell((above.text,), marks=(above.mark,))))
    columns += [(label.paragraphs, value) for label, value in pairs]
    cells = [Cell(label, 0, at, bold=True) for at, (label, _) in enumerate(columns)]
    cells += [
        dataclasses.replace(value, row=1, column=at, row_span=1, col_span=1)
        for at, (_, value) in enumerate(columns)
        if value.paragraphs or value.fill
    ]
    return dataclasses.replace(table, cells=tuple(cells))

"""A document-control table as an approval route: who saw the document, when, and what for."""

from __future__ import annotations

import re

from ..draft import ApprovalStage, Source
from ..grid import Table
from ..words import flat, squashed
from .judged import headings_of, own_cells
from .profiles import looks_like_time
from .timing import TimescaleReader

_VERSION = re.compile(
    r"^(?:v(?:ersion)?\.? ?)?\d{1,2}(?:\.\d{1,2}){0,2}[a-z]?$|^v(?:ersion)? ?\d\S*$|^draft ?\d*$|^final$", re.I
)
_LEADING_VERSION = re.compile(r"^(v(?:ersion)? ?\d[\w.]*|\d{1,2}\.\d{1,2})\s*[-–,/|\n ]\s*(?=\S)", re.I)
_ROLES = (
    (
        "body",
        r"board|body|bodies|committee|meeting|group|forum|presented to|considered by|circulat|audience|approved by|"
        r"approver|cabinet|distribution|where|sent to",
    ),
    ("date", r"date|when"),
    ("version", r"version|revision|issue"),
    ("status", r"status|purpose|decision|outcome|stage"),
    ("note", r"change|amend|comment|description|detail|summary|reason|author|reviewer|by"),
)


def read_approval(table: Table, header_rows: set[int], times: TimescaleReader) -> list[ApprovalStage]:
    """The rows under the header, in order. A blank date stays blank; several bodies in one cell become several."""
    header = sorted(header_rows) or [0]
    headings = headings_of(table, header[0], header[-1] + 1)
    roles = _roles(headings)
    stages = []
    for row in range(header[-1] + 1, table.height):
        cells = own_cells(table, row)
        if not cells or len(cells) == 1 and cells[0].col_span > 1:
            continue
        stages.append(_stage(table, row, roles, times))
    return stages


def _roles(headings: dict[int, str]) -> dict[int, str]:
    roles: dict[int, str] = {}
    for column, heading in headings.items():
        words = squashed(heading)
        named = [role for role, pattern in _ROLES if re.search(rf"\b(?:{pattern})", words)]
        roles[column] = "date" if "date" in named and "version" in named else next(iter(named), "note")
    return roles


def _stage(table: Table, row: int, roles: dict[int, str], times: TimescaleReader) -> ApprovalStage:
    stage = ApprovalStage(
        None,
        None,
        [],
        source=Source(str(table.where_of(row)), "a row of the document control table", table.row_key(row)),
    )
    notes = []
    for column, cell in enumerate(table.rows[row]):
        if not cell.paragraphs or cell.column != column:
            continue
        text, role = cell.text, roles.get(column, "note")
        if role == "date":
            _set_date(stage, text)
        elif role == "version":
            stage.version = text
        elif role == "status":
            stage.status = flat(text)
        elif role == "body":
            stage.bodies.extend(line for line in text.split("\n") if line.strip())
        else:
            notes.append(text)
    stage.note = "\n".join(notes) or None
    stage.reading = times.read(stage.date_text)
    return stage


def _set_date(stage: ApprovalStage, text: str) -> None:
    """A cell of "Version & Date" may hold either or both."""
    leading = _LEADING_VERSION.match(text)
    if _VERSION.match(flat(text)) and not looks_like_time(text):
        stage.version = flat(text)
    elif leading and looks_like_time(text[leading.end() :]):
        stage.version, stage.date_text = leading.group(1), text[leading.end() :]
    else:
        stage.date_text = text

"""Text laid out in columns with spaces, as a paste from a PDF or an e-mail is: where the gaps stand, rows stand."""

from __future__ import annotations

import re

_GAP = re.compile(r"\S {2,}\S")
_PAGE = re.compile(r"^\s*(?:page )?\d+(?: of \d+)?\s*$", re.I)
_INDENT = re.compile(r"^ {4,}\S")


def column_rows(lines: list[str], start: int) -> tuple[list[list[str]], int]:
    """Rows of a table drawn with spaces that begins at `start`, and the line after it; no rows when there is none.

    Columns are parted by places where no line of the run has a letter. A line that leaves the first column empty,
    or begins it with a small letter, goes on with the row above.
    """
    end = _run_end(lines, start)
    run = [line.expandtabs(4) for line in lines[start:end]]
    edges = _edges([line for line in run if _GAP.search(line)]) if len(run) >= 3 else []
    if len(edges) < 2:
        return [], start
    run = [line for line in run if not _PAGE.match(line)]
    crossing = next((at for at, line in enumerate(run) if _crosses(line, edges)), None)
    if crossing is not None:
        return [], start
    cut = [[line[left:right].strip() for left, right in edges] for line in run]
    if sum(sum(bool(cell) for cell in row) >= 2 for row in cut) < 3:
        return [], start
    return _rows_joined(cut), end


def _run_end(lines: list[str], start: int) -> int:
    """Lines with gaps or indents; one blank line between two of them belongs to the run."""
    end = start
    while end < len(lines):
        if _in_columns(lines[end]) or end > start and _wraps(lines[end - 1], lines[end]):
            end += 1
        elif not lines[end].strip() and end > start and end + 1 < len(lines) and _in_columns(lines[end + 1]):
            end += 2
        else:
            break
    return end


def _wraps(above: str, line: str) -> bool:
    """A line with words in the first column only, right under a row: the rest of its first cell."""
    second = re.search(r"\S {2,}(?=\S)", above.expandtabs(4))
    return bool(line.strip() and second and len(line.expandtabs(4).rstrip()) < second.end())


def _in_columns(line: str) -> bool:
    return bool(_GAP.search(line.strip("\n")) or _INDENT.match(line))


def _edges(run: list[str]) -> list[tuple[int, int]]:
    """Where each column begins and ends: between gaps of two places or more that all lines share."""
    width = max((len(line) for line in run), default=0)
    taken = [any(at < len(line) and line[at] != " " for line in run) for at in range(width)]
    starts = [at for at in range(width) if taken[at] and not any(taken[max(0, at - 2) : at])]
    return list(zip(starts, [*starts[1:], width], strict=True))


def _crosses(line: str, edges: list[tuple[int, int]]) -> bool:
    """Whether words run on over the beginning of a column."""
    return any(line[left - 1 : left].strip() and line[left : left + 1].strip() for left, _ in edges if left)


def _rows_joined(cut: list[list[str]]) -> list[list[str]]:
    """Wrapped lines joined to their row; with blank lines between rows, everything between two of them is a row."""
    parted = sum(not any(row) for row in cut) >= 2
    rows: list[list[str]] = []
    fresh = True
    for row in cut:
        if not any(row):
            fresh = True
            continue
        goes_on = bool(rows) and (not fresh if parted else not row[0] or row[0][:1].islower())
        if goes_on:
            rows[-1] = [f"{above} {below}".strip() for above, below in zip(rows[-1], row, strict=True)]
        else:
            rows.append(row)
        fresh = False
    return rows

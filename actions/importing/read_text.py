"""Pasted text and .txt files: tab-separated rows become tables, the rest headings, bullets and paragraphs.

A paste from Word or Excel arrives as lines with tabs between cells; a cell with line breaks stands in quotation
marks. Tables drawn with bars (| a | b |) are understood too. Everything else keeps its line, with a
guess at what is a heading: a short line without a full stop at its end, standing alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .grid import Block, Cell, Document, Table, TextBlock, Where
from .read_columns import column_rows
from .read_csv import decode, parse
from .verbs import begins_like_action
from .words import clean, is_heading_like, strip_bullet

_BAR_ROW = re.compile(r"^\s*\|.*\|\s*$|^[^|]*[^|\s]\s*\|[^|]*\|.*$")
_BAR_RULE = re.compile(r"^\s*\|?\s*:?-{2,}.*$")
_HASHES = re.compile(r"^(#{1,6})\s+(?=\S)")
_TAGS = re.compile(r"</?(?:u|b|i|em|strong|sup|sub|br)\s*/?>", re.I)
_STARS = re.compile(r"\*\*|(?<![\w*])\*(?=[^\s*])|(?<=[^\s*])\*(?![\w*])")
MOST_LINES = 60  # of one row whose cells are broken over lines
_OF_ACTIONS = re.compile(r"actions?|what|tasks?|deliverables?|activit", re.I)
_LEVEL = re.compile(r"\s*(?:priority|objective|theme|strand|aim|goal|outcome|section|pillar|part)\b", re.I)
_NUMBER = re.compile(
    r"^\s*((?:\d{1,3}(?:\.\d{1,3}){0,3}[.)]?|[a-z][.)]|\([a-z0-9]{1,3}\)|[ivx]{1,4}[.)]))\s+(?=\S)", re.I
)
_LIST_NUMBER = re.compile(r"^\s*(\d{1,3}[.)]|[a-z][.)]|\([a-z0-9]{1,3}\)|[ivx]{1,4}[.)])\s+(?=\S)")


def read_text(data: bytes | str) -> Document:
    """Read pasted text or the bytes of a .txt file."""
    text = data if isinstance(data, str) else decode(data)[0]
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").split("\n")
    return Document(tuple(_blocks(lines)))


def _blocks(lines: list[str]) -> Iterator[Block]:
    tables = 0
    at = 0
    while at < len(lines):
        line = lines[at]
        if line.strip() and _row_of_tabs(lines, at):
            rows, following = _tab_rows(lines, at)
            in_quotes = following - at > len(rows)
            broken, end = ([], at) if in_quotes else _broken_rows(lines, at)
            stacked = bool(broken)
            if stacked:
                rows, following = broken, end
            if _is_table(rows):
                tables += 1
                yield _table([[_plain(cell)[0] for cell in row] for row in rows], tables, stacked)
                at = following
                continue
        elif _BAR_ROW.match(line) and (line.lstrip().startswith("|") or at + 1 < len(lines) and "|" in lines[at + 1]):
            rows, following = _bar_rows(lines, at)
            tables += 1
            yield _table([[_plain(cell)[0] for cell in row] for row in rows], tables)
            at = following
            continue
        else:
            rows, following = _comma_rows(lines, at)
            if not rows:
                rows, following = column_rows(lines, at)
            if rows and _is_table(rows):
                tables += 1
                yield _table([[_plain(cell)[0] for cell in row] for row in rows], tables)
                at = following
                continue
        if line.strip():
            yield _text_block(lines, at)
        at += 1


def _table(rows: list[list[str]], number: int, stacked: bool = False) -> Table:
    """A table from plain rows of text. `stacked` says that the lines of a cell are paragraphs, as Word pastes them."""
    cells = []
    for row_number, row in enumerate(rows):
        for column, field in enumerate(row):
            text = clean(field)
            if text and stacked:
                lines = [strip_bullet(line) for line in text.split("\n")]
                words, marks = tuple(line for line, _ in lines), tuple("•" if bullet else "" for _, bullet in lines)
                cells.append(Cell(words, row_number, column, marks=marks))
            elif text:
                cells.append(Cell((text,), row_number, column))
    return Table(tuple(cells), number)


def _tab_rows(lines: list[str], start: int) -> tuple[list[list[str]], int]:
    """Rows from `start` down to a blank one, to a line without tabs, or to where another table begins.

    A quoted cell may run over several lines.
    """
    rows: list[str] = []
    ends: list[int] = []
    end = start
    while end < len(lines) and lines[end].strip() and (following := _row_of_tabs(lines, end)):
        rows.append("\n".join(lines[end:following]))
        ends.append(following)
        end = following
        if len(rows) > 3 and _begins_another(rows, len(rows) - 3):
            break
    other = next((at for at in range(max(1, len(rows) - 3), len(rows)) if _begins_another(rows, at)), len(rows))
    return [_cells_of(row) for row in rows[:other]], ends[other - 1]


def _cells_of(row: str) -> list[str]:
    """The cells of a row; only one over several lines is taken as Excel quotes it, so that a stray mark swallows none."""
    return parse(row, "\t")[0] if "\n" in row else [_unquoted(cell) for cell in row.split("\t")]


def _begins_another(rows: list[str], at: int) -> bool:
    """Whether another table begins here, without a blank line: its rows have another number of cells, the first names."""
    cells = rows[at].split("\t")
    same = all(row.count("\t") == len(cells) - 1 for row in rows[at : at + 3])
    names = bool(cells[0].strip()) and all(len(cell.split()) <= 8 for cell in cells)
    return rows[at].count("\t") != rows[0].count("\t") and same and names


def _row_of_tabs(lines: list[str], at: int) -> int:
    """The line after the row of cells that begins at `at`, or 0 when there is none."""
    text, end = lines[at], at + 1
    while _open_quote(text) and end < min(at + MOST_LINES, len(lines)):
        text, end = f"{text}\n{lines[end]}", end + 1
    if _open_quote(text):  # never closed: a mark that belongs to the words
        text, end = lines[at], at + 1
    return end if "\t" in text else 0


def _broken_rows(lines: list[str], start: int) -> tuple[list[list[str]], int]:
    """Rows as Word pastes them: cells broken over lines, each row with the tabs of the first, headings across without
    tabs. None when every row stands on its own line.
    """
    tabs = lines[start].count("\t")
    header = lines[start].split("\t")
    rows, at, broken = [lines[start]], start + 1, False
    while tabs >= 2 and at < len(lines) and lines[at].strip():
        end = _row_end(lines, at, header)
        if not end and ("\t" in lines[at] or not _tabs_follow(lines, at)):
            break
        if end:
            rows.append("\n".join(lines[at:end]))
        elif _stands_across(lines[at], rows[-1]):
            rows.append(lines[at])
        else:
            rows[-1] += f"\n{lines[at]}"
        broken = broken or end != at + 1
        at = end or at + 1
    return ([row.split("\t") for row in rows], at) if broken else ([], start)


def _row_end(lines: list[str], at: int, header: list[str]) -> int:
    """The line after the row that begins at `at`, or 0 when lines from there do not add up to the tabs of the header."""
    tabs, end = lines[at].count("\t"), at + 1
    if not tabs:
        return 0
    while tabs < len(header) - 1 and end < min(at + MOST_LINES, len(lines)) and lines[end].strip():
        words = lines[end].split("\t")[0]
        if "\t" in lines[end] and begins_like_action(words) and not _OF_ACTIONS.search(header[tabs]):
            return 0
        tabs += lines[end].count("\t")
        end += 1
    return end if tabs == len(header) - 1 and not any(map(_open_quote, lines[at:end])) else 0


def _tabs_follow(lines: list[str], at: int) -> bool:
    later = next((line for line in lines[at : at + MOST_LINES] if "\t" in line or not line.strip()), "")
    return "\t" in later


def _stands_across(line: str, above: str) -> bool:
    """A line without tabs between rows: a heading across the table, or the rest of the last cell above."""
    if line[:1].islower() or strip_bullet(line)[1]:
        return False
    return above.endswith("\t") or len(line.split()) >= 6 or line.isupper() or bool(_LEVEL.match(line))


def _open_quote(line: str) -> bool:
    """A line with a cell that opens a quotation mark and does not close it."""
    return any(cell.startswith('"') and cell.count('"') % 2 for cell in line.split("\t"))


def _unquoted(cell: str) -> str:
    inner = cell.strip()
    quoted = len(inner) > 1 and inner[0] == inner[-1] == '"' and '"' not in inner[1:-1].replace('""', "")
    return inner[1:-1].replace('""', '"') if quoted and '""' in inner[1:-1] else cell


def _is_table(rows: list[list[str]]) -> bool:
    """Whether there are cells beside each other: there are none in "1.    Train staff", the line of a list."""
    if all(len(row) == 2 and _LIST_NUMBER.match(f"{row[0]} -") and len(row[1].split()) > 2 for row in rows):
        return False
    return any(sum(bool(cell.strip()) for cell in row) > 1 for row in rows)


def _bar_rows(lines: list[str], start: int) -> tuple[list[list[str]], int]:
    end = start
    while end < len(lines) and _BAR_ROW.match(lines[end]):
        end += 1
    rows = [_between_bars(line) for line in lines[start:end] if not _BAR_RULE.match(line)]
    return [[cell.replace("<br>", "\n") for cell in row] for row in rows], end


def _between_bars(line: str) -> list[str]:
    return line.strip().removeprefix("|").removesuffix("|").split("|")


def _comma_rows(lines: list[str], start: int) -> tuple[list[list[str]], int]:
    """Rows of a CSV file given as text: a header of short names, then rows with just as many fields."""
    header = lines[start].split(",")
    if (
        start
        and lines[start - 1].strip()
        or len(header) < 3
        or not all(0 < len(name.split()) <= 5 and name[:1] != " " for name in header)
    ):
        return [], start
    end = next((at for at in range(start, len(lines)) if not lines[at].strip()), len(lines))
    rows = parse("\n".join(lines[start:end]), ",")
    return (rows, end) if len(rows) > 1 and all(len(row) == len(header) for row in rows) else ([], start)


def _plain(text: str) -> tuple[str, bool]:
    """Without typed emphasis; true when the whole line was bold."""
    stripped = text.strip()
    bold = len(stripped) > 4 and stripped.startswith("**") and stripped.endswith("**") and stripped.count("**") == 2
    return clean(_TAGS.sub("", _STARS.sub("", text))), bold


def _text_block(lines: list[str], at: int) -> TextBlock:
    raw = lines[at]
    depth = 1 if re.match(r"^(?: {2,}|\t)", raw) else 0
    hashes = _HASHES.match(raw)
    text, bold = _plain(raw[hashes.end() :] if hashes else raw)
    where = Where(line=at + 1)
    if hashes:
        return TextBlock(text, len(hashes.group(1)), True, where=where)
    text, bulleted = strip_bullet(text)
    if bulleted:
        inner = _NUMBER.match(text)
        return TextBlock(
            text[inner.end() :] if inner else text, None, bold, inner.group(1) if inner else "•", depth, where
        )
    numbered = _LIST_NUMBER.match(text)
    if numbered and len(text.split()) >= 2 and _heading_like(text, lines, at):
        over_a_table = "\t" in next((line for line in lines[at + 1 :] if line.strip()), "")
        if text.isupper() or over_a_table and not lines[at + 1].strip():
            return TextBlock(text, 4, bold, where=where)
    if numbered:
        return TextBlock(text[numbered.end() :], None, bold, numbered.group(1), depth, where)
    return TextBlock(text, 5 if _heading_like(text, lines, at) else None, bold, "", depth, where)


def _heading_like(text: str, lines: list[str], at: int) -> bool:
    """Made like a heading, under a blank line or in capitals."""
    before = lines[at - 1].strip() if at else ""
    return is_heading_like(text) and (not before or text.isupper())

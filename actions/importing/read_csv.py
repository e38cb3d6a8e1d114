"""CSV files: any encoding and delimiter that an office produces, to a neutral document."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from .errors import UnreadableFile
from .grid import Cell, Document
from .runs import blocks_of_sheet
from .words import clean, is_heading_like, unbulleted

MAX_COLUMNS = 200
MAX_ROWS = 20_000
_DELIMITERS = ",;\t|"


def read_csv(data: bytes) -> Document:
    """Read comma, semicolon, tab or bar separated text as one sheet. Raises `UnreadableFile` with the line at fault."""
    text, encoding = decode(data)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    first, _, rest = text.partition("\n")
    delimiter = None
    if first.lower().startswith("sep=") and len(first.strip()) == 5:
        delimiter, text = first.strip()[4], rest
    delimiter = delimiter or sniff_delimiter(text)
    swallowing = _swallowing_line(text, delimiter)
    if swallowing:
        raise UnreadableFile(_swallows(swallowing))
    rows = parse(text, delimiter)
    notes = (
        ()
        if encoding.startswith("utf")
        else (
            "The file does not say how its letters are stored. It was read as Western European (Windows): "
            "check that quotation marks and £ signs look right.",
        )
    )
    return Document(tuple(blocks_of_sheet(_cells(rows), 0)), notes)


def _cells(rows: list[list[str]]) -> Iterator[Cell]:
    """The cells with words. Without fonts a heading is known by its look: a short line of its own between blank rows."""
    for at, row in enumerate(rows, 1):
        worded = [(column, text) for column, field in enumerate(row, 1) if (text := clean(field))]
        apart = len(worded) == 1 and not any(
            "".join(rows[near - 1]).strip() for near in (at - 1, at + 1) if 0 < near <= len(rows)
        )
        for column, text in worded:
            paragraph, mark = unbulleted(text)
            bold = apart and not mark and is_heading_like(text)
            yield Cell((paragraph,), at, column, bold=bold, marks=(mark,) if mark else ())


def decode(data: bytes) -> tuple[str, str]:
    """Bytes to text and the name of the encoding. Raises `UnreadableFile` for NUL bytes with their line."""
    for mark, name in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return _strictly(data, name), name
    if b"\0" in data:
        wide = _utf16_without_mark(data)
        if wide is None:
            line = data[: data.index(b"\0")].count(b"\n") + 1
            raise UnreadableFile(
                f"Line {line} of the file has characters that do not belong in text: open the file in "
                "Excel, save it as “CSV UTF-8” and upload that."
            )
        return _strictly(data, wide), wide
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace"), "cp1252"


def _strictly(data: bytes, name: str) -> str:
    try:
        text = data.decode(name)
    except UnicodeDecodeError:
        text = ""
    if not text.strip() or "\0" in text:
        raise UnreadableFile(
            "The letters in this file cannot be read: open it in Excel, save it as “CSV UTF-8” and upload that."
        )
    return text


def _utf16_without_mark(data: bytes) -> str | None:
    sample = data[:2000]
    odd, even = sample[1::2].count(0), sample[0::2].count(0)
    if odd > len(sample) * 0.3:
        return "utf-16-le"
    return "utf-16-be" if even > len(sample) * 0.3 else None


def sniff_delimiter(text: str) -> str:
    """The delimiter that cuts the first rows into the most even number of fields."""
    sample = text[:20_000]

    def evenness(delimiter: str) -> tuple[float, int]:
        try:
            rows = [row for row in csv.reader(io.StringIO(sample), delimiter=delimiter) if any(row)][:40]
        except csv.Error:
            return 0.0, 0
        widths = [len(row) for row in rows]
        usual = max(set(widths), key=widths.count, default=0)
        return (widths.count(usual) / len(widths), usual) if usual > 1 else (0.0, usual)

    return max(_DELIMITERS, key=evenness)


def parse(text: str, delimiter: str) -> list[list[str]]:
    """Rows of fields. Raises `UnreadableFile` for an unclosed quotation mark or an over-long field."""
    rows: list[list[str]] = []
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, strict=False)
    line = 0
    try:
        for row in reader:
            if any("\n" in field and (field.count("\n") > 30 or len(field) > 20_000) for field in row):
                raise UnreadableFile(_swallows(line + 1))
            rows.append(row)
            line = reader.line_num
            if len(row) > MAX_COLUMNS:
                raise UnreadableFile(
                    f"Line {line} has more than {MAX_COLUMNS} columns: keep only the columns "
                    "of the plan and upload it again."
                )
            if len(rows) > MAX_ROWS:
                raise UnreadableFile(
                    f"The file has more than {MAX_ROWS:,} rows. At most 5,000 actions can be read "
                    "at once: split the plan by priority and upload the parts."
                )
    except csv.Error as broken:
        raise UnreadableFile(
            f"Line {line + 1}: a cell there is too long to be part of a plan, or a quotation mark is "
            "not closed: open the file in Excel, mend that cell and save it again."
        ) from broken
    return rows


def _swallowing_line(text: str, delimiter: str) -> int | None:
    """The line on which a quotation mark is opened that nothing, or the opening mark of a later cell, closes.

    The lenient reader takes all rows in between for the words of one cell.
    """
    reader = csv.reader(io.StringIO(f"{text}\n\n"), delimiter=delimiter, strict=True)
    while True:
        before = reader.line_num
        try:
            next(reader)
        except StopIteration:
            return None
        except csv.Error:
            # A stray mark within one line ("Prevent" lead) swallows nothing.
            if reader.line_num > before + 1:
                return before + 1


def _swallows(line: int) -> str:
    return (
        f"Line {line}: a quotation mark is opened there and swallows the rows after it: open the file in Excel, "
        "mend that cell and save it again."
    )

"""Word documents: bytes to a neutral document.

python-docx opens the package and resolves its parts; the body is walked here element by element, because merged cells,
content controls, tracked changes, text boxes and automatic numbers all need the XML itself.
Deleted and moved-away text is left out, inserted text is read, headers and footers are not.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from functools import cache
from typing import Any

import docx
from docx.oxml.ns import qn as _qn

from .docx_numbering import Numbering
from .errors import UnreadableFile
from .grid import Block, Cell, Document, Table, TextBlock, Where
from .words import clean, strip_bullet

MAX_COLUMNS = 200

qn = cache(_qn)
"""The full name of an XML element, remembered: it is asked for some hundred times a row."""

W_P, W_TBL, W_TR, W_TC, W_R, W_T = (qn(f"w:{tag}") for tag in ("p", "tbl", "tr", "tc", "r", "t"))
W_SDT, W_SDT_CONTENT, W_TXBX = qn("w:sdt"), qn("w:sdtContent"), qn("w:txbxContent")
W_VAL = qn("w:val")
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SKIPPED = {qn("w:del"), qn("w:moveFrom"), qn("w:pPr"), qn("w:rPr"), qn("w:instrText"), W_TXBX, f"{_MC}Fallback"}
_WRAPPERS = {W_SDT, W_SDT_CONTENT, qn("w:ins"), qn("w:moveTo"), qn("w:customXml"), qn("w:smartTag")}


def read_docx(data: bytes) -> Document:
    """Read the body of a Word document. Raises `UnreadableFile` when the package is damaged."""
    try:
        document = docx.Document(io.BytesIO(data))
        body = document.element.body
    except MemoryError:
        raise  # the child says so in its own sentence
    except Exception as broken:  # a damaged package fails in many ways inside the library
        raise UnreadableFile(
            "This Word file is damaged and cannot be opened: open it in Word, save it under a new name as .docx "
            "and upload that."
        ) from broken
    if body is None:
        raise UnreadableFile("This Word file has no text in it: check that it is the right file.")
    reader = _Reader(document)
    return Document(tuple(reader.blocks(body)), tuple(reader.warnings))


class _Reader:
    """Holds what the walk needs to know: styles, running numbers, the count of tables and lines."""

    def __init__(self, document: Any) -> None:
        self.styles = _styles(document)
        self.numbering = Numbering(document)
        self.tables = 0
        self.lines = 0
        self.warnings: list[str] = []

    def blocks(self, parent: Any) -> Iterator[Block]:
        for element in _content(parent):
            if element.tag == W_P:
                yield from self.paragraph_blocks(element)
            elif element.tag == W_TBL:
                yield from self.table_blocks(element)

    def paragraph_blocks(self, element: Any) -> Iterator[Block]:
        self.lines += 1
        text, mark = self.paragraph(element)
        style = self.styles.get(_style_id(element), _NO_STYLE)
        level = style["level"] if style["level"] is not None else _outline(element)
        if text:
            depth = _list_depth(element) if mark else 0
            yield TextBlock(text, level, self.is_bold(element), mark, depth, Where(line=self.lines))
        for box in _text_boxes(element):
            yield from self.blocks(box)

    def paragraph(self, element: Any) -> tuple[str, str]:
        """The words of one paragraph and its list mark, automatic or typed."""
        text = clean("".join(_texts(element)))
        style = self.styles.get(_style_id(element), _NO_STYLE)
        mark = self.numbering.mark(element, style["num"])
        if not mark and text:
            text, bulleted = strip_bullet(text)
            mark = "•" if bulleted or style["bullet"] else ""
        return text, mark

    def is_bold(self, element: Any) -> bool:
        inherited = self.styles.get(_style_id(element), _NO_STYLE)["bold"]
        runs = [run for run in element.iter(W_R) if any(node.text and node.text.strip() for node in run.iter(W_T))]
        return bool(runs) and all(_run_bold(run, inherited) for run in runs)

    def table_blocks(self, element: Any) -> Iterator[Block]:
        rows = [row for row in _content(element, W_TR) if row.find(f"{qn('w:trPr')}/{qn('w:del')}") is None]
        if _is_layout(rows):
            for cell in (cell for row in rows for cell in _content(row, W_TC)):
                yield from self.blocks(cell)
            return
        self.tables += 1
        yield self.table(rows, self.tables)

    def table(self, rows: list[Any], number: int) -> Table:
        """One table with its spans. A cell continued from above (vMerge) lengthens the cell it continues."""
        cells: list[Cell] = []
        above: dict[int, int] = {}
        headers = []
        for row_number, row in enumerate(rows):
            column = _grid_offset(row, "w:gridBefore")
            if row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None:
                headers.append(row_number)
            for element in _content(row, W_TC):
                span = min(_number(element, "w:gridSpan", 1), MAX_COLUMNS)
                if column + span > MAX_COLUMNS:
                    raise UnreadableFile(
                        f"Table {number}, row {row_number + 1} has more than {MAX_COLUMNS} columns: "
                        "copy the plan into a new table and upload that."
                    )
                start = above.get(column)
                if _continues(element) and start is not None and cells[start].col_span == span:
                    cells[start] = replace(cells[start], row_span=row_number - cells[start].row + 1)
                else:
                    above[column] = len(cells)
                    cells.append(self.cell(element, row_number, column, span))
                column += span
        return Table(tuple(cells), number, header_rows=tuple(headers))

    def cell(self, element: Any, row: int, column: int, span: int) -> Cell:
        found = [(text, mark) for text, mark in self.cell_paragraphs(element) if text or mark not in ("", "•")]
        bolds = [self.is_bold(p) for p in element.iter(W_P) if "".join(_texts(p)).strip()]
        return (
            Cell(
                paragraphs=tuple(text for text, _ in found),
                marks=tuple(mark for _, mark in found),
                row=row,
                column=column,
                col_span=span,
                fill=_fill(element),
                bold=bool(bolds) and all(bolds),
            )
            if any(text for text, _ in found)
            else Cell(
                row=row,
                column=column,
                col_span=span,
                fill=_fill(element),
                marks=tuple(mark for _, mark in found),
            )
        )

    def cell_paragraphs(self, element: Any) -> Iterator[tuple[str, str]]:
        """Paragraphs of a cell in order, those of tables inside it included."""
        for child in _content(element):
            if child.tag == W_P:
                yield self.paragraph(child)
                for box in _text_boxes(child):
                    yield from self.cell_paragraphs(box)
            elif child.tag == W_TBL:
                for row in _content(child, W_TR):
                    for cell in _content(row, W_TC):
                        yield from self.cell_paragraphs(cell)


_NO_STYLE: dict[str, Any] = {"level": None, "bold": False, "num": None, "bullet": False}


def _content(parent: Any, tag: str | None = None) -> Iterator[Any]:
    """The children that matter, looking through content controls and insertion marks."""
    for child in parent:
        if child.tag in _WRAPPERS:
            yield from _content(child, tag)
        elif child.tag == tag or (tag is None and child.tag in (W_P, W_TBL)):
            yield child


def _texts(element: Any) -> Iterator[str]:
    for child in element:
        tag = child.tag
        if tag == W_T:
            yield child.text or ""
        elif tag == W_R:
            if child.find(f"{qn('w:rPr')}/{qn('w:vanish')}") is None:
                yield from _texts(child)
        elif tag in (qn("w:br"), qn("w:cr")):
            yield "" if child.get(qn("w:type")) in ("page", "column") else "\n"
        elif tag == qn("w:tab"):
            yield " "
        elif tag == qn("w:noBreakHyphen"):
            yield "-"
        elif tag == W_P or tag not in _SKIPPED and isinstance(tag, str):
            yield from _texts(child)


def _text_boxes(element: Any) -> list[Any]:
    """Text boxes anchored in a paragraph, once each (Word stores a second copy for old readers)."""
    return [
        box
        for box in element.iter(W_TXBX)
        if not any(parent.tag in (f"{_MC}Fallback", W_TXBX) for parent in box.iterancestors())
    ]


def _styles(document: Any) -> dict[str, dict[str, Any]]:
    """Style id to heading level, boldness and list, with what a style inherits."""
    elements = {}
    with suppress(KeyError, AttributeError):
        elements = {style.get(qn("w:styleId")): style for style in document.styles.element.iter(qn("w:style"))}
    return {key: _style(key, elements) for key in elements}


def _style(key: str | None, elements: dict[str, Any]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for _ in range(20):
        style = elements.get(key or "")
        if style is None:
            break
        name_element = style.find(qn("w:name"))
        name = (name_element.get(W_VAL) if name_element is not None else "").lower()
        result.setdefault("level", _level_of_name(name))
        if result["level"] is None and (outline := style.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")) is not None:
            result["level"] = int(outline.get(W_VAL)) + 1 if outline.get(W_VAL, "9").isdigit() else None
            result["level"] = None if result["level"] and result["level"] > 9 else result["level"]
        bold = style.find(f"{qn('w:rPr')}/{qn('w:b')}")
        if bold is not None:
            result.setdefault("bold", bold.get(W_VAL) not in ("0", "false"))
        num = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        if num is not None:
            result.setdefault("num", num)
        if name.startswith("list bullet"):
            result.setdefault("bullet", True)
        based = style.find(qn("w:basedOn"))
        key = based.get(W_VAL) if based is not None else None
    return {**_NO_STYLE, **result}


def _level_of_name(name: str) -> int | None:
    if name == "title":
        return 0
    if name.startswith("heading ") and name[8:].isdigit():
        return int(name[8:])
    return None


def _style_id(element: Any) -> str:
    found = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return found.get(W_VAL, "") if found is not None else "Normal"


def _outline(element: Any) -> int | None:
    found = element.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
    value = found.get(W_VAL, "") if found is not None else ""
    return int(value) + 1 if value.isdigit() and int(value) < 9 else None


def _list_depth(element: Any) -> int:
    found = element.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:ilvl')}")
    value = found.get(W_VAL, "0") if found is not None else "0"
    return int(value) if value.isdigit() else 0


def _run_bold(run: Any, inherited: bool) -> bool:
    found = run.find(f"{qn('w:rPr')}/{qn('w:b')}")
    return inherited if found is None else found.get(W_VAL) not in ("0", "false")


def _number(element: Any, tag: str, default: int) -> int:
    found = element.find(f"{qn('w:tcPr')}/{qn(tag)}")
    value = found.get(W_VAL, "") if found is not None else ""
    return max(1, int(value)) if value.isdigit() and len(value) < 10 else default


def _grid_offset(row: Any, tag: str) -> int:
    found = row.find(f"{qn('w:trPr')}/{qn(tag)}")
    value = found.get(W_VAL, "0") if found is not None else "0"
    return min(int(value), MAX_COLUMNS) if value.isdigit() and len(value) < 10 else 0


def _continues(element: Any) -> bool:
    merge = element.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    return merge is not None and merge.get(W_VAL, "continue") == "continue"


def _fill(element: Any) -> str | None:
    shade = element.find(f"{qn('w:tcPr')}/{qn('w:shd')}")
    fill = shade.get(qn("w:fill"), "") if shade is not None else ""
    return fill.upper() if len(fill) == 6 and fill.upper() != "FFFFFF" else None


def _is_layout(rows: list[Any]) -> bool:
    """A frame round other content: a single cell, a column with tables in it, or cells that only hold tables."""
    cells = [cell for row in rows for cell in _content(row, W_TC)]
    if len(cells) == 1 or len(cells) == len(rows) and any(cell.find(W_TBL) is not None for cell in cells):
        return True
    return (
        0 < len(rows) <= 2
        and bool(cells)
        and all(cell.find(W_TBL) is not None or not "".join(_texts(cell)).strip() for cell in cells)
        and any(cell.find(W_TBL) is not None for cell in cells)
    )

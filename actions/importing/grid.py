"""The neutral document: what every reader produces and what understanding reads.

A document is a sequence of blocks in reading order: free text and tables. A table knows its cells once each, with the
rows and columns they span; `Table.rows` spreads them over the rectangular grid (the same cell object in every place
that it covers). Everything is plain data and goes to JSON and back, so that a person's answers can be applied
to the document as it was read, without the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any


@dataclass(frozen=True, slots=True)
class Where:
    """A place in the document, in the words of the person who owns it (rows and columns count from 1)."""

    sheet: str | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    line: int | None = None
    last_row: int | None = None
    """Of several rows the last one; `row` is then the first."""

    def __str__(self) -> str:
        if self.last_row is not None:
            return f"sheet “{self.sheet}” (rows {self.row} to {self.last_row})"
        parts = []
        if self.sheet is not None:
            parts.append(f"sheet “{self.sheet}”")
        elif self.table is not None:
            parts.append(f"table {self.table}")
        if self.row is not None:
            parts.append(f"row {self.row}")
        if self.column is not None:
            name = column_letters(self.column) if self.sheet is not None else str(self.column)
            parts.append(f"column {name}")
        if self.line is not None:
            parts.append(f"line {self.line}")
        return ", ".join(parts) or "the document"

    def to_json(self) -> dict[str, Any]:
        pairs = ((name, getattr(self, name)) for name in ("sheet", "table", "row", "column", "line", "last_row"))
        return {name: value for name, value in pairs if value is not None}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Where:
        return cls(**data)


def column_letters(number: int) -> str:
    """The letters that a spreadsheet shows for a column: 1 is A, 27 is AA."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """One cell. `row` and `column` are its top left place in the table's grid, from 0.

    `paragraphs` keeps the words; a line break inside a paragraph stays as "\\n". `marks` has one entry per paragraph:
    "" for ordinary text, "•" for a bullet, or the number that the word processor prints there ("3.", "1.2").
    """

    paragraphs: tuple[str, ...] = ()
    row: int = 0
    column: int = 0
    row_span: int = 1
    col_span: int = 1
    fill: str | None = None
    bold: bool = False
    marks: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return "\n".join(self.paragraphs)

    @property
    def empty(self) -> bool:
        return not self.paragraphs

    def mark(self, index: int) -> str:
        """The list mark of one paragraph, "" when it is not part of a list."""
        return self.marks[index] if index < len(self.marks) else ""

    def to_json(self) -> list[Any]:
        return [
            list(self.paragraphs),
            self.row,
            self.column,
            self.row_span,
            self.col_span,
            self.fill,
            self.bold,
            list(self.marks),
        ]

    @classmethod
    def from_json(cls, data: list[Any]) -> Cell:
        paragraphs, row, column, row_span, col_span, fill, bold, marks = data
        return cls(tuple(paragraphs), row, column, row_span, col_span, fill, bold, tuple(marks))


@dataclass(frozen=True, eq=False)
class Table:
    """Cells with their spans. `number` counts tables through the document, from 1.

    `first_row` and `first_column` are where the grid begins on its sheet, so that places are named as Excel does.
    """

    cells: tuple[Cell, ...]
    number: int
    sheet: str | None = None
    first_row: int = 1
    first_column: int = 1
    hidden: bool = False
    header_rows: tuple[int, ...] = field(default=())
    """Rows that the document itself marks as repeating headers."""
    origins: tuple[int, ...] = field(default=())
    """In a table made out of another, the row of the document that each of its rows comes from."""

    @property
    def key(self) -> str:
        return f"t{self.number}"

    def row_key(self, row: int) -> str:
        """The name of a row (from 0) in a person's answers: rows made out of one row of the document share it."""
        return f"{self.key}:{self._printed_row(row) + 1}"

    def _printed_row(self, row: int) -> int:
        return self.origins[row] if row < len(self.origins) else row

    @property
    def from_calendar(self) -> bool:
        """Whether its rows were made out of those of a calendar, one for each cell with words."""
        return bool(self.origins)

    @property
    def where(self) -> Where:
        """The whole table; on a sheet, which may hold several, with the rows that it takes up."""
        if self.sheet is None:
            return Where(table=self.number)
        last = self.first_row + self._printed_row(self.height - 1)
        return Where(self.sheet, self.number, self.first_row, last_row=max(last, self.first_row))

    def where_of(self, row: int, column: int | None = None) -> Where:
        """The place of a grid position (from 0) in the words of the document."""
        return Where(
            self.sheet,
            self.number,
            self.first_row + self._printed_row(row),
            None if column is None else self.first_column + column,
        )

    @cached_property
    def width(self) -> int:
        return max((cell.column + cell.col_span for cell in self.cells), default=0)

    @cached_property
    def height(self) -> int:
        return max((cell.row + cell.row_span for cell in self.cells), default=0)

    @cached_property
    def rows(self) -> list[list[Cell]]:
        """The full rectangle: a spanning cell stands in every place it covers, gaps are empty cells."""
        rows: list[list[Cell | None]] = [[None] * self.width for _ in range(self.height)]
        for cell in self.cells:
            for row in range(cell.row, cell.row + cell.row_span):
                for column in range(cell.column, cell.column + cell.col_span):
                    rows[row][column] = cell
        return [[cell or Cell(row=r, column=c) for c, cell in enumerate(line)] for r, line in enumerate(rows)]

    def to_json(self) -> dict[str, Any]:
        return {
            "table": [cell.to_json() for cell in self.cells],
            "number": self.number,
            "sheet": self.sheet,
            "first_row": self.first_row,
            "first_column": self.first_column,
            "hidden": self.hidden,
            "header_rows": list(self.header_rows),
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Table:
        return cls(
            tuple(Cell.from_json(cell) for cell in data["table"]),
            data["number"],
            data["sheet"],
            data["first_row"],
            data["first_column"],
            data["hidden"],
            tuple(data["header_rows"]),
        )


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A paragraph outside tables. `level` is 0 for the title, 1 to 9 for headings, None for running text.

    `mark` is the list mark ("•", "1.") and `depth` how deep the list is nested.
    """

    text: str
    level: int | None = None
    bold: bool = False
    mark: str = ""
    depth: int = 0
    where: Where = Where()

    def to_json(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "level": self.level,
            "bold": self.bold,
            "mark": self.mark,
            "depth": self.depth,
            "where": self.where.to_json(),
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> TextBlock:
        return cls(**{**data, "where": Where.from_json(data["where"])})


Block = TextBlock | Table


@dataclass(frozen=True, slots=True)
class Document:
    """Everything read from one file: blocks in order, plus sentences about what was left out."""

    blocks: tuple[Block, ...]
    warnings: tuple[str, ...] = ()

    @property
    def tables(self) -> Iterator[Table]:
        return (block for block in self.blocks if isinstance(block, Table))

    @property
    def lines(self) -> dict[str, TextBlock]:
        """The paragraphs outside tables by their names in a person's answers: "p1" is the first."""
        found = (block for block in self.blocks if isinstance(block, TextBlock))
        return {f"p{number}": block for number, block in enumerate(found, 1)}

    def to_json(self) -> dict[str, Any]:
        return {"blocks": [block.to_json() for block in self.blocks], "warnings": list(self.warnings)}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Document:
        blocks: list[Block] = [
            Table.from_json(block) if "table" in block else TextBlock.from_json(block) for block in data["blocks"]
        ]
        return cls(tuple(blocks), tuple(data["warnings"]))

"""Word plans to bring in through the page: the published ones beside the checkout, else our own in the same shapes."""

import io
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from docx import Document

SEEDS = Path(os.environ.get("PREVENT_SEEDS") or Path(__file__).resolve().parents[3] / "shared" / "seeds")
PUBLISHED = ("barking-and-dagenham-2017", "south-staffordshire-2023")


@dataclass(frozen=True)
class Line:
    """An action as it is printed: (ref, words, owners, timescale) and the labels of the headings over it."""

    ref: str
    text: str
    owner_text: str
    timescale_text: str
    path: tuple[str, ...]


@dataclass(frozen=True)
class Paper:
    """A Word plan and what is printed in it, in its order."""

    name: str
    content: bytes
    lines: tuple[Line, ...]

    def __str__(self) -> str:
        return self.name

    @property
    def headings(self) -> list[str]:
        """The labels of the headings that hold actions, and of those above them, in reading order."""
        paths = [line.path[: depth + 1] for line in self.lines for depth in range(len(line.path))]
        return [path[-1] for path in dict.fromkeys(paths)]


def papers() -> list[Paper]:
    """Return two plans in which everything is different: columns, headings, references, stacking."""
    found = [published(name) for name in PUBLISHED if (SEEDS / f"{name}.docx").exists()]
    return found if len(found) == len(PUBLISHED) else [banner_plan(), stacked_plan()]


def published(name: str) -> Paper:
    answer = json.loads((SEEDS / f"{name}.expected.json").read_text(encoding="utf-8"))
    lines = tuple(
        Line(
            each["ref"] or "", each["text"], each["owner_text"] or "", each["timescale_text"] or "",
            tuple(each["group"]),
        )
        for each in answer["actions"]
    )  # fmt: skip
    return Paper(f"{name}.docx", (SEEDS / f"{name}.docx").read_bytes(), lines)


# --- Our own ---------------------------------------------------------------------------------------------------------

PRIORITY, BELOW = "Priority 1: Know the local risk", "Share what is known"
FLAT = (
    Line("1", "Agree a training programme for front line staff", "Prevent Coordinator", "Spring 2027", ()),
    Line("2", "Brief elected members on the duty", "Democratic Services", "early 2027", ()),
    Line("2", "Publish the plan for residents", "Communications Team", "March 2027", ()),
    Line("4", "Invite every parish council to the forum", "Prevent Coordinator", "", ()),
)


def banner_plan() -> Paper:
    """A heading, then a table whose sub-headings are merged rows; a number used twice; no timescales."""
    document = Document()
    document.add_heading("Amberley Prevent Strategy and Delivery Plan 2026 - 2028", 0)
    document.add_heading(PRIORITY, 1)
    lines = tuple(
        Line(ref, text, owner, "", (PRIORITY, BELOW if at < 2 else "Train those who meet the public"))
        for at, (ref, text, owner) in enumerate(
            (
                ("35", "Read the local profile with every partner", "Prevent Coordinator and Police"),
                ("36", "Send each school the new guidance", "Schools Officer"),
                ("36", "Train the reception staff of every library", "Library Services, Contracts and Improvement"),
            )
        )
    )
    table = document.add_table(rows=1, cols=3)
    fill(table.rows[0], ("#", "Action", "Owner"))
    for at, line in enumerate(lines):
        if at == 0 or line.path != lines[at - 1].path:
            banner(table.add_row(), line.path[-1])
        fill(table.add_row(), (line.ref, line.text, line.owner_text))
    return Paper("amberley.docx", saved(document), lines)


def stacked_plan() -> Paper:
    """One table with a strand as a merged row, activities down the side, actions and timescales stacked in cells."""
    document = Document()
    document.add_heading("Birchwood Prevent Action Plan 2026-2028", 0)
    strand = "Individuals - helping people early"
    cells = (
        ("Training", "Birchwood Council", ("Train all new staff", "Train all governors"), ("June 2027", "Spring 2027")),
        ("Publicity", "Communications and Press", ("Publish the newsletter",), ("Ongoing",)),
    )
    table = document.add_table(rows=1, cols=5)
    fill(table.rows[0], ("Activity", "Lead Organisation", "Actions", "Timescales", "RAG"))
    banner(table.add_row(), strand)
    lines: list[Line] = []
    for activity, lead, texts, times in cells:
        fill(table.add_row(), (activity, lead, "\n".join(texts), "\n".join(times), ""), stacked=True)
        pairs = zip(texts, times, strict=True)
        lines += [Line("", text, lead, time, (strand, activity)) for text, time in pairs]
    return Paper("birchwood.docx", saved(document), tuple(lines))


def flat_plan(lines: Sequence[Line] = FLAT) -> Paper:
    """The plainest of plans, to be changed and compared."""
    document = Document()
    document.add_heading("Anytown Prevent Delivery Plan 2026 - 2028", 0)
    table = document.add_table(rows=1, cols=5)
    fill(table.rows[0], ("Ref", "Action", "Lead", "Timescale", "RAG"))
    for line in lines:
        fill(table.add_row(), (line.ref, line.text, line.owner_text, line.timescale_text, ""))
    return Paper("anytown.docx", saved(document), tuple(lines))


def fill(row, words: Sequence[str], *, stacked: bool = False) -> None:
    """Write words into a row; `stacked` makes a paragraph of each line."""
    for cell, text in zip(row.cells, words, strict=True):
        first, *others = text.split("\n") if stacked else [text]
        cell.text = first
        for other in others:
            cell.add_paragraph(other)


def banner(row, words: str) -> None:
    """Write a heading over the whole width of a row, in bold."""
    merged = row.cells[0].merge(row.cells[-1])
    merged.text = ""
    merged.paragraphs[0].add_run(words).bold = True


def saved(document) -> bytes:
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()

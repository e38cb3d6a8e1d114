"""The lines of an owner cell: wrapped ones joined, and those that are one party as they stand."""

from __future__ import annotations

import dataclasses
import re

from ..grid import Cell
from ..words import BULLETS
from .party_signs import HEAD_OF, ends_like_party, is_party, is_sector, is_strong

_BODY = re.compile(
    r"(?:council|police|constabulary|teams?|services?|board|trust|group|partnership|unit|college|school|authority|forum)"
    r"\s*(?:[/;&].*)?$",
    re.I,
)


_CONTACT = re.compile(
    r"(?:(?:tel(?:ephone)?|phone|mob(?:ile)?|ext|e-?mail)\.?:? ?)?(?:[\d ()+-]{8,}|\S+@\S+\.\w+)", re.I
)
"""How to reach an owner: no party. The words of the cell are kept as they stand."""


def without_contacts(cell: Cell | None) -> Cell | None:
    """An owner cell without the paragraphs that only say how to reach somebody."""
    if cell is None or not any(_CONTACT.fullmatch(line) for line in cell.paragraphs):
        return cell
    return dataclasses.replace(
        cell, paragraphs=tuple(line for line in cell.paragraphs if not _CONTACT.fullmatch(line)), marks=()
    )


def lines_of(text: str) -> list[str]:
    """Lines of a cell, a wrapped line joined to the one it continues."""
    lines: list[str] = []
    for raw in text.split("\n"):
        line = raw.strip().lstrip(BULLETS + " ").strip()
        line = re.sub(r"^(?:\d{1,2}[.)]|[-–—])\s+", "", line)
        if not line or _CONTACT.fullmatch(line):
            continue
        if lines and (
            _unfinished(lines[-1])
            or re.match(r"^(?:and|&|with|of|for)\b(?! ?:)|^[&/(]", line, re.I)
            and not re.match(r"^\((?!with|supp)", line)
            or _wraps(lines[-1], line)
        ):
            lines[-1] = f"{lines[-1]} {line}"
        else:
            lines.append(line)
    return lines


def _wraps(above: str, line: str) -> bool:
    """ "Ashdown City" over "Council / Police": the word that makes the first line a party opens the second."""
    return (
        bool(_BODY.match(line))
        and above[:1].isupper()
        and not (ends_like_party(above) or is_strong(above) or is_sector(above))
    )


def _unfinished(line: str) -> bool:
    return bool(re.search(r"(?:\b(?:and|of|for|the|with)|&|/)$", line, re.I)) or line.count("(") > line.count(")")


def is_role_and_place(line: str, known: set[str]) -> bool:
    """ "Performance Manager, Poole": a role and where it is, in a cell that gives each party a line."""
    role, comma, place = line.partition(", ")
    return (
        bool(comma)
        and bool(re.fullmatch(r"[A-Z][a-z’'-]+(?: [A-Z][a-z’'-]+)?", place))
        and (ends_like_party(role, strong=True) or bool(HEAD_OF.match(role)))
        and not (is_party(place, known) or is_sector(place))
    )

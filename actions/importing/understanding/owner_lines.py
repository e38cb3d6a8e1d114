"""The lines of an owner cell: wrapped ones joined, and those that are one party as they stand."""

from __future__ import annotations

import re

from ..words import BULLETS
from .party_signs import HEAD_OF, ends_like_party, is_party, is_sector, is_strong

_BODY = re.compile(
    r"(?:council|police|constabulary|teams?|services?|board|trust|group|partnership|unit|college|school|authority|forum)"
    r"\s*(?:[/;&].*)?$",
    re.I,
)


def lines_of(text: str) -> list[str]:
    """Lines of a cell, a wrapped line joined to the one it continues."""
    lines: list[str] = []
    for raw in text.split("\n"):
        line = raw.strip().lstrip(BULLETS + " ").strip()
        line = re.sub(r"^(?:\d{1,2}[.)]|[-–—])\s+", "", line)
        if not line:
            continue
        if lines and (
            _unfinished(lines[-1])
            or re.match(r"^(?:and|&|with|of|for)\b|^[&/(]", line, re.I)
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

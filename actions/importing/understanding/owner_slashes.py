"""Slashes in an owner cell: between parties, or inside the name of one."""

from __future__ import annotations

import re

from ..words import outside_brackets, squashed
from .party_signs import is_initials, is_party, is_sector, is_strong


def split_spaced_slashes(text: str, known: set[str]) -> list[str]:
    """ "Head of HR and Organisational Development / Policy Officer": a slash set apart separates before an "and" does.

    With a space on either side it stands between names that are not known, too: "Highways / Six Town Housing".
    """
    pieces = [piece.strip() for piece in outside_brackets(text, r"\s+/\s*|\s*/\s+") if piece.strip()]
    parties = all(is_party(piece, known) or is_sector(piece) for piece in pieces)
    apart = [piece.strip() for piece in outside_brackets(text, r"\s+/\s+") if piece.strip()]
    if apart == pieces and all(piece[:1].isupper() and len(piece.split()) <= 5 for piece in pieces):
        parties = parties or any(is_party(piece, known) or is_sector(piece) for piece in pieces)
    return pieces if parties and not any(squashed(piece) in _GENERIC_TAILS for piece in pieces[1:]) else [text]


def split_slashes(text: str, known: set[str]) -> list[str]:
    if (
        "/" not in text
        or re.match(r"T/[A-Z]", text)  # a temporary rank
        or squashed(text) in known
        or re.search(r"\band/or\b|\b\w/\w\b(?!\w)", text)
        and not re.search(r"\b[A-Z]{2,}/[A-Z]{2,}\b|\b[A-Z]/[A-Z]\b", text)
    ):
        return [text]
    pieces = [piece.strip() for piece in outside_brackets(text, r"\s*/\s*") if piece.strip()]
    if len(pieces) < 2:
        return [text]
    spaced = re.search(r"\s/\s|\w/\s", text)
    whole = all(is_party(piece, known) or is_sector(piece) or is_initials(piece) for piece in pieces)
    bare_tail = any(len(piece.split()) == 1 and squashed(piece) in _GENERIC_TAILS for piece in pieces[1:])
    beside_a_name = len(pieces) == 2 and is_party(pieces[0], known) and re.fullmatch(r"[A-Z][a-z]{3,}", pieces[1])
    return (
        pieces
        if (whole or beside_a_name)
        and not bare_tail
        or (spaced and not bare_tail and (len(pieces[0].split()) > 1 or is_strong(pieces[0])))
        else [text]
    )


_GENERIC_TAILS = {
    "lead",
    "officer",
    "manager",
    "coordinator",
    "co-ordinator",
    "team",
    "leads",
    "officers",
    "managers",
    "teams",
    "deputy",
    "assistant",
    "group",
    "advisor",
    "adviser",
    "coordinators",
    "service",
    "services",
}

"""Cleaning the characters that office files carry, without touching a word."""

from __future__ import annotations

import re

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u00ad\u200b-\u200d\u2060\ufeff\ud800-\udfff]")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_SPACES = re.compile("[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_BREAKS = re.compile("\r\n|\r|\u2028|\u2029|\x0b|\x85")

_PLACEHOLDER = re.compile(
    r"(?:click or tap|click|tap)(?: here)? to enter (?:text|a date)\.?|enter (?:text|date) here\.?|choose an item\.?",
    re.I,
)
"""What Word shows in a field of a form that nobody has filled in."""

BULLETS = "•·●○◦▪■□◆➢➤✓✔‣⁃\uf0b7\uf0a7\uf0d8\uf0fc"
_BULLET = re.compile(rf"^\s*(?:[{re.escape(BULLETS)}]|[-–—o*](?=\s))\s*(?=\S)")


def clean(text: str) -> str:
    """One paragraph without invisible characters; runs of spaces become one, line breaks stay as "\\n"."""
    text = _BIDI.sub("", _CONTROLS.sub("", _BREAKS.sub("\n", text)))
    if _PLACEHOLDER.fullmatch(text.strip()):
        return ""
    if "  " in text or "\n" in text or not text.isascii() or "\t" in text:
        lines = [_SPACES.sub(" ", line).strip() for line in text.split("\n")]
        return "\n".join(line for line in lines if line)
    return text.strip()


def strip_bullet(text: str) -> tuple[str, bool]:
    """The text without a typed bullet at its start, and whether there was one."""
    found = _BULLET.match(text)
    return (text[found.end() :], True) if found else (text, False)


def unbulleted(text: str) -> tuple[str, str]:
    """A single typed bullet is a mark, kept as it is; in a cell of several lines they stay for the stacking step."""
    mark, space, words = text.partition(" ")
    return (words, mark) if space and words and mark in tuple("•·●▪") and "\n" not in text else (text, "")


def is_heading_like(text: str) -> bool:
    """A short line: no full stop, comma or colon at its end, a capital or a number at its start."""
    short = len(text) <= 90 and len(text.split()) <= 14
    return short and text[-1] not in ".,;:?!" and (text[0].isupper() or text[0].isdigit())


def flat(text: str) -> str:
    """On one line, for comparing and for headings that were broken over lines."""
    return " ".join(text.split())


def stands_in(words: str, text: str) -> bool:
    """Whether a text holds words whole: the number "2" does not stand in "March 2027"."""
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text) is not None


def short(words: str, longest: int = 80) -> str:
    """Return words on one line, cut where they are long."""
    words = flat(words)
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"


def squashed(text: str) -> str:
    """Lower case, one space, no closing punctuation: for comparing wordings."""
    return flat(text).casefold().strip(" .:;,-–—*")


def words_of(text: str) -> frozenset[str]:
    """The words of a list written out as text."""
    return frozenset(text.split())


def depth_at(text: str, place: int) -> int:
    return text[:place].count("(") - text[:place].count(")")


def outside_brackets(text: str, pattern: str) -> list[str]:
    """`re.split`, but never inside round brackets."""
    pieces, start = [], 0
    for found in re.finditer(pattern, text):
        if depth_at(text, found.start()) <= 0 and found.start() >= start:
            pieces.append(text[start : found.start()])
            start = found.end()
    return [*pieces, text[start:]]

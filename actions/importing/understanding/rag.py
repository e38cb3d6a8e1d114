"""Reading ratings: words, letters, numbers with a key, and colours of cells."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Iterable

from ..grid import Table
from ..words import flat, squashed

_WORDS = {
    "red": "red",
    "r": "red",
    "off track": "red",
    "amber": "amber",
    "a": "amber",
    "yellow": "amber",
    "orange": "amber",
    "at risk": "amber",
    "green": "green",
    "g": "green",
    "on track": "green",
    "blue": "blue",
    "b": "blue",
    "complete": "blue",
    "completed": "blue",
    "done": "blue",
    "not started": "not_started",
    "not yet started": "not_started",
    "grey": "not_started",
    "gray": "not_started",
    "not due": "not_started",
    "ns": "not_started",
    "white": "not_started",
}
SIGNS = str.maketrans(
    dict.fromkeys("🟢🟩💚", " green ")
    | dict.fromkeys("🟠🟡🟧🟨🧡💛", " amber ")
    | dict.fromkeys("🔴🟥", " red ")
    | dict.fromkeys("🔵🟦💙", " blue ")
    | dict.fromkeys("⚪⬜", " grey ")
)
"""Coloured signs as the words that they stand for."""
_COLOUR_WORD = re.compile(r"\b(red|amber|yellow|orange|green|blue|grey|gray)\b", re.I)
_KEY = re.compile(r"^\W*(\w[\w ]{0,14}?)\s*[=:–—-]\s*(.+)$", re.S)


def words_of_rating(text: str) -> str:
    """The words of a rating cell as keys and answers name them: coloured signs by their colour, in lower case."""
    return squashed(text.translate(SIGNS))


def read_rag(text: str, fill: str | None, key: dict[str, str]) -> str | None:
    """One of red, amber, green, blue, not_started, or None when the cell gives no rating that can be known.

    Words come before colour. `key` holds what the document's own key or a person says ("1" is "red", "n/a" is "").
    Two ratings in one cell ("Amber/Green") are no rating: a person decides.
    """
    words = words_of_rating(text)
    if words:
        if words in key:
            return key[words] or None
        if words in _WORDS:
            return colour_of(fill) or _WORDS[words] if words in ("complete", "completed", "done") else _WORDS[words]
        named = {_WORDS[found.lower()] for found in _COLOUR_WORD.findall(words)}
        if len(named) == 1:
            return named.pop()
        first = re.match(r"([ragb])\b(?=\s*[-–:(])", words)
        if first:
            return _WORDS[first.group(1)]
        return colour_of(fill) if not named else None
    return colour_of(fill)


def colour_of(fill: str | None) -> str | None:
    """The rating that a cell's colour shows, None for pale, grey and other colours."""
    if not fill:
        return None
    red, green, blue = (int(fill[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, light, strength = colorsys.rgb_to_hls(red, green, blue)
    hue *= 360
    if strength < 0.35 or light > 0.86 or light < 0.12:
        return None
    if hue < 14 or hue > 342:
        return "red"
    if hue < 68:
        return "amber"
    if 75 <= hue <= 165:
        return "green"
    return "blue" if 185 <= hue <= 255 else None


def read_key(tables: Iterable[Table], texts: Iterable[str]) -> dict[str, str]:
    """What the document's rating key says: for letters, numbers and words, which colour each is."""
    key: dict[str, str] = {}
    for table in tables:
        for row in range(min(table.height, 10)):
            cells = [cell for cell in dict.fromkeys(table.rows[row]) if cell.row == row]
            worded = [cell for cell in cells if cell.paragraphs]
            if len(worded) >= 2:
                _add(key, worded[0].text, worded[1].text, worded[0].fill)
                _add(key, worded[1].text, worded[0].text, worded[1].fill)
            for cell in worded:
                for line in cell.text.split("\n"):
                    _add_line(key, line, cell.fill)
    for text in texts:
        for piece in re.split(r"[\n;,]", text) if len(text) < 300 else ():
            _add_line(key, piece, None)
    return key


def _add_line(key: dict[str, str], line: str, fill: str | None) -> None:
    found = _KEY.match(line.strip())
    if found:
        _add(key, found.group(1), found.group(2), fill)
        _add(key, found.group(2), found.group(1), fill)


def _add(key: dict[str, str], sign: str, meaning: str, fill: str | None) -> None:
    sign, words = squashed(sign), squashed(meaning)
    if not sign or len(sign) > 18 or sign in key or sign in ("red", "amber", "green", "blue"):
        return
    named = {_WORDS[found.lower()] for found in _COLOUR_WORD.findall(words)}
    value = _WORDS.get(words) or (
        named.pop() if len(named) == 1 and (len(words.split()) <= 3 or _COLOUR_WORD.match(words)) else None
    )
    if value and (re.fullmatch(r"[0-9]|[a-z]{1,3}|[\w ]{3,18}", sign)):
        key[sign] = value


def looks_like_key(text: str) -> bool:
    """Whether a row or line explains the colours rather than using them."""
    words = flat(text)
    return (
        bool(re.match(r"^(?:b?rag (?:rating )?key|key|b?rag(?: rating)?)\b\s*[:=–-]", words, re.I))
        or len(re.findall(r"\b(?:red|amber|green|blue)\b\s*[=:–-]", words, re.I)) >= 2
    )

"""The numbers that Word prints in front of paragraphs but keeps out of their text.

Officers let Word number their actions; the file then holds a reference to a list, not the number. This module counts
as Word does: per list and level, deeper levels starting again when a shallower one moves on.
"""

from __future__ import annotations

from typing import Any

from docx.oxml.ns import qn

_VAL = qn("w:val")
_NUM_PR, _NUM_ID, _ILVL = f"{qn('w:pPr')}/{qn('w:numPr')}", qn("w:numId"), qn("w:ilvl")


class Numbering:
    """Running numbers of one document. Ask in reading order: every call moves the list on."""

    def __init__(self, document: Any) -> None:
        self.levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self.abstract_of: dict[str, str] = {}
        self.overridden: dict[tuple[str, int], int] = {}
        self.counts: dict[str, dict[int, int]] = {}
        self.seen: set[str] = set()
        root = _numbering_root(document)
        if root is not None:
            self._read(root)

    def _read(self, root: Any) -> None:
        for abstract in root.iter(qn("w:abstractNum")):
            key = abstract.get(qn("w:abstractNumId"), "")
            self.levels[key] = {_int(level.get(qn("w:ilvl"))): _level(level) for level in abstract.iter(qn("w:lvl"))}
        for num in root.iter(qn("w:num")):
            key = num.get(qn("w:numId"), "")
            found = num.find(qn("w:abstractNumId"))
            self.abstract_of[key] = found.get(_VAL, "") if found is not None else ""
            for override in num.iter(qn("w:lvlOverride")):
                start = override.find(qn("w:startOverride"))
                if start is not None:
                    self.overridden[key, _int(override.get(qn("w:ilvl")))] = _int(start.get(_VAL))

    def mark(self, paragraph: Any, style_num: Any = None) -> str:
        """What Word prints before this paragraph: "•", "3.", "1.2", or "" for no list."""
        properties = paragraph.find(_NUM_PR)
        properties = style_num if properties is None else properties
        if properties is None:
            return ""
        num = properties.find(_NUM_ID)
        level_element = properties.find(_ILVL)
        key = num.get(_VAL, "") if num is not None else ""
        level = _int(level_element.get(_VAL)) if level_element is not None else 0
        abstract = self.abstract_of.get(key)
        if abstract is None or level not in self.levels.get(abstract, {}):
            return "•" if abstract is not None else ""
        kind, pattern, start = self.levels[abstract][level]
        if kind in ("bullet", "none"):
            return "•" if kind == "bullet" else ""
        return self._count(key, abstract, level, pattern, start)

    def _count(self, key: str, abstract: str, level: int, pattern: str, start: int) -> str:
        counts = self.counts.setdefault(abstract, {})
        if key not in self.seen:
            self.seen.add(key)
            for at in [at for (num, at) in self.overridden if num == key]:
                counts.pop(at, None)
        first = self.overridden.get((key, level), start)
        counts[level] = counts[level] + 1 if level in counts else first
        for deeper in [at for at in counts if at > level]:
            del counts[deeper]
        printed = pattern
        for at in range(level + 1):
            kind, _, begin = self.levels[abstract].get(at, ("decimal", "", 1))
            printed = printed.replace(f"%{at + 1}", _printed(counts.get(at, begin), kind))
        return printed.strip()


def _numbering_root(document: Any) -> Any:
    try:
        return document.part.numbering_part.element
    except (KeyError, NotImplementedError, AttributeError):
        return None


def _level(element: Any) -> tuple[str, str, int]:
    values = {}
    for name in ("numFmt", "lvlText", "start"):
        found = element.find(qn(f"w:{name}"))
        values[name] = found.get(_VAL) if found is not None else None
    return values["numFmt"] or "decimal", values["lvlText"] or "", _int(values["start"] or "1")


def _int(value: str | None) -> int:
    return int(value) if value and value.isdigit() and len(value) < 8 else 0


def _printed(number: int, kind: str) -> str:
    if kind in ("lowerLetter", "upperLetter") and number > 0:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1 if number < 500 else 1)
        return letter.upper() if kind == "upperLetter" else letter
    if kind in ("lowerRoman", "upperRoman") and 0 < number < 4000:
        roman = _roman(number)
        return roman if kind == "upperRoman" else roman.lower()
    return f"{number:02d}" if kind == "decimalZero" else str(number)


def _roman(number: int) -> str:
    pairs = (
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    )
    printed = ""
    for value, letters in pairs:
        printed += letters * (number // value)
        number %= value
    return printed

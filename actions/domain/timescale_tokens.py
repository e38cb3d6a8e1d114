"""Cut the words of a timescale into tokens: numbers that could be dates, words, marks and line breaks.

A token says only what a piece looks like ("24/25" is a pair of numbers); what it means is for the reader, who sees the
words around it.
"""

import re
import unicodedata
from dataclasses import dataclass

from actions.domain.timescale_words import MONTHS

LONGEST = 1000  # characters; a longer cell is a paragraph, not a timescale

_LOOKALIKES = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\u2192\u27a1\uf0e0\u00ac", "-")
    | dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc\u0060\u00b4", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u201f", '"')
    | dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad", None)
    | dict.fromkeys("\r\v\f\x85\u2028\u2029\t|\u2022\u25aa\u25cf\u25e6\u2023\u2219\u25a0\uf0b7\u00b7", "\n")
)

_MONTH = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")(?![^\W\d_])"
_NOT_A_DAY = rf"(?!\s?(?:st|nd|rd|th)(?![^\W\d_]))(?!\s?(?:of\s)?{_MONTH})"
_NOT_A_DATE = r"(?!(?P<nsep>[-/.])[0-9]{1,2}(?P=nsep)[0-9]{2})"

_TOKEN = re.compile(
    rf"""
      (?P<break>\s*\n\s*)
    | (?P<space>\s+)
    | (?<![0-9])(?P<iso>[0-9]{{4}}(?P<isep>[-/.])[0-9]{{1,2}}(?P=isep)[0-9]{{1,2}})(?:t(?=[0-9]{{2}}:)|(?![0-9]))
    | (?<![0-9])(?P<dmy>[0-9]{{1,2}}(?:(?P<dsep>[-/.])|\s?(?P<wsep>/)\s?)[0-9]{{1,2}}
          (?:(?P=dsep)|\s?(?P=wsep)\s?)'?(?:[0-9]{{4}}|[0-9]{{2}}))(?![0-9])
    | (?P<time>[0-9]{{1,2}}:[0-9]{{2}}(?::[0-9]{{2}}(?:\.[0-9]+)?)?(?:\s?(?:am|pm|hrs)\b|z\b)?
          |[0-9]{{1,2}}(?:\.[0-9]{{2}})?\s?(?:am|pm)\b|[0-9]{{4}}\s?hrs\b)
    | (?P<target>[0-9]+(?:\.[0-9]+)?\s?%|£\s?[0-9][0-9.,]*k?)
    | (?<![0-9])(?P<span>[0-9]{{4}}\s?[-/]\s?'?(?:[0-9]{{4}}|[0-9]{{2}}(?![/.][0-9]{{4}})))(?![0-9])
          {_NOT_A_DAY}{_NOT_A_DATE}
    | (?<![0-9/.\-])(?P<my>[0-9]{{1,2}}[-/.][0-9]{{4}})(?![0-9])
    | (?<![0-9/.])(?P<pair>'?[0-9]{{1,2}}\s?[-/]\s?'?[0-9]{{1,2}})(?![0-9]){_NOT_A_DAY}(?![/.][0-9])
    | (?P<ord>[0-9]{{1,2}}\s?(?:st|nd|rd|th)(?![^\W\d_]))
    | (?P<short>'[0-9]{{2}})(?![0-9])
    | (?<![^\W\d_])(?P<quarter>(?:qtr|qrtr|quarter|q)s?\s?\.?\s?[1-4])(?![0-9])
    | (?<![^\W\d_])(?P<half>(?:half\s?|h)[12])(?![0-9])
    | (?P<year>[0-9]{{4}})(?![0-9])
    | (?P<num>[0-9]{{1,2}})(?![0-9]|[.,][0-9])
    | (?P<digits>[0-9]+(?:[.,][0-9]+)*)
    | (?P<abbr>(?<![^\W\d_])(?:[wcb]/[cebf]|[nfa]/[ay]|n\.a|p\.a|w\.c)(?![^\W\d_]))
    | (?P<word>[^\W\d_]+(?:'[^\W\d_]+)?)
    | (?P<mark>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_NUMBER = re.compile("[0-9]+")
_NUMERIC = {"iso", "dmy", "span", "my", "pair", "ord", "short", "quarter", "half", "year", "num"}


@dataclass(frozen=True, slots=True)
class Token:
    """One piece: `kind` is a group name of the pattern above, or for a mark the character itself."""

    kind: str
    text: str  # lower case
    start: int
    end: int
    numbers: tuple[int, ...] = ()


def clean(text: str) -> str:
    """The same words with one kind of dash, quote, space and line break, bullets and list numbers taken off."""
    plain = unicodedata.normalize("NFKC", text.translate(_LOOKALIKES)).translate(_LOOKALIKES)
    plain = re.sub(r"\\[nr]", "\n", plain)  # a line break as scripts write it
    plain = "".join(c if c == "\n" or c.isprintable() else " " for c in plain)
    lines = [" ".join(line.split()) for line in plain.split("\n")]
    whole = "\n".join(_without_bullets([line for line in lines if line])).replace("->", "-")
    return re.sub(r"(?<=[a-z])-\n(?=[a-z])", "-", whole)  # a word broken at the end of a line


def _without_bullets(lines: list[str]) -> list[str]:
    if lines and re.match(r"[-*>o] ", lines[0]) or lines and re.match(r"-[^\W\d_]", lines[0]):
        return [re.sub(r"^[-*>o] ?(?=\W|[A-Z0-9])", "", line).strip() or line for line in lines]
    if len(lines) > 1 and all(re.match(rf"\(?{n}[.)]\s", line) for n, line in enumerate(lines, start=1)):
        return [line.split(maxsplit=1)[1] for line in lines]
    return lines


def tokenise(plain: str) -> list[Token]:
    """The tokens of cleaned words, in order, spaces left out."""
    tokens = []
    for match in _TOKEN.finditer(plain):
        kind = match.lastgroup or "mark"
        if kind == "space":
            continue
        words = match.group().lower()
        numbers = tuple(int(n[:6]) for n in _NUMBER.findall(words)) if kind in _NUMERIC else ()
        tokens.append(Token(words if kind == "mark" else kind, words, match.start(), match.end(), numbers))
    return tokens

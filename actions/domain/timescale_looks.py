"""Small looks at the tokens of a timescale, and the items that they are grouped into."""

from dataclasses import dataclass

from actions.domain import timescale_words as words
from actions.domain.timescale_periods import Named
from actions.domain.timescale_tokens import Token

YEAR_PHRASES = words.FINANCIAL_YEAR_WORDS + words.ACADEMIC_YEAR_WORDS + words.CALENDAR_YEAR_WORDS
JOINS = {"-": "dash", "to": "dash", "/": "and", "&": "and", "and": "and", "+": "and"}


@dataclass(frozen=True, slots=True)
class Item:
    """`kind` is "named", "rhythm", "length", "word", "stray" (a number nobody read) or a marker of the vocabulary."""

    kind: str
    first: int  # tokens first..last-1
    last: int
    named: Named | None = None
    rhythm: str = ""
    length: tuple[int, str] = (0, "")


Tokens = list[Token]
Found = tuple[list[Item], int] | None


def kind_at(tokens: Tokens, at: int) -> str:
    return tokens[at].kind if 0 <= at < len(tokens) else ""


def word_at(tokens: Tokens, at: int) -> str:
    return tokens[at].text if kind_at(tokens, at) in ("word", "abbr") else ""


def touches(tokens: Tokens, at: int) -> bool:
    """Whether the mark at `at` is written close to both neighbours: the hyphen of "Mar-26"."""
    return (
        0 < at < len(tokens) - 1 and tokens[at - 1].end == tokens[at].start and tokens[at].end == tokens[at + 1].start
    )


def skip(tokens: Tokens, at: int, kinds: frozenset[str], known: frozenset[str] = frozenset()) -> int:
    while kind_at(tokens, at) in kinds or (known and word_at(tokens, at) in known):
        at += 1
    return at


def after_phrase(tokens: Tokens, at: int, phrases: tuple[str, ...]) -> int:
    """The place after the longest of these phrases that stands at `at`, or 0."""
    return max((after_words(tokens, at, tuple(phrase.split())) for phrase in phrases), default=0)


def after_words(tokens: Tokens, at: int, wanted: tuple[str, ...]) -> int:
    for number, word in enumerate(wanted):
        if number and kind_at(tokens, at) == "-" and touches(tokens, at):
            at += 1
        if word_at(tokens, at) != word:
            return 0
        at += 1
    return at


def month_at(tokens: Tokens, at: int) -> int:
    """The month that stands here, or 0; "may" before a verb is no month."""
    month = words.MONTHS.get(word_at(tokens, at), 0)
    if word_at(tokens, at) == "may" and word_at(tokens, at + 1) in words.AFTER_THE_VERB_MAY:
        return 0
    return month


def number_at(tokens: Tokens, at: int) -> int:
    if kind_at(tokens, at) == "num":
        return tokens[at].numbers[0]
    return words.NUMBER_WORDS.get(word_at(tokens, at), 0)


def ordinal_at(tokens: Tokens, at: int) -> int:
    if kind_at(tokens, at) == "ord":
        return tokens[at].numbers[0]
    return words.ORDINAL_WORDS.get(word_at(tokens, at), 0)


def length_unit(tokens: Tokens, at: int) -> str:
    if word_at(tokens, at) == "working":
        at += 1
    return words.UNITS.get(word_at(tokens, at), "")


def basis_words(tokens: Tokens, at: int) -> tuple[str, int]:
    """ "financial year", "AY", "calendar year": which kind of year, and the place after the words."""
    for basis, phrases in (
        ("financial", words.FINANCIAL_YEAR_WORDS),
        ("academic", words.ACADEMIC_YEAR_WORDS),
        ("calendar", words.CALENDAR_YEAR_WORDS),
    ):
        after = after_phrase(tokens, at, phrases)
        if after:
            return basis, after
    return "", at

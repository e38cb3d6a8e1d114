"""Find rhythms ("every 3 months", "twice a year") and lengths of time ("within 6 months") in a timescale."""

from actions.domain import timescale_words as words
from actions.domain.timescale_looks import (
    JOINS,
    YEAR_PHRASES,
    Found,
    Item,
    Tokens,
    after_phrase,
    after_words,
    kind_at,
    length_unit,
    month_at,
    number_at,
    ordinal_at,
    word_at,
)
from actions.domain.timescale_names import part_of_year

_COUNTS = {number: word for word, number in words.NUMBER_WORDS.items()}


def every(count: int, unit: str) -> str:
    """The rhythm of once in `count` units."""
    usual = {
        (1, "day"): "daily", (1, "week"): "weekly", (2, "week"): "fortnightly", (1, "fortnight"): "fortnightly",
        (1, "month"): "monthly", (3, "month"): "quarterly", (6, "month"): "twice_a_year", (12, "month"): "annual",
        (1, "quarter"): "quarterly", (2, "quarter"): "twice_a_year", (1, "term"): "termly", (1, "year"): "annual",
        (1, "meeting"): "each_meeting", (1, "half_year"): "twice_a_year", (1, "half_term"): "half_termly",
    }  # fmt: skip
    return usual.get((count, unit), f"every_{_COUNTS.get(count, count)}_{unit}s")


def times(count: int, unit: str) -> str:
    """The rhythm of `count` times in one unit."""
    if count == 1:
        return every(1, unit)
    usual = {(2, "year"): "twice_a_year", (4, "year"): "quarterly", (12, "year"): "monthly"}
    return usual.get((count, unit), f"{'twice' if count == 2 else f'{_COUNTS.get(count, count)}_times'}_a_{unit}")


_LONGER_UNITS = {
    "half year": "half_year",
    "half term": "half_term",
    "reporting period": "reporting_period",
    "board meeting": "meeting",
    "group meeting": "meeting",
}


def _unit(tokens: Tokens, at: int) -> tuple[str, int]:
    """The unit of time that stands here ("year", "academic year", "half term"), and the place after it."""
    after = after_phrase(tokens, at, YEAR_PHRASES)
    if after:
        return "year", after
    for phrase, unit in _LONGER_UNITS.items():
        after = after_words(tokens, at, tuple(phrase.split()))
        if after:
            return unit, after
    unit = words.UNITS.get(word_at(tokens, at), "")
    return unit, at + 1 if unit else at


def rhythm(tokens: Tokens, at: int) -> Found:
    """ "monthly", "every 3 months", "each October", "twice a year", "4 sessions per year", "6-monthly"."""
    for rule in (_every, _times, _numbered_rhythm, _one_word_rhythm):
        found = rule(tokens, at)
        if found:
            rhythm, after = found
            return [Item("rhythm", at, after, rhythm=rhythm)], after
    return None


def _every(tokens: Tokens, at: int) -> tuple[str, int] | None:
    if word_at(tokens, at) not in ("every", "each", "per"):
        return None
    after = at + 1
    count = 1
    if word_at(tokens, after) in ("other", "second", "alternate"):
        count, after = 2, after + 1
    elif number_at(tokens, after):
        count, after = number_at(tokens, after), after + 1
    elif ordinal_at(tokens, after) and _unit(tokens, after + 1)[0]:
        count, after = ordinal_at(tokens, after), after + 1
    unit, beyond = _unit(tokens, after)
    if unit:
        return every(count, unit), beyond
    if count == 1 and word_at(tokens, at) != "per":
        if month_at(tokens, after) or part_of_year(tokens, after):
            return "annual", after
        if word_at(tokens, after) in words.WEEKDAYS:
            return "weekly", after + 1
    return None


def _times(tokens: Tokens, at: int) -> tuple[str, int] | None:
    count = {"once": 1, "twice": 2, "thrice": 3}.get(word_at(tokens, at)) or number_at(tokens, at)
    if not count:
        return None
    after = at + 1
    counted = word_at(tokens, after)
    if month_at(tokens, after):
        return None
    if counted and counted not in ("a", "per", "each", "every", "in"):
        after += 1
    if word_at(tokens, after) == "in":
        after += 1
    if word_at(tokens, after) in ("a", "per", "each", "every", "an"):
        after += 1
    elif counted not in ("times", "x") and kind_at(tokens, at) != "word":
        return None
    unit, beyond = _unit(tokens, after)
    if not unit or (word_at(tokens, after - 1) not in ("a", "per", "each", "every", "an")):
        return None
    return times(count, unit), beyond


def _numbered_rhythm(tokens: Tokens, at: int) -> tuple[str, int] | None:
    count = number_at(tokens, at)
    after = at + 2 if kind_at(tokens, at + 1) == "-" else at + 1
    unit = {"monthly": "month", "weekly": "week", "yearly": "year", "annually": "year"}.get(word_at(tokens, after))
    return (every(count, unit), after + 1) if count and unit else None


def _one_word_rhythm(tokens: Tokens, at: int) -> tuple[str, int] | None:
    if word_at(tokens, at) == "annual" and word_at(tokens, at + 1) in ("council", "general", "parish"):
        return None  # the name of a meeting: "Annual Council, May 2025"
    found = [(after_words(tokens, at, tuple(phrase.split())), rhythm) for phrase, rhythm in words.RHYTHMS.items()]
    after, rhythm = max(found)
    return (rhythm, after) if after else None


def length_of_time(tokens: Tokens, at: int) -> Found:
    """ "6 months", "2/3 months", "0-6 months", "six (6) weeks", "12 to 18 months"."""
    kind = kind_at(tokens, at)
    if kind == "pair":
        count, after = tokens[at].numbers[-1], at + 1
    elif number_at(tokens, at) or kind == "num":
        count, after = number_at(tokens, at), at + 1
        if kind_at(tokens, after) == "(" and kind_at(tokens, after + 1) == "num" and kind_at(tokens, after + 2) == ")":
            after += 3
        if JOINS.get(word_at(tokens, after) or kind_at(tokens, after)) and number_at(tokens, after + 1):
            count, after = number_at(tokens, after + 1), after + 2
    else:
        return None
    if kind_at(tokens, after) in ("-", "+") and length_unit(tokens, after + 1):
        after += 1
    unit = length_unit(tokens, after)
    if not unit or unit == "meeting":
        return None
    after += 2 if word_at(tokens, after) == "working" else 1
    return [Item("length", at, after, length=(count, unit))], after

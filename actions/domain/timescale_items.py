"""Group the tokens of a timescale into items: named periods, rhythms, lengths of time, and words that mark a role.

"Complete by 30 Sept 2025 and quarterly" becomes by, a day, and, a rhythm. Which role each item plays is decided in
`timescales`; a word or number that no rule knows stays an item, so nothing that was read over is forgotten.
"""

from collections.abc import Callable

from actions.domain import timescale_words as words
from actions.domain.timescale_looks import (
    Found,
    Item,
    Tokens,
    after_words,
    basis_words,
    kind_at,
    month_at,
    touches,
    word_at,
)
from actions.domain.timescale_names import (
    day_and_month,
    month_name,
    numeric_date,
    pair_of_numbers,
    part_name,
    part_of_year,
    plan_year,
    year_name,
)
from actions.domain.timescale_rhythms import length_of_time, rhythm

_BRACKETS = frozenset("()[]:")
_MARKS = {",": "sep", ";": "sep", ".": "sep", "break": "sep", "-": "dash", "/": "slash", "&": "and", "+": "and"}


def items_of(tokens: Tokens) -> list[Item]:
    """Everything in reading order; the first rule that fits at a token takes it."""
    items: list[Item] = []
    at = 0
    while at < len(tokens):
        for rule in _RULES:
            found = rule(tokens, at)
            if found:
                items += found[0]
                at = found[1]
                break
        else:
            items.append(_single(tokens, at))
            at += 1
    return items


def _marker(tokens: Tokens, at: int) -> Found:
    for phrase, marker in words.PHRASES.get(word_at(tokens, at), ()):
        after = after_words(tokens, at, phrase)
        if after:
            return [Item(marker, at, after)], after
    return None


def _counted_thing(tokens: Tokens, at: int) -> Found:
    """A number that counts or labels something: "2 workshops", "Phase 1", "80%"."""
    kind = kind_at(tokens, at)
    if kind in ("time", "target"):
        return [Item("filler", at, at + 1)], at + 1
    if kind not in ("num", "ord", "digits", "year"):
        return None
    labelled = word_at(tokens, at - 1) in words.NUMBERED_THINGS
    following = word_at(tokens, at + 1)
    counting = (
        len(following) > 2
        and not month_at(tokens, at + 1)
        and following not in words.PHRASES
        and following not in words.UNITS
        and following not in words.SEASONS
    )
    return ([Item("filler", at, at + 1)], at + 1) if labelled or counting else None


def _unit_word(tokens: Tokens, at: int) -> Found:
    after = basis_words(tokens, at)[1] if basis_words(tokens, at)[0] else 0
    if not after and (words.UNITS.get(word_at(tokens, at)) or word_at(tokens, at) in ("plan", "strategy")):
        after = at + 1
    return ([Item("unit", at, after)], after) if after else None


def _single(tokens: Tokens, at: int) -> Item:
    kind = kind_at(tokens, at)
    if kind == "?":
        return Item("tbc", at, at + 1)
    if kind in _BRACKETS:
        return Item("soft", at, at + 1)
    if kind == "-" and touches(tokens, at) and word_at(tokens, at - 1) and word_at(tokens, at + 1):
        months = month_at(tokens, at - 1) or month_at(tokens, at + 1) or part_of_year(tokens, at + 1)
        return Item("dash" if months else "soft", at, at + 1)
    if kind in _MARKS:
        return Item(_MARKS[kind], at, at + 1)
    if kind in ("word", "abbr"):
        return Item("filler" if word_at(tokens, at) in words.WEEKDAYS else "word", at, at + 1)
    return Item("stray" if any(c.isnumeric() for c in tokens[at].text) else "soft", at, at + 1)


_RULES: tuple[Callable[[Tokens, int], Found], ...] = (
    numeric_date,
    rhythm,
    length_of_time,
    day_and_month,
    month_name,
    part_name,
    plan_year,
    year_name,
    pair_of_numbers,
    _marker,
    _counted_thing,
    _unit_word,
)

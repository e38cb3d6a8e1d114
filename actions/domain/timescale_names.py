"""Find the named periods in the tokens of a timescale: days, months, quarters, terms, years and plan years."""

from dataclasses import replace
from datetime import date

from actions.domain import timescale_words as words
from actions.domain.timescale_looks import (
    JOINS,
    Found,
    Item,
    Tokens,
    basis_words,
    kind_at,
    length_unit,
    month_at,
    number_at,
    ordinal_at,
    skip,
    touches,
    word_at,
)
from actions.domain.timescale_periods import Named, full_year, in_bounds
from actions.domain.timescale_words import MONTH_NAMES


def numeric_date(tokens: Tokens, at: int) -> Found:
    kind = kind_at(tokens, at)
    if kind not in ("iso", "dmy", "my", "span"):
        return None
    numbers = tokens[at].numbers
    if kind == "span":  # "2025-03" is a month: the second number is too small for a year
        year, month = numbers
        if not 1 <= month <= 12 or month >= year % 100:
            return None
        named = Named("month", number=month, year=year)
    elif kind == "my":
        month, year = numbers
        fault = "" if 1 <= month <= 12 else f"There is no month {month}."
        named = Named("month", number=month, year=year, fault=fault)
    else:
        year, month, day = numbers if kind == "iso" else reversed(numbers)
        two_digits = not tokens[at].text[-4:].isdigit() and kind == "dmy"
        named = _day(day, month, full_year(year) if two_digits else year, marked=two_digits)
        if kind == "iso" and "/" in tokens[at].text and (month, day) == ((year + 1) % 100, (year + 2) % 100):
            named = replace(named, fault=f"“{tokens[at].text}” may be a day or three years.")
    return [Item("named", at, at + 1, named)], at + 1


def _day(day: int, month: int, year: int | None, marked: bool = False) -> Named:
    """A day as it is written in the UK, day before month. A fault, not an exception, where there is no such day."""
    fault, instead = "", None
    if month > 12 and 1 <= day <= 12 and month <= 31 and year:
        instead = _possible(year, day, month)
        fault = f"There is no month {month}: the month may have been written before the day."
    elif not 1 <= month <= 12:
        fault = f"There is no month {month}."
    elif not 1 <= day <= 31 or (year and not _possible(year, month, day)):
        fault = f"There is no {day} {MONTH_NAMES[month]}{f' {year}' if year else ''}."
    return Named("day", number=month, day=day, year=year, marked=marked, fault=fault, instead=instead)


def _possible(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def day_and_month(tokens: Tokens, at: int) -> Found:
    """ "31 March 2025", "31st of March", "Monday 3 March", "1-5 March 2025", "1 and 15 March 2025"."""
    start = at
    if word_at(tokens, at) in words.WEEKDAYS:
        at = skip(tokens, at + 1, frozenset(",."), frozenset({"the"}))
    days: list[tuple[int, int, str]] = []
    while kind_at(tokens, at) in ("num", "ord") and len(days) < 6:
        join = JOINS.get(word_at(tokens, at + 1) or kind_at(tokens, at + 1), "")
        if kind_at(tokens, at) == kind_at(tokens, at + 2) == "ord" and kind_at(tokens, at + 1) == ",":
            join = "and"  # "12th, 13th and 14th June"
        if not join or kind_at(tokens, at + 2) not in ("num", "ord"):
            join = ""
        days.append((tokens[at].numbers[0], at, join))
        at += 2 if join else 1
        if not join:
            break
    if not days:
        return None
    at = skip(tokens, at, frozenset(), frozenset({"of", "the"}))
    if kind_at(tokens, at) in ("-", "/", ".") and touches(tokens, at):
        at += 1
    month = month_at(tokens, at)
    if not month or word_at(tokens, start - 1) in words.NUMBERED_THINGS:
        return None
    year, at = _year_after(tokens, at + 1)
    items = []
    for day, place, join in days:
        items.append(Item("named", place, at, _day(day, month, year.year, year.marked or year.loose)))
        if join:
            items.append(Item(join, place + 1, place + 2))
    return items, at


def _year_after(tokens: Tokens, at: int) -> tuple[Named, int]:
    """The year that follows a month or a day and its month, if any, and the place after it.

    A bare two-digit number is `loose` (it may be a day), one behind an apostrophe or a tight mark is `marked`.
    """
    none = Named("year")
    ahead = at
    tight = False
    while kind_at(tokens, ahead) in (",", ".", "-", "/", "(", ")", "break") or word_at(tokens, ahead) == "of":
        if kind_at(tokens, ahead) in ("-", "/"):
            if not touches(tokens, ahead):
                return none, at
            tight = True
        ahead += 1
    kind, plain = kind_at(tokens, ahead), ahead == at or (ahead == at + 1 and kind_at(tokens, at) in (".", "-", "/"))
    if kind == "year":
        return Named("year", year=tokens[ahead].numbers[0]), ahead + 1
    two = kind == "num" and plain and len(tokens[ahead].text) == 2
    if two and month_at(tokens, ahead + 1):
        # "Nov 23 Mar 24" and "Nov-23 Mar-24" are months stacked in one line; "April-30 June 2024" is a range of days.
        mark = ahead + 2 + (kind_at(tokens, ahead + 2) == "-" and tight)
        two = kind_at(tokens, mark) == "num" and (mark == ahead + 3) == tight
    if kind == "short" or (two and tight):
        number = tokens[ahead].numbers[0]
        loose = kind == "num" and number <= 31 and tokens[ahead - 1].text == "/"
        return Named("year", year=full_year(number), marked=not loose, loose=loose), ahead + 1
    if two:
        return Named("year", year=full_year(tokens[ahead].numbers[0]), loose=True), ahead + 1
    return none, at


def month_name(tokens: Tokens, at: int) -> Found:
    """ "March 2025", "Sept 24", "Mar-26", "March '26", "March 31, 2025", "March"."""
    month = month_at(tokens, at)
    if not month:
        return None
    after = skip(tokens, at + 1, frozenset("."))
    if kind_at(tokens, after) in ("ord", "num"):
        beyond = skip(tokens, after + 1, frozenset(","))
        year = tokens[beyond].numbers[0] if kind_at(tokens, beyond) == "year" else None
        if year or kind_at(tokens, after) == "ord":
            last = beyond + 1 if year else after + 1
            return [Item("named", at, last, _day(tokens[after].numbers[0], month, year))], last
    found, last = _year_after(tokens, at + 1)
    named = Named("month", number=month, year=found.year, loose=found.loose, marked=found.marked)
    return [Item("named", at, last, named)], last


# -- quarters, terms and years ---


def _years(tokens: Tokens, at: int, whole: bool = False) -> tuple[Named | None, int]:
    """A year or two years with a mark between, with or without "financial year" on either side.

    With `whole`, numbers that could be something else ("24", "11/12") count too, because the words before need a year.
    """
    basis, after = basis_words(tokens, at)
    after = skip(tokens, after, frozenset("(:."), frozenset({"of", "in"})) if basis else after
    kind = kind_at(tokens, after)
    named: Named | None = None
    if kind == "span":
        first, last = tokens[after].numbers
        last = last if last > 99 else first - first % 100 + last + (100 if last < first % 100 else 0)
        named = Named("year", year=first, last=last, basis="financial" if "/" in tokens[after].text else "")
    elif kind == "pair" and (whole or basis):
        first, last = (full_year(number) for number in tokens[after].numbers)
        named = Named(
            "year", year=first, last=last, basis="financial" if "/" in tokens[after].text else "", marked=True
        )
    elif kind == "year":
        named, after = _year_to_year(tokens, after)
    elif kind == "short" or (kind == "num" and (whole or basis) and len(tokens[after].text) == 2):
        named = Named("year", year=full_year(tokens[after].numbers[0]), marked=True)
    if named is None:
        return None, at
    after += 1
    if not basis:
        basis, beyond = basis_words(tokens, skip(tokens, after, frozenset("()")))
        after = beyond if basis else after
    return replace(named, basis=basis or named.basis), after


def _year_to_year(tokens: Tokens, at: int) -> tuple[Named, int]:
    """ "2025", or "2022 to 23" and "2022 to 2023", which mean what a dash would; and the place of its last token."""
    first = tokens[at].numbers[0]
    if word_at(tokens, at + 1) == "to" and not month_at(tokens, at + 3):
        last = tokens[at + 2].numbers[0] if kind_at(tokens, at + 2) in ("year", "num") else 0
        last = first - first % 100 + last if kind_at(tokens, at + 2) == "num" else last
        if first < last <= first + 12:
            return Named("year", year=first, last=last), at + 2
    return Named("year", year=first), at


def year_name(tokens: Tokens, at: int) -> Found:
    """ "2025", "2024/25", "FY25/26", "academic year 2024/25", "2025/26 Q2", "24/25"."""
    if kind_at(tokens, at) == "year" and not in_bounds(tokens[at].numbers[0]):
        return None
    named, after = _years(tokens, at)
    if named is None:
        return None
    ahead = skip(tokens, after, frozenset(",-(:"))
    part = part_of_year(tokens, ahead)
    if part and (named.last or kind_at(tokens, after) != ",") and not _part_has_year(tokens, ahead):
        return _part_with_year(tokens, ahead, given=named, first=at)
    return [Item("named", at, after, named)], after


def pair_of_numbers(tokens: Tokens, at: int) -> Found:
    """ "24/25" is a financial year once the first number is no month; the rest is for a person to say."""
    if kind_at(tokens, at) != "pair":
        return None
    first, last = tokens[at].numbers
    after = at + 1
    if length_unit(tokens, after):
        return None
    basis, beyond = basis_words(tokens, after)
    if basis:
        return [
            Item("named", at, beyond, Named("year", year=full_year(first), last=full_year(last), basis=basis))
        ], beyond
    fin = "financial" if "/" in tokens[at].text else ""
    ahead = skip(tokens, after, frozenset(",(:"))
    if part_of_year(tokens, ahead) and not _part_has_year(tokens, ahead):
        given = Named("year", year=full_year(first), last=full_year(last), basis=fin, marked=True)
        return _part_with_year(tokens, ahead, given=given, first=at)
    return [Item("named", at, after, Named("pair", number=first, last=last, basis=fin))], after


def part_of_year(tokens: Tokens, at: int) -> tuple[str, int, int] | None:
    """The unit, its number and the place after: "Q3", "3rd quarter", "H1", "first half", "Autumn term"."""
    if kind_at(tokens, at) in ("quarter", "half"):
        unit = "quarter" if kind_at(tokens, at) == "quarter" else "half_year"
        return unit, tokens[at].numbers[-1], at + 1
    if ordinal_at(tokens, at) and words.UNITS.get(word_at(tokens, at + 1)) == "quarter" and ordinal_at(tokens, at) <= 4:
        return "quarter", ordinal_at(tokens, at), at + 2
    if words.UNITS.get(word_at(tokens, at)) == "quarter" and 1 <= number_at(tokens, at + 1) <= 4:
        return "quarter", number_at(tokens, at + 1), at + 2
    if 1 <= ordinal_at(tokens, at) <= 2 and word_at(tokens, at + 1) == "half":
        return "half_year", ordinal_at(tokens, at), at + 2
    season = words.SEASONS.get(word_at(tokens, at), 0)
    if season:
        is_term = words.UNITS.get(word_at(tokens, at + 1)) == "term" and season < 4
        return ("term", season, at + 2) if is_term else ("season", season, at + 1)
    return None


def _part_has_year(tokens: Tokens, at: int) -> bool:
    """Whether a year of its own follows the quarter or term that stands here: "2024/25 Q1 2026/27"."""
    part = part_of_year(tokens, at)
    if not part:
        return False
    named, _ = _years(tokens, skip(tokens, part[2], frozenset("(,."), frozenset({"of", "the"})))
    return named is not None


def part_name(tokens: Tokens, at: int) -> Found:
    return _part_with_year(tokens, at) if part_of_year(tokens, at) else None


def _part_with_year(tokens: Tokens, at: int, given: Named | None = None, first: int | None = None) -> Found:
    """A quarter, half, term or season with its year; also "Q1-2 2025/26", "Autumn 2024 term"."""
    part = part_of_year(tokens, at)
    assert part is not None
    unit, number, after = part
    numbers = [(number, "")]
    while unit in ("quarter", "half_year") and kind_at(tokens, after) in ("-", "/", "&"):
        another = kind_at(tokens, after + 1) == "num" and len(tokens[after + 1].text) == 1
        if not another or not 1 <= tokens[after + 1].numbers[0] <= 4 or month_at(tokens, after + 2):
            break
        numbers.append((tokens[after + 1].numbers[0], JOINS[kind_at(tokens, after)]))
        after += 2
    year = given
    if year is None:
        ahead = skip(tokens, after, frozenset("(),.:-"), frozenset({"of", "the", "in"}))
        year, beyond = _years(tokens, ahead, whole=kind_at(tokens, after) != "-")
        after = beyond if year else after
    if unit == "season" and words.UNITS.get(word_at(tokens, after)) == "term" and number < 4:
        unit, after = "term", after + 1
    items = []
    for value, join in numbers:
        if join:
            items.append(Item(join, at, after))
        items.append(Item("named", at if first is None else first, after, _with_year(unit, value, year)))
    return items, after


def _with_year(unit: str, number: int, year: Named | None) -> Named:
    if year is None:
        return Named(unit, number=number)
    named = Named(unit, number=number, year=year.year, basis=year.basis)
    if year.last is None:
        return replace(named, basis="calendar" if year.basis == "calendar" and unit != "term" else "")
    if year.last != (year.year or 0) + 1:
        return replace(named, fault="It is one part of several years.")
    if unit in ("term", "season"):
        season_year = year.last if unit == "season" and number in (2, 3) else year.year
        return replace(named, basis="academic" if unit == "term" else "", year=season_year)
    if year.basis == "academic":
        return replace(named, fault="Quarters of an academic year have no agreed dates.")
    return replace(named, basis="financial")


def plan_year(tokens: Tokens, at: int) -> Found:
    """ "Year 2", "Yr 1", "Y3", "Years 1-3", "Year 1 and 2"."""
    word = word_at(tokens, at)
    if words.UNITS.get(word) != "year" and not (word == "y" and tokens[at].end == _start(tokens, at + 1)):
        return None
    if kind_at(tokens, at + 1) == "pair":
        first, last = tokens[at + 1].numbers
        if 1 <= first < last <= 10:
            return [Item("named", at, at + 2, Named("plan_year", number=first, last=last))], at + 2
        return None
    number = number_at(tokens, at + 1)
    if not 1 <= number <= 10 or length_unit(tokens, at + 2):
        return None
    last = number_at(tokens, at + 3)
    join = JOINS.get(word_at(tokens, at + 2) or kind_at(tokens, at + 2), "")
    if join == "dash" and number < last <= 10:
        return [Item("named", at, at + 4, Named("plan_year", number=number, last=last))], at + 4
    if join and number < last <= 10:
        both = [Item("named", at, at + 2, Named("plan_year", number=number)), Item("and", at + 2, at + 3)]
        return [*both, Item("named", at + 3, at + 4, Named("plan_year", number=last))], at + 4
    return [Item("named", at, at + 2, Named("plan_year", number=number))], at + 2


def _start(tokens: Tokens, at: int) -> int:
    return tokens[at].start if at < len(tokens) else -1

"""Move a plan in time by whole years: its dates, and the years inside its words. Pure."""

import datetime
import re
from calendar import monthrange

from plans.domain.quarters import quarter_of
from plans.enums import Precision

LONGEST_MOVE = range(-30, 200)
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
# "2024"; "17" after a month's name ("Nov 17") or at the end of a date ("20/9/17").
_YEAR = re.compile(
    rf"(?<!\d)(?P<full>(?:19|20)\d\d)(?!\d)"
    rf"|(?P<before>\b(?:{_MONTHS})[a-z]*\.?[ -]|\b\d{{1,2}}/\d{{1,2}}/)(?P<short>\d\d)(?!\d)",
    re.IGNORECASE,
)


def years_to_move(
    starts_on: datetime.date, ends_on: datetime.date, today: datetime.date, *, quarters_before: int = 0
) -> int:
    """Return by how many whole years to move a period so that `today` falls well inside it.

    At least `quarters_before` quarters of the plan come before the one that holds `today`; among the moves that leave
    so much behind, the one with most room on both sides. Raises ValueError when the period is too short for that.
    """
    fitting = [
        years
        for years in LONGEST_MOVE
        if move_date(starts_on, years) <= today <= move_date(ends_on, years)
        and quarters_between(move_date(starts_on, years), today) >= quarters_before
    ]
    if not fitting:
        raise ValueError(f"A period from {starts_on} to {ends_on} cannot be moved around {today}.")
    return max(fitting, key=lambda years: min(today - move_date(starts_on, years), move_date(ends_on, years) - today))


def quarters_between(starts_on: datetime.date, today: datetime.date) -> int:
    """Return how many whole quarters lie between a plan's first day and the quarter that holds `today`."""
    first, now = quarter_of(starts_on), quarter_of(today)
    whole = (now.year - first.year) * 4 + now.number - first.number
    return whole if starts_on == first.starts_on else whole - 1


def move_date(day: datetime.date, years: int, precision: str = Precision.DAY) -> datetime.date:
    """Return the day moved by whole years. A month's last day stays its last day; 29 February becomes the 28th."""
    last = monthrange(day.year + years, day.month)[1]
    return day.replace(year=day.year + years, day=last if precision == Precision.MONTH else min(day.day, last))


def move_words(words: str, years: int) -> str:
    """Return the words with every year in them moved: "Feb 2024 - March 2025", "20/9/17", "Mar 18"."""

    def moved(found: re.Match[str]) -> str:
        if found["full"]:
            return str(int(found["full"]) + years)
        return f"{found['before']}{(int(found['short']) + years) % 100:02}"

    return _YEAR.sub(moved, words)

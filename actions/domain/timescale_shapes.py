"""The shape that the named periods of a timescale make together: one date, a range, an open start, or several.

Where the words between the periods say more than how they are joined, a person decides.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import product

from actions.domain.timescale_looks import Item
from actions.domain.timescale_parts import (
    Part,
    narrowest,
    parts_of,
    with_certain_years,
    with_years,
    without_explanations,
)
from actions.domain.timescale_periods import (
    Context,
    Doubt,
    Named,
    Period,
    a_day,
    day_instead,
    say,
    settle,
)
from actions.domain.timescale_reading import (
    Milestone,
    TimescaleReading,
    open_start,
    point,
    reading,
    several,
    span,
    unclear,
)

MOST_WORDS = 10  # a longer sentence is about something else than its date


def dates_of(items: Sequence[Item], words: Sequence[str], context: Context) -> TimescaleReading:
    """What the named periods say together. `words` are those of each item. There is at least one period."""
    parts = with_certain_years(with_years(parts_of(items), context))
    parts = without_explanations(parts, context)
    for part in parts:
        if _part_of_a_name(items, part):
            others = [settle(other.named, context) for other in parts if len(parts) == 1 or other.role]
            options = [point(period) for period in others if isinstance(period, Period)]
            return unclear("The year may belong to a name and not to the timescale.", options)
    settled = [settle(part.named, context) for part in parts]
    if any(isinstance(found, Doubt) for found in settled):
        return _in_doubt(parts, settled)
    periods = [found for found in settled if isinstance(found, Period)]
    parts, periods = narrowest(parts, periods)
    if len(parts) == 1:
        return _one(items, parts[0], periods[0], context)
    return _many(items, words, parts, periods)


def _part_of_a_name(items: Sequence[Item], part: Part) -> bool:
    """ "Act 2025", "Ramadan 2025", "2023 guidance": a bare year beside a word that is no role."""
    if part.named.unit != "year":
        return False
    before = items[part.at - 1].kind if part.at else ""
    after = items[part.at + 1].kind if part.at + 1 < len(items) else ""
    return before in ("word", "event") or (after == "word" and not part.role and not part.named.last)


def _in_doubt(parts: list[Part], settled: list[Period | Doubt]) -> TimescaleReading:
    """Say the first doubt; offer what can be offered: each option, or each pair of options that makes a range."""
    doubt = next(found for found in settled if isinstance(found, Doubt))
    choices = [found.options if isinstance(found, Doubt) else (found,) for found in settled]
    if len(parts) == 1:
        as_read = open_start if parts[0].role == "from" else point
        return unclear(doubt.reason, [as_read(period) for period in choices[0]])
    if len(parts) == 2 and parts[0].join in ("range", "slash"):
        pairs = [pair for pair in product(*choices) if _within_a_year(*pair)]
        return unclear(doubt.reason, [span(*pair) for pair in pairs[:6]])
    return unclear(doubt.reason)


def _within_a_year(first: Period, last: Period) -> bool:
    return first.start <= last.due and (last.due - first.start).days <= 366


def _one(items: Sequence[Item], part: Part, period: Period, context: Context) -> TimescaleReading:
    ongoing = [at for at, item in enumerate(items) if item.kind == "ongoing"]
    if part.role == "after":
        return unclear(f"It is after {period.name}, with no last day.", [open_start(period, False), point(period)])
    if part.role == "before":
        return _before(part, period)
    if "week" in part.modifiers:
        return _week(period)
    if part.modifiers & {"early", "mid"} and "end" not in part.modifiers:
        return unclear("“Early”, “mid” and “start” name no exact day.", _within(part, period))
    if part.role == "by" and part.after in ("onwards", "afterwards"):
        return _one_and_ongoing(part, period, before=False)
    if ongoing:
        return _one_and_ongoing(part, period, before=ongoing[0] < part.at)
    if part.role == "throughout":
        return span(period, period)
    if _several_years(part.named):
        return replace(span(period, period), alternatives=_other_years(part.named))
    if part.named.unit == "plan_year" and part.named.last:
        return span(period, period)
    if part.role == "from" or part.after in ("onwards", "openend", "afterwards"):
        if "end" in part.modifiers:
            return unclear("It starts at the end of a period.", [open_start(period), point(period)])
        return open_start(period)
    if part.after == "from":
        return unclear("The word for a start stands after the date.", [open_start(period), point(period)])
    found = point(period)
    if part.named.loose and part.named.unit == "month":
        reason = f"{found.reason[:-1]}. “{period.due.year % 100:02d}” is taken for the year, not for a day."
        days = day_instead(part.named, context)
        return replace(found, reason=reason, alternatives=tuple(point(day) for day in days))
    return found


def _several_years(named: Named) -> bool:
    return named.unit == "year" and (named.last or 0) > (named.year or 0) + 1


def _other_years(named: Named) -> tuple[TimescaleReading, ...]:
    """A dash is read as calendar years and a slash as financial years; the other way round can be chosen."""
    assert named.year is not None and named.last is not None
    if named.basis == "academic":
        return ()
    basis = "" if named.basis == "financial" else "financial"
    other = settle(replace(named, basis=basis, marked=False), Context())
    return (span(other, other),) if isinstance(other, Period) else ()


def _before(part: Part, period: Period) -> TimescaleReading:
    if period.precision == "day" or "end" in part.modifiers:
        return point(period)
    eve = period.start - timedelta(days=1)
    just_before = Period(eve, eve, "day", f"the day before {period.name}")
    return unclear(
        f"“Before” {period.name} can mean before it starts or before it ends.", [point(just_before), point(period)]
    )


def _week(period: Period) -> TimescaleReading:
    if period.precision != "day":
        return unclear("A week is named, and not the day in it.", [point(period)])
    days = [period.start + timedelta(days=number) for number in (0, 4, 6)]
    return unclear("A week is named, and not the day in it.", [point(a_day(day)) for day in days])


def _within(part: Part, period: Period) -> list[TimescaleReading]:
    """Choices for "early" or "mid" of a period: its first day or its last, and its middle."""
    middle = period.start + (period.due - period.start) // 2
    days = [period.start, middle] if "early" in part.modifiers else [middle, period.due]
    return [point(a_day(day)) for day in days]


def _one_and_ongoing(part: Part, period: Period, before: bool) -> TimescaleReading:
    """ "Mar 2023 ongoing" starts in March 2023; "Ongoing until March 2025" ends; "Ongoing March 2025" is not clear."""
    if part.role == "review":
        return reading("ongoing", f"Ongoing, with a review in {period.name}; no end is given.", ongoing=True)
    until = reading(
        "ongoing",
        f"Ongoing until {say(period.due)}.",
        due=period.due,
        precision=period.precision,
        ongoing=True,
    )
    if part.role == "from" and not _several_years(part.named):
        return open_start(period)
    if before and part.role in ("to", "by"):
        return until
    whole = replace(span(period, period), ongoing=True)
    if part.role == "throughout" or _several_years(part.named):
        return whole
    if part.named.last:  # "2024/25 ongoing": since then, or all through that year
        options = [open_start(period), whole, until]
        return unclear("It is ongoing, and a year is named that may be its start or its whole length.", options)
    if not before and not part.role and "end" not in part.modifiers:
        return open_start(period)
    return unclear(
        "It is ongoing, and a date is named that may be its start, its end or a review.", [open_start(period), until]
    )


def _many(items: Sequence[Item], words: Sequence[str], parts: list[Part], periods: list[Period]) -> TimescaleReading:
    for part in parts:
        if part.role == "after" or part.modifiers & {"early", "mid", "week"} or part.join == "loose":
            return unclear("Several dates are named, and the words between them do not say how they belong together.")
        if part.role == "before" and part.named.unit != "day":
            return unclear("“Before” one of several dates can mean before it starts or before it ends.")
        if part.join == "slash" and part.named.unit in ("year", "pair"):
            return unclear("More than two years are joined by slashes.")
    groups = _groups(parts)
    if groups is None:
        return unclear("More than two dates are joined by dashes.")
    ongoing = any(item.kind == "ongoing" for item in items)
    if len(groups) == 1:
        found = span(periods[0], periods[-1])
        if parts[0].join == "slash" and (parts[0].role in ("by", "to", "before") or "end" in parts[0].modifiers):
            return unclear("Two dates are named as one deadline.", [point(period) for period in periods])
        return replace(found, ongoing=True) if ongoing and not found.ambiguous else found
    if ongoing:
        return unclear("It is ongoing, and several dates are named.")
    if any(part.role == "from" for part in parts):
        return unclear("Several dates are named, and one of them is a start.")
    milestones = []
    for first, last in groups:
        text = " ".join(words[parts[first].at : parts[last].at + 1])
        is_range = first != last or (parts[first].named.unit == "year" and parts[first].role == "throughout")
        start = periods[first].start if is_range else None
        if start and start > periods[last].due:
            return span(periods[first], periods[last])
        milestones.append(Milestone(text, start, periods[last].due, periods[last].precision))
    found = several(milestones)
    return replace(found, start=min(periods[first].start for first, _ in groups))


def _groups(parts: list[Part]) -> list[tuple[int, int]] | None:
    """Which parts make a range together; None where "A - B - C" leaves it open."""
    groups: list[tuple[int, int]] = []
    at = 0
    while at < len(parts):
        ranged = parts[at].join == "range" or _next_months(parts, at)
        if ranged and at + 1 < len(parts) and (parts[at + 1].join == "range"):
            return None
        groups.append((at, at + 1) if ranged else (at, at))
        at += 2 if ranged else 1
    return groups


def _next_months(parts: list[Part], at: int) -> bool:
    """ "Nov/Dec 2024": one month and the next, written with a slash, are one stretch of time."""
    if parts[at].join != "slash" or parts[at + 1].join == "slash" or (at and parts[at - 1].join == "slash"):
        return False
    first, second = parts[at].named, parts[at + 1].named
    if first.unit != "month" or second.unit != "month" or first.year is None or second.year is None:
        return first.unit == second.unit and first.unit in ("quarter", "day") and _follows(first, second)
    return (second.year * 12 + second.number) - (first.year * 12 + first.number) == 1


def _follows(first: Named, second: Named) -> bool:
    if first.unit == "quarter":
        return first.year == second.year and second.number == first.number + 1
    return (first.year, first.number) == (second.year, second.number) and second.day == first.day + 1

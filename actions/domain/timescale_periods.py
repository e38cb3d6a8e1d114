"""The periods that a plan can name (a day, a month, a quarter, a term, a year ...) and the dates that they stand for.

`Named` is what the words say, perhaps without a year; `settle` gives its `Period`, or a `Doubt` where the words leave a
choice that only a person can make. Financial years run from 1 April to 31 March, so quarter 1 is April to June;
academic years run from 1 September to 31 August.
"""

from calendar import monthrange
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from actions.domain.timescale_words import MONTH_NAMES

EARLIEST, LATEST = 1990, 2100
_QUARTER_MONTHS = {1: 4, 2: 7, 3: 10, 4: 1}  # first month of each financial quarter
_TERM_MONTHS = {1: (9, 12), 2: (1, 3), 3: (4, 7)}  # autumn, spring, summer
_TERM_NAMES = {1: "autumn", 2: "spring", 3: "summer", 4: "winter"}
_SEASON_MONTHS = {1: (9, 11), 2: (3, 5), 3: (6, 8), 4: (12, 14)}


@dataclass(frozen=True, slots=True)
class Period:
    """A named stretch of time: `due` is its last day, because a month (quarter, year ...) alone is a deadline."""

    start: date
    due: date
    precision: str
    name: str
    note: str = ""  # how its year was found, if not from the words


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why the words cannot be settled, as a sentence, and the readings between which a person can choose."""

    reason: str
    options: tuple[Period, ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    """A period as written. `unit` is day, month, quarter, half_year, term, season, year, plan_year or pair."""

    unit: str
    number: int = 0  # month, quarter, half, term, plan year, or the first number of a pair
    day: int = 0
    year: int | None = None
    last: int | None = None  # second year of a span, second number of a pair
    basis: str = ""  # "", calendar, financial or academic
    loose: bool = False  # the year has two digits and could be a day: "March 26"
    marked: bool = False  # the year has two digits after a mark that makes it a year: "Mar-26"
    fault: str = ""  # why this cannot be a date, as a sentence
    instead: date | None = None  # what may have been meant by a faulty date


@dataclass(frozen=True, slots=True)
class Context:
    """What is known about the plan: its context year and its period. All optional."""

    year: int | None = None
    plan_start: date | None = None
    plan_end: date | None = None
    mentioned: tuple[int, ...] = field(default=())  # years in full elsewhere in the same words

    def years(self) -> range | None:
        """The years that two digits can mean here: those of the plan, with a little room on both sides."""
        if self.plan_start and self.plan_end:
            return range(self.plan_start.year - 1, self.plan_end.year + 2)
        if self.year:
            return range(self.year - 1, self.year + 5)
        if self.mentioned:
            return range(min(self.mentioned) - 3, max(self.mentioned) + 4)
        return None


def in_bounds(*years: int) -> bool:
    return all(EARLIEST <= year <= LATEST for year in years)


def full_year(two_digits: int) -> int:
    return two_digits + (1900 if two_digits >= 90 else 2000)


def say(day: date) -> str:
    return f"{day.day} {MONTH_NAMES[day.month]} {day.year}"


def a_day(day: date) -> Period:
    return Period(day, day, "day", say(day))


def a_month(year: int, month: int) -> Period:
    last = date(year, month, monthrange(year, month)[1])
    return Period(last.replace(day=1), last, "month", f"{MONTH_NAMES[month]} {year}")


def months(year: int, first: int, last: int, precision: str, name: str) -> Period:
    """From the first day of month `first` to the last day of month `last`; 13 and 14 are in the year after."""
    end_year, end_month = (year, last) if last <= 12 else (year + 1, last - 12)
    end = date(end_year, end_month, monthrange(end_year, end_month)[1])
    return Period(date(year, first, 1), end, precision, name)


def financial_quarter(fin_year: int, quarter: int) -> Period:
    first = _QUARTER_MONTHS[quarter]
    year = fin_year + 1 if quarter == 4 else fin_year
    return months(year, first, first + 2, "quarter", f"quarter {quarter} of {_slashed(fin_year)}")


def calendar_quarter(year: int, quarter: int) -> Period:
    return months(year, quarter * 3 - 2, quarter * 3, "quarter", f"quarter {quarter} of the calendar year {year}")


def financial_half(fin_year: int, half: int) -> Period:
    name = f"half {half} of {_slashed(fin_year)}"
    return months(fin_year, 4, 9, "half_year", name) if half == 1 else months(fin_year, 10, 15, "half_year", name)


def calendar_half(year: int, half: int) -> Period:
    return months(year, half * 6 - 5, half * 6, "half_year", f"half {half} of the calendar year {year}")


def financial_years(first: int, last: int) -> Period:
    name = f"the financial year {_slashed(first)}" if last == first + 1 else f"the financial years {first} to {last}"
    return Period(date(first, 4, 1), date(last, 3, 31), "year", name)


def academic_years(first: int, last: int) -> Period:
    name = f"the academic year {_slashed(first)}" if last == first + 1 else f"the academic years {first} to {last}"
    return Period(date(first, 9, 1), date(last, 8, 31), "year", name)


def calendar_years(first: int, last: int) -> Period:
    name = f"the year {first}" if first == last else f"the calendar years {first} to {last}"
    return Period(date(first, 1, 1), date(last, 12, 31), "year", name)


def _slashed(first: int) -> str:
    return f"{first}/{(first + 1) % 100:02d}"


def settle(named: Named, context: Context) -> Period | Doubt:
    """The one period that these words stand for in this plan, or the doubt that is left."""
    if named.fault:
        return Doubt(named.fault, _instead(named))
    if named.year is not None and not in_bounds(named.year, named.last or named.year):
        return Doubt(f"The year is outside {EARLIEST} to {LATEST}.")
    if named.unit in ("pair", "plan_year", "season"):
        return {"pair": _pair, "plan_year": _plan_year, "season": _season}[named.unit](named, context)
    if named.unit == "year":
        return _year(named, context)
    if named.loose or named.marked:
        doubt = _two_digit_doubt(named, context)
        if doubt:
            return doubt
    if named.year is None:
        return _without_year(named, context)
    return _dated(named)


def _instead(named: Named) -> tuple[Period, ...]:
    """What may have been meant by a faulty date, if the fault leaves one."""
    if named.instead:
        return (a_day(named.instead),) if in_bounds(named.instead.year) else ()
    month = named.unit == "month" and 1 <= named.number <= 12 and named.year and in_bounds(named.year)
    return (a_month(named.year, named.number),) if month and named.year else ()


def _dated(named: Named) -> Period | Doubt:
    assert named.year is not None
    if named.unit == "day":
        try:
            return a_day(date(named.year, named.number, named.day))
        except ValueError:
            return Doubt(f"There is no {named.day} {MONTH_NAMES[named.number]} {named.year}.")
    if named.unit == "month":
        return a_month(named.year, named.number)
    if named.unit == "term":
        return _term(named)
    financial, calendar = {
        "quarter": (financial_quarter, calendar_quarter),
        "half_year": (financial_half, calendar_half),
    }[named.unit]
    if named.basis == "financial":
        return financial(named.year, named.number)
    if named.basis == "calendar":
        return calendar(named.year, named.number)
    choices = [financial(named.year, named.number), calendar(named.year, named.number)]
    return Doubt(
        f"{named.year} can be a calendar year or the financial year that starts or ends in it.",
        _distinct(choices + [financial(named.year - 1, named.number)]),
    )


def _term(named: Named) -> Period | Doubt:
    assert named.year is not None
    year = named.year + 1 if named.basis == "academic" and named.number != 1 else named.year
    first, last = _TERM_MONTHS[named.number]
    name = f"the {_TERM_NAMES[named.number]} term {year}"
    if named.number != 2:
        return months(year, first, last, "term", name)
    return Doubt(
        f"The spring term of {year} ends at Easter, which may be in March or in April.",
        (months(year, 1, 3, "term", name), months(year, 1, 4, "term", f"{name}, to the end of April")),
    )


def _season(named: Named, context: Context) -> Doubt:
    name = _TERM_NAMES[named.number]
    if named.year is None:
        return Doubt(f"“{name.capitalize()}” names no year, and a season has no exact last day.")
    first, last = _SEASON_MONTHS[named.number]
    options = [months(named.year, first, last, "quarter", f"{name} {named.year}")]
    if named.number == 4:
        options.append(months(named.year, 1, 2, "quarter", f"the first months of {named.year}"))
    if named.number == 3:
        options.append(months(named.year, 6, 7, "quarter", f"{name} {named.year}, to the end of July"))
    return Doubt(f"A season ({name} {named.year}) has no exact last day.", tuple(options))


def _year(named: Named, context: Context) -> Period | Doubt:
    if named.year is None:
        return Doubt("No year is named.")
    last = named.last
    if last is None:
        if named.basis in ("financial", "academic") or named.marked:
            return _one_year_of_two(named.year, named.basis)
        return calendar_years(named.year, named.year)
    if last <= named.year or last - named.year > 12:
        return Doubt("The two years do not make a period.")
    if named.basis == "academic":
        return academic_years(named.year, last)
    if named.basis == "financial":
        return financial_years(named.year, last)
    if last == named.year + 1:
        options = (financial_years(named.year, last), calendar_years(named.year, last))
        return Doubt("Two years with a dash can be one financial year or two calendar years.", options)
    return calendar_years(named.year, last)


def _one_year_of_two(year: int, basis: str) -> Doubt:
    """ "FY24": the year that starts in 2024, or the one that ends in it."""
    years = academic_years if basis == "academic" else financial_years
    kind = "academic" if basis == "academic" else "financial"
    return Doubt(
        f"“{year}” alone does not say whether the {kind} year starts or ends in it.",
        (years(year, year + 1), years(year - 1, year)),
    )


def _plan_year(named: Named, context: Context) -> Period | Doubt:
    number, last = named.number, named.last or named.number
    name = f"year {number} of the plan" if number == last else f"years {number} to {last} of the plan"
    if context.plan_start:
        first = _years_later(context.plan_start, number - 1)
        end = _years_later(context.plan_start, last) - timedelta(days=1)
        return Period(first, end, "year", name, note=f"counted from the plan's start, {say(context.plan_start)}")
    reason = (
        f"“{name.removesuffix(' of the plan').capitalize()}” counts from the start of the plan, which is not known."
    )
    if not context.year:
        return Doubt(reason)
    start, end_year = context.year + number - 1, context.year + last - 1
    if not in_bounds(start, end_year + 1):
        return Doubt(reason)
    return Doubt(reason, (financial_years(start, end_year + 1), calendar_years(start, end_year)))


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


def _pair(named: Named, context: Context) -> Period | Doubt:
    """Two short numbers: "24/25" is a financial year; "11/12" could be that, a day, or a month of 2012."""
    first, last = named.number, named.last or 0
    years = context.years()
    start = full_year(first)
    one_year = (first + 1) % 100 == last and (years is None or start in years) and in_bounds(start, start + 1)
    if one_year and first > 12 and named.basis == "financial":
        return financial_years(start, start + 1)
    options: list[Period] = []
    if one_year:
        options += [financial_years(start, start + 1), calendar_years(start, start + 1)]
    if 1 <= last <= 12:
        options += _in_plan(Named("day", number=last, day=first), context)
    if 1 <= first <= 12 and years is not None and full_year(last) in years and in_bounds(full_year(last)):
        options.append(a_month(full_year(last), first))
    return Doubt(f"“{first}” and “{last}” can be a day, a month or years.", _distinct(options))


def _two_digit_doubt(named: Named, context: Context) -> Doubt | None:
    """The doubt about "March 26" unless 2026 is among the plan's years; "Mar-26" needs only not to be far from them."""
    assert named.year is not None
    years = context.years()
    if years is not None and named.year in years:
        return None
    if named.marked and (years is None or _near(named, years)):
        return None
    options = [a_month(named.year, named.number)] if named.unit == "month" else []
    if named.unit == "month" and named.loose:
        options += _in_plan(Named("day", number=named.number, day=named.year % 100), context)
    if named.unit != "month":
        settled = _dated(replace(named, loose=False, marked=False))
        options = [settled] if isinstance(settled, Period) else []
    why = "is far from the years of the plan" if years is not None else "can be a year or a day"
    return Doubt(f"“{named.year % 100:02d}” {why}.", tuple(options))


def _near(named: Named, years: range) -> bool:
    """A whole date ("20/9/17") may lie further from the plan than a month ("Mar-18"), whose number could be a day."""
    room = 15 if named.unit == "day" else 2
    return named.year is not None and years.start - room <= named.year < years.stop + room


def day_instead(named: Named, context: Context) -> tuple[Period, ...]:
    """What "March 26" would be as a day."""
    day = Named("day", number=named.number, day=(named.year or 0) % 100)
    return tuple(_in_plan(day, context)) if 1 <= day.day <= 31 else ()


def _without_year(named: Named, context: Context) -> Period | Doubt:
    """A day, month or quarter with no year: settled only where the plan's own period holds just one of them."""
    if named.unit == "day" and named.day > (29 if named.number == 2 else monthrange(2023, named.number)[1]):
        return Doubt(f"There is no {named.day} {MONTH_NAMES[named.number]}.")
    options = _in_plan(named, context)
    exact = named.unit in ("day", "month") or (named.unit == "term" and named.number != 2)
    if named.unit in ("quarter", "half_year") and context.plan_start:
        exact = (context.plan_start.month, context.plan_start.day) == (4, 1)  # counted as the council counts
    if len(options) == 1 and exact and context.plan_start and context.plan_end:
        return replace(options[0], note="the only one within the plan's period")
    return Doubt("No year is named.", tuple(options[:6]))


def _in_plan(named: Named, context: Context) -> list[Period]:
    """Every year's occurrence that ends within the plan, or in the two financial years from the context year."""
    if context.plan_start and context.plan_end:
        first, last = context.plan_start, context.plan_end
    elif context.year:
        first, last = date(context.year, 4, 1), date(context.year + 2, 3, 31)
    else:
        return []
    found = []
    for year in range(max(first.year - 1, EARLIEST), min(last.year, first.year + 12, LATEST - 1) + 1):
        bases = ("financial", "calendar") if named.unit in ("quarter", "half_year") else ("",)
        for basis in bases:
            settled = _dated(replace(named, year=year, basis=basis))
            found += [settled] if isinstance(settled, Period) else list(settled.options)
    if first.month == 4 and first.day == 1:  # the plan counts in financial years, and so do its quarters
        found = [period for period in found if "calendar year" not in period.name]
    return list(_distinct([p for p in found if first <= p.start and p.due <= last]))


def _distinct(periods: list[Period]) -> tuple[Period, ...]:
    return tuple({(p.start, p.due, p.precision): p for p in periods}.values())

"""The named periods of a timescale, each in its place among the words around it.

A part knows the role before it ("from", "by", "end of") and what joins it to the next ("-", "/", "and", a line break).
Here a year that stands once is given to the part that needs it, and a part that only explains its neighbour is left
out. What shape the parts make together is for `timescale_shapes`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from actions.domain.timescale_looks import Item
from actions.domain.timescale_periods import Context, Named, Period
from actions.domain.timescale_words import MONTH_NAMES

_QUIET = frozenset({"soft", "filler", "unit", "end", "early", "mid", "week", "status", "pending", "termish"})
_ROLES = frozenset({"from", "to", "by", "before", "after", "between", "throughout", "openend", "review"})
_BREAKS = frozenset({"sep", "and", "slash"})
_YEARLY_PARTS = frozenset({"day", "month"})
MOST_WORDS_BETWEEN = 8


@dataclass(frozen=True, slots=True)
class Part:
    """A named period in its place: the role before it, how it is joined to the next, and what stands around it."""

    named: Named
    at: int  # index of its item
    role: str = ""
    modifiers: frozenset[str] = frozenset()
    join: str = ""  # to the next: range, slash, list, told (a list with words between), loose, or "" at the end
    after: str = ""  # the first telling item behind it


def parts_of(items: Sequence[Item]) -> list[Part]:
    """The named periods with their roles and joins."""
    places = [at for at, item in enumerate(items) if item.named]
    found = []
    for number, at in enumerate(places):
        role, modifiers = _role(items, at)
        following = places[number + 1] if number + 1 < len(places) else None
        named = items[at].named
        assert named is not None
        join = "" if following is None else _join(items, at, following, role)
        found.append(Part(named, at, role, modifiers, join, _first_after(items, at)))
    return found


def _role(items: Sequence[Item], at: int) -> tuple[str, frozenset[str]]:
    modifiers: set[str] = set()
    for item in reversed(items[:at]):
        if item.kind in _ROLES:
            return item.kind, frozenset(modifiers)
        if item.kind not in ("soft", "filler", "unit", "end", "early", "mid", "week"):
            break
        modifiers.add(item.kind)
    return "", frozenset(modifiers)


def _first_after(items: Sequence[Item], at: int) -> str:
    kinds = (item.kind for item in items[at + 1 :] if item.kind not in ("soft", "filler", "dash", "sep", "and", "to"))
    return next(kinds, "")


def _join(items: Sequence[Item], first: int, second: int, role: str) -> str:
    gap = [item.kind for item in items[first + 1 : second]]
    core = [kind for kind in gap if kind not in _QUIET]
    telling = [kind for kind in core if kind not in ("sep", "and")]
    if core in (["dash"], ["to"], ["dash", "to"], ["dash", "by"], ["onwards", "to"]):
        return "range"
    if role == "between" and core == ["and"]:
        return "range"
    if role == "from" and telling in (["by"], ["to"], []) and ("by" in core or "to" in core or "end" in gap):
        return "range"
    if core == ["slash"]:
        return "slash"
    if _BREAKS & set(core):
        if "word" not in core:
            return "list" if set(core) <= _BREAKS | {"by", "review", "from", "rhythm", "ongoing", "dash"} else "told"
        return "told" if core.count("word") <= MOST_WORDS_BETWEEN else "loose"
    return "loose" if core and set(core) != {"by"} else "list"


# -- years that stand only once ---------------------------------------------------------------------------------------


def with_years(parts: Sequence[Part], context: Context) -> list[Part]:
    """Give a period without a year that of the next one: "Jan - March 2025", "Nov/Dec 2024", "Q1 and Q3 2024/25"."""
    done = list(parts)
    for number in range(len(done) - 2, -1, -1):
        part, following = done[number], done[number + 1]
        if part.named.year is None and not part.named.fault and part.join in ("range", "slash", "list"):
            done[number] = replace(part, named=_carried(part.named, following.named))
            if part.join != "list" and following.named.loose:
                done[number + 1] = replace(following, named=_without_doubt(following.named))
                done[number] = replace(done[number], named=_without_doubt(done[number].named))
    return done


def _without_doubt(named: Named) -> Named:
    return replace(named, loose=False, marked=named.year is not None)


def _carried(named: Named, following: Named) -> Named:
    if following.year is None or following.fault:
        return named
    if named.unit in _YEARLY_PARTS and following.unit in _YEARLY_PARTS:
        if (named.number, named.day or 1) > (following.number, following.day or 31):
            before, after = MONTH_NAMES[named.number], MONTH_NAMES[following.number]
            fault = f"{before} comes after {after}, so it may be of the year before."
            return replace(named, year=following.year - 1, fault=fault)
        return replace(named, year=following.year, loose=following.loose, marked=following.marked)
    if named.unit == following.unit and named.unit in ("quarter", "half_year") and named.number < following.number:
        return replace(named, year=following.year, basis=following.basis)
    if named.unit in ("term", "season") and following.unit == "term" and following.basis == "academic":
        # "Autumn and Spring terms 2024/25"; "Autumn and Spring terms 2025" leaves the year of the autumn open.
        return replace(named, unit="term", year=following.year, basis="academic")
    return named


def with_certain_years(parts: Sequence[Part]) -> list[Part]:
    """The "23" of "end of Sept 23" is no day: a day has no end of its own."""
    return [
        replace(part, named=_without_doubt(part.named))
        if part.named.loose and part.named.unit == "month" and part.modifiers & {"end", "early", "mid"}
        else part
        for part in parts
    ]


# -- periods that explain each other ----------------------------------------------------------------------------------


def without_explanations(parts: list[Part], context: Context) -> list[Part]:
    """Leave out a period that only explains its neighbour: "Q2 (Jul-Sep) 2025", "Year 1 (2024/25)"."""
    dated = [part for part in parts if part.named.unit != "plan_year"]
    counted = [part for part in parts if part.named.unit == "plan_year"]
    if dated and counted and all(part.named.year for part in dated):
        return _rejoined(dated)
    if len(counted) == 1 and len(dated) == 1 and dated[0].named.unit == "quarter":
        return _quarter_of_plan_year(parts, dated[0], counted[0].named, context)
    if len(parts) == 2 and parts[0].join == "list" and parts[1].at - parts[0].at <= 3:
        for quarter, other in (parts, parts[::-1]):
            if _month_in_quarter(quarter.named, other.named):
                return _rejoined([other])
    return _quarter_with_months(parts)


def _quarter_of_plan_year(parts: list[Part], quarter: Part, counted: Named, context: Context) -> list[Part]:
    """ "Year 2 Q3", in a plan that starts with a financial year."""
    start = context.plan_start
    if start is None or (start.month, start.day) != (4, 1) or counted.last or quarter.named.year:
        return parts
    named = replace(quarter.named, year=start.year + counted.number - 1, basis="financial")
    return _rejoined([replace(quarter, named=named)])


def _month_in_quarter(quarter: Named, other: Named) -> bool:
    """ "Q4 (March 2025)": the month is one of that quarter, so only the month counts."""
    if quarter.unit != "quarter" or quarter.year or other.unit not in _YEARLY_PARTS or not other.year:
        return False
    return quarter.number in ((other.number - 4) % 12 // 3 + 1, (other.number + 2) // 3)


def _rejoined(parts: list[Part]) -> list[Part]:
    """Parts left over after others went: only joins that were between two of them count."""
    last = [replace(parts[-1], join="")] if parts else []
    return parts[:-1] + last


def _quarter_with_months(parts: list[Part]) -> list[Part]:
    quarters = [part for part in parts if part.named.unit == "quarter"]
    spelt = [part for part in parts if part.named.unit == "month"]
    years = [part for part in parts if part.named.unit == "year" and part.named.basis == "financial"]
    if len(years) == 1 and len(quarters) == 1 and quarters[0].named.year is None and len(parts) == 4:
        given = replace(quarters[0].named, year=years[0].named.year, basis="financial")
        several_years = (years[0].named.last or 0) != (given.year or 0) + 1
        fault = "It is one part of several years." if several_years else ""
        quarters = [replace(quarters[0], named=replace(given, fault=fault))]
    elif len(parts) != 3:
        return parts
    if len(quarters) != 1 or len(spelt) != 2 or spelt[0].join not in ("range", "slash"):
        return parts
    quarter, (first, last) = quarters[0].named, (part.named.number for part in spelt)
    financial = (first, last) == (quarter.number * 3 + 1 if quarter.number < 4 else 1, quarter.number * 3 % 12 + 3)
    calendar = (first, last) == (quarter.number * 3 - 2, quarter.number * 3)
    if not (financial or calendar):
        return parts
    year = spelt[1].named.year or (quarter.year if not quarter.basis and first >= 4 else None)
    if quarter.year and quarter.basis == "financial" and financial and not spelt[1].named.year:
        return _rejoined([quarters[0]])
    if year is None or spelt[1].named.loose:
        return parts
    counted_from = year - 1 if financial and quarter.number == 4 else year
    basis = "financial" if financial else "calendar"
    return _rejoined([replace(quarters[0], named=replace(quarter, year=counted_from, basis=basis))])


def narrowest(parts: list[Part], periods: list[Period]) -> tuple[list[Part], list[Period]]:
    """Of two periods written side by side, one inside the other, the shorter: "2024/25 (March 2025)"."""
    if len(parts) == 2 and parts[0].join == "list" and parts[1].at - parts[0].at <= 3:
        (first, second) = periods
        if first.precision != second.precision:
            if first.start <= second.start and second.due <= first.due:
                return _rejoined(parts[1:]), [second]
            if second.start <= first.start and first.due <= second.due:
                return _rejoined(parts[:1]), [first]
    return parts, periods

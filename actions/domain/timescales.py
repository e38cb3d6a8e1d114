"""Read the words of a Timescales column: "Feb 2024 - March 2025", "Ongoing", "end of Q3", "as and when required".

Conventions: a month (quarter, term, year) named alone is a deadline, due on its last day; a range runs from the first
day of one to the last day of the other; days come before months; two years with a slash are financial years, with a
dash calendar years. The words are always kept. Where they do not give a date, none is made up: the reading is then
`ambiguous` and says why, and the end of the plan is never used in place of a date of the action's own.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from actions.domain.timescale_items import items_of
from actions.domain.timescale_looks import Item
from actions.domain.timescale_parts import parts_of
from actions.domain.timescale_periods import Context, Period, in_bounds, say
from actions.domain.timescale_reading import Milestone, TimescaleReading, point, reading, unclear, undated
from actions.domain.timescale_shapes import MOST_WORDS, dates_of
from actions.domain.timescale_tokens import LONGEST, clean, tokenise

__all__ = ["Milestone", "TimescaleReading", "read_timescale"]

_ROOMY_RHYTHMS = ("monthly", "weekly", "fortnightly", "daily", "each_meeting")
_TRIGGER = re.compile(
    r"\b(?:of|from|after|following|post|before|prior to)\s+(?!(?:the\s+)?(?:year|month|plan|strategy|now|today)\b)\w",
    re.IGNORECASE,
)

# A marker beside a date that leaves the date in doubt, and why.
_CAUTIONS = {
    "stray": "A number in it was not understood.",
    "changed": "The words say that a date has changed.",
    "tbc": "A date is named, but it is still to be confirmed.",
    "hedge": "A date is named, but only as likely or on a condition.",
    "event": "A date is named together with something that has to happen.",
    "length": "A date is named together with a length of time.",
    "or": "It names a choice.",
    "now": "It says at once, and names a date as well.",
    "above": "It points to another entry, and names a date as well.",
    "relative": "It names a date, and a time that depends on when it was written.",
    "none": "It says that there is none, and names a date as well.",
    "unfinished": "It ends with a dash: a second date may be missing.",
    "done": "It says that the action is done, which is a status and not a timescale.",
}


def read_timescale(
    text: str | None, *, year: int | None = None, plan_start: date | None = None, plan_end: date | None = None
) -> TimescaleReading:
    """What the words of a timescale mean in a plan.

    `year` is the plan's context year (its first year, or the financial year that starts in April of it): it says which
    century and decade "Mar 18" is in, and which readings to offer for "31 March", but never fills in a date alone.
    `plan_start` and `plan_end` do fix a date without a year, where the plan holds just one such day or month. Never
    raises; the words come back as they were given.
    """
    words = text or ""
    plain = clean(words[: 4 * LONGEST])
    if len(words) > 4 * LONGEST or len(plain) > LONGEST:
        found = unclear("It is too long to be a timescale.")
    elif not any(character.isalnum() for character in plain):
        found = _marks_only(plain)
    else:
        found = _read(plain, _context(year, plan_start, plan_end))
    return _with_words(found, words)


def _with_words(found: TimescaleReading, words: str) -> TimescaleReading:
    return replace(found, text=words, alternatives=tuple(_with_words(other, words) for other in found.alternatives))


def _context(year: int | None, plan_start: date | None, plan_end: date | None) -> Context:
    start = plan_start if plan_start and in_bounds(plan_start.year) else None
    end = plan_end if plan_end and in_bounds(plan_end.year) and (not start or plan_end > start) else None
    known = year if year and in_bounds(year) else None
    return Context(known or (start.year if start else None), start, end)


def _marks_only(plain: str) -> TimescaleReading:
    if "?" in plain:
        return unclear("It has only a question mark.")
    if '"' in plain or "''" in plain:
        return unclear("It is a ditto mark: the timescale is that of the entry above.")
    return reading("none", "No timescale is given.")


def _read(plain: str, context: Context) -> TimescaleReading:
    tokens = tokenise(plain)
    items = _tidy(items_of(tokens))
    words = [plain[tokens[item.first].start : tokens[item.last - 1].end] for item in items]
    named = [item.named for item in items if item.named]
    full = [n.year for n in named if n.year and in_bounds(n.year) and not n.loose and not n.marked]
    context = replace(context, mentioned=tuple(full))
    kinds = {item.kind for item in items}
    if any(item.rhythm for item in items):
        return _recurring(items, words, context, kinds)
    if named:
        return _with_cautions(dates_of(items, words, context), items, kinds)
    return _without_dates(items, plain, context, kinds)


def _tidy(items: list[Item]) -> list[Item]:
    """Settle the small words by their neighbours: a "to" before a verb is no range, a dash at a line break is one."""
    done: list[Item] = []
    for at, item in enumerate(items):
        following = next((i.kind for i in items[at + 1 :] if i.kind not in _LIGHT), "")
        before = done[-1].kind if done else ""
        no_range = item.kind in ("to", "between") and following not in ("named", "ongoing", "openend")
        unsaid = item.kind == "review" and before not in (
            "",
            "ongoing",
            "sep",
            "dash",
            "soft",
            "and",
            "filler",
            "rhythm",
        )
        if no_range or unsaid or (item.kind == "openend" and before not in ("named", "dash", "to")):
            item = replace(item, kind="word")
        elif item.kind == "status" and (before in ("pending", "by") or _is_aimed_at(items[at + 1 :])):
            item = replace(item, kind="filler")
        elif item.kind == "dash" and at + 1 == len(items) and before == "named":
            item = replace(item, kind="unfinished")
        if item.kind == "sep" and before == "dash":
            continue
        if item.kind == "dash" and before in ("early", "mid", "end", "week"):
            continue  # the hyphen of "mid-2025"
        if item.kind == "dash" and before == "sep" and len(done) > 1 and done[-2].kind == "named":
            done.pop()
        done.append(item)
    return done


def _is_aimed_at(rest: Sequence[Item]) -> bool:
    """Whether "completed" leads up to a deadline or a rhythm: "agreed and in place by", "reviewed annually"."""
    telling = (item.kind for item in rest if item.kind not in _LIGHT | _BETWEEN)
    return next(telling, "") in ("by", "rhythm")


_BETWEEN = frozenset({"and", "status", "word", "dash", "sep"})
_LIGHT = frozenset({"filler", "soft", "end", "early", "mid", "week", "unit", "pending"})


# -- dates ------------------------------------------------------------------------------------------------------------


def _with_cautions(found: TimescaleReading, items: Sequence[Item], kinds: set[str]) -> TimescaleReading:
    """Take the dates back where something else in the words puts them in doubt."""
    if found.ambiguous:
        return found
    parts = parts_of(items)
    if "moved" in kinds and (len(parts) > 1 or parts[0].role in ("from", "after")):
        return undated(found, _CAUTIONS["changed"])
    if "after" in kinds and not any(part.role == "after" for part in parts):
        return undated(found, _CAUTIONS["event"])
    if "status" in kinds and not found.ongoing:
        return undated(found, _CAUTIONS["done"])
    if found.kind == "range":
        kinds = kinds - {"length"}  # "Mar 2025 - Sep 2025 (6 months)"
    for kind, why in _CAUTIONS.items():
        if kind in kinds:
            return undated(found, why)
    if sum(item.kind == "word" for item in items) > MOST_WORDS and not parts[0].role:
        return undated(found, "A date stands in a long sentence that may be about something else.")
    return found


# -- rhythms ----------------------------------------------------------------------------------------------------------


def _recurring(items: list[Item], words: list[str], context: Context, kinds: set[str]) -> TimescaleReading:
    """Work that comes back: its rhythm, and the date it starts, is next due or ends, if one is named in full."""
    rhythms = _rhythms(items)
    ongoing = "ongoing" in kinds
    kind = "ongoing" if ongoing and _first(items, "ongoing") < _first(items, "rhythm") else "recurring"
    plain = [reading(kind, _says(rhythm, ongoing), recurrence=rhythm, ongoing=ongoing) for rhythm in rhythms]
    if len(plain) > 1:
        reason = "More than one rhythm can be meant. Please say what is meant."
        return replace(plain[0], recurrence="", ambiguous=True, reason=reason, alternatives=tuple(plain))
    found = plain[0]
    if "named" in kinds:
        found = _anchored(found, items, words, context)
    elif "status" in kinds:
        kinds = kinds - {"status"}
    doubts = [why for kind, why in _CAUTIONS.items() if kind in kinds and (found.due or found.start)]
    if "status" in kinds and (found.due or found.start):
        doubts.append(_CAUTIONS["done"])
    if kinds & {"stray", "length", "tbc", "changed", "moved"}:
        doubts.append("Something else in the words was not understood.")
    return undated(found, doubts[0]) if doubts else found


def _rhythms(items: Sequence[Item]) -> list[str]:
    found = list(dict.fromkeys(r for item in items for r in item.rhythm.split("|") if r))
    if "each_meeting" in found:
        return ["each_meeting"]
    exact = [rhythm for rhythm in found if rhythm not in ("regular", "periodic")]
    return exact or found[:1]


def _first(items: Sequence[Item], kind: str) -> int:
    return next(at for at, item in enumerate(items) if item.kind == kind)


def _says(rhythm: str, ongoing: bool) -> str:
    rest = ", and is ongoing" if ongoing else ""
    return f"It comes back ({rhythm.replace('_', ' ')}){rest}; no exact date is given."


def _anchored(found: TimescaleReading, items: list[Item], words: list[str], context: Context) -> TimescaleReading:
    parts = parts_of(items)
    if all(part.named.year is None and part.named.unit not in ("pair", "plan_year") for part in parts):
        faults = [part.named.fault for part in parts if part.named.fault]
        if faults:
            return undated(found, faults[0])
        if found.recurrence in _ROOMY_RHYTHMS or any(part.role in ("from", "to") for part in parts):
            return undated(found, "It comes back, and a date without a year is named.")
        when = ", ".join(word for item, word in zip(items, words, strict=True) if item.named)
        rhythm = found.recurrence.replace("_", " ")
        return replace(found, reason=f"It comes back ({rhythm}), at “{when}”; no year is named.")
    # "April 2024 and ongoing quarterly" starts in April; "Ongoing, annual review March 2025" is next due then.
    starts = any(item.kind == "ongoing" for item in items[parts[0].at :])
    apart = ("rhythm", "afterwards") if starts else ("ongoing", "rhythm", "afterwards")
    still = [item for item in items if item.kind not in apart]
    kept = [word for item, word in zip(items, words, strict=True) if item.kind not in apart]
    dated = dates_of(still, kept, context)
    if dated.ambiguous:
        choices = tuple(_repeated(found, other) for other in dated.alternatives)
        return replace(undated(found, dated.reason.removesuffix(" Please say what is meant.")), alternatives=choices)
    if dated.milestones:
        return undated(found, "It comes back, and several dates are named.")
    return _repeated(found, dated)


def _repeated(found: TimescaleReading, dated: TimescaleReading) -> TimescaleReading:
    rhythm = found.recurrence.replace("_", " ")
    return replace(
        found,
        start=dated.start,
        due=dated.due,
        precision=dated.precision,
        milestones=dated.milestones,
        reason=f"It comes back ({rhythm}). {dated.reason}",
    )


# -- words without dates ----------------------------------------------------------------------------------------------


def _without_dates(items: list[Item], plain: str, context: Context, kinds: set[str]) -> TimescaleReading:
    telling = kinds - _LIGHT - {"sep", "dash", "slash", "and", "word", "filler"}
    if "ongoing" in kinds or plain.lower().strip(" .") == "throughout":
        found = reading("ongoing", "It is ongoing: no date is given.", ongoing=True)
        doubtful = kinds & {"stray", "length", "tbc", "changed", "moved", "or"}
        return undated(found, "It is ongoing, and says something more about time.") if doubtful else found
    if "stray" in kinds:
        return unclear("A number in it was not understood.")
    if "length" in kinds:
        return _length(items, plain, context)
    if telling & {"none"} and not telling - {"none"} and _count(items, "word") <= 3:
        return reading("none", "The words say that there is no timescale.")
    waits = "event" in kinds and "status" in kinds and _first(items, "event") < _first(items, "status")
    for kind, why in _UNDATED.items():
        if kind in kinds and not (waits and kind == "status"):
            return unclear(why)
    if "now" in kinds:
        reason = "It is to be done at once; no date is given. Please say by when."
        return reading("event", reason, ambiguous=True)
    if kinds & {"event", "after"}:
        return reading("event", "It depends on something that has to happen: no date is given.")
    if "relative" in kinds or {"end", "unit"} <= kinds or "unit" in kinds:
        return unclear("It names a time, but not which one.", _ends(kinds, plain, context))
    if kinds & {"before"}:
        return reading("event", "It depends on something that has to happen: no date is given.")
    return unclear("No date was found in the words.")


_UNDATED = {
    "above": "It points to another entry.",
    "tbc": "The date is still to be confirmed.",
    "status": "It says how far the action is, which is a status and not a timescale.",
    "termish": "Short, medium and long term have no exact dates.",
    "changed": "The words say that a date has changed, and no date is named.",
    "moved": "The words say that a date has changed, and no date is named.",
}


def _count(items: Sequence[Item], kind: str) -> int:
    return sum(item.kind == kind for item in items)


def _length(items: Sequence[Item], plain: str, context: Context) -> TimescaleReading:
    """ "Within 3 months of approval" waits for the approval; "6 months" does not say from when."""
    if _TRIGGER.search(plain):
        return reading("event", "It counts from something that has to happen: no date is given.")
    count, unit = next(item.length for item in items if item.kind == "length")
    choices = []
    if context.plan_start and unit in ("month", "year") and 0 < count <= 120:
        day = _months_later(context.plan_start, count * (12 if unit == "year" else 1))
        if day:
            choices = [point(Period(day, day, "day", f"{say(day)}, counted from the plan's start"))]
    reason = "It is a length of time, and does not say from when. Please say by when."
    return reading("event", reason, ambiguous=True, alternatives=choices)


def _months_later(day: date, count: int) -> date | None:
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    return None


def _ends(kinds: set[str], plain: str, context: Context) -> list[TimescaleReading]:
    """Choices for "end of the year": the ends of the first two financial and calendar years."""
    if not context.year or not ("year" in plain.lower() or "fy" in plain.lower()):
        return []
    days = [date(context.year + 1, 3, 31), date(context.year, 12, 31), date(context.year + 2, 3, 31)]
    return [point(Period(day, day, "day", say(day))) for day in days if in_bounds(day.year)]

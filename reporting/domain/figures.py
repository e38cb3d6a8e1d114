"""Figures of a board report: counts with their denominators, exceptions, progress and what changed. No database."""

import datetime
from collections.abc import Iterable, Sequence

from actions.enums import WORST_FIRST, Rating
from prevent_tracker.core.words import day_words
from reporting.domain.board_report import (
    ActionLine,
    ChangeLine,
    CountLine,
    Counts,
    Figure,
    HeadingLine,
    HeadingProgress,
    KeyLine,
    RatingLine,
    Share,
)

PRINTED_ORDER = (
    Rating.COMPLETE,
    Rating.ON_TRACK,
    Rating.AT_RISK,
    Rating.OFF_TRACK,
    Rating.NOT_STARTED,
    Rating.NOT_RATED,
)
NO_HEADING = "Not under a heading"
NO_PARTNER = "No accountable partner named"
RESTRICTED = "Restricted actions"


def counts_of(actions: Iterable[ActionLine]) -> Counts:
    """Return how many counted actions have each rating; every rating is a key."""
    counts = dict.fromkeys((str(code) for code in PRINTED_ORDER), 0)
    for action in actions:
        if action.counts:
            counts[action.rating] += 1
    return counts


def rating_lines(key: Sequence[KeyLine], now: Counts, before: Counts | None) -> tuple[RatingLine, ...]:
    """Return one line for each rating of the key, now and last quarter."""
    total, past = sum(now.values()), sum(before.values()) if before else 0
    return tuple(
        RatingLine(line, Share(now[line.code], total), Share(before.get(line.code, 0), past) if before else None)
        for line in key
    )


def count_line(label: str, actions: Sequence[ActionLine]) -> CountLine:
    """Return the line of a group of actions."""
    counted = [action for action in actions if action.counts]
    return CountLine(
        label,
        len(counted),
        counts_of(counted),
        sum(action.is_overdue for action in counted),
        sum(action.is_not_updated for action in counted),
    )


def by_partner(actions: Sequence[ActionLine]) -> tuple[CountLine, ...]:
    """Return the counts of each accountable partner, by name; actions without one come last. No league table."""
    groups: dict[str, list[ActionLine]] = {}
    for action in actions:
        groups.setdefault(RESTRICTED if action.withheld else action.partner or NO_PARTNER, []).append(action)
    names = sorted(groups, key=lambda name: (name in (NO_PARTNER, RESTRICTED), name.casefold()))
    return tuple(count_line(name, groups[name]) for name in names)


def outermost_groups(
    headings: Sequence[HeadingLine], actions: Sequence[ActionLine]
) -> list[tuple[str, list[ActionLine]]]:
    """Return the actions under each outermost heading in reading order, those under none first.

    A heading without actions is a gap that a board should see, and is kept, unless no heading of its kind has any:
    some plans print objectives beside the priorities that hold the actions.
    """
    groups = _outermost(headings, actions)
    kinds = {heading.level_label for heading, rows in groups if heading and rows}
    return [
        (str(heading) if heading else NO_HEADING, rows)
        for heading, rows in groups
        if (rows or (heading and (not kinds or heading.level_label in kinds)))
    ]


def outermost_word(headings: Sequence[HeadingLine], actions: Sequence[ActionLine]) -> str:
    """Return the council's word for the outermost headings that hold actions ("Priority").

    "Heading" where they have several words, or one that the council does not print.
    """
    holding = [heading for heading, rows in _outermost(headings, actions) if heading and rows]
    return common_word(holding)


def common_word(headings: Iterable[HeadingLine], otherwise: str = "Heading") -> str:
    """Return the one level label that all of the headings print; `otherwise` where there is no such word."""
    words = {heading.level_label if heading.is_level_printed else "" for heading in headings}
    return (words.pop() if len(words) == 1 else "") or otherwise


def _outermost(
    headings: Sequence[HeadingLine], actions: Sequence[ActionLine]
) -> list[tuple[HeadingLine | None, list[ActionLine]]]:
    """Return every outermost heading with the actions anywhere below it; None with those under no heading, first."""
    alone: list[ActionLine] = []
    groups: list[tuple[HeadingLine | None, list[ActionLine]]] = [(None, alone)]
    group_of: dict[str, list[ActionLine]] = {}
    for heading in headings:
        if heading.level == 1 or len(groups) == 1:
            groups.append((heading, []))
        group_of[heading.id] = groups[-1][1]
    for action in actions:
        group_of.get(action.heading_id, alone).append(action)
    return groups


def progress_of(label: str, actions: Sequence[ActionLine]) -> HeadingProgress:
    """Return what was delivered and what moved under a heading since last quarter."""
    rank = {str(rating): place for place, rating in enumerate(WORST_FIRST)}
    moved = [a for a in actions if a.counts and a.previous_rating and a.previous_rating != a.rating]
    return HeadingProgress(
        label,
        count_line(label, actions),
        delivered=tuple(a for a in actions if a.rating == Rating.COMPLETE and a.previous_rating != Rating.COMPLETE),
        better=tuple(a for a in moved if a.rating != Rating.COMPLETE and rank[a.rating] > rank[a.previous_rating]),
        worse=tuple(a for a in moved if rank[a.rating] < rank[a.previous_rating]),
    )


def exceptions_of(actions: Iterable[ActionLine]) -> tuple[ActionLine, ...]:
    """Return every action that is Red, Amber, overdue, re-dated or not updated: the worst first, then as printed."""
    rank = {Rating.OFF_TRACK: 0, Rating.AT_RISK: 1}
    found = [action for action in actions if action.reasons]
    return tuple(sorted(found, key=lambda action: rank.get(Rating(action.rating), 2)))


def due_between(actions: Iterable[ActionLine], first: datetime.date, last: datetime.date) -> tuple[ActionLine, ...]:
    """Return open actions due, or now forecast, from `first` to `last`, soonest first."""
    due = ((action.forecast_due or action.due_on, action) for action in actions if not action.is_closed)
    soon = [(day, place, action) for place, (day, action) in enumerate(due) if day and first <= day <= last]
    return tuple(action for _, _, action in sorted(soon, key=lambda item: item[:2]))


def summary_figures(actions: Sequence[ActionLine], previous: Sequence[ActionLine] | None) -> tuple[Figure, ...]:
    """Return the half-page summary's figures, now and last quarter."""
    tests = (
        ("Complete", lambda a: a.rating == Rating.COMPLETE),
        ("On track", lambda a: a.rating == Rating.ON_TRACK),
        ("At risk", lambda a: a.rating == Rating.AT_RISK),
        ("Off track", lambda a: a.rating == Rating.OFF_TRACK),
        ("Overdue", lambda a: a.is_overdue),
        ("Re-dated this quarter", lambda a: a.is_redated),
        ("Not updated", lambda a: a.is_not_updated),
    )
    now = [action for action in actions if action.counts]
    before = None if previous is None else [action for action in previous if action.counts]
    return tuple(
        Figure(
            label,
            Share(sum(map(test, now)), len(now)),
            None if before is None else Share(sum(map(test, before)), len(before)),
        )
        for label, test in tests
    )


def changes_between(
    before: Sequence[ActionLine], now: Sequence[ActionLine], key: Sequence[KeyLine]
) -> tuple[ChangeLine, ...]:
    """Return what differs from last quarter's report, action by action: was and now. Withheld words stay withheld."""
    past = {action.id: action for action in before}
    lines: list[ChangeLine] = []
    for action in now:
        was = past.get(action.id)
        if was is None:
            lines.append(ChangeLine(action.ref, action.text, "Added", "", "In the plan"))
        else:
            lines += _differences(was, action, {line.code: line.word for line in key})
    present = {action.id for action in now}
    lines += [ChangeLine(a.ref, a.text, "Removed", "In the plan", "") for a in before if a.id not in present]
    return tuple(lines)


def _differences(was: ActionLine, action: ActionLine, words: dict[str, str]) -> list[ChangeLine]:
    compared = [
        ("RAG", words.get(was.rating, ""), words.get(action.rating, "")),
        ("Status", was.state_words, action.state_words),
        ("Due date", day_words(was.due_on), day_words(action.due_on)),
        ("Forecast date", day_words(was.forecast_due), day_words(action.forecast_due)),
    ]
    if not (was.withheld or action.withheld):
        compared += [
            ("Ref", was.ref, action.ref),
            ("Wording", was.text, action.text),
            ("Owner", was.owner, action.owner),
            ("Timescale", was.timescale, action.timescale),
        ]
    return [
        ChangeLine(action.ref, action.text, what, before, after, is_rating=what == "RAG")
        for what, before, after in compared
        if before != after
    ]

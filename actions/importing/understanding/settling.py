"""Columns that claim the same role: which of them has it, and what the others are kept as."""

from __future__ import annotations

import re

from ..words import flat, squashed
from .profiles import Profile
from .wordings import readings_of

Roles = dict[int, tuple[str, str]]
"""For each column its role and why."""


def only_one(roles: Roles, role: str, headings: dict[int, str], profiles: dict[int, Profile]) -> None:
    found = [index for index in roles if roles[index][0] == role]
    if len(found) > 1:
        best = max(found, key=lambda index: (profiles[index].refs, -index))
        for index in found:
            if index != best:
                roles[index] = ("extra", f"its heading is “{flat(headings[index])}”")


def settle_ratings(roles: Roles, headings: dict[int, str]) -> None:
    """The rating of now: "RAG last month" beside "RAG this month" is kept as a column."""
    found = [index for index in roles if roles[index][0] == "rag"]
    earlier = [index for index in found if _EARLIER.search(squashed(headings[index]))]
    if len(earlier) < len(found):
        for index in earlier:
            roles[index] = ("extra", f"its heading is “{flat(headings[index])}”")


_EARLIER = re.compile(r"\b(?:last|previous|prior|earlier|was)\b")


def settle_groups(roles: Roles, headings: dict[int, str]) -> None:
    """Beside a column that is named as one of headings, one that tells what is wrong, or has an unknown name, is none."""
    groups = [index for index in roles if roles[index][0] == "group"]
    lesser = [
        index
        for index in groups
        if headings[index].strip()
        and (not readings_of(headings[index]) or _WHAT_IS_WRONG.fullmatch(squashed(headings[index])))
    ]
    if len(lesser) < len(groups):
        for index in lesser:
            roles[index] = ("extra", f"its heading is “{flat(headings[index])}” beside one that names headings")


_WHAT_IS_WRONG = re.compile(
    r"(?:(?:identified |key )?risks?|hazards?|vulnerabilit(?:y|ies)|threats?|findings?|gaps?|judgements?)(?: identified)?"
)


def settle_owners(roles: Roles, headings: dict[int, str], profiles: dict[int, Profile]) -> None:
    """Those who lead: a lead beside partners leaves the partners as a column of their own, two leads are both owners."""
    found = [index for index in roles if roles[index][0] == "owners"]
    if len(found) > 1:

        def strength(index: int) -> tuple[bool, bool, float, int]:
            return bool(profiles[index].filled), _leads(headings[index]), profiles[index].parties, -index

        best = max(found, key=strength)
        for index in found:
            if index != best and not (_leads(headings[best]) and _leads(headings[index])):
                roles[index] = ("support", f"its heading is “{flat(headings[index])}” beside “{flat(headings[best])}”")
    elif not found:
        for index in roles:
            if roles[index][0] == "support":
                roles[index] = (
                    "owners",
                    f"its heading is “{flat(headings[index])}” and there is no other column of owners",
                )
                break


def _leads(heading: str) -> bool:
    return bool(re.search(r"owner|lead|responsib|who|account", squashed(heading)))


def settle_timescales(roles: Roles, headings: dict[int, str], profiles: dict[int, Profile]) -> None:
    """One column of timescales, or a start and a due day: of several dates the one by which a deed is to be done."""
    text = next((index for index, (role, _) in roles.items() if role == "text"), None)
    for index, (role, _) in roles.items():
        words = squashed(headings[index])
        if role in ("timescale", "due") and _DONE.search(words):
            roles[index] = ("extra", f"its heading is “{flat(headings[index])}”: the day on which it was done")
        elif role == "timescale" and _says_when_raised(index, headings, text):
            roles[index] = (
                "extra",
                f"its heading is “{flat(headings[index])}” and it stands before what is to be done",
            )
        elif role == "timescale" and _MEETING.search(words) and not _MEANT.match(words):
            roles[index] = ("extra", f"its heading is “{flat(headings[index])}”: the day of a meeting is no deadline")
    if any(role == "due" for role, _ in roles.values()) and not any(role == "start" for role, _ in roles.values()):
        for index in roles:
            if roles[index][0] == "due":
                roles[index] = ("timescale", roles[index][1])
    _dates_by_value(roles, headings, profiles, text)
    times = [index for index in roles if roles[index][0] == "timescale"]
    starts = [index for index in roles if roles[index][0] == "start"]
    if (
        len(times) == 1
        and starts
        and not any(role == "due" for role, _ in roles.values())
        and profiles[starts[0]].filled
    ):
        roles[times[0]] = ("due", f"{roles[times[0]][1]} beside a start")
        times = []
    if len(times) > 1:

        def closeness(index: int) -> tuple[bool | float, ...]:
            words = squashed(headings[index])
            other = bool(_OTHER_DATES.search(words) or re.match(r"dates? agreed", words))
            meant = bool(_MEANT.match(words))
            other = other and not meant
            return (
                not other,
                profiles[index].timescales >= 0.3,
                meant,
                bool(_BY_WHEN.search(words)),
                profiles[index].timescales,
                bool(profiles[index].filled),
                -index,
            )

        best = max(times, key=closeness)
        for index in times:
            if index != best:
                roles[index] = ("extra", roles[index][1])


_BY_WHEN = re.compile(r"\b(?:deadline|due|when|target|complet|time ?-?(?:scale|frame|line)|end|finish|deliver)")
_MEANT = re.compile(r"target |due |time ?-?(?:scale|frame|line)|deadline|(?:by )?when\b")
"""Headings that can mean nothing but the day by which an action is to be done."""
_DONE = re.compile(r"\bactual|^date completed|\bachieved\b(?! by)|\bcompleted on\b")
_MEETING = re.compile(r"\b(?:committee|board|panel|cabinet|exec(?:utive)?|meeting|minutes?)\b", re.I)
_OTHER_DATES = re.compile(
    r"\b(?:raised|opened|closed|logged|added|identified|reported|issued|approved|agreed on|last|updated?|"
    r"reviews?|reviewed|started?|born|received|sent|version|q[1-4]|progress|evidence)\b",
    re.I,
)


def _says_when_raised(index: int, headings: dict[int, str], text: int | None) -> bool:
    """A bare "Date" before what is to be done."""
    return squashed(headings[index]) in ("date", "dates") and text is not None and index < text


def _dates_by_value(roles: Roles, headings: dict[int, str], profiles: dict[int, Profile], text: int | None) -> None:
    """Without a column named for timescales, a column that holds nearly nothing else is one: "Target", "Milestone"."""
    if any(role in ("timescale", "due", "start") for role, _ in roles.values()):
        return
    held = [
        index
        for index, (role, _) in roles.items()
        if role in ("extra", "measure", "support")
        and profiles[index].filled
        and (profiles[index].timescales if headings[index].strip() else profiles[index].times_alone) >= 0.7
        and profiles[index].rags < 0.3
        and profiles[index].words <= 6
        and not _OTHER_DATES.search(headings[index])
        and not _MEETING.search(headings[index])
        and not _DONE.search(squashed(headings[index]))
        and not _says_when_raised(index, headings, text)
    ]
    if held:
        best = max(held, key=lambda index: (profiles[index].timescales, profiles[index].filled))
        roles[best] = ("timescale", f"its heading is “{flat(headings[best])}” and it holds dates")


def settle_status(roles: Roles, profiles: dict[int, Profile]) -> None:
    """A status column with ratings in it is the rating when there is no other; else it tells progress."""
    has_rag = any(role == "rag" for role, _ in roles.values())
    for index in [index for index in roles if roles[index][0] == "status"]:
        if not has_rag and (profiles[index].rags >= 0.6 and profiles[index].colours > 0 or not profiles[index].filled):
            roles[index] = (
                "rag",
                f"{roles[index][1]} and it holds ratings" if profiles[index].filled else roles[index][1],
            )
            has_rag = True

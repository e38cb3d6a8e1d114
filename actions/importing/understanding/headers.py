"""What the columns of a table are, from the words of the header and from what stands under it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..words import flat, squashed
from .profiles import Profile
from .settling import only_one, settle_groups, settle_owners, settle_ratings, settle_status, settle_timescales
from .wordings import readings_of

_LEVEL_COLUMN = re.compile(
    r"(?:prevent |contest |key |strategic )?(?:strands?|themes?|pillars?|work ?streams?|buckets?(?: name)?)"
)
"""A column that sorts the actions under headings wherever it stands."""
_GRADE = re.compile(
    r"^(?:(?:very )?(?:high|med(?:ium)?|low)|(?:(?:high|medium|low)\s*)+|[hml]|h/m|m/l|critical|essential|desirable|yes|no|"
    r"part(?:ly|ial|ially)|fully|met|not met|in part|y|n|n/?a|emerging|developing|established|embedded|secure)$",
    re.I,
)
_CODES = re.compile(r"(?:[A-Z](?:&?[A-Z]){0,3}|All|Both)(?:\s*[,/;+&]\s*[A-Z](?:&?[A-Z]){0,3})*")
"""Letters for places or bodies: "All", "H", "B&D, R"."""

ROLES = (
    "ref",
    "group",
    "text",
    "owners",
    "support",
    "timescale",
    "start",
    "due",
    "rag",
    "status",
    "measure",
    "progress",
    "extra",
    "ignore",
)
"""What a column can be. "support" and "extra" are kept as extra columns of the plan under their own heading."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its heading as printed, its role and why."""

    index: int
    heading: str
    role: str
    why: str = ""


@dataclass(slots=True)
class Layout:
    """The columns of a plan table, by role."""

    columns: list[Column] = field(default_factory=list)
    headerless: bool = False

    def of(self, role: str) -> list[int]:
        """The places of all columns with this role, left to right."""
        return [column.index for column in self.columns if column.role == role]

    def first(self, role: str) -> int | None:
        """The place of the first column with this role."""
        return next((column.index for column in self.columns if column.role == role), None)

    def heading(self, index: int) -> str:
        return next((column.heading for column in self.columns if column.index == index), "")

    def role(self, index: int) -> str:
        return next((column.role for column in self.columns if column.index == index), "extra")


def lay_out(
    headings: dict[int, str],
    body: list[list[str]],
    spans: dict[int, bool] | None = None,
    banded: bool = False,
) -> Layout:
    """Give each column one role.

    `headings` maps a column to its printed heading, `body` has the rows under it (one text per column), `spans` says
    which columns have cells merged down the side, `banded` that headings stand across the table. Headings that mean
    several things are settled by their neighbours and by the values below.
    """
    profiles = {index: Profile.of([row[index] for row in body if index < len(row)]) for index in headings}
    merged = spans or {}
    headings = _over_the_words(headings, profiles)
    options = {index: dict(readings_of(heading)) for index, heading in headings.items()}
    roles: dict[int, tuple[str, str]] = {}
    if any(re.match(r"likelihood|probability", squashed(heading)) for heading in headings.values()):
        for index in headings:
            if re.search(r"impact|score|rating|severity|likelihood|probability", squashed(headings[index])):
                options[index] = {"extra": 1.0}
    text = _text_column(headings, options, profiles, merged)
    if text is None:
        text = _stand_in_for_text(headings, options, profiles, merged)
    if text is not None:
        roles[text] = (
            "text",
            f"its heading “{flat(headings[text])}” names the actions"
            if options[text]
            else "it holds the longest wording",
        )
    for index in headings:
        if index != text:
            roles[index] = _role(index, text, headings, options[index], profiles[index], merged)
            values = [row[index].strip() for row in body if index < len(row) and row[index].strip()]
            if roles[index][0] == "group" and values and all(_is_grade_or_code(value) for value in values):
                roles[index] = ("extra", f"its heading is “{flat(headings[index])}” and it holds grades or letters")
            if roles[index][0] == "group" and banded and (profiles[index].returns > 0.2 or index > (text or 0)):
                roles[index] = (
                    "extra",
                    f"its heading is “{flat(headings[index])}”; the headings stand across the table",
                )
    only_one(roles, "ref", headings, profiles)
    settle_ratings(roles, headings)
    settle_groups(roles, headings)
    settle_owners(roles, headings, profiles)
    settle_timescales(roles, headings, profiles)
    settle_status(roles, profiles)
    columns = [Column(index, flat(headings[index]), *roles[index]) for index in sorted(headings)]
    return Layout(columns)


def _is_grade_or_code(value: str) -> bool:
    ticked = not any(map(str.isalnum, value))
    return ticked or bool(_GRADE.match(value) or _CODES.fullmatch(value))


def _over_the_words(headings: dict[int, str], profiles: dict[int, Profile]) -> dict[int, str]:
    """ "Actions" set over a column of numbers and the nameless one of words beside it names the words."""
    moved = dict(headings)
    for index, heading in headings.items():
        beside = index + 1
        if (
            profiles[index].refs >= 0.7
            and not moved.get(beside, "-").strip()
            and profiles[beside].words >= 2
            and profiles[beside].refs < 0.3
            and any(role == "text" for role, _ in readings_of(heading))
        ):
            moved[index], moved[beside] = "", heading
    return moved


def _text_column(
    headings: dict[int, str],
    options: dict[int, dict[str, float]],
    profiles: dict[int, Profile],
    merged: dict[int, bool],
) -> int | None:
    """The column of the actions: the best named one that has words; the finest grained of several."""
    named = [
        index
        for index in headings
        if "text" in options[index] and _main(options[index]) in ("text", "group", "measure")
    ]
    if not named:
        named = [index for index in headings if "text" in options[index]]
    if any(profile.deeds >= 0.5 and profile.words >= 4 for profile in profiles.values()):
        # "Action" over the names of those who act: the deeds stand elsewhere.
        named = [index for index in named if not _names_who_acts(profiles[index])]
    if named:

        def strength(index: int) -> tuple[float, ...]:
            words = squashed(headings[index])
            action = bool(re.search(r"\baction", words)) and not re.search(
                r"\b(?:completed|taken|to date|plan ref)\b", words
            )
            broad = bool(
                re.fullmatch(
                    r"recommendations?|resolutions?|(?:key )?milestones?|projects?|requirements?|deliverables?|mitigations?",
                    words,
                )
            )
            how = bool(re.match(r"how\b", words)) and any(
                re.match(r"what\b", squashed(headings[other])) for other in named
            )
            dated = bool(re.search(r"\d{4}|\bsince\b", words))
            profile = profiles[index]
            beside_a_full_one = profile.gaps > 0.15 and any(
                profiles[other].filled and not profiles[other].gaps for other in named if other > index
            )
            coarse = (
                profile.filled
                and (max(profile.repeats, profile.gaps) > 0.4 or beside_a_full_one)
                or merged.get(index, False)
            )
            return (
                float(bool(profile.filled)),
                float(action or not merged.get(index, False)),
                float(not coarse),
                float(not broad),
                float(action),
                float(not dated),
                float(not how),
                options[index]["text"],
                float(index),
            )

        return max(named, key=strength)
    return None


def _names_who_acts(profile: Profile) -> bool:
    return profile.parties >= 0.8 and profile.deeds <= 0.2 and profile.refs < 0.5 and profile.words <= 5


def _stand_in_for_text(
    headings: dict[int, str],
    options: dict[int, dict[str, float]],
    profiles: dict[int, Profile],
    merged: dict[int, bool],
) -> int | None:
    """With owners and dates but no column called actions, the last objective-like or unnamed column with wording.

    With dates alone the column must speak of deeds.
    """
    roles = {_main(options[index]) for index in headings}
    owned = [index for index in headings if _main(options[index]) in ("owners", "support")]
    dated = [
        index
        for index in headings
        if _main(options[index]) in ("timescale", "due") or profiles[index].timescales > 0.6 > profiles[index].parties
    ]
    if not owned and not dated or not (dated or roles & {"rag", "status", "measure", "progress"}):
        return None
    owners = min(owned or dated)

    def worth(index: int) -> tuple[float, ...]:
        profile, main = profiles[index], _main(options[index])
        coarse = merged.get(index, False) or profile.repeats > 0.4
        return (
            float(profile.words >= 3),
            float(profile.deeds >= 0.6 and not coarse),
            float(main == "group" or "group" in options[index]),
            float(not main),
            float(not coarse),
            float(profile.gaps <= 0.1),
            float(index < owners),
            profile.words,
        )

    wordy = [
        index
        for index in headings
        if (_main(options[index]) in ("group", "measure", "extra", "") or profiles[index].deeds >= 0.5)
        and profiles[index].filled
        and profiles[index].words >= 2
        and profiles[index].parties < 0.9
        and (owned or profiles[index].deeds >= 0.5)
    ]
    return max(wordy, key=worth, default=None)


def _main(options: dict[str, float]) -> str:
    return max(options, key=lambda role: options[role]) if options else ""


def _role(
    index: int,
    text: int | None,
    headings: dict[int, str],
    options: dict[str, float],
    profile: Profile,
    merged: dict[int, bool],
) -> tuple[str, str]:
    heading = flat(headings[index])
    named = f"its heading is “{heading}”"
    if _LEVEL_COLUMN.fullmatch(squashed(heading)) and profile.words <= 5:
        return "group", named
    if not options:
        return _role_by_values(index, text, heading, profile, merged)
    if "timescale" in options and "measure" in options and profile.timescales >= 0.5:
        return "timescale", f"{named} and it holds dates"
    ordered = list(options)
    if {"owners", "timescale"} <= options.keys() and profile.filled:
        # "Action by" is a person or a day.
        return ("timescale", f"{named} and it holds dates") if profile.timescales > 0.5 else ("owners", named)
    if profile.led >= 0.6 and ordered[0] not in ("progress", "measure"):
        return "owners", f"{named} and it says who leads"
    dated = profile.timescales > 0.6 and profile.parties < 0.3
    if (
        ordered[0] in ("owners", "support")
        and dated
        and not re.search(r"lead|owner|who|respons|officer", heading, re.I)
    ):
        return "timescale", f"{named} but it holds dates"
    if "text" in options and _names_who_acts(profile):
        return "owners", f"{named} but it holds roles and bodies"
    if ordered[0] == "rag" or "rag" in options:
        return "rag", named
    codes = options.get("ref", 0.0) >= 1 and profile.words <= 1.5 and not profile.repeats
    if "ref" in options and (codes or profile.refs >= 0.5 or not profile.filled or index == 0 and profile.words < 4):
        return "ref", named
    if ordered[0] == "progress" and options["progress"] > 1:
        return "progress", named
    if ordered[0] == "ref":
        return ("group", f"{named} but it holds headings") if text is not None and index < text else ("extra", named)
    before = text is not None and index < text
    if "text" in options and text is not None:
        if before:
            return "group", f"{named} and the actions stand beside it"
        rest = [role for role in ordered if role not in ("text", "group")]
        return (rest[0], named) if rest else ("extra", f"{named} beside the actions")
    if "group" in options:
        structural = merged.get(index) or profile.repeats > 0.3 or before and profile.gaps > 0.3
        if ordered[0] == "group" or (before and structural) or (before and index <= 1 and ordered[0] == "measure"):
            if before:
                return "group", named
            if "measure" in options:
                return "measure", named
            return ("extra", named)
    if ordered[0] == "measure" and before and (merged.get(index) or profile.repeats > 0.3):
        return "group", f"{named} and it repeats over several actions"
    return ordered[0], named


def _role_by_values(
    index: int, text: int | None, heading: str, profile: Profile, merged: dict[int, bool]
) -> tuple[str, str]:
    """A column whose heading is blank or unknown: what stands under it decides, if it decides clearly."""
    if not profile.filled:
        return ("extra", "its heading is not known") if heading else ("ignore", "it is empty")
    if any(map(str.isalnum, heading)):
        if text is not None and index < text and merged.get(index) and profile.words >= 2:
            return "group", "its cells are merged down the side of the actions"
        named_elsewhere = max(profile.parties, profile.timescales, profile.rags, profile.refs - 0.4) >= 0.3
        if text is not None and index < text and profile.repeats > 0.3 and not profile.returns and not named_elsewhere:
            return "group", "its words stay the same over several actions"
        return "extra", "its heading is not known"
    if profile.refs > 0.7 and (text is None or index < text):
        return "ref", "it holds numbers of actions"
    if profile.times_alone > 0.6:
        return "timescale", "it holds dates"
    if profile.rags > 0.8:
        return "rag", "it holds ratings"
    if text is not None and index < text and (merged.get(index) or profile.repeats > 0.3 or profile.words >= 2):
        return "group", "it stands before the actions and has no heading"
    if profile.parties > 0.7:
        return "owners", "it holds roles and bodies"
    return "extra", "it has no heading"

"""RAG: what the dates suggest, what each rating has to be told with, and the key. Pure: no database, no clock.

The rating is confidence in delivering by the agreed date. Dates suggest one; a person sets it; both are kept. Blue is
never suggested by a date alone, Green never after the due date or while an update is missing, and a re-dated action
never turns Green by itself. "Three months" is the line between Amber and Red, counted from the due date.
"""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dateutil.relativedelta import relativedelta

from actions.enums import CLOSED_STATES, ActionState, Rating, TimescaleKind
from prevent_tracker.core.words import counted, day_words

MONTHS_OF_AMBER = 3
WITHOUT_END = (TimescaleKind.ONGOING, TimescaleKind.RECURRING, TimescaleKind.OPEN_START)
SLIPPED = (Rating.AT_RISK, Rating.OFF_TRACK)


@dataclass(frozen=True)
class MilestoneFacts:
    """One of an action's several dates, and the day it was met."""

    text: str
    due_on: datetime.date | None
    met_on: datetime.date | None = None


@dataclass(frozen=True)
class RatingFacts:
    """All that the rules look at. `period_name` is empty when no quarter asks for an update.

    `said_rating` and `said_by` are the rating in the quarter's update and whose it is, for a coordinator who moderates.
    """

    state: str = ActionState.AGREED
    kind: str = TimescaleKind.NONE
    start_on: datetime.date | None = None
    due_on: datetime.date | None = None
    original_due: datetime.date | None = None
    forecast_due: datetime.date | None = None
    review_by: datetime.date | None = None
    times_redated: int = 0
    milestones: tuple[MilestoneFacts, ...] = ()
    period_name: str = ""
    is_updated: bool = False
    said_rating: str = ""
    said_by: str = ""

    @property
    def update_is_missing(self) -> bool:
        return bool(self.period_name) and not self.is_updated


@dataclass(frozen=True)
class Suggestion:
    """The rating that the dates suggest, and why, in a sentence. NOT_RATED means that they suggest nothing."""

    rating: Rating
    because: str


@dataclass(frozen=True)
class RatingChoice:
    """A rating that a person sets, with what it is told with."""

    rating: str
    override_reason: str = ""
    issue: str = ""
    recovery: str = ""
    forecast_due: datetime.date | None = None
    impact: str = ""
    ask: str = ""
    completed_on: datetime.date | None = None
    evidence_note: str = ""


def latest_for_amber(due_on: datetime.date) -> datetime.date:
    """Return the last day that counts as up to three months after the due date."""
    return due_on + relativedelta(months=MONTHS_OF_AMBER)


# --- The suggestion -----------------------------------------------------------------------------------------------

Look = Callable[[RatingFacts, datetime.date], tuple[Rating, str] | None]


def suggest_rating(facts: RatingFacts, today: datetime.date) -> Suggestion:
    """Return the rating that dates, milestones and updates suggest on the day `today`, with the reason."""
    for look in LOOKS:
        found = look(facts, today)
        if found is not None:
            rating, because = found
            ending = "nothing is suggested" if rating == Rating.NOT_RATED else f"{rating.label} is suggested"
            return Suggestion(rating, f"{because}, so {ending}.")
    raise AssertionError("the last look always finds something")


def _finished(facts: RatingFacts, today: datetime.date) -> tuple[Rating, str] | None:
    if facts.state == ActionState.COMPLETE:
        return Rating.COMPLETE, "It is complete"
    if facts.state == ActionState.COMPLETION_CLAIMED:
        return Rating.COMPLETE, "An owner says that it is complete"
    if facts.state in CLOSED_STATES:
        return Rating.NOT_RATED, f"It is {ActionState(facts.state).label.lower()}"
    return None


def _overdue(facts: RatingFacts, today: datetime.date) -> tuple[Rating, str] | None:
    if facts.due_on is None or facts.due_on >= today:
        return None
    passed = f"The due date, {day_words(facts.due_on)}, has passed"
    if today > latest_for_amber(facts.due_on):
        return Rating.OFF_TRACK, f"{passed} by more than {MONTHS_OF_AMBER} months"
    if facts.forecast_due and facts.forecast_due > latest_for_amber(facts.due_on):
        return Rating.OFF_TRACK, f"{passed} and the forecast is more than {MONTHS_OF_AMBER} months after it"
    return Rating.AT_RISK, passed


def _not_begun(facts: RatingFacts, today: datetime.date) -> tuple[Rating, str] | None:
    if facts.start_on is None or facts.start_on <= today:
        return None
    return Rating.NOT_STARTED, f"It is not due to start until {day_words(facts.start_on)}"


def _milestone_missed(facts: RatingFacts, today: datetime.date) -> tuple[Rating, str] | None:
    missed = [m.due_on for m in facts.milestones if m.due_on and m.due_on < today and m.met_on is None]
    if not missed:
        return None
    first = min(missed)
    because = f"A milestone due {day_words(first)} has not been met"
    if today > latest_for_amber(first):
        return Rating.OFF_TRACK, f"{because} for more than {MONTHS_OF_AMBER} months"
    return Rating.AT_RISK, because


def _forecast_late(facts: RatingFacts, today: datetime.date) -> tuple[Rating, str] | None:
    if facts.due_on is None or facts.forecast_due is None or facts.forecast_due <= facts.due_on:
        return None
    forecast, due = day_words(facts.forecast_due), day_words(facts.due_on)
    if facts.forecast_due > latest_for_amber(facts.due_on):
        return (
            Rating.OFF_TRACK,
            f"The forecast, {forecast}, is more than {MONTHS_OF_AMBER} months after the due date, {due}",
        )
    return Rating.AT_RISK, f"The forecast, {forecast}, is after the due date, {due}"


def _review_passed(facts: RatingFacts, today: datetime.date) -> tuple[Rating, str] | None:
    if facts.due_on is not None or facts.review_by is None or facts.review_by >= today:
        return None
    return Rating.AT_RISK, f"It was to be reviewed by {day_words(facts.review_by)}, which has passed"


def _redated(facts: RatingFacts, today: datetime.date) -> tuple[Rating, str] | None:
    if not facts.times_redated or facts.original_due is None:
        return None
    if facts.due_on is not None and facts.due_on <= facts.original_due:
        return None
    times = {1: "once", 2: "twice"}.get(facts.times_redated, f"{facts.times_redated} times")
    return Rating.AT_RISK, f"It was first due {day_words(facts.original_due)} and has been re-dated {times}"


def _update_missing(facts: RatingFacts, today: datetime.date) -> tuple[Rating, str] | None:
    if not facts.update_is_missing:
        return None
    return Rating.NOT_RATED, f"No update has been given for {facts.period_name}"


def _dated(facts: RatingFacts, today: datetime.date) -> tuple[Rating, str] | None:
    if facts.due_on is None:
        return None
    updated = " and updated this quarter" if facts.is_updated else ""
    return (
        Rating.ON_TRACK,
        f"Due {day_words(facts.due_on)}, {how_far(today, facts.due_on)}{',' if updated else ''}{updated}",
    )


def _without_end(facts: RatingFacts, today: datetime.date) -> tuple[Rating, str] | None:
    review = f"to be reviewed by {day_words(facts.review_by)}" if facts.review_by else ""
    if facts.kind not in WITHOUT_END or not (facts.is_updated or review):
        return None
    name = "Recurring" if facts.kind == TimescaleKind.RECURRING else "Ongoing"
    reasons = [name, *(["updated this quarter"] if facts.is_updated else []), *([review] if review else [])]
    return Rating.ON_TRACK, " and ".join(filter(None, [", ".join(reasons[:-1]), reasons[-1]]))


def _undated(facts: RatingFacts, today: datetime.date) -> tuple[Rating, str] | None:
    if facts.is_updated:
        return Rating.ON_TRACK, "It has no due date and was updated this quarter"
    return Rating.NOT_RATED, "It has no due date and no quarter is open"


LOOKS: tuple[Look, ...] = (
    _finished,
    _overdue,
    _not_begun,
    _milestone_missed,
    _forecast_late,
    _review_passed,
    _redated,
    _update_missing,
    _dated,
    _without_end,
    _undated,
)


def how_far(today: datetime.date, day: datetime.date) -> str:
    """Return how far ahead a day is: "today", "9 days away", "3 months away", "2 years away"."""
    between = relativedelta(day, today)
    if between.years >= 2:
        return f"{counted(between.years, 'year')} away"
    if months := between.years * 12 + between.months:
        return f"{counted(months, 'month')} away"
    return f"{counted(between.days, 'day')} away" if between.days else "today"


# --- The check ----------------------------------------------------------------------------------------------------

Problems = dict[str, list[str]]
HOW_TO_RATE_AGAIN: dict[str, str] = {
    ActionState.COMPLETE: " Reopen it before rating it again.",
    ActionState.WITHDRAWN: " Bring it back before rating it again.",
}


def check_rating(facts: RatingFacts, choice: RatingChoice, suggestion: Suggestion, today: datetime.date) -> Problems:
    """Return what is wrong with the choice, {field: [sentence]}; empty when it may be set."""
    if facts.state in CLOSED_STATES:
        state = ActionState(facts.state).label.lower()
        return {"": [f"This action is {state}.{HOW_TO_RATE_AGAIN.get(facts.state, '')}"]}
    if choice.rating not in Rating.values:
        return {"rating": ["Choose a rating."]}
    problems: Problems = {}
    _check_date(problems, facts, choice.rating, today)
    if choice.rating in SLIPPED:
        _check_slipped(problems, facts, choice, today)
    if choice.rating == Rating.COMPLETE:
        _check_complete(problems, choice, today)
    _check_reason(problems, facts, choice, suggestion)
    return problems


def _say(problems: Problems, field: str, sentence: str) -> None:
    problems.setdefault(field, []).append(sentence)


def _check_date(problems: Problems, facts: RatingFacts, rating: str, today: datetime.date) -> None:
    """The ratings that the dates rule out."""
    overdue = facts.due_on is not None and facts.due_on < today
    due = day_words(facts.due_on)
    if rating == Rating.ON_TRACK and overdue:
        _say(
            problems, "rating", f"The due date, {due}, has passed, so this cannot be Green. Choose Amber, Red or Blue."
        )
    if rating == Rating.ON_TRACK and facts.update_is_missing:
        _say(problems, "rating", f"There is no update for {facts.period_name}, so this cannot be Green.")
    if rating == Rating.NOT_STARTED and overdue:
        _say(problems, "rating", f"The due date, {due}, has passed. If it has not started, choose Amber or Red.")
    elif rating == Rating.NOT_STARTED and facts.start_on is not None and facts.start_on <= today:
        start = day_words(facts.start_on)
        _say(problems, "rating", f"It was to start on {start}. If it has not started, choose Amber or Red.")
    if rating == Rating.AT_RISK and facts.due_on is not None and today > latest_for_amber(facts.due_on):
        _say(problems, "rating", f"The due date, {due}, passed more than {MONTHS_OF_AMBER} months ago. Choose Red.")


def _check_slipped(problems: Problems, facts: RatingFacts, choice: RatingChoice, today: datetime.date) -> None:
    """What Amber and Red have to be told with."""
    label = Rating(choice.rating).label
    if not choice.issue.strip():
        _say(problems, "issue", f"{label} needs the issue: what is in the way.")
    if not choice.recovery.strip():
        _say(problems, "recovery", f"{label} needs the recovery action: what is being done about it.")
    if choice.rating == Rating.OFF_TRACK and not choice.impact.strip():
        _say(problems, "impact", "Red needs the impact: what happens if it is not delivered.")
    if choice.rating == Rating.OFF_TRACK and not choice.ask.strip():
        _say(problems, "ask", "Red needs the ask of the board: the help or decision that is wanted.")
    _check_forecast(problems, facts, choice, today)


def _check_forecast(problems: Problems, facts: RatingFacts, choice: RatingChoice, today: datetime.date) -> None:
    if choice.forecast_due is None:
        _say(problems, "forecast_due", f"{Rating(choice.rating).label} needs a new forecast date.")
    elif choice.forecast_due <= today:
        _say(problems, "forecast_due", "The forecast date must be after today.")
    elif (
        choice.rating == Rating.AT_RISK
        and facts.due_on is not None
        and choice.forecast_due > latest_for_amber(facts.due_on)
        and today < latest_for_amber(facts.due_on)  # on the last day of Amber no date is left that is not later
    ):
        due = day_words(facts.due_on)
        _say(
            problems,
            "forecast_due",
            f"This is more than {MONTHS_OF_AMBER} months after the due date, {due}. Choose Red, or an earlier date.",
        )


def _check_complete(problems: Problems, choice: RatingChoice, today: datetime.date) -> None:
    """What Blue has to be told with."""
    if choice.completed_on is None:
        _say(problems, "completed_on", "Blue needs the date on which it was completed.")
    elif choice.completed_on > today:
        _say(problems, "completed_on", "The completion date cannot be in the future.")
    if not choice.evidence_note.strip():
        _say(problems, "evidence_note", "Blue needs a note of the evidence: what shows that it was delivered.")


def _check_reason(problems: Problems, facts: RatingFacts, choice: RatingChoice, suggestion: Suggestion) -> None:
    if choice.override_reason.strip():
        return
    chosen = Rating(choice.rating).label
    if facts.said_rating and facts.said_rating != choice.rating:
        said = Rating(facts.said_rating).label
        _say(problems, "override_reason", f"{facts.said_by} rated this {said}. Say why you rate it {chosen}.")
    elif is_override(choice.rating, suggestion):
        _say(problems, "override_reason", f"{suggestion.because} Say why you choose {chosen}.")


def is_override(rating: str, suggestion: Suggestion) -> bool:
    """Whether choosing `rating` goes against the suggestion. Blue never does: its evidence speaks, not a date."""
    return rating not in (suggestion.rating, Rating.COMPLETE) and suggestion.rating != Rating.NOT_RATED


# --- The key ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class KeyEntry:
    """One line of the RAG key, as printed on every report."""

    code: str
    colour: str
    label: str
    wording: str


USUAL_KEY = (
    KeyEntry(Rating.COMPLETE, "Blue", "Complete", "Action delivered and evidence accepted."),
    KeyEntry(
        Rating.ON_TRACK,
        "Green",
        "On track",
        "Progress is as planned; expected to be delivered by the agreed date.",
    ),
    KeyEntry(
        Rating.AT_RISK,
        "Amber",
        "At risk",
        "Some slippage or risk; recovery is in hand within the partnership; up to 3 months late.",
    ),
    KeyEntry(
        Rating.OFF_TRACK,
        "Red",
        "Off track",
        "Will not be delivered by the agreed date (or 3 months or more late) without board help or a decision.",
    ),
    KeyEntry(Rating.NOT_STARTED, "Grey", "Not started", "Start date or quarter not yet reached."),
    KeyEntry(Rating.NOT_RATED, "White", "Not rated", "No rating given this period."),
)


def key_for(overrides: Mapping[str, Mapping[str, str]]) -> list[KeyEntry]:
    """Return the RAG key, with a council's own colour word, label and wording by rating code where it has them."""
    return [
        KeyEntry(
            code=str(usual.code),
            colour=own.get("colour") or usual.colour,
            label=own.get("label") or usual.label,
            wording=own.get("wording") or usual.wording,
        )
        for usual in USUAL_KEY
        for own in [overrides.get(usual.code) or {}]
    ]

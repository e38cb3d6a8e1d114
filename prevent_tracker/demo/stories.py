"""Which words of a story belong to which quarter. Pure.

A story is a list of beats. Where the action has no dates, beat 0 is the first quarter reported on. Where it has, the
beat `due_beat` belongs to the quarter in which the action falls due (or starts, for a range), so that the same story
fits the plan's dates from any day on which it is seen.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dateutil.relativedelta import relativedelta

from actions.domain.rag import SLIPPED, RatingFacts, is_override, suggest_rating
from actions.enums import Rating
from plans.domain.quarters import Quarter, quarter_of

SILENT = "-"
DAYS_SINCE_COMPLETED = 10


@dataclass(frozen=True)
class Beat:
    """What one quarter says of one action. Blank `say`: a nil return. `moderated` is the coordinator's own rating."""

    rating: str = Rating.ON_TRACK
    say: str = ""
    issue: str = ""
    recovery: str = ""
    impact: str = ""
    ask: str = ""
    evidence: str = ""
    forecast: int = 0
    redate: str = ""
    moderated: str = ""
    because: str = ""
    is_silent: bool = False

    @property
    def is_nil(self) -> bool:
        return not self.is_silent and not self.say

    @property
    def completes(self) -> bool:
        return self.rating == Rating.COMPLETE


@dataclass(frozen=True)
class Story:
    """The beats of one action (by its order in the plan). `by` is the partner who writes, where not the accountable."""

    action: int
    beats: tuple[Beat, ...]
    due_beat: int | None = None
    by: str = ""


NOTHING_NEW = Beat()


def story_of(written: dict[str, Any]) -> Story:
    """Return a story as its file has it. Raises TypeError for a beat with a word that is not known."""
    return Story(written["action"], tuple(map(_beat, written["beats"])), written.get("due_beat"), written.get("by", ""))


def _beat(written: str | dict[str, Any]) -> Beat:
    if isinstance(written, dict):
        return Beat(**written)
    return Beat(is_silent=True) if written == SILENT else Beat(say=written)


def beats_for(story: Story, quarters: Sequence[Quarter], dated: datetime.date | None = None) -> list[Beat | None]:
    """Return one beat for each quarter, in order; None once the action was completed in an earlier one.

    `dated` is the day that `due_beat` is set against. A beat is told once: until the next one, nothing is new.
    """
    shift = _index(quarter_of(dated)) - (story.due_beat or 0) if dated and story.due_beat is not None else None
    first = _index(quarters[0]) if shift is None else shift
    told: list[Beat | None] = []
    last_place, done = None, False
    for quarter in quarters:
        place = min(max(_index(quarter) - first, 0), len(story.beats) - 1)
        beat = NOTHING_NEW if place == last_place else story.beats[place]
        told.append(None if done else beat)
        done = done or story.beats[place].completes
        last_place = place
    return told


def rating_told(
    beat: Beat, facts: RatingFacts, *, quarter: Quarter, written_on: datetime.date, today: datetime.date, by_owner: bool
) -> dict[str, Any]:
    """Return the beat's rating with what it is told with; with its reason where dates, or the owner, say otherwise.

    `by_owner` is the owner's own rating, otherwise it is the coordinator's. The forecast is so many months after the
    due date, or so many quarters after this one where there is none.
    """
    rating = beat.rating if by_owner else beat.moderated or beat.rating
    told: dict[str, Any] = {"rating": rating}
    if rating in SLIPPED:
        told |= {"issue": beat.issue, "recovery": beat.recovery, "forecast_due": _forecast(beat, facts, quarter)}
    if rating == Rating.OFF_TRACK:
        told |= {"impact": beat.impact, "ask": beat.ask}
    if rating == Rating.COMPLETE:
        completed = written_on - datetime.timedelta(days=DAYS_SINCE_COMPLETED)
        told |= {"completed_on": completed, "evidence_note": beat.evidence}
    differs = beat.moderated and not by_owner
    if differs or is_override(rating, suggest_rating(facts, today)):
        told["override_reason"] = beat.because or beat.issue or beat.say
    return told


def _forecast(beat: Beat, facts: RatingFacts, quarter: Quarter) -> datetime.date:
    if facts.due_on:
        return facts.due_on + relativedelta(months=beat.forecast)
    return quarter.ends_on + relativedelta(months=3 * beat.forecast, day=31)


def _index(quarter: Quarter) -> int:
    return quarter.year * 4 + quarter.number

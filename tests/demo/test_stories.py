"""The invented quarters keep the rules of RAG on whatever day they are looked at. No database."""

import datetime
from dataclasses import replace

import pytest

from actions.domain.rag import RatingChoice, RatingFacts, check_rating, suggest_rating
from actions.enums import ActionState, Rating
from prevent_tracker.demo.plans import moved_timescale
from prevent_tracker.demo.quarters import open_diary, reported_diaries
from prevent_tracker.demo.read import TOLD, council_file, story_file
from prevent_tracker.demo.shift import years_to_move
from prevent_tracker.demo.stories import Beat, Story, beats_for, rating_told, story_of

D = datetime.date
DAYS = [D(2026, 4, 1), D(2026, 5, 20), D(2026, 8, 12), D(2026, 9, 30), D(2026, 10, 1), D(2026, 12, 31), D(2027, 1, 2),
        D(2027, 2, 10), D(2027, 3, 31), D(2028, 2, 29), D(2028, 4, 1), D(2035, 11, 5)]  # fmt: skip


def played(slug: str, today: datetime.date):
    """Yield (order, beat, facts, diary) for every beat of every action, as the loader plays them."""
    file = council_file(slug)
    years = years_to_move(file.plan.starts_on, file.plan.ends_on, today, quarters_before=4)
    diaries = [*reported_diaries(today), open_diary(today)]
    for order, story in story_file(slug).stories.items():
        facts = first_facts(moved_timescale(file, file.actions[order - 1].timescale, years))
        anchor = facts.start_on if facts.start_on and facts.due_on else facts.due_on
        for beat, diary in zip(beats_for(story, [d.quarter for d in diaries], anchor), diaries, strict=True):
            if beat is not None and beat.redate:
                due = moved_timescale(file, beat.redate, years)["due_on"]
                facts = replace(facts, due_on=due, times_redated=facts.times_redated + 1)
            yield order, beat, facts, diary


def first_facts(timescale: dict) -> RatingFacts:
    return RatingFacts(
        state=ActionState.IN_PROGRESS,
        kind=timescale["kind"],
        start_on=timescale["start_on"],
        due_on=timescale["due_on"],
        original_due=timescale["due_on"],
        period_name="the quarter",
        is_updated=True,
    )


@pytest.mark.parametrize("today", DAYS, ids=str)
@pytest.mark.parametrize("slug", TOLD)
def test_every_rating_may_be_set_when_it_is_set(slug, today):
    for order, beat, facts, diary in played(slug, today):
        if beat is None or beat.is_silent or beat.is_nil:
            continue
        for day, by_owner in ((diary.written_on, True), (diary.rated_on, False)):
            told = rating_told(
                beat, facts, quarter=diary.quarter, written_on=diary.written_on, today=day, by_owner=by_owner
            )
            problems = check_rating(facts, RatingChoice(**told), suggest_rating(facts, day), day)
            assert problems == {}, f"action {order} on {day}: {beat.say}"


@pytest.mark.parametrize("today", DAYS, ids=str)
@pytest.mark.parametrize("slug", TOLD)
def test_the_last_reported_quarter_has_something_of_everything(slug, today):
    last = reported_diaries(today)[-1]
    beats = [beat for _, beat, _, diary in played(slug, today) if diary == last]
    ratings = {beat.moderated or beat.rating for beat in beats if beat is not None and beat.say}
    assert {Rating.ON_TRACK, Rating.AT_RISK, Rating.OFF_TRACK} <= ratings
    assert any(beat.is_silent for beat in beats if beat) and any(beat.is_nil for beat in beats if beat)
    assert all(beat.ask for beat in beats if beat and beat.rating == Rating.OFF_TRACK)


@pytest.mark.parametrize("slug", TOLD)
def test_every_action_has_one_story(slug):
    assert list(story_file(slug).stories) == list(range(1, len(council_file(slug).actions) + 1))


QUARTERS = [diary.quarter for diary in reported_diaries(D(2026, 8, 12))]  # July 2025 to June 2026


def beats(story: Story, dated: datetime.date | None = None) -> list[str | None]:
    return [beat and (beat.say or "nil") for beat in beats_for(story, QUARTERS, dated)]


def test_without_dates_the_first_beat_is_the_first_quarter():
    assert beats(story_of({"action": 1, "beats": ["a", "b"]})) == ["a", "b", "nil", "nil"]


def test_with_a_date_the_due_beat_is_the_quarter_of_that_date():
    story = story_of({"action": 1, "beats": ["a", "b", "c"], "due_beat": 1})
    assert beats(story, D(2026, 2, 28)) == ["a", "nil", "b", "c"]
    assert beats(story, D(2025, 8, 31)) == ["b", "c", "nil", "nil"]
    assert beats(story, D(2028, 8, 31)) == ["a", "nil", "nil", "nil"]


def test_nothing_follows_completion():
    done = {"rating": "complete", "say": "done", "evidence": "seen"}
    assert beats(story_of({"action": 1, "beats": ["a", done, "never"]})) == ["a", "done", None, None]


def test_a_beat_with_an_unknown_word_is_an_error():
    with pytest.raises(TypeError, match="colour"):
        story_of({"action": 1, "beats": [{"colour": "red"}]})


def test_a_rating_against_the_dates_says_why():
    facts = RatingFacts(period_name="the quarter", is_updated=True)
    beat = Beat(rating="at_risk", say="s", issue="The van broke down.", recovery="r", forecast=1)
    quarter = QUARTERS[-1]
    told = rating_told(beat, facts, quarter=quarter, written_on=quarter.ends_on, today=quarter.ends_on, by_owner=True)
    assert told["override_reason"] == "The van broke down."
    assert told["forecast_due"] == D(2026, 9, 30)

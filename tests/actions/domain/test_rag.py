"""Every boundary day of the RAG rules, as tables: the day before, the day, the day after."""

import datetime

import pytest

from actions.domain.rag import (
    MilestoneFacts,
    RatingChoice,
    RatingFacts,
    Suggestion,
    check_rating,
    how_far,
    key_for,
    latest_for_amber,
    suggest_rating,
)
from actions.enums import CLOSED_STATES, ActionState, Rating, TimescaleKind

BLUE, GREEN, AMBER, RED = Rating.COMPLETE, Rating.ON_TRACK, Rating.AT_RISK, Rating.OFF_TRACK
NOT_STARTED, NOT_RATED = Rating.NOT_STARTED, Rating.NOT_RATED
QUARTER = "Quarter 2 (July to September) 2026/27"


def day(words: str) -> datetime.date:
    return datetime.date.fromisoformat(words)


def facts(**given) -> RatingFacts:
    dates = ("start_on", "due_on", "original_due", "forecast_due", "review_by")
    given = {name: day(value) if name in dates and value else value for name, value in given.items()}
    return RatingFacts(**{"period_name": QUARTER, "is_updated": True, **given})


def milestone(due: str, met: str = "") -> MilestoneFacts:
    return MilestoneFacts("a milestone", day(due), day(met) if met else None)


# --- The suggestion -----------------------------------------------------------------------------------------------

DUE_31_MARCH = {"kind": TimescaleKind.POINT, "due_on": "2027-03-31", "original_due": "2027-03-31"}


@pytest.mark.parametrize(
    ("today", "rating"),
    [
        ("2027-03-30", GREEN),  # the day before it is due
        ("2027-03-31", GREEN),  # the day it is due is still in time
        ("2027-04-01", AMBER),  # the day after
        ("2027-06-29", AMBER),
        ("2027-06-30", AMBER),  # three months late exactly: "up to 3 months late"
        ("2027-07-01", RED),  # more than three months
    ],
)
def test_the_due_date_passes(today, rating):
    assert suggest_rating(facts(**DUE_31_MARCH), day(today)).rating == rating


@pytest.mark.parametrize(
    ("due", "last_amber"),
    [
        ("2027-11-30", "2028-02-29"),  # leap year: the shorter month's last day
        ("2026-11-30", "2027-02-28"),
        ("2027-11-29", "2028-02-29"),
        ("2028-02-29", "2028-05-29"),
        ("2026-12-31", "2027-03-31"),
        ("2026-10-31", "2027-01-31"),
    ],
)
def test_three_months_after_a_due_date(due, last_amber):
    assert latest_for_amber(day(due)) == day(last_amber)
    late = facts(due_on=due, original_due=due)
    assert suggest_rating(late, day(last_amber)).rating == AMBER
    assert suggest_rating(late, day(last_amber) + datetime.timedelta(days=1)).rating == RED


@pytest.mark.parametrize(
    ("today", "rating"),
    [("2026-09-30", NOT_STARTED), ("2026-10-01", GREEN), ("2026-10-02", GREEN)],
)
def test_the_start_date_comes(today, rating):
    begins = facts(start_on="2026-10-01", **DUE_31_MARCH)
    assert suggest_rating(begins, day(today)).rating == rating


@pytest.mark.parametrize(
    ("forecast", "rating"),
    [
        ("2027-03-31", GREEN),  # on the due date
        ("2027-04-01", AMBER),
        ("2027-06-30", AMBER),
        ("2027-07-01", RED),
    ],
)
def test_the_forecast_is_late(forecast, rating):
    assert suggest_rating(facts(forecast_due=forecast, **DUE_31_MARCH), day("2026-08-12")).rating == rating


def test_overdue_with_a_forecast_that_is_too_late_is_red_already():
    overdue = facts(forecast_due="2027-07-01", **DUE_31_MARCH)
    assert suggest_rating(overdue, day("2027-04-01")).rating == RED


@pytest.mark.parametrize(
    ("today", "rating"),
    [("2026-12-30", GREEN), ("2026-12-31", GREEN), ("2027-01-01", AMBER)],
)
def test_the_review_date_of_an_ongoing_action_passes(today, rating):
    ongoing = facts(kind=TimescaleKind.ONGOING, review_by="2026-12-31")
    assert suggest_rating(ongoing, day(today)).rating == rating


@pytest.mark.parametrize(
    ("today", "met", "rating"),
    [
        ("2026-11-30", "", GREEN),
        ("2026-12-01", "", AMBER),
        ("2027-02-28", "", AMBER),
        ("2027-03-01", "", RED),
        ("2027-03-01", "2026-12-05", GREEN),  # met late is met
    ],
)
def test_a_milestone_is_missed(today, met, rating):
    several = facts(
        kind=TimescaleKind.MILESTONES,
        milestones=(milestone("2026-09-30", "2026-09-30"), milestone("2026-11-30", met), milestone("2027-03-31")),
        due_on="2027-03-31",
        original_due="2027-03-31",
    )
    assert suggest_rating(several, day(today)).rating == rating


def test_redating_never_turns_green_by_itself():
    redated = facts(due_on="2027-09-30", original_due="2027-03-31", times_redated=1)
    for today in ("2026-08-12", "2027-04-01", "2027-09-30"):
        assert suggest_rating(redated, day(today)).rating == AMBER
    assert suggest_rating(redated, day("2027-10-01")).rating == AMBER


def test_an_earlier_date_is_no_slip():
    earlier = facts(due_on="2027-01-31", original_due="2027-03-31", times_redated=1)
    assert suggest_rating(earlier, day("2026-08-12")).rating == GREEN


def test_a_date_that_was_taken_away_is_a_slip():
    undated = facts(due_on=None, original_due="2027-03-31", times_redated=1)
    assert suggest_rating(undated, day("2026-08-12")).rating == AMBER


@pytest.mark.parametrize("kind", [TimescaleKind.ONGOING, TimescaleKind.RECURRING, TimescaleKind.OPEN_START])
def test_an_ongoing_action_rests_on_this_quarters_update(kind):
    today = day("2026-08-12")
    assert suggest_rating(facts(kind=kind), today).rating == GREEN
    assert suggest_rating(facts(kind=kind, is_updated=False), today).rating == NOT_RATED
    assert suggest_rating(facts(kind=kind, is_updated=False, period_name=""), today).rating == NOT_RATED


def test_a_missing_update_is_not_green_and_outweighs_no_worse_news():
    today = day("2027-03-31")
    assert suggest_rating(facts(is_updated=False, **DUE_31_MARCH), today).rating == NOT_RATED
    assert suggest_rating(facts(is_updated=False, period_name="", **DUE_31_MARCH), today).rating == GREEN
    assert suggest_rating(facts(is_updated=False, **DUE_31_MARCH), day("2027-04-01")).rating == AMBER


@pytest.mark.parametrize(
    ("state", "rating"),
    [
        (ActionState.COMPLETE, BLUE),
        (ActionState.COMPLETION_CLAIMED, BLUE),
        (ActionState.WITHDRAWN, NOT_RATED),
        (ActionState.SUPERSEDED, NOT_RATED),
        (ActionState.MERGED, NOT_RATED),
        (ActionState.CARRIED_FORWARD, NOT_RATED),
    ],
)
def test_a_finished_action_is_not_judged_by_dates(state, rating):
    assert suggest_rating(facts(state=state, **DUE_31_MARCH), day("2030-01-01")).rating == rating


@pytest.mark.parametrize("state", [state for state in ActionState if state not in CLOSED_STATES])
def test_blue_is_never_suggested_by_a_date(state):
    if state == ActionState.COMPLETION_CLAIMED:
        return
    for today in ("2026-08-12", "2027-03-31", "2027-04-01", "2030-01-01"):
        assert suggest_rating(facts(state=state, **DUE_31_MARCH), day(today)).rating != BLUE


@pytest.mark.parametrize(
    ("given", "today", "sentence"),
    [
        (
            DUE_31_MARCH,
            "2026-12-31",
            "Due 31 March 2027, 3 months away, and updated this quarter, so Green is suggested.",
        ),
        (
            DUE_31_MARCH | {"period_name": "", "is_updated": False},
            "2027-03-31",
            "Due 31 March 2027, today, so Green is suggested.",
        ),
        (DUE_31_MARCH, "2027-04-01", "The due date, 31 March 2027, has passed, so Amber is suggested."),
        (
            DUE_31_MARCH,
            "2027-07-01",
            "The due date, 31 March 2027, has passed by more than 3 months, so Red is suggested.",
        ),
        (
            DUE_31_MARCH | {"is_updated": False},
            "2026-08-12",
            f"No update has been given for {QUARTER}, so nothing is suggested.",
        ),
        (
            {"kind": TimescaleKind.ONGOING, "review_by": "2027-03-31"},
            "2026-08-12",
            "Ongoing, updated this quarter and to be reviewed by 31 March 2027, so Green is suggested.",
        ),
        ({"kind": TimescaleKind.RECURRING}, "2026-08-12", "Recurring and updated this quarter, so Green is suggested."),
        (
            {"due_on": "2027-09-30", "original_due": "2027-03-31", "times_redated": 2},
            "2026-08-12",
            "It was first due 31 March 2027 and has been re-dated twice, so Amber is suggested.",
        ),
        ({"state": ActionState.WITHDRAWN}, "2026-08-12", "It is withdrawn, so nothing is suggested."),
        ({}, "2026-08-12", "It has no due date and was updated this quarter, so Green is suggested."),
    ],
)
def test_the_reason_is_a_plain_sentence(given, today, sentence):
    assert suggest_rating(facts(**given), day(today)).because == sentence


@pytest.mark.parametrize(
    ("today", "until", "words"),
    [
        ("2027-03-31", "2027-03-31", "today"),
        ("2027-03-30", "2027-03-31", "1 day away"),
        ("2027-03-01", "2027-03-31", "30 days away"),
        ("2027-02-28", "2027-03-31", "1 month away"),
        ("2026-03-31", "2027-03-31", "12 months away"),
        ("2025-03-31", "2027-03-31", "2 years away"),
    ],
)
def test_how_far_a_day_is(today, until, words):
    assert how_far(day(today), day(until)) == words


# --- The check ----------------------------------------------------------------------------------------------------

TODAY = day("2026-08-12")


def problems(choice: RatingChoice, today: datetime.date = TODAY, **given) -> dict[str, list[str]]:
    known = facts(**{**DUE_31_MARCH, **given})
    return check_rating(known, choice, Suggestion(Rating(choice.rating), "The same."), today)


def amber(**changes) -> RatingChoice:
    told = {"issue": "The trainer left.", "recovery": "A new one is sought.", "forecast_due": day("2027-04-30")}
    return RatingChoice(AMBER, **{**told, **changes})


def red(**changes) -> RatingChoice:
    told = {"impact": "Staff stay untrained.", "ask": "Lend a trainer.", "forecast_due": day("2028-03-31")}
    return RatingChoice(RED, **{"issue": "The trainer left.", "recovery": "None is found.", **told, **changes})


def blue(**changes) -> RatingChoice:
    return RatingChoice(BLUE, **{"completed_on": TODAY, "evidence_note": "Register of attendance.", **changes})


@pytest.mark.parametrize(
    "choice", [amber(), red(), blue(), RatingChoice(GREEN), RatingChoice(NOT_STARTED), RatingChoice(NOT_RATED)]
)
def test_what_is_fully_told_is_accepted(choice):
    assert problems(choice) == {}


@pytest.mark.parametrize(
    ("choice", "field"),
    [
        (amber(issue=" "), "issue"),
        (amber(recovery=""), "recovery"),
        (amber(forecast_due=None), "forecast_due"),
        (red(issue=""), "issue"),
        (red(recovery=""), "recovery"),
        (red(forecast_due=None), "forecast_due"),
        (red(impact=""), "impact"),
        (red(ask=""), "ask"),
        (blue(completed_on=None), "completed_on"),
        (blue(evidence_note="  "), "evidence_note"),
        (RatingChoice("purple"), "rating"),
        (RatingChoice(""), "rating"),
    ],
)
def test_each_thing_left_out_is_asked_for(choice, field):
    known = facts(**DUE_31_MARCH)
    found = check_rating(known, choice, Suggestion(NOT_RATED, "None."), TODAY)
    assert list(found) == [field]
    assert all(sentence.endswith(".") for sentence in found[field])


def test_amber_does_not_need_impact_or_ask():
    assert problems(amber(impact="", ask="")) == {}


@pytest.mark.parametrize(
    ("forecast", "refused"),
    [("2026-08-11", True), ("2026-08-12", True), ("2026-08-13", False)],
)
def test_a_forecast_lies_after_today(forecast, refused):
    for choice in (amber(forecast_due=day(forecast)), red(forecast_due=day(forecast))):
        assert ("forecast_due" in problems(choice)) is refused


@pytest.mark.parametrize(
    ("forecast", "refused"),
    [("2027-06-29", False), ("2027-06-30", False), ("2027-07-01", True)],
)
def test_an_amber_forecast_is_at_most_three_months_late(forecast, refused):
    assert ("forecast_due" in problems(amber(forecast_due=day(forecast)))) is refused
    assert problems(red(forecast_due=day(forecast))) == {}


@pytest.mark.parametrize(("today", "refused"), [("2027-06-30", False), ("2027-07-01", True)])
def test_amber_ends_three_months_after_the_due_date(today, refused):
    choice = amber(forecast_due=day(today) + datetime.timedelta(days=1))
    found = problems(choice, day(today))
    assert list(found) == (["rating"] if refused else [])  # one sentence, not two for one fault


@pytest.mark.parametrize(
    ("today", "refused"),
    [("2027-03-30", False), ("2027-03-31", False), ("2027-04-01", True)],
)
@pytest.mark.parametrize("rating", [GREEN, NOT_STARTED])
def test_green_and_not_started_end_with_the_due_date(rating, today, refused):
    assert ("rating" in problems(RatingChoice(rating), day(today))) is refused


def test_green_is_refused_while_the_update_is_missing():
    assert "no update" in problems(RatingChoice(GREEN), is_updated=False)["rating"][0]
    assert problems(RatingChoice(GREEN), is_updated=False, period_name="") == {}
    assert problems(amber(), is_updated=False) == {}


@pytest.mark.parametrize(
    ("today", "refused"),
    [("2026-09-30", False), ("2026-10-01", True), ("2026-10-02", True)],
)
def test_not_started_ends_when_the_start_has_come(today, refused):
    found = problems(RatingChoice(NOT_STARTED), day(today), start_on="2026-10-01")
    assert ("rating" in found) is refused
    if refused:
        assert "choose Amber or Red" in found["rating"][0]


@pytest.mark.parametrize(("completed", "refused"), [("2026-08-11", False), ("2026-08-12", False), ("2026-08-13", True)])
def test_completion_is_not_in_the_future(completed, refused):
    assert ("completed_on" in problems(blue(completed_on=day(completed)))) is refused


@pytest.mark.parametrize("state", CLOSED_STATES)
@pytest.mark.parametrize("choice", [amber(), red(), blue(), RatingChoice(GREEN)])
def test_a_closed_action_is_not_rated(state, choice):
    found = problems(choice, state=state)
    assert list(found) == [""]
    assert ("before rating it again" in found[""][0]) is (state in (ActionState.COMPLETE, ActionState.WITHDRAWN))


@pytest.mark.parametrize("suggested", list(Rating))
@pytest.mark.parametrize("choice", [amber(), red(), blue(), RatingChoice(GREEN), RatingChoice(NOT_STARTED)])
def test_going_against_the_suggestion_needs_a_reason(choice, suggested):
    known = facts(**DUE_31_MARCH)
    found = check_rating(known, choice, Suggestion(suggested, "It is so."), TODAY)
    free = suggested in (choice.rating, NOT_RATED) or choice.rating == BLUE
    assert ("override_reason" in found) is not free
    with_reason = RatingChoice(**{**vars(choice), "override_reason": "We know better."})
    assert check_rating(known, with_reason, Suggestion(suggested, "It is so."), TODAY) == {}


def test_differing_from_the_partner_needs_a_reason_that_names_them():
    found = problems(red(), said_rating=GREEN, said_by="Anytown Police")
    assert found["override_reason"] == ["Anytown Police rated this Green. Say why you rate it Red."]
    assert problems(red(), said_rating=RED, said_by="Anytown Police") == {}


# --- The key ------------------------------------------------------------------------------------------------------


def test_the_usual_key_has_every_rating_once():
    assert {entry.code for entry in key_for({})} == set(Rating.values)
    assert [entry.colour for entry in key_for({})] == ["Blue", "Green", "Amber", "Red", "Grey", "White"]


def test_a_council_words_its_own_key():
    key = {entry.code: entry for entry in key_for({"on_track": {"label": "Going well", "wording": ""}})}
    assert (key["on_track"].label, key["on_track"].colour) == ("Going well", "Green")
    assert key["on_track"].wording.startswith("Progress is as planned")

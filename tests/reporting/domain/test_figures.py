"""Counts, exceptions, progress and changes, from rows alone: what is counted, what is printed, and what is neither."""

import datetime
from dataclasses import replace

import pytest

from reporting.domain import figures
from reporting.domain.board_report import HeadingLine
from tests.reporting.papers import KEY, make_report

ENDED = ("withdrawn", "superseded")
FIRST, LAST = datetime.date(2026, 10, 1), datetime.date(2026, 12, 31)


@pytest.fixture
def action():
    """An action that is going well and was updated: no exception, nothing changed."""
    line = make_report(1).actions[0]
    return replace(
        line, state="in_progress", rating="on_track", previous_rating="on_track", is_updated=True, is_overdue=False,
        is_redated=False, due_on=datetime.date(2027, 6, 1), original_due=None, forecast_due=None,
    )  # fmt: skip


@pytest.mark.parametrize("state", ENDED)
def test_what_ended_without_delivery_is_in_no_count_of_any_quarter(action, state):
    ended = replace(action, id="other", state=state, rating="off_track", is_overdue=True, is_updated=False)
    assert sum(figures.counts_of([action, ended]).values()) == 1
    assert figures.count_line("All", [action, ended]).total == 1
    for figure in figures.summary_figures([action, ended], [action, ended]):
        assert (figure.now.out_of, figure.before.out_of) == (1, 1)
        assert figure.now.count == figure.before.count == (figure.label == "On track")


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({}, ()),
        ({"rating": "off_track"}, ("Off track",)),
        ({"rating": "at_risk"}, ("At risk",)),
        ({"is_overdue": True}, ("Overdue",)),
        ({"is_redated": True}, ("Re-dated",)),
        ({"is_updated": False}, ("Not updated",)),
        ({"rating": "off_track", "is_overdue": True, "is_updated": False}, ("Off track", "Overdue", "Not updated")),
        ({"rating": "off_track", "state": "withdrawn"}, ()),
        ({"is_updated": False, "state": "complete"}, ()),
    ],
)
def test_an_exception_says_every_reason_why_it_is_one(action, changed, why):
    line = replace(action, **changed)
    assert line.reasons == why
    assert figures.exceptions_of([line]) == ((line,) if why else ())


def test_the_worst_exceptions_come_first_and_then_as_printed(action):
    ratings = ("on_track", "at_risk", "off_track", "at_risk")
    rows = [replace(action, id=str(n), rating=rating, is_overdue=True) for n, rating in enumerate(ratings)]
    assert [line.id for line in figures.exceptions_of(rows)] == ["2", "1", "3", "0"]


@pytest.mark.parametrize(
    ("due", "forecast", "is_due"),
    [
        (FIRST, None, True),
        (LAST, None, True),
        (FIRST - datetime.timedelta(1), None, False),
        (LAST + datetime.timedelta(1), None, False),
        (FIRST, LAST + datetime.timedelta(1), False),  # the forecast is what the board should look forward to
        (LAST + datetime.timedelta(1), LAST, True),
        (None, FIRST, True),
        (None, None, False),
    ],
)
def test_due_next_quarter_goes_by_the_forecast_where_there_is_one(action, due, forecast, is_due):
    line = replace(action, due_on=due, forecast_due=forecast)
    assert figures.due_between([line], FIRST, LAST) == ((line,) if is_due else ())
    assert figures.due_between([replace(line, state="complete")], FIRST, LAST) == ()


@pytest.mark.parametrize(
    ("was", "now", "found"),
    [
        ("on_track", "on_track", ""),
        ("on_track", "at_risk", "worse"),
        ("at_risk", "off_track", "worse"),
        ("off_track", "at_risk", "better"),
        ("at_risk", "on_track", "better"),
        ("on_track", "complete", "delivered"),
        ("complete", "complete", ""),
        ("", "at_risk", ""),
    ],
)
def test_progress_is_delivered_better_or_worse(action, was, now, found):
    progress = figures.progress_of("All", [replace(action, previous_rating=was, rating=now)])
    assert [name for name in ("delivered", "better", "worse") if getattr(progress, name)] == ([found] if found else [])


@pytest.mark.parametrize(
    ("changed", "what", "before", "after"),
    [
        ({"rating": "off_track"}, "RAG", "Green", "Red"),
        ({"state": "on_hold"}, "Status", "In progress", "On hold"),
        ({"due_on": datetime.date(2027, 7, 1)}, "Due date", "1 June 2027", "1 July 2027"),
        ({"forecast_due": datetime.date(2027, 8, 1)}, "Forecast date", "", "1 August 2027"),
        ({"ref": "9a"}, "Ref", "1", "9a"),
        ({"text": "Do more"}, "Wording", None, "Do more"),
        ({"owner": "Somebody else"}, "Owner", None, "Somebody else"),
        ({"timescale": "Ongoing"}, "Timescale", None, "Ongoing"),
    ],
)
def test_every_change_since_the_last_report_is_told_as_was_and_now(action, changed, what, before, after):
    (change,) = figures.changes_between([action], [replace(action, **changed)], KEY)
    assert (change.what, change.after) == (what, after)
    assert before is None or change.before == before


def test_what_was_added_and_what_is_gone_are_changes(action):
    other = replace(action, id="other", text="New work")
    added, removed = figures.changes_between([action], [other], KEY)
    assert (added.what, added.action, removed.what, removed.action) == ("Added", "New work", "Removed", action.text)


def test_words_that_were_withheld_in_either_quarter_are_not_compared(action):
    withheld = replace(action, withheld=True, text="Restricted", owner="", timescale="")
    assert figures.changes_between([withheld], [action], KEY) == ()
    assert figures.changes_between([action], [withheld], KEY) == ()


@pytest.mark.parametrize(
    ("words", "printed", "expected"),
    [
        (["Priority", "Priority"], True, "Priority"),
        (["Priority", "Aim"], True, "Heading"),
        (["Sub-heading"], False, "Heading"),
        ([], True, "Heading"),
    ],
)
def test_headings_have_the_councils_word_only_where_it_prints_one(words, printed, expected):
    headings = [HeadingLine(str(n), 1, word, "", "Label", printed) for n, word in enumerate(words)]
    assert figures.common_word(headings) == expected


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"update_text": "Done."}, "Done."),
        ({"update_text": "", "is_nil": True}, "No change (nil return)."),
        ({"update_text": "Done.", "is_on_behalf": True}, "Done.\n(Written by the coordinator for the partner.)"),
        ({"update_text": "Old.", "is_updated": False, "update_from": "Q1"}, "No update received. Last said, Q1: Old."),
        ({"update_text": "", "is_updated": False}, "No update received."),
        ({"state": "withdrawn", "is_updated": False, "closed_reason": "Merged."}, "Merged."),
        ({"withheld": True, "is_updated": False, "update_text": ""}, ""),
    ],
)
def test_progress_in_words_invents_nothing(action, changed, said):
    assert replace(action, **changed).progress == said

"""How values are put in words, and what the chart says in its bars."""

import html
import re
from dataclasses import replace

import pytest

from reporting.domain.board_report import QuarterLine
from reporting.exports import words
from reporting.exports.charts import trend_chart, trend_sentence
from reporting.exports.html import write_html
from tests.reporting.papers import KEY, make_report


@pytest.fixture
def action():
    return make_report(1).actions[0]


def quarter(name: str, **counts) -> QuarterLine:
    return QuarterLine(name, name, {line.code: counts.get(line.code, 0) for line in KEY})


def said_in(svg: str) -> list[str]:
    return [html.unescape(each) for each in re.findall(r"<text[^>]*>([^<]*)</text>", svg)]


def test_a_segment_says_its_word_where_it_fits_and_always_its_number():
    said = said_in(trend_chart([quarter("Q1", on_track=30, off_track=1), quarter("Q2", on_track=2)], KEY))
    assert {"30 Green", "1", "2"} <= set(said) and "1 Red" not in said and "2 Green" not in said


def test_a_rating_that_nothing_has_takes_no_room_in_the_chart():
    assert "0" not in said_in(trend_chart([quarter("Q1", on_track=3)], KEY))


def test_the_charts_letters_are_ours_wherever_it_is_shown():
    """A family with a number in its name is only one when quoted; unquoted, a browser falls back to a serif."""
    families = re.findall(r'font-family="([^"]+)"', trend_chart([quarter("Q1", on_track=3)], KEY))
    assert families and all(html.unescape(family).startswith("'Source Sans 3',") for family in families)


def test_the_chart_is_told_in_words():
    told = trend_sentence([quarter("Q1", on_track=3, off_track=1), quarter("Q2")], KEY)
    assert told == "Bar chart of actions by RAG rating. Q1: 3 Green, 1 Red; Q2: no actions."


def test_the_quarter_reported_on_is_the_last_and_says_so():
    report = make_report(2)
    assert words.quarter_names(report)[-2:] == ["Quarter 1 2026/27", "Quarter 2 2026/27 (now)"]
    assert [line.word for line, _ in words.trend_rows(report)] == [line.word for line in KEY]
    assert all(share.out_of == 2 for _, shares in words.trend_rows(report) for share in shares)


@pytest.mark.parametrize(
    ("issue", "impact", "is_updated", "said"),
    [
        ("No trainer.", "Two courses lost.", True, "No trainer.\nTwo courses lost."),
        ("No trainer.", "", False, "No trainer."),
        ("", "", True, ""),
        ("", "", False, "No update received. The last was in Quarter 1 (April to June) 2026/27."),
    ],
)
def test_an_exception_says_what_is_wrong_or_that_nobody_said(action, issue, impact, is_updated, said):
    changed = replace(action, issue=issue, impact=impact, is_updated=is_updated, state="in_progress")
    assert words.issue_words(changed) == said


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"original_due": None}, ["Due 1 March 2027"]),
        ({}, ["Due 1 March 2027", "Originally 1 January 2027"]),
        ({"times_redated": 1}, ["Due 1 March 2027", "Originally 1 January 2027", "Re-dated once"]),
        ({"times_redated": 2}, ["Due 1 March 2027", "Originally 1 January 2027", "Re-dated 2 times"]),
        ({"due_on": None, "original_due": None, "timescale": "Ongoing"}, ["Ongoing"]),
        ({"due_on": None, "original_due": None, "timescale": ""}, ["No timescale"]),
    ],
)
def test_every_date_says_what_it_is(action, changed, said):
    from datetime import date

    dated = replace(action, due_on=date(2027, 3, 1), original_due=date(2027, 1, 1), forecast_due=None)
    assert words.date_lines(replace(dated, **changed)) == said


def test_the_summary_page_has_each_partner_and_the_impact():
    report = make_report(12)
    line = report.by_partner[0]
    first = replace(report.exceptions[0], issue="No trainer.", impact="Two courses lost.")
    page = html.unescape(write_html(replace(report, exceptions=(first, *report.exceptions[1:]))).decode())
    assert words.counts_sentence(report, line) in page and line.label in page
    assert "No trainer.\nTwo courses lost." in page


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("One  two\t three", "One two three"),
        ("One \r\n two \n\n three", "One\ntwo\n\nthree"),
        ("  One\rtwo ", "One\ntwo"),
        ("5\u00a0pm", "5\u00a0pm"),
        ("", ""),
    ],
)
def test_typed_words_are_printed_without_spare_spaces(typed, printed):
    assert words.tidy(typed) == printed

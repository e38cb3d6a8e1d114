"""The plan as the council prints it: its columns, its order, its headings, and what is said where it is silent."""

from dataclasses import replace
from datetime import date

import pytest

from reporting.domain.board_report import Column, HeadingLine
from reporting.exports.plan_table import cell_words, plan_columns, plan_rows
from tests.reporting.papers import make_report


@pytest.fixture
def report():
    """Two actions under the second of three headings, and one under none."""
    paper = make_report(3)
    headings = (
        HeadingLine("p", 1, "Priority", "1", "Keep people safe"),
        HeadingLine("o", 2, "Objective", "", "Train staff", is_level_printed=False),
        HeadingLine("e", 1, "Priority", "2", "Nothing yet"),
    )
    under = [replace(action, heading_id=id) for action, id in zip(paper.actions, ("o", "o", "gone"), strict=True)]
    return replace(paper, headings=headings, actions=tuple(under))


def test_every_heading_and_action_is_a_row_in_printed_order(report):
    rows = list(plan_rows(report, plan_columns(report)))
    assert [row.heading or row.cells[0][0] for row in rows] == [
        "3", "Priority 1: Keep people safe", "Train staff", "1", "2", "Priority 2: Nothing yet",
    ]  # fmt: skip
    assert [row.level for row in rows if row.heading] == [1, 2, 1]


def test_an_action_that_ended_is_printed_with_its_state_and_without_a_rating(report):
    ended = replace(report.actions[0], heading_id="", state="withdrawn", rating="off_track")
    (row,) = plan_rows(replace(report, headings=(), actions=(ended,)), plan_columns(report))
    assert row.is_closed and row.rating == ""
    assert {field: words for words, field in row.cells}["rating"] == ""
    assert row.cells[1][0].endswith("\n(Withdrawn)")


def test_the_councils_columns_come_first_and_then_what_a_board_needs(report):
    columns = plan_columns(replace(report, columns=(Column("objective", "Strand"), Column("text", "What"))))
    assert [(c.field, c.heading) for c in columns] == [
        ("text", "What"), ("rating", "RAG"), ("update_text", "Progress this quarter"),
    ]  # fmt: skip


def test_a_column_that_the_council_prints_is_not_added_again(report):
    columns = plan_columns(replace(report, columns=(Column("rating", "BRAG"), Column("text", "What"))))
    assert [c.heading for c in columns] == ["BRAG", "What", "Progress this quarter"]


@pytest.mark.parametrize("extra", range(1, 8))
def test_columns_fill_the_page_however_many_there_are(report, extra):
    own = tuple(Column(f"extra:{number}", f"Own {number}") for number in range(extra))
    assert sum(column.width for column in plan_columns(replace(report, columns=own))) == pytest.approx(100, abs=0.1)


@pytest.mark.parametrize(
    ("field", "changed", "said"),
    [
        ("timescale_text", {"timescale": "By spring"}, "By spring"),
        ("timescale_text", {"timescale": "", "due_on": None, "original_due": None}, "No timescale"),
        ("timescale_text", {"timescale": "", "due_on": date(2027, 3, 1), "original_due": None}, "Due 1 March 2027"),
        ("timescale_text", {"timescale": "", "withheld": True}, ""),
        ("rating", {"rating": "off_track", "state": "in_progress"}, "Red"),
        ("state", {"state": "on_hold"}, "On hold"),
        ("measure", {"measure": "70% trained"}, "70% trained"),
        ("extra:Budget", {"extra": {"Budget": "£5"}}, "£5"),
        ("extra:Budget", {"extra": {}}, ""),
        ("extra:measure", {"measure": "70% trained", "extra": {}}, ""),
    ],
)
def test_a_cell_says_what_its_column_is_about(report, field, changed, said):
    assert cell_words(report, replace(report.actions[0], **changed), field) == said

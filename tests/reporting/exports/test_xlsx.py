"""The workbook, opened: a real table, typed dates, words that are never formulas, and the same bytes every time."""

import io
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from reporting.domain.board_report import HeadingLine
from reporting.exports.workbook import Column, distinct_headings, excel_text, height_of, sheet_name
from reporting.exports.xlsx import heading_paths, plan_columns, write_xlsx
from tests.reporting.papers import make_report


def opened(report):
    return load_workbook(io.BytesIO(write_xlsx(report)))


def rows_of(sheet) -> list[dict]:
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


@pytest.fixture(scope="module")
def report():
    return make_report(38)


@pytest.fixture(scope="module")
def book(report):
    return opened(report)


def test_the_sheets_an_analyst_looks_for(book):
    assert book.sheetnames == ["Summary", "Plan", "Exceptions", "Changes", "Returns", "RAG key"]


def test_one_row_for_each_action_with_the_reports_own_values(book, report):
    rows = rows_of(book["Plan"])
    assert [row["#"] for row in rows] == [action.ref for action in report.actions]
    for row, action in zip(rows, report.actions, strict=True):
        assert (row["Action"], row["RAG"]) == (action.text, report.word(action.rating))
        assert row["Due"].date() == action.due_on
        assert row["Overdue"] == ("Yes" if action.is_overdue else "No")


def test_each_action_stands_under_its_own_headings(book, report):
    names = {heading.id: str(heading) for heading in report.headings}
    for row, action in zip(rows_of(book["Plan"]), report.actions, strict=True):
        assert row["Priority"].startswith("Priority ") and row["Objective"] == names[action.heading_id]


def test_headings_are_named_as_the_council_prints_them():
    """Words of a level that holds no actions, or that the council does not print, are not the columns' headings."""
    report = make_report(2)
    aim, priority, part = (
        HeadingLine("a", 1, "Aim", "", "Be safe"),
        HeadingLine("p", 1, "Priority", "2", "Act"),
        HeadingLine("s", 2, "Part", "", "Train", is_level_printed=False),
    )
    actions = tuple(replace(action, heading_id="s") for action in report.actions)
    report = replace(report, headings=(aim, priority, part), actions=actions)
    columns = [(c.heading, c.value(actions[0])) for c in plan_columns(report)]
    assert columns[1:3] == [("Priority", "Priority 2: Act"), ("Sub-heading", "Train")]


def test_a_path_ends_where_the_next_heading_of_its_level_begins():
    headings = [HeadingLine(id, level, "L", "", id) for id, level in (("a", 1), ("b", 3), ("c", 2), ("d", 1))]
    paths = heading_paths(headings)
    assert {id: "".join(each.id for each in path) for id, path in paths.items()} == {
        "a": "a", "b": "ab", "c": "ac", "d": "d",
    }  # fmt: skip


def test_what_ended_without_delivery_is_a_row_but_no_rating(report):
    """So that counting a rating's word in the sheet gives the figure of the summary."""
    first, *rest = report.actions
    book = opened(replace(report, actions=(replace(first, state="withdrawn", rating="off_track"), *rest)))
    words = [row["RAG"] for row in rows_of(book["Plan"])]
    assert words[0] is None and words.count("Red") == sum(a.rating == "off_track" for a in rest) > 0


def test_words_like_a_formula_stay_words_when_their_cell_is_edited():
    report = make_report(1)
    (action,) = report.actions
    book = opened(replace(report, actions=(replace(action, text="=1+1", update_text="Said."),)))
    cells = {cell.value: cell for cell in book["Plan"][2] if isinstance(cell.value, str)}
    assert cells["=1+1"].quotePrefix and not cells[action.owner].quotePrefix


def test_a_long_narrative_is_shown_whole(report):
    said = "word " * 100
    sheet = opened(replace(report, narrative=replace(report.narrative, position_summary=said)))["Summary"]
    (cell,) = [cell for row in sheet for cell in row if cell.value == said.strip()]
    assert cell.alignment.wrap_text and sheet.row_dimensions[cell.row].height > 3 * 12
    assert f"{cell.coordinate}:J{cell.row}" in {str(area) for area in sheet.merged_cells.ranges}


@pytest.mark.parametrize(("text", "lines"), [("x" * 20, 1), ("x" * 21, 2), ("x\ny", 2), ("x" * 40, 2), ("x" * 41, 3)])
def test_a_row_is_as_high_as_its_longest_words(text, lines):
    assert height_of([text, 3, None], [20, 5, 5]) == 12.75 * lines + 3


def test_the_plan_is_a_table_with_filters_a_frozen_heading_and_print_titles(book):
    sheet = book["Plan"]
    (table,) = sheet.tables.values()
    assert table.ref.startswith("A1:") and table.ref.endswith("39")
    assert table.autoFilter is not None
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("B2", "$1:$1")


def test_every_sheet_prints_on_landscape_a4_one_page_wide_with_the_marking(book, report):
    for sheet in book:
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.oddHeader.center.text == sheet.oddFooter.center.text == report.control.marking


def test_a_rating_is_a_word_and_a_fill(book, report):
    sheet = book["Plan"]
    number = [cell.value for cell in sheet[1]].index("RAG") + 1
    for line, action in enumerate(report.actions, start=2):
        cell = sheet.cell(row=line, column=number)
        assert cell.value == report.word(action.rating)
        if action.rating == "off_track":
            assert cell.fill.start_color.rgb == "00CA3535"


def test_it_says_whose_it_is(book, report):
    assert book.properties.title == report.control.title
    assert book.properties.creator == "Northbridge Council, Prevent coordinator"
    assert (book.properties.category, book.properties.language) == ("OFFICIAL", "en-GB")
    assert f"{book.properties.modified:%Y-%m-%d %H:%M}" == "2026-10-20 09:30"


def test_the_exceptions_and_changes_are_the_reports_own(book, report):
    assert [row["Ref"] for row in rows_of(book["Exceptions"])] == [action.ref for action in report.exceptions]
    assert [(row["What changed"], row["Was"]) for row in rows_of(book["Changes"])] == [
        (change.what, change.before) for change in report.changes
    ]


def test_the_summary_gives_figures_with_their_denominators(book, report):
    cells = [[cell for cell in row if cell is not None] for row in book["Summary"].iter_rows(values_only=True)]
    for line in report.ratings:
        assert [line.key.word, line.now.count, line.now.out_of, line.before.count, line.before.out_of] in cells


def test_the_same_report_gives_the_same_bytes(report):
    assert write_xlsx(report) == write_xlsx(report)


@pytest.mark.parametrize("actions", [0, 1])
def test_the_smallest_plans_have_a_workbook(actions):
    book = opened(make_report(actions))
    assert bool(book["Plan"].tables) == bool(actions)
    assert (book["Plan"]["A2"].value == "No actions in the plan yet.") == (actions == 0)


def test_words_too_long_for_a_cell_go_on_in_a_sheet_of_their_own():
    report = make_report(1)
    (action,) = report.actions
    long = "".join(chr(97 + number % 26) for number in range(40_000))
    book = opened(replace(report, actions=(replace(action, text=long),)))
    assert len(rows_of(book["Plan"])[0]["Action"]) <= 32_767
    assert rows_of(book["Plan"])[0]["Action"].endswith("[Too long for one cell: all of it is on the sheet Long texts.]")
    assert "".join(row["Words"] for row in rows_of(book["Long texts"])) == long


@pytest.mark.parametrize("length", [32_766, 32_767, 32_768])
def test_the_longest_cell_is_excels_own(length):
    report = make_report(1)
    (action,) = report.actions
    book = opened(replace(report, actions=(replace(action, text="x" * length),)))
    assert ("Long texts" in book.sheetnames) == (length > 32_767)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("a\x00b\x0bc", "abc"), ("a\r\nb\rc", "a\nb\nc"), ("_x0041_", "_x005F_x0041_"), ("half \ud800", "half ")],
)
def test_what_a_workbook_cannot_hold_is_taken_out(typed, kept):
    assert excel_text(typed) == kept


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Q2/2025: [x]", "Q2 2025   x"),
        ("n" * 40, "n" * 31),
        ("History", "History 2"),
        ("'", "Sheet"),
        ("PLAN", "PLAN 2"),
    ],
)
def test_a_sheets_name_is_one_that_excel_takes(name, safe):
    assert sheet_name(name, ["Plan"]) == safe


def test_headings_of_a_table_are_distinct_and_never_blank():
    columns = [Column(heading, 5, str) for heading in ("Lead", "lead", "", "Two\nlines", " ")]
    assert distinct_headings(columns) == ["Lead", "lead 2", "Column", "Two lines", "Column 2"]

"""Plans drawn as a calendar: workstreams down the side, periods across the top, actions where they meet."""

from __future__ import annotations

import pytest

from actions.importing.draft import Answers, DraftPlan
from actions.importing.reading import read_document
from actions.importing.understanding import understand
from actions.importing.understanding.matrix import names_period
from actions.presenters.import_review import strips_of

from .files import C, T, excel, word


def plan_of(data: bytes, name: str = "plan.docx", answers: Answers | None = None) -> DraftPlan:
    return understand(read_document(name, data), answers)


CALENDAR = [
    ["Workstream", C(["Q1", "Apr - Jun 2024"]), C(["Q2", "Jul - Sep 2024"]), C(["Q3", "Oct - Dec 2024"]), "Lead"],
    [
        "Training",
        "Train every head teacher",
        "Review the training",
        C(["Publish a guide", "Brief the board"]),
        "Schools",
    ],
    [C("Venues", down=2), "", "Write to every hall", "", "Licensing"],
    [C("Visit twenty halls", across=2), "Report on the visits", "Police"],
]


def told(plan: DraftPlan) -> list[tuple[object, ...]]:
    return [(a.text, a.group, a.owners, a.timescale_text, a.reading.end) for a in plan.actions]


def test_what_stands_under_a_period_is_an_action_of_that_period() -> None:
    plan = plan_of(word(T(CALENDAR)))
    assert [(text, group, owners) for text, group, owners, _, _ in told(plan)] == [
        ("Train every head teacher", ["Training"], ["Schools"]),
        ("Review the training", ["Training"], ["Schools"]),
        ("Publish a guide", ["Training"], ["Schools"]),
        ("Brief the board", ["Training"], ["Schools"]),
        ("Write to every hall", ["Venues"], ["Licensing"]),
        ("Visit twenty halls", ["Venues"], ["Police"]),
        ("Report on the visits", ["Venues"], ["Police"]),
    ]
    assert [a.timescale_text for a in plan.actions] == [
        "Q1 Apr - Jun 2024",
        "Q2 Jul - Sep 2024",
        "Q3 Oct - Dec 2024",
        "Q3 Oct - Dec 2024",
        "Q2 Jul - Sep 2024",
        "Q1 Apr - Jun 2024 to Q2 Jul - Sep 2024",
        "Q3 Oct - Dec 2024",
    ]
    assert str(plan.actions[0].reading.end) == "2024-06-30"


def test_places_and_answers_are_those_of_the_document() -> None:
    """Rows that one row of the document was made into share its name, so that the page can point at it."""
    data = excel(Plan=CALENDAR)
    plan = plan_of(data, "plan.xlsx")
    assert [action.source.key for action in plan.actions] == ["t1:2"] * 4 + ["t1:3"] + ["t1:4"] * 2
    assert plan.actions[-1].source.place == "sheet “Plan”, row 4"
    left = plan_of(data, "plan.xlsx", Answers(rows={"t1:2": "ignore"}))
    assert [action.text for action in left.actions] == [
        "Write to every hall",
        "Visit twenty halls",
        "Report on the visits",
    ]


def test_the_page_shows_every_row_of_the_calendar_beside_what_was_made_of_it() -> None:
    document = read_document("plan.xlsx", excel(Plan=CALENDAR))
    strips = strips_of(document, understand(document))
    assert [(strip.note, strip.lost, len(strip.actions)) for strip in strips] == [
        ("Column headings", False, 0),
        ("", False, 4),
        ("", False, 1),
        ("", False, 2),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        # Figures to reach, year by year.
        [["Measure", "2022/23", "2023/24", "2024/25"], ["Referrals", "12", "15", "20"], ["Visits", "3", "4", "5"]],
        # What was reported each quarter of actions that have a column of their own.
        [
            ["Action", "Lead", "Q1", "Q2", "Q3"],
            ["Train every head teacher", "Schools", "Book the rooms", "Run two courses", "Review the course"],
            ["Visit twenty halls", "Police", "Visit five", "Visit six", "Visit nine"],
        ],
        # Meetings.
        [["Group", "April", "May", "June"], ["Board", "3 April", "8 May", "5 June"], ["Panel", "none", "2 May", "none"]],
    ],
)  # fmt: skip
def test_periods_over_anything_else_are_left_as_they_are(rows: list[list[str]]) -> None:
    plan = plan_of(word(T(rows)))
    assert [a.text for a in plan.actions] in ([], ["Train every head teacher", "Visit twenty halls"])


@pytest.mark.parametrize(
    ("heading", "is_period"),
    [
        ("Q3/4 Oct 2024 - Mar 2025", True),
        ("Year 1 actions", True),
        ("Quarter 2 (July to September)", True),
        ("2024/25", True),
        ("Short term (0-6 months)", True),
        ("Actions for 2025-26", True),
        ("First 100 days", True),
        ("Q1 update", False),
        ("Progress in 2024/25", False),
        ("Completed", False),
        ("Ongoing", False),
        ("Lead", False),
    ],
)
def test_names_period(heading: str, is_period: bool) -> None:
    assert names_period(heading) == is_period


def test_two_tables_of_one_sheet_are_told_apart_by_their_rows() -> None:
    rows = [["Contacts"], ["Name", "Telephone"], ["Desk", "Line 1"], [], [], *CALENDAR]
    tables = read_document("plan.xlsx", excel(Plan=rows)).tables
    assert [str(table.where) for table in tables] == ["sheet “Plan” (rows 1 to 3)", "sheet “Plan” (rows 6 to 9)"]

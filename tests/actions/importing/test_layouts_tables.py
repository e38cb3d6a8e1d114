"""More layouts of plan tables in Word and Excel, each small, with what must be read from it word for word."""

from __future__ import annotations

import datetime as dt
from io import BytesIO

import docx
import pytest

from actions.importing.draft import DraftPlan
from actions.importing.reading import read_document
from actions.importing.understanding import understand

from .files import C, P, T, excel, saved, word


def plan_of(data: bytes, name: str = "plan.docx") -> DraftPlan:
    return understand(read_document(name, data))


def told(plan: DraftPlan) -> list[tuple[object, ...]]:
    """Each action as (text, group, owners, timescale)."""
    return [(a.text, a.group, a.owners, a.timescale_text) for a in plan.actions]


def test_a_frame_of_one_column_round_the_plan() -> None:
    document = docx.Document()
    frame = document.add_table(rows=2, cols=1)
    frame.cell(0, 0).text = "Objective 1: Tackle the causes"
    inner = frame.cell(1, 0).add_table(rows=2, cols=3)
    for row, words in enumerate([("Action", "Owner", "Deadline"), ("Run parent workshops", "Early Help", "July 2023")]):
        for column, text in enumerate(words):
            inner.cell(row, column).text = text
    held = BytesIO(saved(document))
    assert told(plan_of(held.getvalue())) == [
        ("Run parent workshops", ["Objective 1: Tackle the causes"], ["Early Help"], "July 2023")
    ]


def test_banners_over_the_header_that_look_like_those_below() -> None:
    header = ["What are we going to do?", "Who will do it?", "When will we do it by?"]
    plan = plan_of(
        word(
            T(
                [
                    [C("1. Working together", across=3, fill="7030A0", bold=True)],
                    header,
                    ["Name a Prevent lead in each team", "Support Officer", "May 2023"],
                    [C("2. Helping early", across=3, fill="7030A0", bold=True)],
                    header,
                    ["Share one referral form", "Police & Council", "1/4/23"],
                ]
            )
        )
    )
    assert told(plan) == [
        ("Name a Prevent lead in each team", ["1. Working together"], ["Support Officer"], "May 2023"),
        ("Share one referral form", ["2. Helping early"], ["Police", "Council"], "1/4/23"),
    ]


def test_form_rows_over_the_header_name_the_objective_and_its_lead() -> None:
    plan = plan_of(
        word(
            T(
                [
                    [C("Objective", bold=True), C("Understand local risk", across=3)],
                    [C("Lead Officer", bold=True), C("Head of Service", across=3)],
                    [C(each, bold=True) for each in ("Action", "Milestone", "Responsible", "Status")],
                    ["Review the monitoring form", "May 2022", "Analyst", "Complete"],
                    ["Hold a risk workshop", "Sept 2022", "Prevent Coordinator", "On track"],
                ]
            )
        )
    )
    assert told(plan) == [
        ("Review the monitoring form", ["Understand local risk"], ["Analyst"], "May 2022"),
        ("Hold a risk workshop", ["Understand local risk"], ["Prevent Coordinator"], "Sept 2022"),
    ]
    assert plan.groups[0].owner_text == "Head of Service"


def test_plain_rows_after_every_action_tell_its_progress() -> None:
    plan = plan_of(
        word(
            T(
                [
                    ["No", "Action", "Owner", "Due"],
                    ["1", "Draft the annual statement", "Prevent Lead", "June 2024"],
                    [C("Draft sent to members on 3 May 2024.", across=4)],
                    ["2", "Book the venue", "Business Support", "Aug 2024"],
                    [C("Booked.", across=4)],
                ]
            )
        )
    )
    assert [(a.text, a.group, a.progress) for a in plan.actions] == [
        ("Draft the annual statement", [], "Draft sent to members on 3 May 2024."),
        ("Book the venue", [], "Booked."),
    ]


def test_an_update_row_keeps_the_quarter_that_it_speaks_of() -> None:
    plan = plan_of(
        word(
            T(
                [
                    ["Ref", "Action", "Lead Officer", "Deadline"],
                    ["1", "Put a form on the website", "Web Manager", "30 Sep 2024"],
                    [C("Update Q2: live since 3 September 2024.", across=4)],
                    ["2", "Agree the training offer", "Head of Education", "31 Dec 2024"],
                ]
            )
        )
    )
    assert [(a.text, a.group, a.progress, a.reading.end) for a in plan.actions] == [
        ("Put a form on the website", [], "Update Q2: live since 3 September 2024.", "2024-09-30"),
        ("Agree the training offer", [], None, "2024-12-31"),
    ]


@pytest.mark.parametrize(
    ("cell", "owners", "timescale"),
    [
        ("Licensing Manager – by June 2024", ["Licensing Manager"], "by June 2024"),
        ("Housing Manager\nongoing", ["Housing Manager"], "ongoing"),
        ("Environmental Health (December 2024)", ["Environmental Health"], "December 2024"),
        ("Head of Service", ["Head of Service"], None),
    ],
)
def test_who_and_when_in_one_column(cell: str, owners: list[str], timescale: str | None) -> None:
    plan = plan_of(
        word(
            T(
                [
                    ["Ref", "Action", "Lead and timescale", "Progress"],
                    ["1", "Write to all operators", cell, ""],
                    ["2", "Train enforcement officers", "Police – May 2024", ""],
                ]
            )
        )
    )
    assert (plan.actions[0].owners, plan.actions[0].timescale_text) == (owners, timescale)


def test_a_column_of_dates_is_the_timescale_when_none_is_named_so_but_not_the_day_of_an_update() -> None:
    def read(heading: str) -> list[str | None]:
        rows = [
            ["Action", "Owner", heading],
            ["Review the policy", "HR", "May 2024"],
            ["Brief staff", "HR", "June 2024"],
        ]
        return [action.timescale_text for action in plan_of(word(T(rows))).actions]  # type: ignore[arg-type]

    assert read("Milestone") == ["May 2024", "June 2024"]
    assert read("Last updated") == [None, None]
    assert read("Raised") == [None, None]


def test_the_columns_of_a_checklist() -> None:
    plan = plan_of(
        word(
            T(
                [
                    ["Question", "Yes/No", "Evidence", "Action required", "By whom", "By when"],
                    ["Is there a Prevent lead?", "Yes", "Named", "", "", ""],
                    ["Are governors trained?", "No", "", "Arrange a session", "Headteacher", "31.3.24"],
                ]
            )
        )
    )
    assert told(plan) == [("Arrange a session", ["Are governors trained?"], ["Headteacher"], "31.3.24")]


def test_grades_of_importance_are_not_headings() -> None:
    header = ["Ref", "Priority (H/M/L)", "Issue", "Actions", "Lead", "Deadline"]
    rows = [
        ["1", "H", "New guidance", "Update the e-learning", "HR", "May 2024"],
        ["2", "M", "Speakers", "Audit the forms", "HR", ""],
    ]
    plan = plan_of(word(T([header, *rows])))
    assert [action.group for action in plan.actions] == [["New guidance"], ["Speakers"]]
    assert [action.extra["Priority (H/M/L)"] for action in plan.actions] == ["H", "M"]


def test_where_we_are_and_what_success_looks_like_are_not_actions() -> None:
    plan = plan_of(
        word(
            T(
                [
                    ["Where are we now?", "What do we need to do?", "Who?", "By when?", "What will success look like?"],
                    ["60% trained", "Train the others", "Line managers", "31/12/23", "All trained"],
                ]
            )
        )
    )
    assert [(a.text, a.progress, a.measure) for a in plan.actions] == [
        ("Train the others", "60% trained", "All trained")
    ]


def test_actions_that_begin_with_small_letters() -> None:
    plan = plan_of(
        word(
            T(
                [
                    ["We will:", "Who", "By"],
                    ["tell residents how to raise a concern", "Customer Services", "June 2022"],
                    ["make sure contractors know the duty", "Procurement", "Sept 2022"],
                ]
            )
        )
    )
    assert [(a.text, a.timescale_text) for a in plan.actions] == [
        ("tell residents how to raise a concern", "June 2022"),
        ("make sure contractors know the duty", "Sept 2022"),
    ]


def test_a_lead_behind_the_words_when_no_column_has_it() -> None:
    plan = plan_of(
        word(
            T(
                [
                    ["Outcome", "Actions", "Timescale"],
                    ["People know", "Put leaflets in surgeries. Lead: Public Health", "May 2024"],
                    ["People know", "Agree a protocol. Lead: Police / Council", "Dec 2024"],
                ]
            )
        )
    )
    assert [(a.text, a.owners) for a in plan.actions] == [
        ("Put leaflets in surgeries.", ["Public Health"]),
        ("Agree a protocol.", ["Police", "Council"]),
    ]


def test_a_header_in_mid_table_after_a_page_break() -> None:
    header = ["Activity", "Lead", "Actions", "Timescale"]
    plan = plan_of(
        word(
            T([header, ["Training", "HR", "Train the managers.", "May 2024"]]),
            T(
                [
                    ["", "Police", "Brief the councillors.", "June 2024"],
                    [C("Institutions", across=4, bold=True)],
                    header,
                    ["Health", "Trust", "Audit the referrals.", "July 2024"],
                ]
            ),
        )
    )
    assert [(a.text, a.owners) for a in plan.actions] == [
        ("Train the managers.", ["HR"]),
        ("Brief the councillors.", ["Police"]),
        ("Audit the referrals.", ["Trust"]),
    ]


def test_a_lead_in_to_a_list_is_not_a_heading_and_neither_is_a_key() -> None:
    header = ["Specific actions", "Lead", "Timescale"]
    plan = plan_of(
        word(
            P("PRIORITY 1a Early help", "Heading 2"),
            P("OBJECTIVES:", bold=True),
            P("To reduce the number of repeat referrals.", "List Bullet"),
            T([header, ["Deliver the training offer", "Training Group", "May 2024"]]),
            P("PRIORITY 1b Radicalisation", "Heading 2"),
            P("OBJECTIVES:", bold=True),
            P("To raise awareness.", "List Bullet"),
            T([header, ["Publish the pathway", "Policy Group", "June 2024"]]),
        )
    )
    assert [action.group for action in plan.actions] == [["PRIORITY 1a Early help"], ["PRIORITY 1b Radicalisation"]]


def test_colour_alone_at_the_right_edge_of_a_sheet_with_blank_rows() -> None:
    plan = plan_of(
        excel(
            Plan=[
                ["Action", "Owner", "Deadline", "RAG"],
                ["Run a campaign", "Comms", C(dt.date(2024, 5, 1)), C("", fill="00B050")],
                [],
                ["Support the forum", "Cohesion Lead", "ongoing", C("", fill="FF0000")],
                ["Overall RAG", "", "", C("", fill="FFC000")],
            ]
        ),
        "plan.xlsx",
    )
    assert [(a.text, a.rag) for a in plan.actions] == [("Run a campaign", "green"), ("Support the forum", "red")]

"""Headings in words that no list foresees, forms instead of tables, and words that stand where others belong."""

from __future__ import annotations

from actions.importing.draft import DraftPlan
from actions.importing.reading import read_document
from actions.importing.understanding import understand

from .files import C, P, T, excel, word


def plan_of(data: bytes, name: str = "plan.docx") -> DraftPlan:
    return understand(read_document(name, data))


def told(plan: DraftPlan) -> list[tuple[object, ...]]:
    """Each action as (text, group, owners, timescale)."""
    return [(a.text, a.group, a.owners, a.timescale_text) for a in plan.actions]


def test_headings_known_by_one_word_in_them() -> None:
    plan = plan_of(
        word(
            T(
                [
                    ["Duty", "Where are we now?", "What else must we get done?", "Resp. person(s)", "Target"],
                    ["Chair in place", "Yes", "Appoint a deputy chair", "Head of Law", "Mar 2026"],
                    ["Staff trained", "Half of them", "Run a catch-up session each month", "Learning Team", "Rolling"],
                ]
            )
        )
    )
    assert told(plan) == [
        ("Appoint a deputy chair", ["Chair in place"], ["Head of Law"], "Mar 2026"),
        ("Run a catch-up session each month", ["Staff trained"], ["Learning Team"], "Rolling"),
    ]


def test_numbers_in_front_of_the_headings() -> None:
    plan = plan_of(
        word(
            T(
                [
                    [C(["1. Objective", "Gap to close"]), "2. Action and target", "3. Target date", "4. Who leads"],
                    [
                        "Parents are not reached",
                        C(["1. Hold a coffee morning.", "2. Send a leaflet home."]),
                        C(["1. June 2025", "2. July 2025"]),
                        C(["1. Family Worker", "2. School Office"]),
                    ],
                ]
            )
        )
    )
    assert [(a.ref, *row) for a, row in zip(plan.actions, told(plan), strict=True)] == [
        ("1", "Hold a coffee morning.", ["Parents are not reached"], ["Family Worker"], "June 2025"),
        ("2", "Send a leaflet home.", ["Parents are not reached"], ["School Office"], "July 2025"),
    ]


def test_a_column_without_a_known_name_that_speaks_of_deeds() -> None:
    plan = plan_of(
        word(
            P("Fire Service", "Heading 2"),
            P("Lead officer: Prevention Manager"),
            T([["Pledge", "Timeframe", "Measure"], ["Host a safety day", "May 2025", "60 visitors"]]),
            P("Housing", "Heading 2"),
            P("Lead officer: Tenancy Manager"),
            T([["Pledge", "Timeframe", "Measure"], ["Train every caretaker", "Yearly", "All trained"]]),
        )
    )
    assert told(plan) == [
        ("Host a safety day", ["Fire Service"], ["Prevention Manager"], "May 2025"),
        ("Train every caretaker", ["Housing"], ["Tenancy Manager"], "Yearly"),
    ]


def test_dates_of_things_other_than_actions_are_no_plan() -> None:
    plan = plan_of(word(T([["Event", "Date", "Outcome"], ["Faith forum", "3 May 2024", "Well attended"]])))
    assert plan.actions == []


def test_a_form_under_the_words_of_each_action() -> None:
    def form(words: str, lead: str, when: str) -> list[P | T]:
        return [
            P(words, "Heading 3"),
            T([["Lead", lead], ["Deadline", when], ["Success measure", "Seen by the board"]]),
        ]

    plan = plan_of(
        word(
            P("Objective 1: Govern", "Heading 2"),
            *form("Action 1.1: Name a champion for Prevent", "Leader", "May 2025"),
            *form("Action 1.2: Score the risk each quarter", "Risk Manager", "Quarterly"),
        )
    )
    assert [(a.ref, *row) for a, row in zip(plan.actions, told(plan), strict=True)] == [
        ("1.1", "Name a champion for Prevent", ["Objective 1: Govern"], ["Leader"], "May 2025"),
        ("1.2", "Score the risk each quarter", ["Objective 1: Govern"], ["Risk Manager"], "Quarterly"),
    ]
    assert {a.measure for a in plan.actions} == {"Seen by the board"}


def test_a_form_about_the_document_is_no_action() -> None:
    plan = plan_of(
        word(P("Document details"), T([["Owner", "Prevent Manager"], ["Review date", "May 2025"], ["Status", "Final"]]))
    )
    assert plan.actions == []


def test_a_plan_on_its_side_with_an_action_to_a_column() -> None:
    plan = plan_of(
        word(
            T(
                [
                    [C("No.", bold=True), "1", "2", "3"],
                    [C("Action", bold=True), "Hold a risk workshop", "Update the web page", "Brief new members"],
                    [C("Lead", bold=True), "Safety Manager", "Communications", "Members' Office"],
                    [C("By when", bold=True), "May 2024", "June 2024", "After the election"],
                ]
            )
        )
    )
    assert [(a.ref, *row) for a, row in zip(plan.actions, told(plan), strict=True)] == [
        ("1", "Hold a risk workshop", [], ["Safety Manager"], "May 2024"),
        ("2", "Update the web page", [], ["Communications"], "June 2024"),
        ("3", "Brief new members", [], ["Members' Office"], "After the election"),
    ]


def test_progress_typed_under_the_words_in_the_same_cell() -> None:
    plan = plan_of(
        word(
            T(
                [
                    ["Objective", "Action", "Timescale", "Lead agency"],
                    [
                        "People know where to report",
                        C(["We will print a leaflet.", "Update –Printed in July."]),
                        "July 2017",
                        C(["- Borough Council", "- County Police"]),
                    ],
                ]
            )
        )
    )
    assert told(plan) == [
        (
            "We will print a leaflet.",
            ["People know where to report"],
            ["Borough Council", "County Police"],
            "July 2017",
        )
    ]
    assert plan.actions[0].progress == "Printed in July."


def test_a_row_of_questions_under_the_header_is_no_action() -> None:
    plan = plan_of(
        word(
            T(
                [
                    ["Recommendation", "Action to be taken", "Lead Agency", "Target date"],
                    ["What is it about?", "What needs to happen?", "Who will do it?", ""],
                    ["1. Record alike", "Agree one template", "Safeguarding Board", "By 31/03/2017"],
                ]
            )
        )
    )
    assert [a.text for a in plan.actions] == ["Agree one template"]


def test_no_action_said_in_other_words() -> None:
    rows = [["Risk A", said, "", ""] for said in ("None at present", "No new action planned", "Not required")]
    plan = plan_of(
        word(T([["Risk", "Further action needed", "Who", "When"], *rows, ["Risk B", "Test filters", "IT", "Termly"]]))
    )
    assert [a.text for a in plan.actions] == ["Test filters"]


def test_a_risk_header_of_two_rows_with_scores_in_it() -> None:
    plan = plan_of(
        word(
            T(
                [
                    [C("Risk", down=2), C("Initial score", across=3), C("Further action needed", down=2)]
                    + [C("Who", down=2), C("When", down=2), C("Residual score", down=2)],
                    ["L", "I", "Score"],
                    ["Filters fail", "2", "3", "6", "Test them each half term", "Network Manager", "Half termly", "3"],
                ]
            )
        )
    )
    assert [(a.ref, *row) for a, row in zip(plan.actions, told(plan), strict=True)] == [
        (None, "Test them each half term", [], ["Network Manager"], "Half termly")
    ]


def test_an_action_log_with_updates_is_no_document_control() -> None:
    header = ["Action ref", "Agreed action", "Action owner", "Date due", "Update since last meeting"]
    plan = plan_of(word(T([header, ["24/07", "Invite the health board", "Chair", "June 2025", "Letter sent"]])))
    assert [(a.ref, *row) for a, row in zip(plan.actions, told(plan), strict=True)] == [
        ("24/07", "Invite the health board", [], ["Chair"], "June 2025")
    ]


def test_footnote_marks_on_numbers_and_a_draft_mark_over_the_header() -> None:
    plan = plan_of(
        excel(
            Plan=[
                [C("DRAFT v4", across=4)],
                [C("Goal: report more", across=4, bold=True)],
                ["", "Action", "Lead Partner", "Completion Date"],
                ["1a", "Train partners", "City Council", "May 2025"],
                ["1b*", "Run a campaign", "City Council / County Police", "June 2025"],
                [C("* with health", across=4)],
            ]
        ),
        "plan.xlsx",
    )
    assert [(a.ref, a.text, a.group, a.owners) for a in plan.actions] == [
        ("1a", "Train partners", ["Goal: report more"], ["City Council"]),
        ("1b", "Run a campaign", ["Goal: report more"], ["City Council", "County Police"]),
    ]


def test_bars_without_one_at_the_start_of_the_line() -> None:
    plan = plan_of(
        b"Category | Action | Person responsible | progress | status/deadline |\n---|---|---|---|---|\n"
        b"Governance | Hold three meetings | Prevent Lead | First held | Complete by 1 Aug 2025 |\n"
        b"Reporting | Send the annual return | Registrar/Prevent Group | | |\n",
        "plan.txt",
    )
    assert told(plan) == [
        ("Hold three meetings", ["Governance"], ["Prevent Lead"], "Complete by 1 Aug 2025"),
        ("Send the annual return", ["Reporting"], ["Registrar", "Prevent Group"], None),
    ]


def test_a_role_and_its_field_with_a_comma_between() -> None:
    plan = plan_of(
        word(
            T(
                [
                    ["Action", "Lead", "Timescale"],
                    ["Train managers", "Vice Principal, Curriculum and Quality (VPCQ)", "May 2025"],
                    ["Meet monthly", "Director, Youth Justice; Prevent Lead", "Monthly"],
                ]
            )
        )
    )
    assert [a.owners for a in plan.actions] == [
        ["Vice Principal, Curriculum and Quality (VPCQ)"],
        ["Director, Youth Justice", "Prevent Lead"],
    ]


def test_an_owner_and_an_event_in_brackets_behind_the_words() -> None:
    plan = plan_of(
        b"Actions from the board:\n\n1. Share the summary with members (Lead: Police Inspector, by 14 Feb 2025)\n"
        b"2. Book rooms for the summer (Lead: Youth Service, by Easter)\n",
        "plan.txt",
    )
    assert [(a.owners, a.timescale_text) for a in plan.actions] == [
        (["Police Inspector"], "by 14 Feb 2025"),
        (["Youth Service"], "by Easter"),
    ]


def test_lead_and_date_as_labelled_lines_in_one_column() -> None:
    plan = plan_of(
        word(
            T(
                [
                    ["Action", "Details"],
                    ["Form a digital group", C(["Lead: Education Adviser", "Timescale: October 2024", "Measure: met"])],
                    ["Give parents a guide", C(["Lead: Early Help and Police", "Timescale: Annually"])],
                ]
            )
        )
    )
    assert told(plan) == [
        ("Form a digital group", [], ["Education Adviser"], "October 2024"),
        ("Give parents a guide", [], ["Early Help", "Police"], "Annually"),
    ]
    assert [a.measure for a in plan.actions] == ["met", None]


def test_a_header_with_one_name_in_it_is_no_heading() -> None:
    plan = plan_of(
        word(
            T(
                [
                    ["", "Action", "", ""],
                    ["1", "Meet the commander to agree priorities", "Chief Executive", "Jan 2022"],
                    ["2", "Put Prevent on the agenda of the board", "Board Manager", "Quarterly"],
                ]
            )
        )
    )
    assert [(a.ref, *row) for a, row in zip(plan.actions, told(plan), strict=True)] == [
        ("1", "Meet the commander to agree priorities", [], ["Chief Executive"], "Jan 2022"),
        ("2", "Put Prevent on the agenda of the board", [], ["Board Manager"], "Quarterly"),
    ]
    assert plan.groups == []


def test_a_list_of_actions_under_a_heading_with_its_lead() -> None:
    plan = plan_of(
        word(
            P("Prevent Strategy and Action Plan", "Title"),
            P("Objective 1: Disengage", "Heading 2"),
            P("Lead: Channel Chair"),
            P("Actions:"),
            P("Bring the prisons in", "List Bullet"),
            P("Agree who helps on release", "List Bullet"),
            P("Objective 2: Tackle causes", "Heading 2"),
            P("Lead: Cohesion Manager"),
            P("Actions:"),
            P("Fund three projects", "List Bullet"),
        )
    )
    assert told(plan) == [
        ("Bring the prisons in", ["Objective 1: Disengage"], ["Channel Chair"], None),
        ("Agree who helps on release", ["Objective 1: Disengage"], ["Channel Chair"], None),
        ("Fund three projects", ["Objective 2: Tackle causes"], ["Cohesion Manager"], None),
    ]


def test_lines_with_the_lead_and_the_date_each_in_brackets() -> None:
    plan = plan_of(
        b"COUNTY PREVENT BOARD - ACTION PLAN 2021-22\n\n1. GOVERNANCE\n\n"
        b"1.1 Refresh the terms of reference and membership [Prevent Lead] (June 2021)\n"
        b"1.2 Hold a development day [Board Chair / Prevent Lead] (ongoing)\n",
        "plan.txt",
    )
    assert [(a.ref, *row) for a, row in zip(plan.actions, told(plan), strict=True)] == [
        ("1.1", "Refresh the terms of reference and membership", ["1. GOVERNANCE"], ["Prevent Lead"], "June 2021"),
        ("1.2", "Hold a development day", ["1. GOVERNANCE"], ["Board Chair", "Prevent Lead"], "ongoing"),
    ]


def test_a_csv_file_given_as_text() -> None:
    plan = plan_of(
        b"Action,Owner,Timescale\nReview the filters,Digital Services,May 2025\n"
        b'"Brief the police, fire and ambulance group",Planning Officer,June 2025\n',
        "plan.txt",
    )
    assert told(plan) == [
        ("Review the filters", [], ["Digital Services"], "May 2025"),
        ("Brief the police, fire and ambulance group", [], ["Planning Officer"], "June 2025"),
    ]


def test_a_header_of_unusual_names_over_dates() -> None:
    plan = plan_of(
        word(
            T(
                [
                    ["PP Code", "Delivery Plan Action", "Accountable Executive", "Delivery Lead", "Original due date"]
                    + ["Delivery confidence", "Hurdles", "Narrative"],
                    [
                        "PP1",
                        "Offer training by role",
                        "Director",
                        "Training Manager",
                        "30 Sep 2025",
                        "Green – done",
                        "",
                        "",
                    ],
                    [
                        "PP2",
                        "Buy a new project",
                        "Director",
                        "Prevent Manager",
                        "31 Oct 2025",
                        "Amber – late",
                        "",
                        "Asked",
                    ],
                ]
            )
        )
    )
    assert [(a.text, a.timescale_text, a.rag) for a in plan.actions] == [
        ("Offer training by role", "30 Sep 2025", "green"),
        ("Buy a new project", "31 Oct 2025", "amber"),
    ]

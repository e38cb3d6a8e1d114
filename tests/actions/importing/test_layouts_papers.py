"""Plans as the papers of boards and committees print them: numbers beside headings, stacks, keys and steps in tables."""

from __future__ import annotations

import pytest

from actions.importing.draft import DraftPlan
from actions.importing.reading import read_document
from actions.importing.understanding import understand

from .files import C, P, T, excel, word


def plan_of(data: bytes | str, name: str = "plan.docx") -> DraftPlan:
    return understand(read_document(name, data.encode() if isinstance(data, str) else data))


def told(plan: DraftPlan) -> list[tuple[object, ...]]:
    """Each action as (number, text, group, owners, timescale)."""
    return [(a.ref, a.text, a.group, a.owners, a.timescale_text) for a in plan.actions]


# --- headers ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("heading", ["Actions", "Action", "Agreed actions"])
def test_a_heading_over_numbers_and_words_names_the_words(heading: str) -> None:
    plan = plan_of(
        word(
            T(
                [
                    [C(heading, across=2), "Lead", "By when"],
                    ["A.1", "Publish the annual report", "Clerk", "May 2024"],
                    ["A.2*", "Review the scheme of delegation", "Chair", "June 2024"],
                ]
            )
        )
    )
    assert told(plan) == [
        ("A.1", "Publish the annual report", [], ["Clerk"], "May 2024"),
        ("A.2", "Review the scheme of delegation", [], ["Chair"], "June 2024"),
    ]


def test_actions_alone_is_a_header_and_a_nameless_report_is_no_timescale() -> None:
    rows = [
        [C("Outcome one - Safer schools", across=3, bold=True)],
        [C("Actions:", across=2, bold=True), ""],
        ["1.1", C(["Gather the records of bullying", "Lead: Education Service"]), "Records not published for 2023"],
        ["1.2", C(["Run workshops in ten schools", "Lead: Equalities team"]), "Launched April 2024"],
    ]
    assert told(plan_of(word(T(rows)))) == [
        ("1.1", "Gather the records of bullying", ["Outcome one - Safer schools"], ["Education Service"], None),
        ("1.2", "Run workshops in ten schools", ["Outcome one - Safer schools"], ["Equalities team"], None),
    ]


def test_a_nameless_column_of_timescales_is_one() -> None:
    rows = [
        ["", "Actions required", "Lead officer", "", "Action from October 2023"],
        ["1. To count unmet need", "Devise a policy", "Planning Manager", "End Oct 23", "Confirm the system"],
        ["2. To confirm in writing", "Promote the response", "Head of Service", "From Oct 23", "Record receipts"],
    ]
    plan = plan_of(word(T(rows)))
    assert [(a.text, a.timescale_text) for a in plan.actions] == [
        ("Devise a policy", "End Oct 23"),
        ("Promote the response", "From Oct 23"),
    ]


def test_parts_under_the_same_header_have_the_same_columns_however_short() -> None:
    head = ["Project", "Objective", "Project lead", "Forecast", "RAG"]
    rows = [
        [C("Policing", across=5)], head,
        ["Estate change", "Deliver the estate strategy", "Head of Estates", "Apr ’24", "Green"],
        ["Complaints reform", "Carry out the new duties", "Head of Governance", "Mar ’24", "Amber"],
        [C("Commissioning", across=5)], head,
        ["Peer support", "Fewer people in custody", "Commissioning Manager", "Ongoing", "Green"],
        ["Pilot programme", "Evaluate with partners", "Commissioning Manager", "FY 24/25", "Green"],
    ]  # fmt: skip
    assert [a.timescale_text for a in plan_of(word(T(rows))).actions] == ["Apr ’24", "Mar ’24", "Ongoing", "FY 24/25"]


def test_footnote_marks_after_headings_are_no_part_of_them() -> None:
    rows = [
        ["Recommendation[i]", "Response[ii]", "Timetable[iii]", "Lead Officer[iv]"],
        ["A focus group is held", "Agreed", C(["Meeting held by", "28 February 2024"]), "Policy Officer"],
        ["The leaflet is updated", "Agreed", "Completed", "Policy Officer"],
    ]
    assert [a.timescale_text for a in plan_of(word(T(rows))).actions] == [
        "Meeting held by\n28 February 2024",
        "Completed",
    ]


@pytest.mark.parametrize("other", ["Committee date", "Board date", "Meeting date"])
def test_the_day_of_the_meeting_is_no_deadline(other: str) -> None:
    rows = [
        [other, "Action", "Lead", "Deadline"],
        [C("26 October 2023", down=2), "Arrange a briefing", "Chair", "22 December 2023"],
        ["Circulate the summary", "Clerk", "Next meeting"],
        ["15 June 2023", "Write to agents", "Clerk", ""],
    ]
    plan = plan_of(word(T(rows)))
    assert [(a.text, a.timescale_text) for a in plan.actions] == [
        ("Arrange a briefing", "22 December 2023"),
        ("Circulate the summary", "Next meeting"),
        ("Write to agents", None),
    ]


def test_the_day_of_the_meeting_is_no_deadline_without_another_either() -> None:
    rows = [
        ["Committee date", "Action", "Lead"],
        ["26 October 2023", "Arrange a briefing", "Chair"],
        ["15 June 2023", "Write to agents", "Clerk"],
    ]
    plan = plan_of(word(T(rows)))
    assert [(a.timescale_text, a.reading.end) for a in plan.actions] == [(None, None), (None, None)]
    assert plan.actions[0].extra == {"Committee date": "26 October 2023"}


def test_output_and_date_in_one_column_is_the_timescale_when_it_holds_dates() -> None:
    rows = [
        ["Actions", "Lead agency", "Output target and date(s)"],
        ["Provide a programme for schools", "Community Safety Unit", "Programmes by September 2024"],
        ["Run four campaigns", "Police", "Four campaigns by March 2025"],
        ["Support more witnesses", "Victim Support", "2% more a year"],
    ]
    plan = plan_of(word(T(rows)))
    assert [(a.timescale_text, a.reading.end) for a in plan.actions][:2] == [
        ("Programmes by September 2024", "2024-09-30"),
        ("Four campaigns by March 2025", "2025-03-31"),
    ]


# --- headings --------------------------------------------------------------------------------------------------------


def test_a_line_over_each_header_of_a_sheet_is_the_heading_of_its_part() -> None:
    head = ["Domain", "Actions", "Lead organisation", "Strategic priority", "Planned completion"]
    plan = plan_of(
        "Suicide prevention action plan,,,,\n,,,,\n1. Response,,,,\n"
        + ",".join(head)
        + "\nBusiness as usual,Keep the dashboard,Public Health,Intelligence,Ongoing\n"
        "Project,Add the data of partners,Police,Intelligence,December 2024\n"
        "Business as usual,Look at clusters,Public Health,Core offer,Ongoing\n,,,,\n2. Media,,,,\n"
        + ",".join(head)
        + "\nProject,Write a pack for editors,Samaritans,Awareness,Q4 2023/24\n",
        "plan.csv",
    )
    assert [(a.text, a.group) for a in plan.actions] == [
        ("Keep the dashboard", ["1. Response"]),
        ("Add the data of partners", ["1. Response"]),
        ("Look at clusters", ["1. Response"]),
        ("Write a pack for editors", ["2. Media"]),
    ]
    assert plan.actions[0].extra == {"Domain": "Business as usual", "Strategic priority": "Intelligence"}


def test_tables_one_under_the_other_in_a_sheet_each_have_the_heading_over_their_header() -> None:
    head = ["No", "Recommendation", "Responsible officer", "Expected date"]
    sheet = [
        ["Best value review: improvement plan"], [],
        [C("(A) SHORT TERM TARGETS (within six months).", across=4)], head,
        ["2 (i)", "Name a lead in each directorate", "Directors", "June 2024"],
        ["2 (ii)", "Write the plan with children in mind", "Directors", "June 2024"], [],
        [C("(B) LONG TERM TARGETS (over a year).", across=4)], head,
        ["7", "Roll out the common assessment", "Head of Inclusion", "2025"],
        ["8", "Set up one referral line", "Head of Access", "2026"],
    ]  # fmt: skip
    assert [a.group for a in plan_of(excel(Plan=sheet), "plan.xlsx").actions] == [
        ["(A) SHORT TERM TARGETS (within six months)."],
        ["(A) SHORT TERM TARGETS (within six months)."],
        ["(B) LONG TERM TARGETS (over a year)."],
        ["(B) LONG TERM TARGETS (over a year)."],
    ]


def test_a_number_over_lettered_steps_is_their_heading() -> None:
    rows = [
        ["ACTION", "Strategy", "Timescale", "Lead"],
        ["1. Women’s network", "1 and 4", "", ""],
        ["a. Look for groups to join", "", "Jan to March 2024", "Community Team"],
        ["b. Hold a launch event", "", "8th March 2024", "Community Team"],
        ["2. Young people", "3", "", ""],
        ["a. Hold a conference", "", "May 2024", "Youth Service"],
        ["3. Commission research", "6", "By 31/03/24", "Policy Team"],
    ]
    assert [(a.ref, a.text, a.group) for a in plan_of(word(T(rows))).actions][:3] == [
        ("a", "Look for groups to join", ["1. Women’s network"]),
        ("b", "Hold a launch event", ["1. Women’s network"]),
        ("a", "Hold a conference", ["2. Young people"]),
    ]


def test_lettered_rows_are_actions_of_their_own() -> None:
    rows = [
        ["Recommendation", "Response", "Timetable", "Lead officer"],
        ["a) A focus group is held;", "Agreed", "May 2024", "Clerk"],
        ["b) The plan is changed;", "Agreed", "Completed", "Clerk"],
        ["c)Parishes are asked", "Agreed", "Completed", "Clerk"],
    ]
    assert [(a.ref, a.text) for a in plan_of(word(T(rows))).actions] == [
        ("a", "A focus group is held;"),
        ("b", "The plan is changed;"),
        ("c", "Parishes are asked"),
    ]


def test_a_timescale_that_ends_in_a_dash_does_not_swallow_the_next_numbered_row() -> None:
    rows = [
        ["Key action", "", "Timescale"],
        ["1.1 Promote events of all faiths", "Faiths Forum", "Ongoing"],
        ["1.2 Go on with the project for families", "Council", "March 2024 -"],
        ["1.3 Hold a listening event in each district", "Community Safety Officers", "One a quarter to March 2025"],
    ]
    assert [a.ref for a in plan_of(word(T(rows))).actions] == ["1.1", "1.2", "1.3"]


def test_headings_in_capitals_stand_over_their_tables_and_aims_do_not() -> None:
    head = ["Actions", "Lead", "By when"]
    plan = plan_of(
        word(
            P("Exwick Safer Partnership", "Title"),
            P("NUISANCE AND DISORDER"), T([head, ["Hold a panel every month", "Police", "May 2024"]]),
            P("OFFICIAL - SENSITIVE"), P("HATE CRIME"), P("Aim: to reduce repeat victims by a tenth.", bold=True),
            T([head, ["Open three reporting centres", "Housing Services", "June 2024"]]),
        )
    )  # fmt: skip
    assert [a.group for a in plan.actions] == [["NUISANCE AND DISORDER"], ["HATE CRIME"]]


# --- stacks ----------------------------------------------------------------------------------------------------------


def test_a_number_before_the_objective_leaves_the_paragraphs_beside_it_actions() -> None:
    rows = [
        ["", "Objective", "Action(s) required", "When", "Lead"],
        ["1.", "Know the picture", C(["Regular analysis of the data.", "Finish the needs profile."]), "March 2024",
         C(["Performance Manager, Poole", "Head of Safeguarding, Dorset", "Performance Analyst, Bournemouth"])],
        ["2.", "Follow one policy", "Revise the policy for new guidance.", "May 2024", "Policy Officer"],
    ]  # fmt: skip
    plan = plan_of(word(T(rows)))
    assert [(a.text, a.group) for a in plan.actions] == [
        ("Regular analysis of the data.", ["Know the picture"]),
        ("Finish the needs profile.", ["Know the picture"]),
        ("Revise the policy for new guidance.", ["Follow one policy"]),
    ]
    assert plan.actions[0].owners == [
        "Performance Manager, Poole", "Head of Safeguarding, Dorset", "Performance Analyst, Bournemouth"
    ]  # fmt: skip


def test_a_number_before_the_objective_stays_the_action_s_where_rows_have_one_action_each() -> None:
    rows = [
        ["Ref", "Priority", "Action", "When", "Lead"],
        ["1.1", "Schools", C(["Train the governors.", "Slides are on the shared drive."]), "March 2024", "Schools Officer"],
        ["1.2", "Schools", "Revise the policy.", "May 2024", "Policy Officer"],
    ]  # fmt: skip
    assert [a.ref for a in plan_of(word(T(rows))).actions] == ["1.1", "1.2"]


@pytest.mark.parametrize("leads", [["Policy Officer", "Clerk"], ["Policy Officer"]])
def test_a_first_paragraph_without_a_timescale_of_its_own_stands_over_the_rest(leads: list[str]) -> None:
    rows = [
        ["Measure", "Lead responsibility", "Timetable"],
        ["Annual report", "Policy Officer", "31 August (annually)"],
        [C(["Screening timetable", "Policies of finance screened", "Policies of complaints screened"]), C(leads),
         C(["January – March 2024", "April – June 2024"])],
    ]  # fmt: skip
    assert [(a.text, a.group, a.timescale_text) for a in plan_of(word(T(rows))).actions][1:] == [
        ("Policies of finance screened", ["Screening timetable"], "January – March 2024"),
        ("Policies of complaints screened", ["Screening timetable"], "April – June 2024"),
    ]


def test_a_finer_number_in_front_of_the_words_is_the_action_s() -> None:
    rows = [
        ["Ref", "Area", "Action", "By when", "Lead"],
        [C("1", down=2), C("Timeliness", down=2), "(1a) Lift completion to 98%", "March 2024", "Team Manager"],
        [C(["(1b) Send a weekly report", "(1c) Raise late ones in supervision"]), C(["Jan 2024", "March 2024"]), "Clerk"],
        ["2", "Quality", "(2a) Train all case managers", "May 2024", "Training Officer"],
    ]  # fmt: skip
    assert [(a.ref, a.text) for a in plan_of(word(T(rows))).actions] == [
        ("1a", "Lift completion to 98%"),
        ("1b", "Send a weekly report"),
        ("1c", "Raise late ones in supervision"),
        ("2a", "Train all case managers"),
    ]


def test_milestones_beside_a_merged_improvement_are_the_actions() -> None:
    rows = [
        ["Ref no.", "Improvement", "Key milestones", "Target dates", "Responsible person"],
        [C("HS1", down=2), C("Views of users inform the service", down=2), "Gather views", "August 2024", "Team Leader"],
        ["Hold a conference of tenants", "June 2024", "Service Manager"],
    ]  # fmt: skip
    plan = plan_of(word(T(rows)))
    assert [(a.text, a.group) for a in plan.actions] == [
        ("Gather views", ["Views of users inform the service"]),
        ("Hold a conference of tenants", ["Views of users inform the service"]),
    ]


# --- what is no plan -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("blank_row", [",,,,\n", ""])
def test_a_key_under_the_last_action_is_no_action(blank_row: str) -> None:
    plan = plan_of(
        "No,Action,Lead,When,Status\n1,Visit licensed premises,Police,Ongoing,On track\n"
        f"2,Brief the staff,LBX,May 2024,Delayed\n{blank_row}Key:,,,,\nOn track,Action goes on to its date,,,\n"
        "Delayed,The date is at risk,,,\nLBX,London Borough of Exwick,,,\n",
        "plan.csv",
    )
    assert [a.text for a in plan.actions] == ["Visit licensed premises", "Brief the staff"]
    if blank_row:
        assert [decoy.kind for decoy in plan.decoys] == ["key"]
    else:
        assert "row 4: this row and those under it were read as a key." in plan.warnings[0]


def test_a_list_of_documents_with_dates_and_leads_is_no_plan() -> None:
    plan = plan_of(
        excel(
            Plan=[["Action", "Lead", "By when"], ["Brief duty inspectors", "Police", "July 2024"]],
            Guidance=[
                ["Document", "Status", "Date", "Lead"],
                ["The Act of 2024 in its final form as passed", "Not published", "TBC", "Home Office"],
                ["Draft statutory guidance framework", "Published", "01/07/2024", "Home Office"],
            ],
        ),
        "plan.xlsx",
    )
    assert [a.text for a in plan.actions] == ["Brief duty inspectors"]


def test_labels_with_values_between_typed_actions_are_no_headings() -> None:
    plan = plan_of(
        "Pledge 1\n\nReview every care plan with all professionals\n\nResponsible officer: Team Manager: Life Chances\n\n"
        "Timeline: September 2025\n\nLink to other action plans: Not applicable\n\n"
        "Train foster carers on trauma\n\nResponsible officer: Virtual School and Team Manager: Placements\n\n"
        "Timeline: Twice a year\n\nLink to other action plans: Not applicable\n",
        "plan.txt",
    )
    assert [(a.group, a.owners, a.timescale_text) for a in plan.actions] == [
        (["Pledge 1"], ["Team Manager: Life Chances"], "September 2025"),
        (["Pledge 1"], ["Virtual School", "Team Manager: Placements"], "Twice a year"),
    ]


# --- columns that say two things, or say it in brackets --------------------------------------------------------------


def test_a_rating_and_a_timescale_in_one_column_are_taken_apart() -> None:
    rows = [
        ["Current RAG /Timescale", C("Action required", across=2), "By whom"],
        [C(["March 2024", "AMBER"]), "3.1", "Prioritise what lowers drinking", "Public Health"],
        ["RED", "3.2", "Promote policies at work", "Health Improvement Team"],
        ["June 2024", "3.3", "Agree to share data", "Police"],
    ]
    plan = plan_of(word(T(rows)))
    assert [(a.ref, a.rag, a.timescale_text) for a in plan.actions] == [
        ("3.1", "amber", "March 2024"),
        ("3.2", "red", None),
        ("3.3", None, "June 2024"),
    ]


def test_what_a_heading_says_in_brackets_counts() -> None:
    rows = [
        ["What we want to achieve (Outcomes)", "How we intend to do it (Actions)", "Who (lead in red)", "By when"],
        [C("Clear lines of communication", down=2), "Circulate the minutes", "Secretariat", "After each meeting"],
        ["Map the other groups", "Chair", "October 2024"],
    ]
    plan = plan_of(word(T(rows)))
    assert [(a.text, a.group, a.owners) for a in plan.actions] == [
        ("Circulate the minutes", ["Clear lines of communication"], ["Secretariat"]),
        ("Map the other groups", ["Clear lines of communication"], ["Chair"]),
    ]


def test_how_an_action_is_carried_out_is_no_timescale_beside_one() -> None:
    rows = [
        ["Action", "Implementation", "Who is responsible?", C(["Timescale", "& Review Date"])],
        ["Review the plan", "At the annual meeting in May", "Clerk & Councillors", "End of April 2024"],
        ["Maintain defibrillators", "Weekly check of the light", "Clerk", "Weekly"],
    ]
    plan = plan_of(word(T(rows)))
    assert [(a.owners, a.timescale_text) for a in plan.actions] == [
        (["Clerk", "Councillors"], "End of April 2024"),
        (["Clerk"], "Weekly"),
    ]


def test_numbers_without_a_space_count_the_stacked_actions() -> None:
    rows = [
        ["Objective", "Actions", "Lead", "When"],
        ["Know our staff", C(["1.Publish the data for all", "2.Look at the rates of return"]),
         C(["1.Data Services", "2.HR Team"]), C(["1.June 2024", "2.July 2024"])],
    ]  # fmt: skip
    assert told(plan_of(word(T(rows)))) == [
        ("1", "Publish the data for all", ["Know our staff"], ["Data Services"], "June 2024"),
        ("2", "Look at the rates of return", ["Know our staff"], ["HR Team"], "July 2024"),
    ]


def test_a_label_over_a_table_is_not_its_heading() -> None:
    head = ["Outcome", "Actions", "Responsibility", "Timescale"]
    plan = plan_of(
        word(
            P("County plan", "Title"),
            P("Shared values", "Heading 1"), P("Other Stakeholders:", bold=True),
            T([head, ["People mix", "Twin ten schools", "Children’s Services", "June 2024"]]),
            P("Leadership", "Heading 1"), P("Other Stakeholders:", bold=True),
            T([head, ["One voice", "Set up a group", "Council", "May 2024"]]),
        )
    )  # fmt: skip
    assert [a.group[0] for a in plan.actions] == ["Shared values", "Leadership"]
    assert not any("Stakeholders" in label for a in plan.actions for label in a.group)


@pytest.mark.parametrize("other", ["Date of completion and outcome", "Completion date and comments"])
def test_the_target_date_goes_before_the_day_of_completion(other: str) -> None:
    rows = [
        ["Recommendation", "Action to be taken", "Delivery led by", "Target date", other],
        ["Clarity for all", "Remind every practice", "Health Trust", "Within one month of publication", ""],
        ["Help for carers", "Produce a leaflet", "Housing Services", "By 31/03/2024", "Page live 21/11/2023."],
    ]
    plan = plan_of(word(T(rows)))
    assert [(a.owners, a.timescale_text) for a in plan.actions] == [
        (["Health Trust"], "Within one month of publication"),
        (["Housing Services"], "By 31/03/2024"),
    ]


def test_a_theme_called_action_on_the_first_row_of_each_block_leaves_the_tasks_actions() -> None:
    plan = plan_of(
        "Action,Task/Improvement,Lead,When\nLeadership,Champion equality in every service,Personnel,Ongoing\n"
        ",Put equality into business plans,Chair,May 2024\n,Share what is known,Clerk,June 2024\n"
        "Access,Audit the main sites,Property Services,July 2024\n,Make meetings open to all,Clerk,May 2024\n",
        "plan.csv",
    )
    assert [(a.text, a.group) for a in plan.actions][:2] == [
        ("Champion equality in every service", ["Leadership"]),
        ("Put equality into business plans", ["Leadership"]),
    ]
    assert len(plan.actions) == 5


def test_a_form_for_each_numbered_commitment() -> None:
    def form(number: int, words: str, lead: str, when: str) -> object:
        return T([
            [f"Commitment {number}", words], ["Lead", lead], ["Our progress", "Reviewer appointed."],
            ["Next steps", "Report to the board."], ["When this will happen", when],
        ])  # fmt: skip

    plan = plan_of(
        word(
            P("Preparedness", "Heading 1"), form(15, "Carry out all recommendations", "Resilience.", "April 2026"),
            P("Listening", "Heading 1"), form(35, "Review the complaints process", "Customer Services", "Autumn 2025"),
        )
    )  # fmt: skip
    assert told(plan) == [
        ("15", "Carry out all recommendations", ["Preparedness"], ["Resilience"], "April 2026"),
        ("35", "Review the complaints process", ["Listening"], ["Customer Services"], "Autumn 2025"),
    ]


def test_risks_with_their_grade_are_no_actions() -> None:
    risks = [["1)", "Pupils see extremist material in school", "VERY LOW RISK"],
             [C("Filters are in use at all times.", across=3)],
             ["2)", "Pupils see extremist material outside school", "LOW / MEDIUM RISK"],
             [C("Assemblies warn of the dangers.", across=3)]]  # fmt: skip
    rows = [
        ["", "Action point", "Timescale", "Staff responsible"],
        ["1", "Train all staff", "September", "Headteacher"],
    ]
    assert [a.text for a in plan_of(word(P("Potential risks:"), T(risks), P("Key actions:"), T(rows))).actions] == [
        "Train all staff"
    ]

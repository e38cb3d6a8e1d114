"""Registers of risks and trackers with actions in them, and forms: what beside the actions is a heading and what is not."""

from __future__ import annotations

import pytest

from actions.importing.draft import Answers, DraftPlan
from actions.importing.reading import read_document
from actions.importing.understanding import understand

from .files import C, P, T, excel, word


def plan_of(data: bytes | str, name: str = "plan.docx") -> DraftPlan:
    return understand(read_document(name, data.encode() if isinstance(data, str) else data))


def told(plan: DraftPlan) -> list[tuple[object, ...]]:
    """Each action as (number, text, group, owners, timescale)."""
    return [(a.ref, a.text, a.group, a.owners, a.timescale_text) for a in plan.actions]


# --- which columns are headings --------------------------------------------------------------------------------------


def test_the_title_of_a_risk_is_its_heading_and_what_it_says_is_kept_beside() -> None:
    rows = [
        ["No", "Risk Title", "Summary", "Further Action Needed", "Lead", "RAG rating"],
        [C("1", down=2), C("Staff training", down=2), "A) Staff do not know the signs of harm",
         C(["WRAP for the remaining eight centres", "Sessional staff to take the module"]), "Centre Managers", "Red"],
        ["B) Staff do not know whom to tell", "Click here to enter text.", "Click here to enter text.", "Green"],
        ["2", "Partnership", "Links with the police are weak", "Attend the regional briefing each term", "DSL", "Green"],
    ]  # fmt: skip
    plan = plan_of(word(T(rows)))
    assert told(plan) == [
        ("1", "WRAP for the remaining eight centres", ["Staff training"], ["Centre Managers"], None),
        ("1", "Sessional staff to take the module", ["Staff training"], ["Centre Managers"], None),
        ("2", "Attend the regional briefing each term", ["Partnership"], ["DSL"], None),
    ]
    assert plan.actions[2].extra["Summary"] == "Links with the police are weak"


def test_risks_and_hazards_beside_a_category_are_no_headings() -> None:
    rows = [
        ["Category", "Risk", "Hazard", "Further action needed", "Lead officer", "Date for completion"],
        ["Leadership", C("Leaders do not set a priority", down=2), "Leaders are untrained",
         "Governor to complete the training", "Headteacher", "28/03/2024"],
        ["", "Plans are out of date", "Write the plan again", "DSL", "31/01/2024"],
    ]  # fmt: skip
    plan = plan_of(word(T(rows)))
    assert [a.group for a in plan.actions] == [["Leadership"], ["Leadership"]]
    assert plan.actions[0].extra["Risk"] == "Leaders do not set a priority"


@pytest.mark.parametrize("values", [["High", "Med", "Low"], ["B&D, R", "All", "H"], ["√", "", "√"]])
def test_grades_letters_and_ticks_are_no_headings(values: list[str]) -> None:
    rows = [["Objective", "Area", "Action", "Lead", "By when"]]
    rows += [["Safer streets", value, f"Hold patrol number {value} in town", "Police", "May 2024"] for value in values]
    assert [a.group for a in plan_of(word(T(rows))).actions] == [["Safer streets"]] * 3


def test_a_numbered_line_with_a_lead_over_its_parts_is_a_heading() -> None:
    rows = [
        ["No.", "Actions", "Leader", "Due date"],
        [C("1", bold=True), C("TRAINING", bold=True), C("Clerk", bold=True), ""],
        ["1.1", "Train the wardens", "", "May 2024"],
        ["1.2", "Train the clerks", "Registrar", "June 2024"],
    ]
    assert told(plan_of(excel(Plan=rows), "plan.xlsx")) == [
        ("1.1", "Train the wardens", ["1 TRAINING"], [], "May 2024"),
        ("1.2", "Train the clerks", ["1 TRAINING"], ["Registrar"], "June 2024"),
    ]


# --- which column says when ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("meant", "done"), [("Proposed completion date", "Actual completion date"), ("When", "Date completed")]
)
def test_the_day_on_which_it_was_done_is_no_deadline(meant: str, done: str) -> None:
    rows = [
        ["Ref", "Issue", "Proposed action", "Responsible lead", meant, done],
        ["1", "Findings", "Share findings with the wards", "Head of Nursing", "Immediate", "23/03/2011"],
        ["2", "Outcomes", "Meet the lead for outcome one", "Head of Nursing", "31/03/2011", "29/03/2011"],
        ["3", "Governors", "Inform the governors of the findings", "Chief Executive", "", "30/03/2011"],
    ]
    plan = plan_of(word(T(rows)))
    assert [a.timescale_text for a in plan.actions] == ["Immediate", "31/03/2011", None]
    assert plan.actions[0].extra[done] == "23/03/2011"


def test_the_day_on_which_it_was_done_is_no_deadline_alone_either() -> None:
    rows = [["Action", "Owner", "Actual completion date"], ["Share findings with the wards", "Matron", "23/03/2011"]]
    assert [a.timescale_text for a in plan_of(word(T([*rows, *rows[1:]]))).actions] == [None, None]


# --- who -------------------------------------------------------------------------------------------------------------


def test_two_columns_of_leads_are_both_owners_and_partners_stay_beside() -> None:
    rows = [
        ["Action", "CSP Lead", "Lead Organisation/s", "Partners", "When"],
        ["Hold a weekly review of events", "Inspector", "Police", "Fire Service", "May 2024"],
        ["Test sales of knives in shops", "Trading Standards Manager", "N/A", "Schools", "June 2024"],
    ]
    plan = plan_of(word(T(rows)))
    assert [a.owners for a in plan.actions] == [["Inspector", "Police"], ["Trading Standards Manager"]]
    assert plan.actions[0].extra["Partners"] == "Fire Service"


def test_a_department_and_deliverers_are_owners() -> None:
    for heading in ("Designated department", "Deliverers"):
        rows = [["Action required", heading, "Timescale"], ["Replace the flooring in ward two", "Estates", "May 2024"]]
        assert [a.owners for a in plan_of(word(T([*rows, *rows[1:]]))).actions] == [["Estates"]] * 2


# --- rows and cells --------------------------------------------------------------------------------------------------


def test_a_bare_action_beside_a_merged_number_is_one_of_its_own() -> None:
    rows = [
        ["Ref", "Objective", "Actions", "Responsible", "Timescale"],
        [C("C1", down=2), C("Protect adults at risk", down=2), "Publish a report on the year", "Board Chair", "July"],
        ["Brief GPs on referral thresholds", "", ""],
    ]
    assert [(a.ref, a.text) for a in plan_of(excel(Plan=rows), "plan.xlsx").actions] == [
        ("C1", "Publish a report on the year"),
        ("C1", "Brief GPs on referral thresholds"),
    ]


def test_a_row_with_a_question_of_its_own_and_no_action_adds_nothing_to_the_one_above() -> None:
    rows = [
        ["Prevent question", "Action to be taken", "Owner", "When"],
        [
            "Does the school have a policy on the use of IT?",
            "Update the policy on safety",
            "Computing Lead",
            "May 2024",
        ],
        ["Does the school filter what pupils can see?", "", "Technician", ""],
    ]
    assert [(a.text, a.owners) for a in plan_of(word(T(rows))).actions] == [
        ("Update the policy on safety", ["Computing Lead"])
    ]


def test_a_name_over_its_deed_is_one_action_and_steps_belong_to_the_number() -> None:
    rows = [
        ["Action?", "When?", "Who?"],
        [C(["1.Lettings", "Monitor the effect of online bidding on vulnerable applicants"]), "2012", "Clerk"],
        [C(["2. Hospital discharge", "Agree a protocol with the wards and with the districts"]), "2013", C(["NHS", "Clerk"])],
    ]  # fmt: skip
    assert [(a.ref, a.text, a.owners) for a in plan_of(word(T(rows))).actions] == [
        ("1", "Lettings\nMonitor the effect of online bidding on vulnerable applicants", ["Clerk"]),
        ("2", "Hospital discharge\nAgree a protocol with the wards and with the districts", ["NHS", "Clerk"]),
    ]
    steps = [
        ["Ref", "Requirement", "Action", "Lead"],
        [
            "1.1",
            "Space for patients",
            C(["1. Gain approval of the capital", "2. Manage the building works"]),
            "Chief Nurse",
        ],
        ["1.2", "Equipment", "Buy monitors for the wards", "Chief Nurse"],
    ]
    assert [a.ref for a in plan_of(word(T(steps))).actions] == ["1.1", "1.2"]


def test_headings_that_say_how_to_fill_their_column_in() -> None:
    rows = [
        ["ITEM (number)", "WHAT ARE WE GOING TO DO?", "WHO WILL LEAD? (name, post & agency and email address)",
         "WHO ELSE NEEDS TO BE INVOLVED? (list by name, post & agency)",
         "HOW WILL WE KNOW WHETHER WE HAVE SUCCEEDED? (‘SMART’ targets where possible, otherwise ‘process targets’ or "
         "as much clarity as possible)", "WHEN DO WE AIM TO DO IT BY?"],
        ["8.1", "Count the offenders in settled homes", "Probation", "Housing Team", "Monthly reports", "May 2009"],
        ["8.2", "Share targets with the partnership", "Probation", "Police", "Targets published", "June 2009"],
    ]  # fmt: skip
    assert told(plan_of(word(T(rows)))) == [
        ("8.1", "Count the offenders in settled homes", [], ["Probation"], "May 2009"),
        ("8.2", "Share targets with the partnership", [], ["Probation"], "June 2009"),
    ]


def test_letters_one_after_the_other_are_the_numbers_of_actions_beside_others_without() -> None:
    rows = [
        ["Outcome", "Action", "Lead", "When"],
        [C("Access", down=2), "(a) Audit every site", "Clerk", "May 2024"],
        ["(b) Make audits a condition of leases", "Clerk", "June 2024"],
        ["Health", "Offer checks to all carers", "NHS", "May 2024"],
        ["Work", "Hold a fair for employers", "Council", "July 2024"],
        ["Homes", "(a) wording of a lease is kept", "Council", "July 2024"],
    ]
    assert [(a.ref, a.text) for a in plan_of(word(T(rows))).actions] == [
        ("a", "Audit every site"),
        ("b", "Make audits a condition of leases"),
        (None, "Offer checks to all carers"),
        (None, "Hold a fair for employers"),
        (None, "(a) wording of a lease is kept"),
    ]


# --- forms -----------------------------------------------------------------------------------------------------------


def test_a_block_for_each_action_with_labels_inside_its_cells() -> None:
    def block(number: int, words: str, who: str) -> T:
        return T(
            [
                [C(f"ED/R{number}. {words}", bold=True), f"Resp: {who}"],
                [C(["1. First step", "2. Second step"]), "End date: July 2016"],
                ["Costs: none", "Success: it is done"],
            ]
        )

    plan = plan_of(
        word(block(1, "Promote a better understanding", "All"), P("Next"), block(2, "Record incidents", "DHT"))
    )
    assert [(a.ref, a.text, a.owners, a.timescale_text, a.measure) for a in plan.actions] == [
        ("ED/R1", "Promote a better understanding", ["All"], "July 2016", "it is done"),
        ("ED/R2", "Record incidents", ["DHT"], "July 2016", "it is done"),
    ]


def test_a_numbered_list_with_wide_gaps_in_an_action_plan_is_a_list_of_actions() -> None:
    plan = plan_of(
        "PARISH ACTION PLAN 2024\n\n1. OUR OWN HOUSE\n\nLITTER\n\n1.\tRecruit more volunteers\n2.\tHold a litter day\n\n"
        "WASTE\n\n1.      Research the cost of bags\n2.      Try to site more bins\n",
        "plan.txt",
    )
    assert [(a.ref, a.text, a.group) for a in plan.actions] == [
        ("1", "Recruit more volunteers", ["1. OUR OWN HOUSE", "LITTER"]),
        ("2", "Hold a litter day", ["1. OUR OWN HOUSE", "LITTER"]),
        ("1", "Research the cost of bags", ["1. OUR OWN HOUSE", "WASTE"]),
        ("2", "Try to site more bins", ["1. OUR OWN HOUSE", "WASTE"]),
    ]


# --- headers and ratings ---------------------------------------------------------------------------------------------


def test_action_over_the_names_of_those_who_act_is_the_column_of_owners() -> None:
    rows = [
        ["Serial No.", "Priority (H/M/L)", "Item", "Relevant FY", "Action"],
        ["1", "H", "Develop a basic emergency plan", "19/20", "Clerk + Chairman"],
        ["2", "L", "Review the risk assessments of the parish", "16/17", "Clerk"],
    ]
    assert told(plan_of(excel(Plan=rows), "plan.xlsx")) == [
        ("1", "Develop a basic emergency plan", [], ["Clerk", "Chairman"], "19/20"),
        ("2", "Review the risk assessments of the parish", [], ["Clerk"], "16/17"),
    ]


def test_the_rating_is_that_of_now() -> None:
    rows = [
        ["Action", "Lead", "By when", "RAG last month", "RAG this month"],
        ["Agree the constitution", "Clerk", "May 2024", "Green", "Amber"],
    ]
    plan = plan_of(word(T([*rows, *rows[1:]])))
    assert [a.rag for a in plan.actions] == ["amber", "amber"]
    assert plan.actions[0].extra["RAG last month"] == "Green"


def test_numbers_in_roman_letters_under_a_blank_header() -> None:
    rows = [["", "Recommendation", "Responsible officer"], ["2 (i)", "Name a lead in each service", "Director"],
            ["2 (iii)", "Hold a day for the board", "Chair"]]  # fmt: skip
    assert [(a.ref, a.group) for a in plan_of(word(T(rows))).actions] == [("2 (i)", []), ("2 (iii)", [])]


def test_a_title_printed_over_every_header_is_no_heading() -> None:
    title = [C("Abuse Partnership Board of the City – Delivery Plan 2021-2024 (Year 2 update)", across=3, bold=True)]
    header = ["What are we going to do?", "Lead", "Deadline"]
    rows = [
        title,
        header,
        ["Train the wardens", "Clerk", "May 2023"],
        title,
        header,
        ["Bid for funds", "Clerk", "June 2023"],
    ]
    assert [(a.text, a.group) for a in plan_of(word(T(rows))).actions] == [
        ("Train the wardens", []),
        ("Bid for funds", []),
    ]


def test_a_number_beside_a_heading_over_every_header() -> None:
    header = ["Ref", "Action", "Lead", "Due"]
    rows = [
        ["1", C("Leadership", across=3, bold=True)], header, ["1.1", "Appoint a link governor", "Clerk", "May 2023"],
        ["2", C("Curriculum", across=3, bold=True)], header, ["2.1", "Map the schemes of work", "Clerk", "June 2023"],
    ]  # fmt: skip
    assert [a.group for a in plan_of(word(T(rows))).actions] == [["1 Leadership"], ["2 Curriculum"]]


# --- stacks ----------------------------------------------------------------------------------------------------------


def test_parts_with_a_timescale_each_are_actions_however_they_begin() -> None:
    rows = [
        ["Recommendation", "Action", "Timescale"],
        ["R1: Work closely", C(["continue discussions with the mayors", "develop a detailed plan"]),
         C(["Ongoing", "December 2023"])],
        ["R2: Tell the story", "Bring a strategy to the board", "July 2023"],
    ]  # fmt: skip
    assert [(a.text, a.timescale_text) for a in plan_of(word(T(rows))).actions] == [
        ("continue discussions with the mayors", "Ongoing"),
        ("develop a detailed plan", "December 2023"),
        ("Bring a strategy to the board", "July 2023"),
    ]


def test_parts_with_a_lead_and_a_timescale_each_are_actions_under_one_number() -> None:
    rows = [
        ["Ref", "Risk", "Action", "Owner", "Due"],
        ["R1", "Rooms are booked", C(["Add a question to the form", "Brief the reception on bookings"]),
         C(["Head of Events", "Head of Security"]), C(["Sept 2023", "By start of Semester 2"])],
        ["R2", "Staff do not see", "Make the module mandatory", "Director of HR", "May 2024"],
    ]  # fmt: skip
    assert [(a.ref, a.text, a.owners) for a in plan_of(word(T(rows))).actions] == [
        ("R1", "Add a question to the form", ["Head of Events"]),
        ("R1", "Brief the reception on bookings", ["Head of Security"]),
        ("R2", "Make the module mandatory", ["Director of HR"]),
    ]


def test_numbered_lines_with_lead_and_day_in_brackets() -> None:
    plan = plan_of(
        "Hate Crime Action Plan 2021 to 2023\n\nPriority 1 - Preventing hate crime\n\n"
        "1.1 Deliver sessions in all schools (Lead: Schools Officers; by July 2022)\n"
        "1.2 Hold a yearly event (Lead: Equalities Team and Police; October each year)\n",
        "plan.txt",
    )
    assert told(plan) == [
        ("1.1", "Deliver sessions in all schools", ["Priority 1 - Preventing hate crime"], ["Schools Officers"],
         "by July 2022"),
        ("1.2", "Hold a yearly event", ["Priority 1 - Preventing hate crime"], ["Equalities Team", "Police"],
         "October each year"),
    ]  # fmt: skip


# --- when nothing is a plan for certain --------------------------------------------------------------------------------


def test_deeds_under_unknown_headings_are_the_plan_when_there_is_no_other() -> None:
    deeds = ["Train every head teacher in the borough", "Visit twenty halls and report", "Review the protocol"]
    other = [["Area", "Detail"], ["Schools", deeds[0]], ["Halls", deeds[1]], ["Police", deeds[2]]]
    plan = plan_of(word(P("Prevent 2024"), T(other)))
    assert [(a.text, a.extra["Area"]) for a in plan.actions] == list(
        zip(deeds, ["Schools", "Halls", "Police"], strict=True)
    )
    assert {column.why for column in plan.columns if column.role == "text"} == {
        "it holds deeds, and there is no other plan in the document"
    }
    real = T([["Action", "Lead", "By when"], ["Hold a forum for faith groups", "Council", "May 2024"]])
    assert [a.text for a in plan_of(word(P("Prevent 2024"), T(other), real)).actions] == [
        "Hold a forum for faith groups"
    ]


def test_what_a_person_says_of_the_columns_of_such_a_table_comes_first() -> None:
    rows = [
        ["Who told us", "Pledge", "Notes of the panel"],
        ["Schools", "Train every head teacher", "Write to every school"],
        ["Halls", "Visit twenty halls and report", "Hold a day for halls"],
        ["Police", "Review the protocol", "Publish the protocol"],
    ]
    document = read_document("plan.docx", word(P("Prevent 2024"), T(rows)))
    said = understand(document, Answers(columns={"t1": {"0": "owners", "1": "measure", "2": "text"}}))
    assert [(a.text, a.owners, a.measure) for a in said.actions] == [
        ("Write to every school", ["Schools"], "Train every head teacher"),
        ("Hold a day for halls", ["Halls"], "Visit twenty halls and report"),
        ("Publish the protocol", ["Police"], "Review the protocol"),
    ]
    assert {column.why for column in said.columns} == {"you said so"}


def test_a_list_of_people_stays_no_plan() -> None:
    rows = [["Name", "Role"], ["A Nother", "Manager"], ["B Someone", "Officer"], ["C Other", "Chair of the board"]]
    assert plan_of(word(P("Prevent 2024"), T(rows))).actions == []


def test_the_facts_of_a_form_are_no_actions() -> None:
    facts = T([["Title of analysis", "Council Plan and Year Ahead Delivery Plan Progress Update."],
               ["Directorate and service area", "Assistant Chief Executive, Policy, Performance and Intelligence"],
               ["Lead Manager", "A N Other"]])  # fmt: skip
    real = T([["Action", "Lead", "By when"], ["Hold a forum for faith groups", "Council", "May 2024"]])
    assert [a.text for a in plan_of(word(facts, P("Actions"), real)).actions] == ["Hold a forum for faith groups"]


def test_two_levels_of_numbered_headings_over_a_header() -> None:
    header = ["", "ACTIONS", "RESPONSIBLE", "TIMESCALE"]
    rows = [
        ["1.", C("ECONOMY", across=3, bold=True)], ["1.1", C("A thriving town", across=3, bold=True)], header,
        ["1.1.1", "Develop the market", "Clerk", "2013/14"],
        ["1.2", C("A unique identity", across=3, bold=True)], header, ["1.2.1", "Improve the site", "Clerk", "Sept 2013"],
    ]  # fmt: skip
    assert [a.group for a in plan_of(word(T(rows))).actions] == [
        ["1. ECONOMY", "1.1 A thriving town"],
        ["1. ECONOMY", "1.2 A unique identity"],
    ]


def test_a_numbered_line_over_a_table_of_a_paste_is_its_heading() -> None:
    plan = plan_of(
        "Action plan\n\n1. Identification of need\n\nActions\tLead\tBy when\nExtend the data\tPublic Health\tMay 2024\n"
        "Map the services\tPublic Health\tJune 2024\n\n2. Young people\n\nActions\tLead\tBy when\n"
        "Write guidance\tSchools\tJuly 2024\n",
        "plan.txt",
    )
    assert [a.group for a in plan.actions] == [["1. Identification of need"]] * 2 + [["2. Young people"]]


def test_the_day_on_which_it_was_raised_and_its_status_are_no_timescale() -> None:
    rows = [
        ["Reference", "Date", "Area", "Recommendation", "Exec date", "Lead officer", "Status"],
        ["SR 01", "01/01/26", "Finance", "That the assumptions be published", "01/02/26", "DM", "Complete"],
        ["SR 02", "02/01/26", "Health", "That the report be brought back", "01/03/26", "JB", "Ongoing"],
    ]
    plan = plan_of(word(T(rows)))
    assert [(a.ref, a.owners, a.timescale_text) for a in plan.actions] == [
        ("SR 01", ["DM"], None),
        ("SR 02", ["JB"], None),
    ]
    assert plan.actions[0].extra["Date"] == "01/01/26"
    after = [["Recommendation", "Lead officer", "Date"], ["Publish the assumptions", "Treasurer", "01/01/26"]]
    assert [a.timescale_text for a in plan_of(word(T([*after, *after[1:]]))).actions] == ["01/01/26"] * 2


def test_how_to_reach_an_owner_is_no_owner() -> None:
    rows = [
        ["Code", "Action", "Managed by", "Due date"],
        ["21 BC 03", "Remove graffiti from both squares", C(["Warden", "0208 421 0000"]), "May 2024"],
        ["22 BC 04", "Publish the policy", "Head of Housing\nhead@example.org", "June 2024"],
    ]
    plan = plan_of(excel(Plan=rows), "plan.xlsx")
    assert [(a.ref, a.owners) for a in plan.actions] == [("21 BC 03", ["Warden"]), ("22 BC 04", ["Head of Housing"])]


def test_a_header_with_a_name_of_its_own_is_known_by_the_other_tables() -> None:
    def part(name: str, *rows: list[str]) -> T:
        return T([[name, "CYC current position", "Further action required / recommendations"], *rows])

    plan = plan_of(
        word(
            part("Partnership working", ["33. Make use of a group", "There is a board", "Confirm the board as the group"]),
            part("Risk assessment", ["37. Read the profile", "It is read", "Prepare a version for members"]),
            part("Staff training", ["39. Train all staff", "Some are", "Train the rest of the staff"],
                 ["Use of resources", "CYC current position", "Further action required / recommendations"],
                 ["42. Let no hall", "No policy", "Draft a policy for halls"]),
        )
    )  # fmt: skip
    assert [(a.group, a.text, a.extra) for a in plan.actions] == [
        (["Partnership working"], "Confirm the board as the group", {"Column 1": "33. Make use of a group"}),
        (["Risk assessment"], "Prepare a version for members", {"Column 1": "37. Read the profile"}),
        (["Staff training"], "Train the rest of the staff", {"Column 1": "39. Train all staff"}),
        (["Use of resources"], "Draft a policy for halls", {"Column 1": "42. Let no hall"}),
    ]


def test_columns_that_are_named_in_two_ways_are_no_headings() -> None:
    def part(name: str, deed: str) -> T:
        return T([[name, "Lead", "By when"], [deed, "Police", "May 2024"]])

    plan = plan_of(word(part("Action", "Hold a forum"), P("and then"), part("Action required", "Train all staff")))
    assert [(a.group, a.text) for a in plan.actions] == [([], "Hold a forum"), ([], "Train all staff")]


def test_a_label_printed_over_every_table_is_no_heading() -> None:
    rows = [["Action", "Lead", "By when"], ["Hold a forum", "Police", "May 2024"]]
    parts = [
        [P(f"Safer {name}", style="Heading 2"), P("Indicators", bold=True), P("how many people feel safe"), T(rows)]
        for name in ("streets", "schools")
    ]
    plan = plan_of(word(P("Action plan 2025", "Title"), *parts[0], *parts[1]))
    assert [a.group for a in plan.actions] == [["Safer streets"], ["Safer schools"]]


def test_the_finest_of_several_columns_of_proposals_holds_the_actions() -> None:
    rows = [
        ["PROPOSALS", "CORE ACTIVITIES", "LOCAL PROPOSALS", "BY WHEN", "TEAM TO DELIVER"],
        [
            C("Double the building rate", down=3),
            C("Adopt local plans", down=2),
            "Review the local plan",
            "Annually",
            "Planning",
        ],
        ["Train new members in planning", "Ongoing", "Planning"],
        ["Work closely with partners", "Meet the agency regularly", "May 2016", "Housing"],
    ]
    plan = plan_of(excel(Plan=rows), "plan.xlsx")
    assert [(a.text, a.group[-1], a.owners) for a in plan.actions] == [
        ("Review the local plan", "Adopt local plans", ["Planning"]),
        ("Train new members in planning", "Adopt local plans", ["Planning"]),
        ("Meet the agency regularly", "Work closely with partners", ["Housing"]),
    ]
    assert {group.level for group in plan.groups} == {"proposal", "core activity"}


def test_labels_in_capitals_without_a_colon() -> None:
    plan = plan_of(
        "Food for all\n\nWork on health campaigns of the city\nStatus: Ongoing Date: 2011-2014\n\n"
        "ACTION Train champions across the city\nWHO City Council, Police\nWHEN 2012 – 2014\n\n"
        "ACTION Map food access in ten wards\nWHO City Council\nWHEN May 2013\n",
        "plan.txt",
    )
    assert [(a.text, a.owners, a.timescale_text) for a in plan.actions] == [
        ("Train champions across the city", ["City Council", "Police"], "2012 – 2014"),
        ("Map food access in ten wards", ["City Council"], "May 2013"),
    ]


def test_small_roman_numbers_are_numbers_of_actions() -> None:
    rows = [
        ["Objectives", "Baseline", "Lead agency", "Comments"],
        ["i. To support the youth project, including play schemes", "45", "Council", "until March"],
        ["ii. To support the scheme for pupils", "1,200", "Police", ""],
        ["iii. To develop detached youth work", "Nil", "Youth Service", ""],
        ["iv. To hold a forum", "", "Police", ""],
    ]
    plan = plan_of(word(P("Action plan 2024"), T(rows)))
    assert [(a.ref, a.text, a.owners) for a in plan.actions] == [
        ("i", "To support the youth project, including play schemes", ["Council"]),
        ("ii", "To support the scheme for pupils", ["Police"]),
        ("iii", "To develop detached youth work", ["Youth Service"]),
        ("iv", "To hold a forum", ["Police"]),
    ]


def test_a_column_that_is_always_filled_holds_the_actions_rather_than_one_with_gaps() -> None:
    aim = "The scheme will be the driver for change that everybody in the area can see in year"
    rows = [["Objective Area", "Objective", "5 Year Aim", "Impact", "Lead", "Completion Year"]]
    rows += [
        [
            "1. Racism",
            f"{at}. Adoption of scheme number {at}.",
            f"{aim} {at}" if at != 3 else "",
            "Law is kept",
            "JB",
            "Sept 02",
        ]
        for at in range(1, 8)
    ]
    plan = plan_of(excel(Plan=rows), "plan.xlsx")
    assert [(a.ref, a.text) for a in plan.actions] == [
        (str(at), f"Adoption of scheme number {at}.") for at in range(1, 8)
    ]


def test_names_of_columns_with_a_project_number_partners_and_to_be_achieved_by() -> None:
    rows = [
        ["Project no.", "Action", "Council lead", "Delivery partner(s)", "To be achieved by"],
        ["6a", "Recruit 15 mentors", "YOT Manager", "Osmani Trust", "March 08"],
        ["6b", "Match mentors with young people", "YOT Manager", "Police", "August 05"],
    ]
    plan = plan_of(excel(Plan=rows), "plan.xlsx")
    assert [(a.ref, a.owners, a.timescale_text, a.extra) for a in plan.actions] == [
        ("6a", ["YOT Manager"], "March 08", {"Delivery partner(s)": "Osmani Trust"}),
        ("6b", ["YOT Manager"], "August 05", {"Delivery partner(s)": "Police"}),
    ]


def test_a_column_whose_cells_say_who_leads_names_the_owners() -> None:
    rows = [
        ["Ref", "Action", "Strand(s)", "Delivery", "Timetable"],
        [
            "YP1",
            "Deliver workshops in schools",
            "1, 4",
            "Lead: Children, Schools and Families\nWith: Police",
            "May 2008",
        ],
        ["YP2", "Detached youth work", "3, 4", "Lead: Youth Service\nWith: YISP", "From June 2008"],
        ["YP3", "Hold a debate", "1, 5", "Lead: Democratic Services", "Each October"],
    ]
    assert [a.owners for a in plan_of(word(T(rows))).actions] == [
        ["Children, Schools and Families", "Police"],
        ["Youth Service", "YISP"],
        ["Democratic Services"],
    ]


def test_a_remark_that_there_is_nothing_to_do_is_no_action() -> None:
    rows = [
        ["Strand", "Action", "Lead agency", "Target date"],
        ["Prevent", "Hold a forum for halls", "Council", "May 2024"],
        ["Pursue", C("Police led – no actions for the Partnership. Updates will be given at the board.", across=3)],
        ["Protect", "Publish a leaflet that says no action is required", "Police", "June 2024"],
    ]
    plan = plan_of(word(T(rows)))
    assert [a.text for a in plan.actions] == [
        "Hold a forum for halls",
        "Publish a leaflet that says no action is required",
    ]
    assert any("no actions for the Partnership" in warning for warning in plan.warnings)


def test_the_lead_of_a_group_named_over_each_part() -> None:
    plan = plan_of(
        "Priority 1: Disorder,,\nGroup lead: Head of Service,,\nNo.,Action,Milestone\n1.1,Hold a forum,May 2024\n,,\n"
        "Priority 2: Roads,,\nGroup lead: Police,,\nNo.,Action,Milestone\n2.1,Train volunteers,June 2024\n",
        "plan.csv",
    )
    assert [(a.group, a.owners) for a in plan.actions] == [
        (["Priority 1: Disorder"], ["Head of Service"]),
        (["Priority 2: Roads"], ["Police"]),
    ]


def test_blank_rows_of_a_csv_file_keep_the_plan_from_what_stands_round_it() -> None:
    plan = plan_of(
        "Prevent Plan 2024,,,\n,,,\nVersion,Date,Author,\n3.1,Aug 2023,DSL,\n,,,\nTraining,,,\n,,,\n"
        "Ref,Action,Lead,Due\n1,Train the governors,Council,May 2024\n2,Train the staff,Police,June 2024\n,,,\n"
        "Communities,,,\n,,,\nRef,Action,Lead,Due\n3,Hold a forum,Council,July 2024\n,,,\n"
        "Year,Attended,,\n2022/23,411,,\n2023/24,530,,\n",
        "plan.csv",
    )
    assert [(a.ref, a.group, a.source.place) for a in plan.actions] == [
        ("1", ["Training"], "table 2, row 9"),
        ("2", ["Training"], "table 2, row 10"),
        ("3", ["Communities"], "table 3, row 15"),
    ]
    assert plan.title == "Prevent Plan 2024"


def test_lists_of_a_csv_file_with_one_column() -> None:
    plan = plan_of(
        "Slavery action plan\n\nOutcome 1: All staff know\nActions\n• Train all staff\n• Publish the strategy\n\n"
        "Outcome 2: Partners join\nActions\n• Invite all partners\n",
        "plan.csv",
    )
    assert [(a.text, a.group) for a in plan.actions] == [
        ("Train all staff", ["Outcome 1: All staff know"]),
        ("Publish the strategy", ["Outcome 1: All staff know"]),
        ("Invite all partners", ["Outcome 2: Partners join"]),
    ]


def test_parts_under_the_same_header_have_the_same_columns() -> None:
    head = ["No.", "Action", "Lead", "Milestone"]
    plan = plan_of(
        excel(
            Plan=[
                ["Roads"], head, ["1", "Hold a forum", "Police", "Half the villages"], [],
                ["Halls – theme lead: Head of Service"], head, ["2", "Train volunteers", "", "By May 2024"],
                ["3", "Visit all halls", "Council", "Q4 2024/25"], ["4", "Report to the board", "Council", "June 2025"],
            ]
        ),
        "plan.xlsx",
    )  # fmt: skip
    assert [(a.group, a.owners, a.timescale_text) for a in plan.actions] == [
        (["Roads"], ["Police"], "Half the villages"),
        (["Halls"], [], "By May 2024"),
        (["Halls"], ["Council"], "Q4 2024/25"),
        (["Halls"], ["Council"], "June 2025"),
    ]
    assert [group.owner_text for group in plan.groups] == [None, "Head of Service"]


def test_areas_for_development_beside_what_is_in_place() -> None:
    head = ["", "In place?\nYes/No/Partly", "Where in place", "Areas for development"]
    rows = [
        head,
        ["Opportunities to promote shared values", "Yes", "RE curriculum", "A language of the month"],
        ["Assemblies with members of the community", "Yes", "Local vicar", ""],
        ["Links with other schools", "Partly", "Ghana", "Further contact with schools in the county"],
    ]
    plan = plan_of(word(P("Community cohesion policy"), T(rows)))
    assert [a.text for a in plan.actions] == ["A language of the month", "Further contact with schools in the county"]


def test_a_form_under_a_heading_that_runs_across_it() -> None:
    def form(priority: str, *labels: tuple[str, str | list[str]]) -> T:
        rows = [[label, C(words) if isinstance(words, list) else words] for label, words in labels]
        return T([[C(priority, across=2, bold=True)], *rows])

    long = "Priority 6: Embed Prevent in all that we do, including the management of the strategy and the plan for hate crime"
    plan = plan_of(
        word(
            P("Partnership plan", "Heading 1"),
            form(
                "Priority 3: Reduce disorder",
                ("Lead", "Inspector"),
                ("Why is this a priority?", "Residents say so."),
                ("What we will do", ["Use the new powers", "Hold weekly meetings"]),
                ("By when", "March 2017"),
            ),
            form(
                long,
                ("Lead", "Prevent Lead"),
                ("Why is this a priority?", "The Act says so."),
                ("What we will do", ["Refresh the briefing", "Train all staff"]),
                ("By when", "July 2016"),
            ),
        )
    )
    assert [(a.text, a.group, a.owners) for a in plan.actions] == [
        ("Use the new powers", ["Priority 3: Reduce disorder"], ["Inspector"]),
        ("Hold weekly meetings", ["Priority 3: Reduce disorder"], ["Inspector"]),
        ("Refresh the briefing", [long], ["Prevent Lead"]),
        ("Train all staff", [long], ["Prevent Lead"]),
    ]


def test_action_by_names_a_person_or_a_day() -> None:
    def rows(first: str, second: str) -> list[list[str]]:
        return [["Objective", "Actions", "Action By"], ["Jobs", "Advertise", first], ["Jobs", "Interview", second]]

    dated = [
        [*row, day]
        for row, day in zip(
            rows("Corporate Manager (Human Resources and Payroll)", "Police"),
            ["Timescale", "May 2006", "June 2006"],
            strict=True,
        )
    ]
    people = plan_of(word(P("Action plan 2006"), T(dated))).actions
    assert [(a.owners, a.timescale_text) for a in people] == [
        (["Corporate Manager (Human Resources and Payroll)"], "May 2006"),
        (["Police"], "June 2006"),
    ]
    days = plan_of(word(P("Action plan 2006"), T(rows("March 2007", "Ongoing")))).actions
    assert [a.timescale_text for a in days] == ["March 2007", "Ongoing"]


def test_resolutions_beside_the_actions_taken() -> None:
    rows = [
        ["Motion", "Resolutions", "Lead Officer", "Actions taken", "Status"],
        [
            C("Dental crisis", down=2),
            "Ask for reports on dentistry",
            "J Hill",
            "Reports come twice a year",
            "Completed",
        ],
        ["Write to the secretary of state", "J Hill", "The director has been in contact", "Completed"],
    ]
    plan = plan_of(excel(Motions=rows), "plan.xlsx")
    assert [(a.text, a.group, a.progress) for a in plan.actions] == [
        ("Ask for reports on dentistry", ["Dental crisis"], "Reports come twice a year"),
        ("Write to the secretary of state", ["Dental crisis"], "The director has been in contact"),
    ]


def test_a_heading_and_its_aim_in_one_cell() -> None:
    head = ["Action", "Lead", "Timescale"]
    rows = [
        [C("Strategic Priority - Prepare", across=3, bold=True)],
        [C(["a) Leadership", "To provide strong leadership, a common definition and systems."], across=3)],
        head,
        ["Agree a definition", "Chair", "June 2016"],
        [C(["b) Information", "To have a shared picture across the whole borough."], across=3)],
        head,
        ["Agree a profile", "Police", "March 2017"],
    ]
    plan = plan_of(word(P("Action plan"), T(rows)))
    assert [a.group for a in plan.actions] == [
        ["Strategic Priority - Prepare", "a) Leadership"],
        ["Strategic Priority - Prepare", "b) Information"],
    ]
    assert [group.note for group in plan.groups][1:] == [
        "To provide strong leadership, a common definition and systems.",
        "To have a shared picture across the whole borough.",
    ]


def test_a_column_that_stays_the_same_over_several_actions_is_a_heading() -> None:
    rows = [
        ["No", "Audit title", "Recommendation", "Risk", "Responsible Officer", "Implementation date"],
        ["1", "Section 106", "Provide a report each quarter", "High", "Finance Manager", "31/01/2019"],
        ["2", "Section 106", "Carry out monitoring", "Medium", "Planning Officer", "Ongoing"],
        ["3", "Purchase Cards", "Suspend cards without receipts", "Medium", "Procurement Manager", "30/06/2021"],
        ["4", "Purchase Cards", "Report exceptions", "High", "Procurement Manager", "April 2022"],
    ]
    plan = plan_of(excel(Plan=rows), "plan.xlsx")
    assert [(a.group, a.extra) for a in plan.actions] == [
        (["Section 106"], {"Risk": "High"}),
        (["Section 106"], {"Risk": "Medium"}),
        (["Purchase Cards"], {"Risk": "Medium"}),
        (["Purchase Cards"], {"Risk": "High"}),
    ]


def test_codes_in_small_letters_before_the_words() -> None:
    rows = [
        ["Action", "Lead", "Timescale"],
        ["ap1. The forum should report", "Chairman", "March 2002"],
        ["ap2. Raise awareness of accidents", "Forum", "Ongoing"],
    ]
    actions = plan_of(word(T(rows))).actions
    assert [(a.ref, a.text) for a in actions] == [
        ("ap1", "The forum should report"),
        ("ap2", "Raise awareness of accidents"),
    ]


def test_lines_of_a_cell_of_a_sheet_that_begin_like_actions_are_actions() -> None:
    rows = [
        ["Objective", "Actions", "Lead", "When"],
        ["Halls", "Obtain three quotes\nReplace the fittings", "Estates", "May 2024"],
        ["Staff", "Train all staff:\ngovernors and drivers", "Schools", "June 2024"],
    ]
    plan = plan_of(excel(Plan=rows), "plan.xlsx")
    assert [a.text for a in plan.actions] == [
        "Obtain three quotes",
        "Replace the fittings",
        "Train all staff:\ngovernors and drivers",
    ]
    assert [doubt.code for doubt in plan.doubts if doubt.code == "stacked"] == ["stacked"]


def test_a_title_over_the_abbreviations_of_a_sheet() -> None:
    rows = [["ACTION PLAN 2005"], ["GLOSSARY OF TERMS"], ["CIAG", "Community Incident Action Group"],
            ["RBBC", "Exwick Borough Council"], ["YOT", "Youth Offending Team"], ["PCT", "Primary Care Trust"]]  # fmt: skip
    plan = plan_of(excel(Plan=rows), "plan.xlsx")
    assert plan.actions == [] and [decoy.kind for decoy in plan.decoys] == ["glossary"]


def test_a_header_of_two_rows_that_lost_its_merging() -> None:
    plan = plan_of(
        "Theme,Action,Lead,Timescale,,Budget,\n,,,Start,Finish,Grant,Council\n"
        "Youth,Hold summer schools,Council,July 2014,August 2014,500,\n"
        "Youth,Visit schools,Police,Sept 2014,March 2015,,200\n",
        "plan.csv",
    )
    assert [(a.text, a.timescale_text, a.reading.end) for a in plan.actions] == [
        ("Hold summer schools", "July 2014 - August 2014", "2014-08-31"),
        ("Visit schools", "Sept 2014 - March 2015", "2015-03-31"),
    ]


def test_a_number_and_a_name_over_each_header_are_a_heading_without_merging() -> None:
    plan = plan_of(
        "Prevent action plan 2022,,,,\n1,Leadership,,,\nRef,Action,Lead,Due,Status\n1.1,Appoint a governor,Clerk,May 2022,\n"
        "1.2,Attend the network,DSL,June 2022,Complete\n2,British Values,,,\nRef,Action,Lead,Due,Status\n"
        "2.1,Write a scheme of work,Tutor,July 2022,\n",
        "plan.csv",
    )
    assert [(a.ref, a.text, a.group) for a in plan.actions] == [
        ("1.1", "Appoint a governor", ["1 Leadership"]),
        ("1.2", "Attend the network", ["1 Leadership"]),
        ("2.1", "Write a scheme of work", ["2 British Values"]),
    ]


def test_measures_under_a_header_of_their_own_are_no_actions() -> None:
    def part(name: str, measure: str, deed: str) -> list[list[str | C]]:
        return [
            [C(name, across=2, bold=True)],
            [C("Indicators (how will we measure progress)", bold=True), C("Data Source", bold=True)],
            [measure, "Police"],
            [C("Actions (how we will do it)", bold=True), C("Nominated Lead / Agency", bold=True)],
            [deed, "Council"],
        ]

    rows = [
        *part("GANGS", "No. of people referred to the panel", "Hold a monthly meeting"),
        *part("PREVENT", "No. of staff completing the course", "Raise awareness of the duty"),
    ]
    plan = plan_of(word(P("Combined plan"), T(rows)))
    assert [(a.text, a.group, a.owners) for a in plan.actions] == [
        ("Hold a monthly meeting", ["GANGS"], ["Council"]),
        ("Raise awareness of the duty", ["PREVENT"], ["Council"]),
    ]


def test_most_of_a_glossary_without_a_header_are_abbreviations() -> None:
    rows = [["ATCM", "Association of Town Centre Managers"], ["DPPO", "Designated Public Place Order"],
            ["Purple Flag", "A benchmark for good night time destinations"], ["LNL", "Late night levy"]]  # fmt: skip
    assert plan_of(word(P("Glossary"), T(rows))).actions == []


def test_the_lead_of_a_board_over_each_table_is_no_heading() -> None:
    head = ["Action", "Timescale"]
    plan = plan_of(
        word(
            P("Objective 1: Prevention", "Heading 2"), P("Board lead: Head of Safeguarding", bold=True),
            T([head, ["Relaunch the posters", "May 2014"]]),
            P("Objective 2: Workforce", "Heading 2"), P("Board lead: Director of Nursing", bold=True),
            T([head, ["Revise the strategy", "June 2014"]]),
        )
    )  # fmt: skip
    assert [(a.group, a.owners) for a in plan.actions] == [
        (["Objective 1: Prevention"], ["Head of Safeguarding"]),
        (["Objective 2: Workforce"], ["Director of Nursing"]),
    ]


def test_a_start_beside_an_end_that_is_no_day() -> None:
    rows = [
        ["Action", "Lead", "Start date", "End date"],
        ["Use the tracker", "YOS", "01/05/2015", "Monthly"],
        ["Train case managers", "YOS", "01/07/2015", "Go-live (national rollout)"],
        ["Consult advisers", "Police", "01/04/2015", "Ongoing"],
        ["Publish the plan", "YOS", "01/04/2015", "30/06/2015"],
    ]
    plan = plan_of(excel(Plan=rows), "plan.xlsx")
    assert [(a.reading.kind, a.reading.start, a.reading.end) for a in plan.actions] == [
        ("recurring", "2015-05-01", None),
        ("unclear", "2015-07-01", None),
        ("open_start", "2015-04-01", None),
        ("range", "2015-04-01", "2015-06-30"),
    ]


def test_a_key_over_the_header_is_not_the_header() -> None:
    rows = [
        ["Prevent Delivery Plan 2015/16"],
        ["RAG key:", "R – not started", "A – in progress", "G – on track", "B – complete"],
        ["National objective", "Ref", "Action", "Lead", "Target date", "RAG"],
        ["Objective 1: respond", "1a", "Be represented on the board", "AD Safeguarding", "June 2015", "B"],
        ["", "1b", "Include Prevent in the plan", "Head of Comms", "30.09.15", "R"],
    ]
    plan = plan_of(excel(Plan=rows), "plan.xlsx")
    assert [(a.ref, a.owners, a.rag) for a in plan.actions] == [
        ("1a", ["AD Safeguarding"], "blue"),
        ("1b", ["Head of Comms"], "red"),
    ]


def test_names_of_leads_days_and_numbers_of_questions() -> None:
    rows = [
        ["Q", "Requirement", "Further action", "Identified Lead", "Target / review date"],
        ["2", "Is there a board?", "Feed minutes to the group", "Safety Officer", "31.10.20"],
        ["3", "Is there a plan?", "Add a page to the plan", "Chair", "Sept 2020"],
    ]
    plan = plan_of(word(P("Prevent checklist"), T(rows)))
    assert [(a.ref, a.text, a.owners, a.timescale_text) for a in plan.actions] == [
        ("2", "Feed minutes to the group", ["Safety Officer"], "31.10.20"),
        ("3", "Add a page to the plan", ["Chair"], "Sept 2020"),
    ]


def test_a_start_alone_keeps_its_words() -> None:
    rows = [
        ["Action", "Lead", "Start date", "End date"],
        ["Review the data", "YOS", "01/06/2025", ""],
        ["Meet the network", "DSL", "Termly", ""],
        ["Publish the plan", "YOS", "01/04/2025", "30/06/2025"],
    ]
    plan = plan_of(excel(Plan=rows), "plan.xlsx")
    assert [(a.timescale_text, a.reading.kind, a.reading.start, a.reading.end) for a in plan.actions] == [
        ("01/06/2025", "open_start", "2025-06-01", None),
        ("Termly", "recurring", None, None),
        ("01/04/2025 - 30/06/2025", "range", "2025-04-01", "2025-06-30"),
    ]


def test_columns_named_by_the_day_on_which_things_stood() -> None:
    plan = plan_of(
        "Commitment,Milestone reference,Milestone,4/30/2014,30/9/2014,31/1/2015\n"
        "Infrastructure,1.01,Provide release dates for datasets,Completed,Completed,Completed\n"
        "Infrastructure,1.02,Set out arrangements for quality,Behind schedule,Behind schedule,Closed\n"
        "Infrastructure,1.03,Ensure that the list is comprehensive,Completed,Completed,Completed\n"
        "Transparency,3.01,Issue the revised code,Completed,Completed,Completed\n",
        "plan.csv",
    )
    assert [(a.ref, a.group) for a in plan.actions] == [
        ("1.01", ["Infrastructure"]),
        ("1.02", ["Infrastructure"]),
        ("1.03", ["Infrastructure"]),
        ("3.01", ["Transparency"]),
    ]
    assert plan.actions[1].text == "Set out arrangements for quality" and plan.actions[1].reading.kind == "none"


def test_priorities_in_the_header_over_the_numbers() -> None:
    def part(name: str, *rows: list[str]) -> T:
        return T([[name, "Action", "Outcomes", "Lead", "Timescale"], *rows])

    plan = plan_of(
        word(
            part("Priority 1- Prevention", ["1.1", "Review the scheme", "", "Housing", "May 2024"],
                 ["1.2", "Change the team", "", "Housing", "June 2024"]),
            P("and"),
            part("Priority 2 – Homes", ["2.1", "Relaunch the offer", "", "Council", "July 2024"]),
        )
    )  # fmt: skip
    assert [(a.ref, a.text, a.group) for a in plan.actions] == [
        ("1.1", "Review the scheme", ["Priority 1- Prevention"]),
        ("1.2", "Change the team", ["Priority 1- Prevention"]),
        ("2.1", "Relaunch the offer", ["Priority 2 – Homes"]),
    ]


def test_a_task_and_finish_group_is_no_action() -> None:
    rows = [
        ["Themes and Actions", "Measure of success", "Target date", "Lead", "Task & Finish Group"],
        [C("THEME: CARERS", across=5, bold=True)],
        ["1. Increase assessments of carers", "More are assessed", "May 2014", "Council", "Carers Group"],
        ["2. Explore a voucher scheme", "", "June 2014", "CCG", ""],
    ]
    plan = plan_of(word(P("Dementia action plan"), T(rows)))
    assert [(a.ref, a.text, a.owners, a.extra) for a in plan.actions] == [
        ("1", "Increase assessments of carers", ["Council"], {"Task & Finish Group": "Carers Group"}),
        ("2", "Explore a voucher scheme", ["CCG"], {}),
    ]


def test_titles_of_deeds_beside_the_outcome_that_they_serve() -> None:
    plan = plan_of(
        "Outcome,Code,Title,Due Date,Managed By\n"
        "Transport supports the economy,OUT 001.01,Deliver a strategy,31-Mar-2013,Planning\n"
        "Transport supports the economy,OUT 001.02,Implement a delivery plan,30-Sep-2012,Planning\n"
        "Nobody is disadvantaged,OUT 004.01,Agree the cohort with the county,,Housing\n",
        "plan.csv",
    )
    assert [(a.ref, a.text) for a in plan.actions] == [
        ("OUT 001.01", "Deliver a strategy"),
        ("OUT 001.02", "Implement a delivery plan"),
        ("OUT 004.01", "Agree the cohort with the county"),
    ]


def test_numbers_of_a_year_and_a_count() -> None:
    plan = plan_of(
        "Strand,Action No,Action,Owner,Due\nPURSUE,24/01,Circulate the profile,Police,May 2024\n"
        "PREVENT,24/02,Complete the assessment,Council,June 2024\n",
        "plan.csv",
    )
    assert [(a.ref, a.group) for a in plan.actions] == [("24/01", ["PURSUE"]), ("24/02", ["PREVENT"])]


def test_bullets_in_small_letters_under_a_numbered_aim_are_actions() -> None:
    rows = [
        ["", "Aim", "Action required", "Expected impact", "Lead"],
        [
            "1.1",
            "People are safe",
            C(["review of systems", "to continue to engage"], bullets=True),
            "They are met",
            "Council",
        ],
        ["1.2", "Lives are led", C("gain assurance from partners"), "There is awareness", "All partners"],
    ]
    plan = plan_of(word(P("Business plan"), T(rows)))
    assert [(a.text, a.group) for a in plan.actions] == [
        ("review of systems", ["People are safe"]),
        ("to continue to engage", ["People are safe"]),
        ("gain assurance from partners", ["Lives are led"]),
    ]


def test_the_last_action_of_a_page_without_lead_is_no_heading_of_the_next() -> None:
    head = ["No", "Action", "Lead", "When"]
    rows = [head, ["1", "Hold a forum", "Police", "May 2024"], ["2", "Train all staff of the council", "", ""],
            head, ["3", "Visit every hall", "Council", "June 2024"]]  # fmt: skip
    assert [a.ref for a in plan_of(word(T(rows))).actions] == ["1", "2", "3"]


def test_how_far_something_is_developed_is_no_heading() -> None:
    rows = [
        ["1. Leadership", "How far", "Evidence", "Action Plan"],
        ["1.2 There is a lead", "Developing", "Job description", "Add the duty to the description"],
        ["1.3 The lead is trained", "Developing", "", "Attend the course"],
        ["1.4 Governors know", "No", "Minutes", "Brief the governors"],
    ]
    plan = plan_of(word(P("Prevent audit"), T(rows)))
    assert all("Developing" not in a.group for a in plan.actions) and len(plan.actions) == 3

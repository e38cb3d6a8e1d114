"""Plans that were pasted, logged or typed without care: dates of other things, broken lines, notes between rows."""

from __future__ import annotations

import datetime as dt

import pytest

from actions.importing.draft import DraftPlan
from actions.importing.reading import read_document
from actions.importing.understanding import understand

from .files import C, P, T, excel, word


def plan_of(data: bytes | str, name: str = "plan.docx") -> DraftPlan:
    return understand(read_document(name, data.encode() if isinstance(data, str) else data))


def told(plan: DraftPlan) -> list[tuple[object, ...]]:
    """Each action as (text, group, owners, timescale)."""
    return [(a.text, a.group, a.owners, a.timescale_text) for a in plan.actions]


@pytest.mark.parametrize("other", ["Date agreed", "Date raised", "Last reviewed", "Created Date"])
def test_the_day_something_was_written_down_is_no_deadline(other: str) -> None:
    plan = plan_of(
        excel(
            Log=[
                ["Gap", "Agreed action", "Action owner", other, "Target date"],
                ["A", "Refresh the terms", "Chair", C(dt.date(2024, 1, 15)), C(dt.date(2024, 3, 31))],
                ["B", "Invite the college", "Clerk", C(dt.date(2024, 1, 15)), "TBC"],
            ]
        ),
        "plan.xlsx",
    )
    assert [a.timescale_text for a in plan.actions] == ["31/03/2024", "TBC"]


def test_a_list_whose_lines_end_in_a_lead_and_a_date() -> None:
    plan = plan_of(
        "Extremism Action Plan 2019\n\nPRIORITY 1: COMMUNITY\n\n"
        "a) Hold an event in each ward – Policing Team – by September 2019\n"
        "b) Promote the reporting app – All partners – ongoing\n\n"
        "PRIORITY 2: SCHOOLS\n\n"
        "a) Find a champion in each cluster – Head Teachers’ Forum – as vacancies arise\n",
        "plan.txt",
    )
    assert told(plan) == [
        ("Hold an event in each ward", ["PRIORITY 1: COMMUNITY"], ["Policing Team"], "by September 2019"),
        ("Promote the reporting app", ["PRIORITY 1: COMMUNITY"], ["All partners"], "ongoing"),
        (
            "Find a champion in each cluster",
            ["PRIORITY 2: SCHOOLS"],
            ["Head Teachers’ Forum"],
            "as vacancies arise",
        ),
    ]


def test_paragraphs_with_the_labels_in_them() -> None:
    plan = plan_of(
        word(
            P("Prevent Implementation Plan", "Title"),
            P("Theme 1: Leadership", "Heading 2"),
            P("Action: Name a lead member. Owner: Monitoring Officer. Deadline: May 2022."),
            P("Action: Tell scrutiny once a year. Owner: Safety Team Leader. Deadline: Each November."),
        )
    )
    assert told(plan) == [
        ("Name a lead member.", ["Theme 1: Leadership"], ["Monitoring Officer"], "May 2022"),
        ("Tell scrutiny once a year.", ["Theme 1: Leadership"], ["Safety Team Leader"], "Each November"),
    ]


def test_answers_about_a_priority_between_its_heading_and_its_actions() -> None:
    def block(label: str, action: str) -> list[list[object]]:
        return [
            [C(label, across=4, fill="7030A0", bold=True)],
            [C("Why does it matter?", bold=True), C("Too few people say what happened.", across=3)],
            [C(words, bold=True) for words in ("What we will do", "Lead organisation", "Timescale", "Impact")],
            [action, "County Council", "May 2023", "Numbers"],
        ]

    plan = plan_of(
        word(T([*block("Priority 1 Support", "Open one front door"), *block("Priority 2 Attitudes", "Go on air")]))
    )
    assert told(plan) == [
        ("Open one front door", ["Priority 1 Support"], ["County Council"], "May 2023"),
        ("Go on air", ["Priority 2 Attitudes"], ["County Council"], "May 2023"),
    ]


def test_leads_in_brackets_behind_the_actions() -> None:
    plan = plan_of(
        word(
            T(
                [
                    ["Area for development", "Planned actions (lead)", "Cost", "Timescale"],
                    ["Curriculum", "Audit the schemes of learning (Curriculum Managers)", "None", "May 2024"],
                    ["Online", "Upgrade the filters (IT Services Manager)", "£900", "June 2024"],
                ]
            )
        )
    )
    assert told(plan) == [
        ("Audit the schemes of learning", ["Curriculum"], ["Curriculum Managers"], "May 2024"),
        ("Upgrade the filters", ["Online"], ["IT Services Manager"], "June 2024"),
    ]


def test_brackets_that_are_no_leads_stay_in_the_words() -> None:
    plan = plan_of(
        word(
            T(
                [
                    ["Action", "Timescale"],
                    ["Audit the schemes of learning (all years)", "May 2024"],
                    ["Upgrade the filters (phase one)", "June 2024"],
                ]
            )
        )
    )
    assert [a.text for a in plan.actions] == [
        "Audit the schemes of learning (all years)",
        "Upgrade the filters (phase one)",
    ]


def test_cells_pasted_from_word_with_their_lines_broken() -> None:
    plan = plan_of(
        "Prevent Action Plan 2023/24\nRef\tAction\tLead\tTimescale\tProgress\n"
        "1.1\tRefresh the risk assessment\tPrevent Lead\nPolice Inspector\tMay 2023\tDone\n"
        "1.2\tAgree what to do about:\nonline harms\ngrievances\tSafety Manager\tJuly 2023\t\n"
        "1.3\tShare what was learned\tPrevent Lead\tQuarterly\tTwice so far\n",
        "plan.txt",
    )
    assert [(a.ref, a.text, a.owners, a.timescale_text) for a in plan.actions] == [
        ("1.1", "Refresh the risk assessment", ["Prevent Lead", "Police Inspector"], "May 2023"),
        ("1.2", "Agree what to do about:\nonline harms\ngrievances", ["Safety Manager"], "July 2023"),
        ("1.3", "Share what was learned", ["Prevent Lead"], "Quarterly"),
    ]


def test_rows_that_only_lost_their_last_tabs_stay_rows() -> None:
    plan = plan_of(
        "Action\tLead\tTimescale\tProgress\nRefresh the plan\tClerk\nTrain the staff\tHR Team\nMeet\tChair\tMay 2024\t\n",
        "plan.txt",
    )
    assert [a.text for a in plan.actions] == ["Refresh the plan", "Train the staff", "Meet"]


def test_a_plan_in_spaced_columns_with_rows_that_wrap() -> None:
    plan = plan_of(
        "Harbour Council Prevent Plan 2024-25\n\nPriority 1: Reduce risk\n\n"
        "Action                                   Lead officer               Target date\n\n"
        "Attend all county board                  Community Safety           Quarterly\n"
        "meetings and report back                 Team Leader\n\n"
        "Assess the risk of letting               Estates Manager            March 2025\n"
        "council venues\n",
        "plan.txt",
    )
    assert told(plan) == [
        (
            "Attend all county board meetings and report back",
            ["Priority 1: Reduce risk"],
            ["Community Safety Team Leader"],
            "Quarterly",
        ),
        ("Assess the risk of letting council venues", ["Priority 1: Reduce risk"], ["Estates Manager"], "March 2025"),
    ]


def test_coloured_signs_are_ratings() -> None:
    plan = plan_of(
        word(
            T(
                [
                    ["Workstream", "What", "Who", "By", "🚦"],
                    ["Channel", "Induct the vice chair", "Coordinator", "14 Nov 2025", "🟢"],
                    ["Channel", "Test the night route", "Duty Team", "30 Nov 2025", "🟠"],
                    ["Projects", "Close the grant", "Grants Officer", "31 Mar 2026", "🔵"],
                ]
            )
        )
    )
    assert [(a.text, a.group, a.rag) for a in plan.actions] == [
        ("Induct the vice chair", ["Channel"], "green"),
        ("Test the night route", ["Channel"], "amber"),
        ("Close the grant", ["Projects"], "blue"),
    ]


def test_a_self_assessment_groups_by_its_statements_and_not_by_yes_and_no() -> None:
    plan = plan_of(
        word(
            T(
                [
                    ["", "Statement", "Yes / Partly / No", "Actions to be taken", "By whom", "By when"],
                    ["1.1", "Governors know the duty", "Yes", "", "", ""],
                    ["1.2", "There is a named lead", "Partly", "Put up a poster", "Office Manager", "May 2024"],
                    ["1.3", "All staff are trained", "No", "Book a refresher", "Headteacher/DSL", "June 2024"],
                ]
            )
        )
    )
    assert told(plan) == [
        ("Put up a poster", ["There is a named lead"], ["Office Manager"], "May 2024"),
        ("Book a refresher", ["All staff are trained"], ["Headteacher", "DSL"], "June 2024"),
    ]


def test_a_service_named_by_its_field_beside_another() -> None:
    owners = "Youth Justice Service & Education Inclusion"
    plan = plan_of(word(T([["Action", "Lead", "When"], ["Find mentors", owners, "May 2024"]])))
    assert plan.actions[0].owners == ["Youth Justice Service", "Education Inclusion"]


def test_headings_and_leads_of_a_workbook_saved_as_csv() -> None:
    plan = plan_of(
        "Activity,Lead,Actions,Timescales\nIdeology - the causes,,,\n"
        "Know the risk,Police,Write the risk assessment,May 2024\n,,Share it with partners,June 2024\n"
        ",,Review it,\nIndividuals - those at risk,,,\nTrain staff,Council,Hold a session,July 2024\n"
        ",,Hold it again,\n",
        "plan.csv",
    )
    assert [(a.text, a.group, a.owners) for a in plan.actions] == [
        ("Write the risk assessment", ["Ideology - the causes", "Know the risk"], ["Police"]),
        ("Share it with partners", ["Ideology - the causes", "Know the risk"], ["Police"]),
        ("Review it", ["Ideology - the causes", "Know the risk"], ["Police"]),
        ("Hold a session", ["Individuals - those at risk", "Train staff"], ["Council"]),
        ("Hold it again", ["Individuals - those at risk", "Train staff"], ["Council"]),
    ]


def test_a_lead_missing_here_and_there_is_not_filled_in() -> None:
    plan = plan_of(
        "Theme,Action,Lead,Timescale\nOne,Write the assessment,Police,May 2024\n,Share it,Council,June 2024\n"
        ",Review it,,\n,Test it,Fire Service,\n",
        "plan.csv",
    )
    assert [a.owners for a in plan.actions] == [["Police"], ["Council"], [], ["Fire Service"]]


def test_a_heading_across_pasted_rows_without_tabs() -> None:
    plan = plan_of(
        "#\tAction\tOwner\nMake sure that everybody knows the local threat\n1\tBrief the leads\tCoordinator\n"
        "2\tPublish the plan\tCoordinator\nBring more faith groups round the table\n3\tInvite them\tChair\n",
        "plan.txt",
    )
    assert [(a.ref, a.text, a.group, a.owners) for a in plan.actions] == [
        ("1", "Brief the leads", ["Make sure that everybody knows the local threat"], ["Coordinator"]),
        ("2", "Publish the plan", ["Make sure that everybody knows the local threat"], ["Coordinator"]),
        ("3", "Invite them", ["Bring more faith groups round the table"], ["Chair"]),
    ]


def test_headings_cut_by_the_columns_of_a_scanned_page() -> None:
    plan = plan_of(
        "#\tAction\tOwner\n1\tShare the pathway\tHealth Lead\n2\tReview referrals\tCoordinator\n"
        "\tEnsure that partners take a complete ap\tproach when\n3\tFilter the web\tHead teachers\n",
        "plan.txt",
    )
    assert [(a.ref, a.text) for a in plan.actions] == [
        ("1", "Share the pathway"),
        ("2", "Review referrals"),
        ("3", "Filter the web"),
    ]


def test_the_slogan_of_a_page_foot_is_no_action() -> None:
    plan = plan_of(
        "Activity\tLead\tActions\tTimescales\nTalks\tCouncil\tTalk to the parish\tMay 2024\n\n\n"
        "\t\tTO MAKE THE TOWN SAFER\t\n\t\tand to the county.\t\nFilms\tPolice\tShow a film\tJune 2024\n\n\n"
        "\t\tWE TO MAKE THE TOWN\t\nWalks\tWardens\tWalk the ward\tJuly 2024\n",
        "plan.txt",
    )
    assert [a.text for a in plan.actions] == ["Talk to the parish and to the county.", "Show a film", "Walk the ward"]


def test_a_list_exported_with_its_headings_behind_the_actions() -> None:
    plan = plan_of(
        "Title,Strand,Lead Officer,Due,Created Date\nMap the settings,Permissive environments,Early Years Manager,"
        "Dec-24,2024-10-03\nHold a stall,Engagement,Union Officer,Sept 2024,2024-10-03\n",
        "plan.csv",
    )
    assert told(plan) == [
        ("Map the settings", ["Permissive environments"], ["Early Years Manager"], "Dec-24"),
        ("Hold a stall", ["Engagement"], ["Union Officer"], "Sept 2024"),
    ]


def test_a_table_that_counts_actions_is_not_the_plan() -> None:
    plan = plan_of(
        excel(
            Summary=[["Theme", "Number of actions", "Complete"], ["Staff", "2", "1"], ["Students", "1", "0"]],
            Staff=[["Action", "Lead", "Timescale"], ["Update the induction", "HR Adviser", "Jan 2024"]],
        ),
        "plan.xlsx",
    )
    assert [a.text for a in plan.actions] == ["Update the induction"]


@pytest.mark.parametrize(
    "rows",
    [
        [["Event", "Date", "Lead", "Outcome"], ["Faith visit", "May 2024", "Cohesion Officer", "40 people came"]],
        [["Measure", "Owner", "Baseline", "Target", "How often"], ["% staff trained", "HR", "70%", "95%", "Quarterly"]],
        [
            ["Project", "Provider", "Funding 2024/25", "End date"],
            ["Parent course", "A charity", "£10,000", "March 2025"],
        ],
        [["Course", "Who should attend", "When", "Lead"], ["Level 1", "All staff", "Every two years", "HR"]],
        [["What we said we would do", "What we did", "Impact"], ["Train 200 staff", "Trained 240", "Confidence up"]],
    ],
)
def test_tables_of_other_things_with_leads_and_dates(rows: list[list[str]]) -> None:
    assert plan_of(word(P("Prevent Strategy", "Title"), T(rows))).actions == []

"""Plans as they arrive in the paste box: columns of spaces, labelled lines, tables cut by a page. One layout a test."""

from __future__ import annotations

from actions.importing.draft import DraftPlan
from actions.importing.reading import read_document
from actions.importing.understanding import understand


def plan_of(text: str) -> DraftPlan:
    return understand(read_document("plan.txt", text.encode()))


def told(plan: DraftPlan) -> list[tuple[object, ...]]:
    """Each action as (ref, text, group, owners, timescale)."""
    return [(a.ref, a.text, a.group, a.owners, a.timescale_text) for a in plan.actions]


def test_a_table_drawn_with_spaces_with_wrapped_cells_and_a_page_number() -> None:
    plan = plan_of("""OBJECTIVE 1: LEADERSHIP

Ref    Action                                  Lead                      Timescale

1.1    Agree the governance arrangements       Head of Community         June 2024
       for Prevent and publish them            Safety

1.2    Hold a development day for the board    Prevent Board Chair       March 2025

                                   Page 1 of 2

OBJECTIVE 2: TRAINING

Ref    Action                                  Lead                      Timescale

2.1    Provide training to housing officers    Training Team /           Ongoing
       and contractors                         Housing Manager
""")
    first, second = "OBJECTIVE 1: LEADERSHIP", "OBJECTIVE 2: TRAINING"
    assert told(plan) == [
        (
            "1.1",
            "Agree the governance arrangements for Prevent and publish them",
            [first],
            ["Head of Community Safety"],
            "June 2024",
        ),
        ("1.2", "Hold a development day for the board", [first], ["Prevent Board Chair"], "March 2025"),
        (
            "2.1",
            "Provide training to housing officers and contractors",
            [second],
            ["Training Team", "Housing Manager"],
            "Ongoing",
        ),
    ]


def test_running_text_with_double_spaces_is_no_table() -> None:
    plan = plan_of(
        "We met the board.  They agreed the plan.\nWe will meet again.  It will be in May.\nThe end.  Thanks.\n"
    )
    assert plan.actions == []


def test_labelled_lines_under_each_action() -> None:
    plan = plan_of("""PREVENT DELIVERY PLAN 2023 - 2024

1. RISK ASSESSMENT

1.1 Carry out a local risk assessment
Owner: Prevent Manager, Anyshire Police
Timescale: October 2023
Progress: workshop held 4 July 2023

1.2 Report the findings to the board
Owner: Prevent Manager
Timescale: December 2023
""")
    assert told(plan) == [
        (
            "1.1",
            "Carry out a local risk assessment",
            ["1. RISK ASSESSMENT"],
            ["Prevent Manager", "Anyshire Police"],
            "October 2023",
        ),
        ("1.2", "Report the findings to the board", ["1. RISK ASSESSMENT"], ["Prevent Manager"], "December 2023"),
    ]
    assert plan.actions[0].progress == "workshop held 4 July 2023"


def test_the_facts_of_a_cover_page_are_not_an_action() -> None:
    plan = plan_of("Anytown Prevent Strategy for the borough\nOwner: Head of Safety\nReview date: May 2025\n")
    assert plan.actions == []


def test_labels_behind_a_bullet_keep_the_full_stop_of_the_words() -> None:
    plan = plan_of("""Objective 1 - Ideology

- Publish a newsletter for partners. Lead: Prevent Coordinator. By: March 2025
- Review the website content. Lead: Communications Team. By: Ongoing
""")
    assert told(plan) == [
        (
            None,
            "Publish a newsletter for partners.",
            ["Objective 1 - Ideology"],
            ["Prevent Coordinator"],
            "March 2025",
        ),
        (None, "Review the website content.", ["Objective 1 - Ideology"], ["Communications Team"], "Ongoing"),
    ]


def test_owner_and_date_in_one_bracket() -> None:
    plan = plan_of("""Priority 1: Ideology
1. Launch a resource for libraries (Lead: Libraries Manager; by March 2025)
2. Refer unlawful material to the police (Lead: Prevent Coordinator; ongoing)

Priority 2: Individuals
3. Share learning from audits (Lead: Prevent Coordinator and MASH Manager; quarterly)
""")
    assert [(a.text, a.owners, a.timescale_text) for a in plan.actions] == [
        ("Launch a resource for libraries", ["Libraries Manager"], "by March 2025"),
        ("Refer unlawful material to the police", ["Prevent Coordinator"], "ongoing"),
        ("Share learning from audits", ["Prevent Coordinator", "MASH Manager"], "quarterly"),
    ]


def test_a_date_cut_into_two_lines_joins_its_action_and_a_list_stays_with_its_lead_in() -> None:
    plan = plan_of(
        "Activity\tLead\tActions\tTimescales\n"
        "Engagement\tVoluntary Action\tUse the newsletter and the local\tFeb 2024 –\n"
        "\tAnytown Council\tForums to share news of Prevent.\tMarch 2025\n"
        "Talks\tAnytown Council\tOffer a talk to:\tMay 2024\n"
        "\t\tFriends groups\t\n"
        "\t\tBusiness forums\t\n"
    )
    assert [(a.text, a.owners, a.reading.start, a.reading.end) for a in plan.actions] == [
        (
            "Use the newsletter and the local Forums to share news of Prevent.",
            ["Voluntary Action", "Anytown Council"],
            "2024-02-01",
            "2025-03-31",
        ),
        ("Offer a talk to:\nFriends groups\nBusiness forums", ["Anytown Council"], None, "2024-05-31"),
    ]


PAGE = """Home

Equality action plan 2024-25

Priority one: Create an inclusive place

Build a programme for all staff

Action

Roll out a programme of learning.

Lead service area

Equalities team

How will we measure success?

Programme in place and known to all.

Make our buildings inclusive

Action

Make buildings accessible for everybody.

Install hearing loops in every hall.

Lead service area

Estates team

How will we measure success?

Visitors say that our buildings feel inclusive

Priority two: Understand our communities

Managers know what to do

Action

Run the bystander programme for managers by March 2025

Lead service area

Police and Equalities team

How will we measure success?

A better result in the survey.

Was this page useful?
"""


def test_labels_on_lines_of_their_own_are_the_forms_of_a_web_page() -> None:
    first, second = "Priority one: Create an inclusive place", "Priority two: Understand our communities"
    plan = understand(read_document("plan.txt", PAGE.encode()))
    assert [(a.text, a.group, a.owners) for a in plan.actions] == [
        ("Roll out a programme of learning.", [first, "Build a programme for all staff"], ["Equalities team"]),
        ("Make buildings accessible for everybody.", [first, "Make our buildings inclusive"], ["Estates team"]),
        ("Install hearing loops in every hall.", [first, "Make our buildings inclusive"], ["Estates team"]),
        (
            "Run the bystander programme for managers by March 2025",
            [second, "Managers know what to do"],
            ["Police", "Equalities team"],
        ),
    ]
    assert [a.measure for a in plan.actions][:2] == [
        "Programme in place and known to all.",
        "Visitors say that our buildings feel inclusive",
    ]


def test_a_measure_keeps_its_full_stop_and_its_brackets() -> None:
    plan = understand(
        read_document(
            "plan.txt",
            b"Train the governors of every school\nLead: Schools Officer\nMeasure: Fifty trained (in all wards).\n\n"
            b"Action: Brief the councillors. Lead: Clerk. (Measure: all briefed)\n",
        )
    )
    assert [a.measure for a in plan.actions] == ["Fifty trained (in all wards).", "all briefed"]


def test_labels_of_the_council_s_own_and_a_bare_year_under_each_action() -> None:
    plan = plan_of("""Key activities

Develop a plan for the halls
Lead officer: Principal Officer
2007/8
Budget implications: Budget to maintain the halls

Review the mobile service
Lead officer: Services Manager
2008/9
Budget implications: None
Partners: Parish councils
""")
    assert told(plan) == [
        (None, "Develop a plan for the halls", ["Key activities"], ["Principal Officer"], "2007/8"),
        (None, "Review the mobile service", ["Key activities"], ["Services Manager"], "2008/9"),
    ]
    assert plan.actions[0].extra == {"Budget implications": "Budget to maintain the halls"}
    assert plan.actions[1].extra == {"Budget implications": "None", "Partners": "Parish councils"}


def test_deeds_with_a_report_under_each() -> None:
    plan = plan_of(
        "Plan and updates\n\n• Develop the conference process\n• UPDATE March 2019 Partners have agreed to meet daily\n"
        "• Increase the use of powers\n• UPDATE March 2019 A pilot has begun\n"
        "• Improve links with schools\n• UPDATE 2019 Encompass is in place\n• If you are in danger call 999.\n",
    )
    assert [(a.text, a.progress) for a in plan.actions] == [
        ("Develop the conference process", "March 2019 Partners have agreed to meet daily"),
        ("Increase the use of powers", "March 2019 A pilot has begun"),
        ("Improve links with schools", "2019 Encompass is in place"),
    ]


def test_forms_under_their_action_with_labels_on_lines_of_their_own() -> None:
    def form(action: str, rating: str) -> str:
        return f"{action}\n\nDesired outcome\n• Data are agreed\n• Data are used\nDetail\n• Begun in May\nRAG\n{rating}\n\n"

    plan = plan_of(
        "Improvement plan\n\nThe recommendations are:\n\n"
        + form("The board should know the needs of children\nin the area", "Green")
        + form("The service should improve its assessments", "Red")
        + form("The police should review the panel", "Green")
        + "Is this page helpful?\nYes   No\n",
    )
    assert [(a.text, a.rag, a.measure, a.extra) for a in plan.actions] == [
        (text, rating, "Data are agreed\nData are used", {"Detail": "Begun in May"})
        for text, rating in [
            ("The board should know the needs of children in the area", "green"),
            ("The service should improve its assessments", "red"),
            ("The police should review the panel", "green"),
        ]
    ]


def test_the_rows_of_a_pasted_table_are_counted_within_it() -> None:
    """A person counts the rows of a table, not the lines of what they pasted."""
    plan = plan_of(
        "Our plan\n\nWhat we will do.\n\nRef\tAction\tOwner\n1\tTrain all staff\tHR\n2\tBrief the board\tChair\n"
    )
    assert [action.source.place for action in plan.actions] == ["table 1, row 2", "table 1, row 3"]


def test_a_status_on_a_line_of_its_own_under_each_number() -> None:
    plan = plan_of(
        "Our action plan at a glance\n\nAction Status\n1. Establish a group with oversight\nComplete\n"
        "2. Establish a panel on cohesion\nPaused\n3. Review our approach to communities\nComplete\n"
        "4. Work with disabled people\nOngoing\n5. Consult on the review\nComplete\n6. Refresh the approach\nOngoing\n"
    )
    assert [(a.ref, a.text, a.progress, a.group) for a in plan.actions] == [
        ("1", "Establish a group with oversight", "Complete", []),
        ("2", "Establish a panel on cohesion", "Paused", []),
        ("3", "Review our approach to communities", "Complete", []),
        ("4", "Work with disabled people", "Ongoing", []),
        ("5", "Consult on the review", "Complete", []),
        ("6", "Refresh the approach", "Ongoing", []),
    ]


def test_numbered_labels_over_the_words_and_listed_labels_under_them() -> None:
    plan = plan_of(
        "Our Action Plan 2024-28\n\nObjective 1: Inclusion is promoted\n\nAction 1:\n\nWe will give access to training.\n\n"
        "We will embed it.\n\n  • Service: Human Resources\n  • Evidence: Numbers of staff\n"
        "  • By when?: Ongoing\n\nAction 2:\n\nWe will check the training.\n\n  • Service: Democratic Services\n"
        "  • Evidence:\n  • By when?: May 2025\n\nObjective 2: To be thought of as an employer of choice who promotes equality "
        "and fairness in the workplace\n\nAction 1:\n\nWe will publish our pay gap.\n\n  • Service: Human Resources\n"
        "  • Evidence: Report\n  • By when?: March 2025\n"
    )
    one = "Objective 1: Inclusion is promoted"
    two = "Objective 2: To be thought of as an employer of choice who promotes equality and fairness in the workplace"
    assert told(plan) == [
        ("1", "We will give access to training. We will embed it.", [one],
         ["Human Resources"], "Ongoing"),
        ("2", "We will check the training.", [one], ["Democratic Services"], "May 2025"),
        ("1", "We will publish our pay gap.", [two], ["Human Resources"], "March 2025"),
    ]  # fmt: skip


def test_headings_that_number_what_will_be_done_over_an_update_for_each() -> None:
    plan = plan_of(
        "# Annual action plan\n\n## Strategic priority 1 – prevention\n\n### Outcome\n\nPeople know where to go.\n\n"
        "### What we will do: action 1\n\nCreate a plan of key dates.\n\n#### Annual update\n\nA calendar is in use.\n\n"
        "### What we will do: action 2\n\nOffer all schools a programme.\n\n#### Annual update\n\n24 schools took it up.\n\n"
        "## Strategic priority 2 – support\n\n### Outcome\n\nVictims are safe.\n\n### What we will do: action 1\n\n"
        "Commission a service.\n\n#### Annual update\n\nThe contract is let.\n"
    )
    one, two = "Strategic priority 1 – prevention", "Strategic priority 2 – support"
    assert [(a.ref, a.text, a.group, a.progress) for a in plan.actions] == [
        ("1", "Create a plan of key dates.", [one], "A calendar is in use."),
        ("2", "Offer all schools a programme.", [one], "24 schools took it up."),
        ("1", "Commission a service.", [two], "The contract is let."),
    ]


def test_rows_that_begin_with_a_quoted_cell_of_several_lines() -> None:
    plan = plan_of(
        "Action plan 2006-2009\n\nOutcome\tAction\tTimescale\tAccountable\n"
        '"Objective 1\nA plan is agreed."\t"1. Identify a plan\n2. Review the results"\t"April 2007\nMay 2007"\tAdvisor\n'
        '"Objective 2\nPolicies are fair."\t1. Agree a template\tJune 2007\tHead of Policy\n\t\t\t\nYear\tNumber\n2006\t12\n'
    )
    assert told(plan) == [
        ("1", "Identify a plan", ["Objective 1 A plan is agreed."], ["Advisor"], "April 2007"),
        ("2", "Review the results", ["Objective 1 A plan is agreed."], ["Advisor"], "May 2007"),
        ("1", "Agree a template", ["Objective 2 Policies are fair."], ["Head of Policy"], "June 2007"),
    ]


def test_lists_under_we_plan_to() -> None:
    plan = plan_of(
        "Our Strategic Plan 2023/24\n\nAmbition One: Listen to citizens\n\nOur ambition is to listen.\n\nWe plan to:\n\n"
        "  1. Expand our network\n  2. Hold an event\n\nAmbition Two: Promote awareness\n\nWe plan to:\n\n"
        "  1. Provide sessions for groups\n\nPrint this page\n"
    )
    one, two = "Ambition One: Listen to citizens", "Ambition Two: Promote awareness"
    assert [(a.ref, a.text, a.group) for a in plan.actions] == [
        ("1", "Expand our network", [one]),
        ("2", "Hold an event", [one]),
        ("1", "Provide sessions for groups", [two]),
    ]


def test_labels_with_a_dash_after_them() -> None:
    plan = plan_of(
        "Strategy 2022 to 2025\n\nPriority one\n\nAction - review the pages and put them in plain English\n\n"
        "  • target / outcome - one set of advice\n  • year - 2022 to 2023\n\nAction - hold a forum of landlords\n\n"
        "  • target / outcome - fewer evictions\n  • year - ongoing\n"
    )
    assert [(a.text, a.measure, a.timescale_text) for a in plan.actions] == [
        ("review the pages and put them in plain English", "one set of advice", "2022 to 2023"),
        ("hold a forum of landlords", "fewer evictions", "ongoing"),
    ]


def test_tables_pasted_one_under_the_other_without_a_blank_line() -> None:
    plan = plan_of(
        "Authority\tRepresentative\nCouncil\tChief Executive\nPolice\tSuperintendent\n"
        "PRIORITY 1: VIOLENCE\t\t\nWhat we will do\tWho\tBy when\nHold a forum\tPolice\tJune 2024\n"
        "Publish the strategy\tAnalyst\nPolice\tMay 2024\nTrain the staff\tCouncil\tJuly 2024\n"
    )
    assert told(plan) == [
        (None, "Hold a forum", ["PRIORITY 1: VIOLENCE"], ["Police"], "June 2024"),
        (None, "Publish the strategy", ["PRIORITY 1: VIOLENCE"], ["Analyst", "Police"], "May 2024"),
        (None, "Train the staff", ["PRIORITY 1: VIOLENCE"], ["Council"], "July 2024"),
    ]


def test_bullets_in_cells_broken_over_lines() -> None:
    plan = plan_of(
        "Objective\tActions\tLead\tBy\nPeople decide\t• Develop a leaflet\n• Pilot a group\tComms\nHealthwatch\tJuly 2017\n"
        "October 2017\nPeople know\t• Hold two events\n• Cover slavery in all briefings\tPolice\nCouncil\tMay 2017\nOngoing\n"
        "People are heard\tHold a forum\tPolice\tJune 2017\n"
    )
    assert told(plan) == [
        (None, "Develop a leaflet", ["People decide"], ["Comms"], "July 2017"),
        (None, "Pilot a group", ["People decide"], ["Healthwatch"], "October 2017"),
        (None, "Hold two events", ["People know"], ["Police"], "May 2017"),
        (None, "Cover slavery in all briefings", ["People know"], ["Council"], "Ongoing"),
        (None, "Hold a forum", ["People are heard"], ["Police"], "June 2017"),
    ]


def test_deliverables_with_labels_under_them() -> None:
    plan = plan_of(
        "Strategy: delivery plan\n\nDeliverable: Publish a set of examples.\n\nTimescale: June 2024\n\n"
        "Lead partner: Community Justice\n\nStatus: Complete\n\nDeliverable: Agree a dataset.\n\nTimescale: April 2025\n\n"
        "Lead partner: Government\n\nStatus: In progress\n"
    )
    assert [(a.text, a.owners, a.timescale_text, a.progress) for a in plan.actions] == [
        ("Publish a set of examples.", ["Community Justice"], "June 2024", "Complete"),
        ("Agree a dataset.", ["Government"], "April 2025", "In progress"),
    ]


def test_one_label_over_many_deliverables_is_none_of_their_labels() -> None:
    def deliverable(number: int, words: str, day: str, lead: str) -> str:
        return (
            f"{number}. {words}\n\nTimescale: {day}\n\nResponsibility:\n\nLead partner - {lead}\n\n"
            "In collaboration with - Police\n\nFurther Detail:\n\nSessions are offered.\n\n"
        )

    plan = plan_of(
        "Justice strategy: delivery plan\n\nDeliverables\n\n"
        + deliverable(1, "Establish a group", "October 2023", "Government")
        + deliverable(2, "Launch the guidelines", "By end 2025", "Justice Scotland")
        + "Deliverables\n\n"
        + deliverable(3, "Share the learning", "Ongoing", "Health Board")
        + deliverable(4, "Train the staff", "May 2024", "Council")
    )
    assert [(a.ref, a.text, a.owners, a.timescale_text, a.extra) for a in plan.actions] == [
        ("1", "Establish a group", ["Government"], "October 2023", {"In collaboration with": "Police"}),
        ("2", "Launch the guidelines", ["Justice Scotland"], "By end 2025", {"In collaboration with": "Police"}),
        ("3", "Share the learning", ["Health Board"], "Ongoing", {"In collaboration with": "Police"}),
        ("4", "Train the staff", ["Council"], "May 2024", {"In collaboration with": "Police"}),
    ]


def test_numbers_some_way_above_their_labels() -> None:
    def action(number: int, words: str, why: str, day: str) -> str:
        return f"{number}. {words}\n\nWhy we are doing this:\n\n{why}\n\nTimescale: {day}\n\n"

    plan = plan_of(
        "Hate crime delivery plan\n\n3. Activity to be taken\n\nAim 1: Victims are safe\n\nWhat we will deliver:\n\n"
        + action(1, "The government will hear those who lived through it.", "They know best.", "2023 to 2026")
        + action(2, "The police will review the centres.", "Some do not go to the police.", "By March 2025")
        + action(3, "The government will publish a report.", "We learn from it.", "May 2024")
    )
    assert [(a.ref, a.text, a.timescale_text, a.extra) for a in plan.actions] == [
        (
            "1",
            "The government will hear those who lived through it.",
            "2023 to 2026",
            {"Why we are doing this": "They know best."},
        ),
        (
            "2",
            "The police will review the centres.",
            "By March 2025",
            {"Why we are doing this": "Some do not go to the police."},
        ),
        ("3", "The government will publish a report.", "May 2024", {"Why we are doing this": "We learn from it."}),
    ]


def test_lines_of_text_have_doubts_as_rows_have() -> None:
    plan = plan_of(
        "Plan 2024\n\nTrain the governors of every school\nLead: Town and Parish Councils\nTimescale: TBC\n\n"
        "Hold a forum for all faiths\nLead: Police\nTimescale: May 2024\n"
    )
    assert [(doubt.code, doubt.action) for doubt in plan.doubts] == [("timescale", 0), ("owner", 0)]


def test_a_quotation_mark_that_nothing_closes_swallows_no_row() -> None:
    plan = plan_of(
        'Action\tLead\tWhen\n"Safer halls" scheme for all\tPolice\tMay 2024\n"Prevent lead to be named\tCouncil\tJune 2024\n'
        "Train the governors\tSchools\tJuly 2024\n"
    )
    assert [(a.owners, a.timescale_text) for a in plan.actions] == [
        (["Police"], "May 2024"),
        (["Council"], "June 2024"),
        (["Schools"], "July 2024"),
    ]

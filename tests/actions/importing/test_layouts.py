"""Plans in the layouts that officers draw. Each test is one layout, with what must be read from it, word for word."""

from __future__ import annotations

from actions.importing.draft import DraftPlan
from actions.importing.reading import read_document
from actions.importing.understanding import understand

from .files import C, P, T, excel, word


def plan_of(data: bytes, name: str = "plan.docx") -> DraftPlan:
    return understand(read_document(name, data))


def told(plan: DraftPlan) -> list[tuple[object, ...]]:
    """Each action as (ref, text, group, owners, timescale)."""
    return [(a.ref, a.text, a.group, a.owners, a.timescale_text) for a in plan.actions]


def test_landscape_table_with_objective_progress_and_rag() -> None:
    plan = plan_of(
        word(
            P("Anytown Prevent Action Plan 2024-2026", "Title"),
            T(
                [
                    ["No", "Objective", "Action", "Lead", "Timescale", "Progress", "RAG"],
                    [
                        "1",
                        "Leadership",
                        "Brief the cabinet member each quarter.",
                        "Prevent Coordinator",
                        "Quarterly",
                        "First briefing held.",
                        "G",
                    ],
                    [
                        "2",
                        "Leadership",
                        "Agree terms of reference.",
                        "Head of Community Safety",
                        "June 2024",
                        "Drafted",
                        "Amber",
                    ],
                    [
                        "3",
                        "Training",
                        "Train school governors.",
                        "Prevent Education Officer / Governor Services",
                        "TBC",
                        "",
                        "",
                    ],
                ]
            ),
        )
    )
    assert told(plan) == [
        ("1", "Brief the cabinet member each quarter.", ["Leadership"], ["Prevent Coordinator"], "Quarterly"),
        ("2", "Agree terms of reference.", ["Leadership"], ["Head of Community Safety"], "June 2024"),
        ("3", "Train school governors.", ["Training"], ["Prevent Education Officer", "Governor Services"], "TBC"),
    ]
    assert [a.rag for a in plan.actions] == ["green", "amber", None]
    assert [a.progress for a in plan.actions] == ["First briefing held.", "Drafted", None]
    assert plan.actions[1].reading.end == "2024-06-30"
    assert plan.actions[2].reading.end is None


def test_key_action_with_refs_in_the_same_cell_and_theme_rows() -> None:
    plan = plan_of(
        word(
            T(
                [
                    ["Key action", "Lead", "Timescale", "Outcomes", "Notes"],
                    [C("Theme 1: Community and voluntary sector engagement", across=5, bold=True)],
                    [
                        "1.1 Deliver awareness sessions to faith leaders",
                        "Prevent Officer, County Council with Police",
                        "March 2020",
                        "Leaders are confident",
                        "Two held",
                    ],
                    ["1.2 Map community groups", "Voluntary Action", "Ongoing", "A directory", ""],
                    [C("Theme 2: Leadership, governance and accountability", across=5, bold=True)],
                    ["2.1 Review the terms of reference", "Prevent Board Chair", "Weekly", "", "Under way"],
                ]
            )
        )
    )
    assert told(plan) == [
        (
            "1.1",
            "Deliver awareness sessions to faith leaders",
            ["Theme 1: Community and voluntary sector engagement"],
            ["Prevent Officer", "County Council", "Police"],
            "March 2020",
        ),
        (
            "1.2",
            "Map community groups",
            ["Theme 1: Community and voluntary sector engagement"],
            ["Voluntary Action"],
            "Ongoing",
        ),
        (
            "2.1",
            "Review the terms of reference",
            ["Theme 2: Leadership, governance and accountability"],
            ["Prevent Board Chair"],
            "Weekly",
        ),
    ]
    assert plan.actions[0].measure == "Leaders are confident"
    assert plan.actions[0].progress == "Two held"


def test_guidance_paragraphs_with_position_and_further_action() -> None:
    plan = plan_of(
        word(
            P("Prevent self-assessment", "Title"),
            T(
                [
                    ["Key extract from guidance", "Current position", "Further action required"],
                    [
                        "Local authorities should establish a multi-agency group.",
                        "A group meets quarterly.",
                        "Widen the membership to include health.",
                    ],
                    ["Local authorities should assess risk.", "The profile is shared.", "None"],
                    ["Frontline staff should be trained.", "E-learning is in place.", "Audit completion rates."],
                ]
            ),
        )
    )
    assert [(a.text, a.group, a.progress) for a in plan.actions] == [
        (
            "Widen the membership to include health.",
            ["Local authorities should establish a multi-agency group."],
            "A group meets quarterly.",
        ),
        ("Audit completion rates.", ["Frontline staff should be trained."], "E-learning is in place."),
    ]


def test_school_template_with_risk_column_and_merged_outcome() -> None:
    plan = plan_of(
        word(
            T(
                [
                    [
                        "Outcome",
                        "Risk or vulnerability",
                        "Action to address risk",
                        "Owner",
                        "Evidence of progress",
                        "RAG*",
                    ],
                    [
                        C("Leaders understand the duty", down=2),
                        "Governors are not trained",
                        "Book governor training",
                        "Head Teacher",
                        "",
                        C("", fill="FF0000"),
                    ],
                    [
                        "Policy is out of date",
                        "Rewrite the safeguarding policy",
                        "DSL",
                        "Draft seen",
                        C("", fill="00B050"),
                    ],
                    [
                        "Visitors are checked",
                        "No speaker policy",
                        "Adopt a speaker policy",
                        "SLT and Governors",
                        "",
                        C("", fill="FFC000"),
                    ],
                ]
            )
        )
    )
    assert [(a.text, a.group, a.owners, a.rag) for a in plan.actions] == [
        ("Book governor training", ["Leaders understand the duty"], ["Head Teacher"], "red"),
        ("Rewrite the safeguarding policy", ["Leaders understand the duty"], ["DSL"], "green"),
        ("Adopt a speaker policy", ["Visitors are checked"], ["SLT", "Governors"], "amber"),
    ]
    assert plan.actions[0].extra == {"Risk or vulnerability": "Governors are not trained"}


def test_status_and_deadline_in_one_column() -> None:
    plan = plan_of(
        word(
            T(
                [
                    ["Category", "Action", "Person responsible", "Progress report", "Status-deadline"],
                    [
                        C("Leadership", down=2),
                        "Report to the Board each year.",
                        "Registrar/Head of Security/Chaplain",
                        "Reported in May.",
                        "Complete by 1 Aug 2025",
                    ],
                    ["Review the speaker policy.", "Registrar", "", "Ongoing"],
                    ["Training", "Train new managers.", "HR", "", "Nov/Dec 2024; March 2025 and June 2025"],
                ]
            )
        )
    )
    assert told(plan) == [
        (
            None,
            "Report to the Board each year.",
            ["Leadership"],
            ["Registrar", "Head of Security", "Chaplain"],
            "Complete by 1 Aug 2025",
        ),
        (None, "Review the speaker policy.", ["Leadership"], ["Registrar"], "Ongoing"),
        (None, "Train new managers.", ["Training"], ["HR"], "Nov/Dec 2024; March 2025 and June 2025"),
    ]


def test_one_table_per_priority_under_headings_header_only_in_the_first() -> None:
    plan = plan_of(
        word(
            P("Midshire Prevent Delivery Plan", "Title"),
            P("Action plan", "Heading 1"),
            P("Priority 1: Understand the risk", "Heading 2"),
            T(
                [
                    ["Ref", "Action", "Owner", "By when"],
                    ["1.1", "Share the local profile with partners.", "Police", "31/03/2025"],
                ]
            ),
            P("Priority 2: Train the workforce", "Heading 2"),
            T(
                [
                    ["2.1", "Offer awareness training every term.", "Training Team", "Termly"],
                    ["2.2", "Keep a register of those trained.", "Training Team", "Ongoing"],
                ]
            ),
        )
    )
    assert told(plan) == [
        (
            "1.1",
            "Share the local profile with partners.",
            ["Priority 1: Understand the risk"],
            ["Police"],
            "31/03/2025",
        ),
        (
            "2.1",
            "Offer awareness training every term.",
            ["Priority 2: Train the workforce"],
            ["Training Team"],
            "Termly",
        ),
        ("2.2", "Keep a register of those trained.", ["Priority 2: Train the workforce"], ["Training Team"], "Ongoing"),
    ]


def test_title_row_inside_each_table() -> None:
    plan = plan_of(
        word(
            P("Prevent Plan 2023", "Title"),
            T(
                [
                    [C("Leadership and governance", across=3, bold=True)],
                    ["What we will do", "Who", "When"],
                    ["Hold quarterly meetings of the board", "Chair", "Quarterly"],
                ]
            ),
            P(""),
            T(
                [
                    [C("Communities", across=3, bold=True)],
                    ["What we will do", "Who", "When"],
                    ["Fund two local projects", "Prevent Coordinator", "March 2024"],
                ]
            ),
        )
    )
    assert [(a.text, a.group) for a in plan.actions] == [
        ("Hold quarterly meetings of the board", ["Leadership and governance"]),
        ("Fund two local projects", ["Communities"]),
    ]


def test_what_how_who_when_with_what_merged_over_several_hows() -> None:
    plan = plan_of(
        word(
            T(
                [
                    ["What we will do", "How we will do it", "Who", "When", "How will we know?"],
                    [
                        C("Raise awareness", down=2),
                        "Run a campaign in libraries",
                        "Comms",
                        "May 2024",
                        C("Survey results", down=2),
                    ],
                    ["Brief ward councillors", "Prevent Lead", "June 2024"],
                    [
                        "Support schools",
                        "Visit every secondary school",
                        "Education Officer",
                        "July 2024",
                        "All visited",
                    ],
                ]
            )
        )
    )
    assert [(a.text, a.group, a.owners) for a in plan.actions] == [
        ("Run a campaign in libraries", ["Raise awareness"], ["Comms"]),
        ("Brief ward councillors", ["Raise awareness"], ["Prevent Lead"]),
        ("Visit every secondary school", ["Support schools"], ["Education Officer"]),
    ]


def test_priority_owner_above_and_nested_banners() -> None:
    plan = plan_of(
        word(
            T(
                [
                    [C("Outcome 1: Fewer people are drawn into violence", across=5, fill="1F3864", bold=True)],
                    [
                        C("Priority 1.1: Early help", across=3, fill="D9E2F3", bold=True),
                        C("Priority Owner: Head of Early Help", across=2, fill="D9E2F3"),
                    ],
                    ["Ref", "Action", "Owner", "Progress update", "RAG"],
                    ["1.1.1", "Expand the mentoring scheme", "Youth Service", "Bids invited", "Green"],
                    [
                        C("Priority 1.2: Schools", across=3, fill="D9E2F3", bold=True),
                        C("Priority Owner: Director of Education", across=2, fill="D9E2F3"),
                    ],
                    ["1.2.1", "Deliver assemblies", "Schools Team", "", "Amber"],
                    [C("Outcome 2: Communities feel safe", across=5, fill="1F3864", bold=True)],
                    [
                        C("Priority 2.1: Reassurance", across=3, fill="D9E2F3", bold=True),
                        C("Priority Owner: Police", across=2, fill="D9E2F3"),
                    ],
                    ["2.1.1", "Hold street briefings", "Police", "", "Red"],
                ]
            )
        )
    )
    assert [(a.ref, a.text, a.group) for a in plan.actions] == [
        (
            "1.1.1",
            "Expand the mentoring scheme",
            ["Outcome 1: Fewer people are drawn into violence", "Priority 1.1: Early help"],
        ),
        ("1.2.1", "Deliver assemblies", ["Outcome 1: Fewer people are drawn into violence", "Priority 1.2: Schools"]),
        ("2.1.1", "Hold street briefings", ["Outcome 2: Communities feel safe", "Priority 2.1: Reassurance"]),
    ]
    assert [group.owner_text for group in plan.groups if len(group.path) == 2] == [
        "Head of Early Help",
        "Director of Education",
        "Police",
    ]


def test_two_header_rows_and_quarterly_progress_columns() -> None:
    plan = plan_of(
        word(
            T(
                [
                    [
                        C("Ref", down=2),
                        C("Action", down=2),
                        C("Lead", across=2),
                        C("Progress", across=2),
                        C("RAG", down=2),
                    ],
                    ["Officer", "Agency", "Q1", "Q2"],
                    ["A1", "Refresh the risk assessment", "Prevent Manager", "Council", "Started", "Done", "B"],
                    ["A2", "Hold a partner workshop", "Analyst", "Police", "", "Booked", "G"],
                ]
            )
        )
    )
    assert [(a.ref, a.text, a.owners, a.rag) for a in plan.actions] == [
        ("A1", "Refresh the risk assessment", ["Prevent Manager"], "blue"),
        ("A2", "Hold a partner workshop", ["Analyst"], "green"),
    ]


def test_decoys_are_set_aside() -> None:
    plan = plan_of(
        word(
            P("Prevent Action Plan", "Title"),
            T(
                [
                    ["Version", "Date", "Author", "Changes"],
                    ["1.0", "01/02/2024", "Prevent Coordinator", "First draft"],
                    ["1.1", "March 2024", "Prevent Coordinator", "Comments added"],
                ]
            ),
            T([["Red", "Not on track"], ["Amber", "Some delay"], ["Green", "On track"], ["Blue", "Complete"]]),
            T(
                [
                    ["", "Minor", "Moderate", "Major"],
                    ["Likely", "3", "6", "9"],
                    ["Possible", "2", "4", "6"],
                    ["Unlikely", "1", "2", "3"],
                ]
            ),
            T(
                [
                    ["Abbreviation", "Meaning"],
                    ["CTLP", "Counter Terrorism Local Profile"],
                    ["DSL", "Designated Safeguarding Lead"],
                ]
            ),
            T([["Name", "Organisation", "Email"], ["Chair", "Council", "chair@example.org"]]),
            T([["Date", "Time", "Venue"], ["3 March 2024", "10am", "Town Hall"], ["9 June 2024", "10am", "Town Hall"]]),
            T([["Action", "Lead", "Timescale"], ["Deliver the plan to the board", "Coordinator", "May 2024"]]),
            T([["National", "Regional", "Local"], ["CONTEST", "Regional plan", "Community Safety Plan"]]),
        )
    )
    assert [a.text for a in plan.actions] == ["Deliver the plan to the board"]
    assert [stage.version for stage in plan.approval_route] == ["1.0", "1.1"]
    assert {decoy.kind for decoy in plan.decoys} == {
        "rag key",
        "risk matrix",
        "glossary",
        "contact list",
        "meeting dates",
        "linked documents",
    }


def test_a_number_rating_is_read_with_the_documents_key() -> None:
    plan = plan_of(
        word(
            T([["1", "Red - not started or late"], ["2", "Amber"], ["3", "Green"]]),
            T(
                [
                    ["Action", "Owner", "RAG"],
                    ["Write the training plan", "Training Lead", "3"],
                    ["Publish the leaflet", "Comms Team", "1"],
                ]
            ),
        )
    )
    assert [a.rag for a in plan.actions] == ["green", "red"]


def test_excel_with_one_sheet_per_priority_and_a_hidden_one() -> None:
    header: list[object] = [
        C("Ref", bold=True),
        C("Action", bold=True),
        C("Responsible", bold=True),
        C("Target date", bold=True),
        C("Status", bold=True),
    ]
    plan = plan_of(
        excel(
            Partnership=[
                ["Prevent plan"],
                [],
                header,
                [1, "Meet every quarter", "Prevent Board", "Quarterly", "On track"],
                [2, "Share data safely", "Information Governance Team", "Sep 2024", "Not started"],
            ],
            Training=[
                ["Prevent plan"],
                [],
                header,
                [3, "Train all new staff", "HR & Learning Team", "Ongoing", "Complete"],
            ],
        ),
        "plan.xlsx",
    )
    assert told(plan) == [
        ("1", "Meet every quarter", ["Partnership"], ["Prevent Board"], "Quarterly"),
        ("2", "Share data safely", ["Partnership"], ["Information Governance Team"], "Sep 2024"),
        ("3", "Train all new staff", ["Training"], ["HR", "Learning Team"], "Ongoing"),
    ]


def test_a_table_without_any_header() -> None:
    plan = plan_of(
        word(
            P("Prevent actions", "Title"),
            T(
                [
                    ["1", "Set up a multi-agency group with clear terms", "Community Safety Manager", "April 2015"],
                    ["2", "Write a local risk assessment with the police", "Police Prevent Officer", "Sept 2015"],
                    ["3", "Brief all elected members about the duty", "Prevent Coordinator", "Dec 2016"],
                ]
            ),
        )
    )
    assert told(plan) == [
        ("1", "Set up a multi-agency group with clear terms", [], ["Community Safety Manager"], "April 2015"),
        ("2", "Write a local risk assessment with the police", [], ["Police Prevent Officer"], "Sept 2015"),
        ("3", "Brief all elected members about the duty", [], ["Prevent Coordinator"], "Dec 2016"),
    ]


def test_progress_row_under_each_action() -> None:
    plan = plan_of(
        word(
            T(
                [
                    ["No.", "Action", "Lead", "Timescale"],
                    ["1", "Refresh the website pages", "Comms", "May 2024"],
                    [C("Progress: pages drafted and with the web team.", across=4)],
                    ["2", "Refresh the referral form", "Channel Coordinator", "June 2024"],
                    ["", C("Update – form tested with schools.", across=3)],
                ]
            )
        )
    )
    assert [(a.ref, a.text, a.progress) for a in plan.actions] == [
        ("1", "Refresh the website pages", "pages drafted and with the web team."),
        ("2", "Refresh the referral form", "form tested with schools."),
    ]


def test_stacked_numbers_actions_and_dates_pair_in_order() -> None:
    plan = plan_of(
        word(
            T(
                [
                    ["Objective", "Ref", "Actions", "Lead", "Timescale"],
                    [
                        "Schools",
                        ["1.1", "1.1a"],
                        ["Visit each school once a year", "Follow up with a letter"],
                        "Education Officer",
                        ["July 2024", "Sept 2024"],
                    ],
                ]
            )
        )
    )
    assert told(plan) == [
        ("1.1", "Visit each school once a year", ["Schools"], ["Education Officer"], "July 2024"),
        ("1.1a", "Follow up with a letter", ["Schools"], ["Education Officer"], "Sept 2024"),
    ]


def test_one_numbered_row_with_a_bulleted_list_is_one_action() -> None:
    plan = plan_of(
        word(
            T(
                [
                    ["Ref", "Action", "Lead", "By when"],
                    [
                        "1",
                        C(["Deliver training to:", "schools", "colleges", "faith groups"]),
                        "Coordinator",
                        "May 2024",
                    ],
                    ["2", C(["Review the policy.", "This includes the hire of rooms."]), "Legal", "June 2024"],
                ]
            )
        )
    )
    assert [(a.ref, a.text) for a in plan.actions] == [
        ("1", "Deliver training to:\nschools\ncolleges\nfaith groups"),
        ("2", "Review the policy.\nThis includes the hire of rooms."),
    ]


def test_as_above_keeps_the_words_and_follows_the_row_above() -> None:
    plan = plan_of(
        word(
            T(
                [
                    ["Action", "Lead", "Timescale"],
                    ["Map premises for hire", "Licensing Team", "March 2025"],
                    ["Write to all premises", "As above", "As above"],
                ]
            )
        )
    )
    second = plan.actions[1]
    assert (second.owners, second.owner_text, second.timescale_text) == (["Licensing Team"], "As above", "As above")
    assert second.reading.end == "2025-03-31"


def test_header_repeated_after_a_page_break_and_a_sentence_cut_in_two() -> None:
    plan = plan_of(
        word(
            T(
                [
                    ["#", "Action", "Owner"],
                    ["1", "Offer inductions to members of the partnership who are actively engaged", "Coordinator"],
                    ["#", "Action", "Owner"],
                    ["", "with the Prevent duty.", ""],
                    ["2", "Publish the plan", "Comms Team"],
                ]
            )
        )
    )
    assert [(a.ref, a.text) for a in plan.actions] == [
        ("1", "Offer inductions to members of the partnership who are actively engaged with the Prevent duty."),
        ("2", "Publish the plan"),
    ]


def test_objective_lead_and_date_without_a_column_called_action() -> None:
    plan = plan_of(
        word(
            T(
                [
                    ["Objective", "Lead", "Timescale", "RAG"],
                    ["Embed Prevent in commissioning", "Procurement Manager", "Dec 2024", "Green"],
                    ["Assure venue hire policies", "Legal Services", "Jan 2025", "Amber"],
                ]
            )
        )
    )
    assert [a.text for a in plan.actions] == ["Embed Prevent in commissioning", "Assure venue hire policies"]


def test_start_and_end_columns() -> None:
    plan = plan_of(
        word(
            T(
                [
                    ["Task", "Owner", "Start date", "End date", "Status"],
                    ["Draft the communications plan", "Comms", "April 2024", "June 2024", "In progress"],
                ]
            )
        )
    )
    action = plan.actions[0]
    assert (action.reading.start, action.reading.end, action.progress) == ("2024-04-01", "2024-06-30", "In progress")


def test_pasted_headings_and_bullets_with_owners_and_dates() -> None:
    plan = plan_of(
        b"""Prevent Action Plan 2024

Priority 1: Leadership
- Hold a quarterly board (Prevent Coordinator, March 2024)
- Brief the leader. Lead: Chief Executive. By when: April 2024

Priority 2: Training
- Train all governors (Education Team, July 2024)
""",
        "plan.txt",
    )
    assert [(a.text, a.group, a.owners, a.timescale_text) for a in plan.actions] == [
        ("Hold a quarterly board", ["Priority 1: Leadership"], ["Prevent Coordinator"], "March 2024"),
        ("Brief the leader.", ["Priority 1: Leadership"], ["Chief Executive"], "April 2024"),
        ("Train all governors", ["Priority 2: Training"], ["Education Team"], "July 2024"),
    ]


def test_pasted_rows_with_tabs() -> None:
    plan = plan_of(
        b"Ref\tAction\tLead\tTimescale\n1\tHold a community event\tPolice, Council\tMay 2024\n2\tPublish "
        b"leaflets\tComms\tOngoing\n",
        "plan.txt",
    )
    assert [(a.ref, a.text, a.owners) for a in plan.actions] == [
        ("1", "Hold a community event", ["Police", "Council"]),
        ("2", "Publish leaflets", ["Comms"]),
    ]


def test_csv_from_excel_with_semicolons_and_windows_letters() -> None:
    lines = [
        "Nr;Action;Lead;By when",
        "1;Review the council’s website;Comms Team;June 2024",
        "2;“Brief” members;HR;Ongoing",
    ]
    data = "\r\n".join(lines).encode("cp1252")
    plan = plan_of(data, "plan.csv")
    assert [a.text for a in plan.actions] == ["Review the council’s website", "“Brief” members"]


def test_headings_in_bold_only_the_first_cell() -> None:
    header = [C(words, bold=True) for words in ("Action", "Lead", "Timescale")]
    plan = plan_of(
        word(
            T(
                [
                    header,
                    [C("Leadership", bold=True), "", ""],
                    ["Hold board meetings", "Chair", "Quarterly"],
                    [C("Training", bold=True), "", ""],
                    ["Train all staff", "HR", "Ongoing"],
                ]
            )
        )
    )
    assert [(a.text, a.group) for a in plan.actions] == [
        ("Hold board meetings", ["Leadership"]),
        ("Train all staff", ["Training"]),
    ]


def test_one_upright_table_for_each_action() -> None:
    def upright(action: str, lead: str) -> T:
        return T([["Action", action], ["Lead", lead], ["Timescale", "March 2024"], ["Success measure", "Minutes"]])

    plan = plan_of(
        word(
            P("Priority 1: Leadership", "Heading 1"),
            upright("Hold a quarterly board", "Chair"),
            P("Priority 2: Training", "Heading 1"),
            upright("Train all staff", "HR"),
        )
    )
    assert [(a.text, a.group, a.owners, a.measure) for a in plan.actions] == [
        ("Hold a quarterly board", ["Priority 1: Leadership"], ["Chair"], "Minutes"),
        ("Train all staff", ["Priority 2: Training"], ["HR"], "Minutes"),
    ]


def test_a_remark_under_a_heading_is_not_a_heading() -> None:
    plan = plan_of(
        word(
            T(
                [
                    [C("Priority 1: Reduce risk", across=3, bold=True)],
                    [C("What success looks like: referrals are right first time", across=3)],
                    ["What will we do?", "Who will lead?", "By when?"],
                    ["Refresh the thresholds", "Channel Chair", "Q2 2024/25"],
                    [C("Priority 2: Train", across=3, bold=True)],
                    [C("We will train everyone who needs it so that they can spot the signs.", across=3)],
                    ["Deliver the workshop", "HR", "June 2025"],
                    [C("*subject to funding", across=3)],
                ]
            )
        )
    )
    assert [(a.text, a.group) for a in plan.actions] == [
        ("Refresh the thresholds", ["Priority 1: Reduce risk"]),
        ("Deliver the workshop", ["Priority 2: Train"]),
    ]
    assert len(plan.groups) == 2


def test_a_number_on_its_own_line_above_the_words() -> None:
    plan = plan_of(
        word(
            T(
                [
                    ["Objective", "Action", "Lead", "Timescale"],
                    ["A. Understand", C(["A1", "Refresh the local profile"]), "Police", "May 2024"],
                    ["B. Train", C(["B1", "Deliver training to staff"]), "HR", "June 2024"],
                ]
            )
        )
    )
    assert [(a.ref, a.text) for a in plan.actions] == [
        ("A1", "Refresh the local profile"),
        ("B1", "Deliver training to staff"),
    ]


def test_an_owner_merged_down_belongs_to_every_action_and_a_stacked_one_to_its_own() -> None:
    plan = plan_of(
        word(
            T(
                [
                    ["Ref", "Action", "Owner", "Due"],
                    [C("1", down=2), C("Agreements are in place", down=2), "Prevent Coordinator", "May 2024"],
                    ["National Probation Service (NPS)", ""],
                    ["2", "Publish the plan", C("Comms Team", down=2), "June 2024"],
                    ["3", "Print the leaflet", "July 2024"],
                ]
            )
        )
    )
    assert [(a.ref, a.owners) for a in plan.actions] == [
        ("1", ["Prevent Coordinator", "National Probation Service (NPS)"]),
        ("2", ["Comms Team"]),
        ("3", ["Comms Team"]),
    ]


def test_typed_dates_in_excel_are_shown_the_uk_way() -> None:
    import datetime as dt

    plan = plan_of(
        excel(Plan=[["Ref", "Action", "Lead", "Due date"], [1.0, "Publish the plan", "Comms", C(dt.date(2025, 3, 4))]]),
        "plan.xlsx",
    )
    action = plan.actions[0]
    assert (action.ref, action.timescale_text, action.reading.end) == ("1", "04/03/2025", "2025-03-04")


def test_colours_of_headings_are_not_ratings() -> None:
    plan = plan_of(
        word(
            T(
                [
                    ["Theme", "Action", "Lead"],
                    [C("Leadership", fill="FF0000"), "Hold board meetings", "Chair"],
                    [C("Training", fill="00B050"), "Train all staff", "HR"],
                ]
            )
        )
    )
    assert [a.rag for a in plan.actions] == [None, None]

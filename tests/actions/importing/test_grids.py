"""Generated plans: banners, merged cells, stacked paragraphs, repeated headers and decoys, read back whole."""

from __future__ import annotations

import json
from dataclasses import dataclass

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actions.importing.draft import Answers, DraftPlan
from actions.importing.grid import Document
from actions.importing.reading import read_document
from actions.importing.understanding import understand

from .files import C, P, Row, T, excel, word

VERBS = ["Deliver", "Review", "Publish", "Agree", "Refresh", "Map", "Brief"]
THINGS = [
    "the training offer for school staff",
    "a shared profile of local risk",
    "guidance for venues and speakers",
    "the referral pathway with every partner",
    "a plan for telling the public",
    "the terms of reference of the group",
]
OWNERS = [
    "Prevent Coordinator",
    "Essex Police",
    "Head of Community Safety",
    "Learning and Development Team",
    "Channel Panel",
]
TIMES = ["March 2025", "Ongoing", "Feb 2024 - March 2025", "TBC", "", "31/03/2026", "Quarterly"]
ACTION_WORDS = ["Action", "Actions", "Key actions", "What we will do", "Action required"]
OWNER_WORDS = ["Lead", "Owner", "By whom", "Responsible officer", "Who", "Lead agency"]
TIME_WORDS = ["Timescale", "By when", "Target date", "Deadline", "When"]
LEVELS = ["Priority {n}: ", "Objective {n} - ", "Theme {n}: ", "{n}. ", ""]
TOPICS = ["Understand the risk", "Train the workforce", "Build resilience", "Communities"]
DECOYS = [
    T([["Red", "Late"], ["Amber", "At risk"], ["Green", "On track"]]),
    T([["Term", "Meaning"], ["CTLP", "Counter Terrorism Local Profile"]]),
    T([["Version", "Date", "Author"], ["1.0", "March 2024", "Coordinator"]]),
    T([["Name", "Organisation", "Email"], ["Chair", "Council", "chair@example.org"]]),
    T([["Date", "Time", "Venue"], ["3 March 2024", "10am", "Town Hall"]]),
]


@dataclass(frozen=True)
class Expected:
    text: str
    owners: tuple[str, ...]
    time: str
    group: tuple[str, ...]
    ref: str | None


@dataclass(frozen=True)
class Plan:
    rows: list[Row]
    expected: list[Expected]


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """A table of a plan: with or without numbers, banners or a merged column of headings, a repeated header."""
    numbered = draw(st.booleans())
    grouping = draw(st.sampled_from(["banner", "column", "none"]))
    header: Row = (
        ["Ref"] * numbered
        + ["Priority"] * (grouping == "column")
        + [draw(st.sampled_from(words)) for words in (ACTION_WORDS, OWNER_WORDS, TIME_WORDS)]
    )
    bold = draw(st.booleans())
    width = len(header)
    rows: list[Row] = [[C(words, bold=bold) for words in header]]
    expected: list[Expected] = []
    number = 0
    level, fill = draw(st.sampled_from(LEVELS)), draw(st.sampled_from([None, "D9E2F3"]))
    topics = draw(st.permutations(TOPICS))
    for part in range(draw(st.integers(1, 3))):
        heading = f"{level.format(n=part + 1)}{topics[part]}"
        count = draw(st.integers(1, 3))
        if grouping == "banner":
            rows.append([C(heading, across=width, bold=True, fill=fill)])
            if part and draw(st.booleans()):
                rows.append(list(header))
        group_cell_given = False
        for _ in range(count):
            number += 1
            text = f"{draw(st.sampled_from(VERBS))} {draw(st.sampled_from(THINGS))} {number}"
            owners = tuple(draw(st.lists(st.sampled_from(OWNERS), min_size=1, max_size=2, unique=True)))
            time = draw(st.sampled_from(TIMES))
            row: Row = [str(number)] * numbered
            if grouping == "column" and not group_cell_given:
                row.append(C(heading, down=count))
                group_cell_given = True
            rows.append([*row, text, C(list(owners)), time])
            group = (heading,) if grouping != "none" else ()
            expected.append(Expected(text, owners, time, group, str(number) if numbered else None))
    return Plan(rows, expected)


def told(plan: DraftPlan) -> list[Expected]:
    return [Expected(a.text, tuple(a.owners), a.timescale_text or "", tuple(a.group), a.ref) for a in plan.actions]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    plans(), st.lists(st.sampled_from(DECOYS), max_size=2, unique_by=id), st.lists(st.sampled_from(DECOYS), max_size=1)
)
def test_word_plans_are_read_back(plan: Plan, before: list[T], after: list[T]) -> None:
    blocks = [P("Anyshire Prevent Action Plan 2024-2026", "Title")]
    parts = [
        *blocks,
        *(part for decoy in before for part in (decoy, P("Text between."))),
        T(plan.rows),
        *(part for decoy in after for part in (P("Text."), decoy)),
    ]
    read = understand(read_document("plan.docx", word(*parts)))
    assert told(read) == plan.expected


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(plans(), st.integers(0, 2))
def test_excel_plans_are_read_back(plan: Plan, blank_rows: int) -> None:
    rows: list[Row] = [
        ["Anyshire Prevent Action Plan 2024-2026"],
        *([[]] * (blank_rows + 1)),
        *plan.rows,
        [],
        ["Key:"],
        ["Red", "Late"],
        ["Green", "On track"],
    ]
    read = understand(read_document("plan.xlsx", excel(Plan=rows)))
    assert told(read) == plan.expected


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(plans())
def test_documents_and_drafts_survive_the_pipe(plan: Plan) -> None:
    document = read_document("plan.docx", word(T(plan.rows)))
    again = Document.from_json(json.loads(json.dumps(document.to_json())))
    first, second = understand(document), understand(again)
    assert first.to_json() == second.to_json() == DraftPlan.from_json(json.loads(json.dumps(first.to_json()))).to_json()
    answers = Answers(year=2024, splits={"t1:2": "join"}, columns={"t1": {"0": "ref"}})
    assert Answers.from_json(json.loads(json.dumps(answers.to_json()))) == answers

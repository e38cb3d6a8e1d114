"""What a person says of lines of text: it is done, and every other line is read as it was before."""

from __future__ import annotations

import pytest

from actions.importing.draft import Answers, DraftPlan
from actions.importing.grid import Document
from actions.importing.reading import read_document
from actions.importing.understanding import line_above, understand

from .files import P, T, word

TYPED = """Amberley Prevent plan 2026

Priority 1: Understanding
• Brief the police (Amberley Police, March 2027)
• Train the staff (Housing, May 2027)

Reaching everybody
• Publish the plan (Housing, June 2027)

Priority 2: Reaching people
Open the hall
Lead: Youth Service
Timescale: July 2027
Thank you to all
"""
ELEMENTS = """Amberley Prevent strategy

Our key elements are:
• Delivery of two projects for residents, both
delivered by the forum in the
northern wards
• Working in partnership

Write to the governors of every school
"""
FIRST, SECOND, OTHER = "Priority 1: Understanding", "Priority 2: Reaching people", "Reaching everybody"
NORTHERN = "Delivery of two projects for residents, both delivered by the forum in the northern wards"


def document_of(text: str) -> Document:
    return read_document("plan.txt", text.encode())


def key_of(document: Document, words: str) -> str:
    """The name of the line that begins with the words."""
    return next(key for key, line in document.lines.items() if line.text.startswith(words))


def said(text: str | Document, **kinds: str) -> DraftPlan:
    """The plan with lines said to be `kinds`: {how a line begins, with _ for a space: what it is}."""
    document = document_of(text) if isinstance(text, str) else text
    rows = {key_of(document, words.replace("_", " ")): kind for words, kind in kinds.items()}
    return understand(document, Answers(rows=rows))


def actions_of(plan: DraftPlan) -> list[tuple[str, list[str]]]:
    return [(action.text, action.group) for action in plan.actions]


def headings_of(plan: DraftPlan) -> list[list[str]]:
    return [group.path for group in plan.groups]


ALL = [("Brief the police", [FIRST]), ("Train the staff", [FIRST]), ("Publish the plan", [OTHER])]


def test_actions_and_headings_name_the_lines_they_come_from() -> None:
    document = document_of(TYPED)
    plan = understand(document)
    assert actions_of(plan) == ALL
    for item, words in (*zip(plan.actions, [text for text, _ in ALL], strict=True),
                        *zip(plan.groups, [FIRST, OTHER], strict=True)):  # fmt: skip
        assert item.source.key == key_of(document, words)


def test_a_line_said_to_be_what_it_is_changes_nothing() -> None:
    plain = understand(document_of(TYPED))
    assert said(TYPED, Brief="action", Priority_1="heading", Reaching="heading").to_json() == plain.to_json()


def test_a_line_left_out_is_gone_and_the_others_stay() -> None:
    assert actions_of(said(TYPED, Train="ignore")) == [ALL[0], ALL[2]]
    below = said(TYPED, Reaching_everybody="ignore")
    assert headings_of(below) == [[FIRST]]
    assert actions_of(below) == [*ALL[:2], ("Publish the plan", [FIRST])]
    alone = said(TYPED, Priority_1="ignore")  # the heading that made its list one of actions
    assert actions_of(alone) == [("Brief the police", []), ("Train the staff", []), ALL[2]]


def test_a_line_is_an_action_with_the_lead_and_day_below_it_and_the_heading_above_it() -> None:
    plan = said(TYPED, Open="action")
    action = plan.actions[-1]
    assert actions_of(plan) == [*ALL, ("Open the hall", [SECOND])]
    assert (action.owners, action.timescale_text, action.reading.end) == (["Youth Service"], "July 2027", "2027-07-31")
    assert headings_of(plan)[-1] == [SECOND]
    assert not said(TYPED, Open="action", Lead="ignore").actions[-1].owners


def test_a_line_is_a_heading_over_what_follows_it_down_to_the_next_one() -> None:
    plan = said(TYPED, Brief="heading")
    label = "Brief the police (Amberley Police, March 2027)"
    assert headings_of(plan) == [[FIRST], [FIRST, label], [OTHER]]
    assert actions_of(plan) == [("Train the staff", [FIRST, label]), ALL[2]]
    beside = said(TYPED, Train="heading", Open="action", Priority_2="heading")
    assert headings_of(beside) == [[FIRST], [FIRST, "Train the staff (Housing, May 2027)"], [OTHER], [SECOND]]
    assert actions_of(beside)[-1] == ("Open the hall", [SECOND])


def test_a_heading_stands_beside_those_of_its_own_kind() -> None:
    plan = said(TYPED.replace("Reaching everybody\n", ""), Publish="heading", Open="action")
    assert actions_of(plan) == [*ALL[:2], ("Open the hall", [SECOND])]
    assert headings_of(plan) == [[FIRST], [FIRST, "Publish the plan (Housing, June 2027)"], [SECOND]]


def test_a_line_goes_on_from_the_action_or_heading_above_it() -> None:
    assert actions_of(said(TYPED, Train="continuation"))[0] == (
        "Brief the police\nTrain the staff (Housing, May 2027)", [FIRST]
    )  # fmt: skip
    longer = said(ELEMENTS, Working="continuation")
    assert headings_of(longer) == [[f"{NORTHERN} Working in partnership"]]
    first = said(TYPED, Amberley="continuation")  # there is nothing above it
    assert actions_of(first) == ALL


def test_a_strategy_without_actions_gets_one() -> None:
    plain = understand(document_of(ELEMENTS))
    assert not plain.actions and any("No actions were found" in warning for warning in plain.warnings)
    plan = said(ELEMENTS, Write="action")
    assert actions_of(plan) == [("Write to the governors of every school", ["Working in partnership"])]
    assert headings_of(plan) == headings_of(plain) and not plan.warnings


def test_a_heading_over_several_lines_becomes_an_action_with_all_of_them() -> None:
    plan = said(ELEMENTS, Delivery="action")
    assert actions_of(plan) == [(NORTHERN, [])] and headings_of(plan) == [["Working in partnership"]]


def test_a_line_that_went_on_from_another_is_an_action_of_its_own() -> None:
    plan = said(ELEMENTS, northern="action")
    joined = "Delivery of two projects for residents, both delivered by the forum in the"
    assert headings_of(plan)[0] == [joined]
    assert actions_of(plan) == [("northern wards", [joined])]


WITH_TABLES = read_document(
    "plan.docx",
    word(
        P("Amberley Prevent plan 2026", "Title"),
        P("For everybody in the north"),
        T([["Action", "Lead", "Timescale"], ["Train the staff", "Housing", "May 2027"], ["Hold a day", "Police", "TBC"]]),
        P("Write to the governors"),
        P("For everybody in the south"),
        T([["Theme", "Action", "Lead"], ["Halls", "Open the hall", "Housing"], ["Schools", "Visit schools", "Police"]]),
    ),
)  # fmt: skip
NORTH, SOUTH = "For everybody in the north", "For everybody in the south"


def test_lines_between_tables_are_headings_and_actions_as_said() -> None:
    before = understand(WITH_TABLES)
    assert [action.source.key for action in before.actions] == ["t1:2", "t1:3", "t2:2", "t2:3"]
    plan = understand(WITH_TABLES, Answers(rows={"p2": "heading", "p3": "action", "p4": "heading"}))
    assert actions_of(plan) == [
        ("Train the staff", [NORTH]),
        ("Hold a day", [NORTH]),
        ("Write to the governors", [NORTH]),
        ("Open the hall", [SOUTH, "Halls"]),
        ("Visit schools", [SOUTH, "Schools"]),
    ]
    assert headings_of(plan) == [[NORTH], [SOUTH], [SOUTH, "Halls"], [SOUTH, "Schools"]]


def test_doubts_point_at_their_actions_when_a_line_stands_before_them() -> None:
    document = read_document(
        "plan.docx",
        word(
            P("Amberley Prevent plan 2026", "Title"),
            P("Write to the governors"),
            T([["Action", "Lead", "Timescale"], ["Train the staff", "Contracts and improvement, Library", "Spring"],
               ["Hold a day", "Police", "May 2027"]]),
        ),
    )  # fmt: skip
    plan = understand(document, Answers(rows={"p2": "action"}))
    assert plan.actions[0].text == "Write to the governors"
    about = [doubt.action for doubt in plan.doubts if doubt.action is not None]
    assert about and set(about) == {1}


@pytest.mark.parametrize("text", [TYPED, ELEMENTS])
@pytest.mark.parametrize("kind", ["action", "heading", "continuation", "ignore"])
def test_whatever_is_said_of_a_line_headings_and_actions_fit_together(text: str, kind: str) -> None:
    document = document_of(text)
    for key in document.lines:
        plan = understand(document, Answers(rows={key: kind}))
        paths = headings_of(plan)
        assert len(paths) == len(set(map(tuple, paths)))
        assert all(not path[:-1] or path[:-1] in paths[:at] for at, path in enumerate(paths))
        assert all(not action.group or action.group in paths for action in plan.actions)
        assert all(action.text.strip() for action in plan.actions)
        keys = [group.source.key for group in plan.groups] + [action.source.key for action in plan.actions]
        assert kind not in ("action", "heading") or key in keys
        assert kind != "ignore" or key not in keys
        assert kind != "continuation" or key not in keys or line_above(understand(document), document, key) is None

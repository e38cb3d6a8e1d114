"""Understanding again with what a person has said."""

from __future__ import annotations

from actions.importing.draft import Answers
from actions.importing.reading import read_document
from actions.importing.understanding import understand

from .files import C, P, T, excel, word

DOCUMENT = read_document(
    "plan.docx",
    word(
        P("Prevent Plan 2024", "Title"),
        T(
            [
                ["Theme", "Action", "Lead", "Resources", "Timescale"],
                [
                    "Training",
                    C(["Train the governors", "Train the librarians"]),
                    "Learning and Skills, Arts",
                    "Officer time",
                    "Spring",
                ],
                ["", C("Communities", bold=True), "", "", ""],
                ["Events", "Hold an open day", "Events Team", "A hall", "May 2024"],
            ]
        ),
        T([["Project", "Contact", "Notes"], ["Mentoring in schools", "Youth Service", "From May"]]),
    ),
)


def test_a_cell_is_split_or_joined_as_said() -> None:
    doubt = next(doubt for doubt in understand(DOCUMENT).doubts if doubt.code == "stacked")
    answers = Answers().with_choice(doubt.choices[0].answer)
    assert len(understand(DOCUMENT, answers).actions) == len(understand(DOCUMENT).actions) - 1


def test_a_column_is_what_a_person_says() -> None:
    plan = understand(DOCUMENT, Answers(columns={"t1": {"3": "measure"}}))
    assert plan.actions[0].measure == "Officer time" and "Resources" not in plan.actions[0].extra


def test_a_row_is_a_heading_or_not_an_action() -> None:
    plain = understand(DOCUMENT)
    assert "Hold an open day" in [action.text for action in plain.actions]
    assert "Hold an open day" not in [
        action.text for action in understand(DOCUMENT, Answers(rows={"t1:4": "ignore"})).actions
    ]
    headed = understand(DOCUMENT, Answers(rows={"t1:3": "heading"}))
    assert ["Communities", "Events"] in [action.group for action in headed.actions]


def test_an_owner_cell_splits_as_said() -> None:
    plan = understand(DOCUMENT, Answers(owners={"Learning and Skills, Arts": ["Learning and Skills, Arts"]}))
    assert plan.actions[0].owners == ["Learning and Skills, Arts"]


def test_a_timescale_means_what_a_person_says() -> None:
    plan = understand(
        DOCUMENT, Answers(timescales={"Spring": {"kind": "point", "end": "2024-04-30", "reason": "said so"}})
    )
    assert plan.actions[0].timescale_text == "Spring" and plan.actions[0].reading.end == "2024-04-30"


def test_a_table_is_or_is_not_the_plan() -> None:
    assert understand(DOCUMENT, Answers(tables={"t1": "not_plan"})).actions == []
    plan = understand(DOCUMENT, Answers(tables={"t2": "plan"}, columns={"t2": {"0": "text", "1": "owners"}}))
    assert [(a.text, a.owners) for a in plan.actions][-1] == ("Mentoring in schools", ["Youth Service"])


def test_the_header_is_where_a_person_says() -> None:
    plan = understand(DOCUMENT, Answers(header_rows={"t1": [1, 2]}))
    assert "Train the governors" not in [action.text for action in plan.actions]


def test_known_parties_come_from_the_council() -> None:
    document = read_document(
        "plan.docx",
        word(
            T(
                [
                    ["Action", "Lead"],
                    ["Publish the plan", "Bricks and Mortar and Safer Streets"],
                    ["Open the hall", "Bricks and Mortar"],
                ]
            )
        ),
    )
    plan = understand(document, Answers(known_parties=["Bricks and Mortar", "Safer Streets"]))
    assert plan.actions[0].owners == ["Bricks and Mortar", "Safer Streets"]


def test_a_rating_means_what_a_person_says() -> None:
    rows = [["Action", "Lead", "RAG"], ["Hold a forum", "Police", "Purple"], ["Train staff", "HR", "Purple"]]
    document = read_document("plan.docx", word(T(rows)))
    doubt = next(doubt for doubt in understand(document).doubts if doubt.code == "rag")
    said = {choice.label: understand(document, Answers().with_choice(choice.answer)) for choice in doubt.choices}
    assert [a.rag for a in said["It is amber"].actions] == ["amber", "amber"]
    for plan in (said["It is amber"], said["It is no rating"]):
        assert [doubt for doubt in plan.doubts if doubt.code == "rag"] == []
    assert [(a.rag, a.extra["RAG"]) for a in said["It is no rating"].actions] == [(None, "Purple")] * 2


def test_what_a_doubt_says_is_true_of_it() -> None:
    long = "Head of Service for the communities of the northern wards and of everything else that " * 2 + "and others"
    rows = [["No", "Action", "Lead", "When"], ["1", "Hold a forum", long, "TBC"], ["1", "Train staff", "HR", "May 2024"],
            ["1", "Visit halls", "All partners", "Q4"]]  # fmt: skip
    said = [doubt.what for doubt in understand(read_document("plan.xlsx", excel(Plan=rows))).doubts]
    assert "“TBC” names no day that can be known." in said
    assert any(what.endswith("…”?") for what in said)
    reasons = [doubt.why for doubt in understand(read_document("plan.xlsx", excel(Plan=rows))).doubts]
    assert "All are kept as printed." in reasons
    assert any(reason.startswith("“All partners” names nobody") for reason in reasons)


def test_a_table_added_to_the_plan_takes_no_other_from_it() -> None:
    register = T([
        ["Risk", "Likelihood", "Impact", "Further action", "Owner", "Due"],
        ["Staff are not trained", "3", "4", "Train all staff", "HR", "May 2024"],
        ["Speakers are not checked", "2", "4", "Check all speakers", "DSL", "June 2024"],
    ])  # fmt: skip
    other = T([["Place", "Keyholder"], ["Town hall", "Clerk"], ["Library", "Librarian"]])
    document = read_document("plan.docx", word(P("Prevent risk assessment"), register, P("More"), other))
    before = [action.text for action in understand(document).actions]
    after = [action.text for action in understand(document, Answers(tables={"t2": "plan"})).actions]
    assert before == ["Train all staff", "Check all speakers"]
    assert after[:2] == before and len(after) > 2


def test_the_rating_of_a_typed_line_keeps_its_words_and_means_what_a_person_says() -> None:
    typed = (
        "Plan\n\nHold a forum for halls\nLead: Police\nRAG: Purple\n\nTrain the staff of schools\nLead: HR\nRAG: 🟢🔴\n"
    )
    document = read_document("plan.txt", typed.encode())
    plan = understand(document)
    assert [(a.rag, a.extra) for a in plan.actions] == [(None, {"RAG": "Purple"}), (None, {"RAG": "🟢🔴"})]
    answers = Answers()
    for doubt in plan.doubts:
        answers = answers.with_choice(next(c.answer for c in doubt.choices if c.label == "It is amber"))
    said = understand(document, answers)
    assert [a.rag for a in said.actions] == ["amber", "amber"] and said.doubts == []

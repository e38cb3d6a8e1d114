"""What people answer: it adds up, is remembered for the council, and can be begun again. What is printed beside goes along."""

import datetime
import io

import docx
import pytest
import time_machine
from django.urls import reverse

from actions.domain import imports as domain
from actions.forms.imports import DayForm, PartiesForm
from actions.models import Action, Milestone, PlanImport, RememberedAnswer
from plans.models import Plan
from prevent_tracker.core.refusals import Refused, RuleBroken
from tests.actions.importing_apply.documents import ROWS, word, workbook
from tests.builders import TODAY, make_body, make_council, make_partner, make_person, make_plan

CELL = "Housing and Safety"
SEVERAL = "Library Services, contracts and improvement"
ROW = ("1", "Walk the estate with residents", CELL, "", "", "")


def address_of(one):
    return reverse("actions:review_import", args=[one.public_id])


def review(importer, one):
    return importer.client.get(address_of(one)).context


def test_a_doubt_that_was_left_stays_settled_when_another_is_answered(importer, one):
    first, second = review(importer, one)["doubts"][:2]
    importer.post("answer_import", one, {"about": "doubts", "answer": first.offers[-1].name})
    importer.post("answer_import", one, {"about": "doubts", "answer": second.offers[-1].name})
    left = {doubt.name for doubt in review(importer, one)["doubts"]}
    assert not left & {first.name, second.name}


def test_owners_written_by_hand_are_remembered_for_the_next_document(importer):
    one = importer.read("plan.xlsx", workbook([ROW]))
    key = one.draft["actions"][0]["source"]["key"]
    words = {"cell": PartiesForm.name_of(CELL), "parties": "Housing and Safety"}
    assert importer.post("import_row", one, words, key).status_code == 302
    assert PlanImport.objects.get(pk=one.pk).draft["actions"][0]["owners"] == ["Housing and Safety"]
    again = importer.read("later.xlsx", workbook([ROW, ROWS[0]]))
    assert again.draft["actions"][0]["owners"] == ["Housing and Safety"]
    kept = RememberedAnswer.objects.get()
    assert (kept.words, kept.answer, kept.given_by) == (CELL, ["Housing and Safety"], importer.coordinator)


def test_the_owners_of_a_cell_of_several_lines_are_written_by_hand(importer):
    cell = "Housing and Safety\nLibrary Services"
    one = importer.read("plan.docx", word([("1", "Walk the estate", cell, "", "", ""), ROWS[1]]))
    key = one.draft["actions"][0]["source"]["key"]
    words = {"cell": PartiesForm.name_of(cell), "parties": "The housing desk\r\nThe library desk"}
    assert importer.post("import_row", one, words, key).status_code == 302
    assert PlanImport.objects.get(pk=one.pk).draft["actions"][0]["owners"] == ["The housing desk", "The library desk"]


def test_a_date_that_nobody_can_read_is_given_by_hand(importer):
    one = importer.read("plan.xlsx", workbook([("1", "Walk the estate", "", "TBC", "", ""), ROWS[0]]))
    key = one.draft["actions"][0]["source"]["key"]
    words = {"cell": DayForm.name_of("TBC"), "due_on_0": "31", "due_on_1": "5", "due_on_2": "2027"}
    assert importer.post("import_row", one, words, key).status_code == 302
    importer.confirm(one)
    action = Action.objects.get(text="Walk the estate")
    assert (action.timescale_text, action.kind, str(action.due_on)) == ("TBC", "point", "2027-05-31")


def test_a_date_given_by_hand_is_a_real_one(importer):
    one = importer.read("plan.xlsx", workbook([("1", "Walk the estate", "", "TBC", "", ""), ROWS[0]]))
    key = one.draft["actions"][0]["source"]["key"]
    for day, sentence in ((["31", "2", "2027"], "must be a real date"), (["", "", ""], "Enter")):
        words = {"cell": DayForm.name_of("TBC")} | {f"due_on_{at}": part for at, part in enumerate(day)}
        response = importer.post("import_row", one, words, key)
        assert response.status_code == 422 and sentence in response.content.decode()


def test_what_one_council_answered_says_nothing_to_another(importer):
    one = importer.read("plan.xlsx", workbook([ROW]))
    domain.answer_import(one=one, answer={"owners": {CELL: ["Nobody else"]}}, by=importer.coordinator)
    other = make_council("Zedborough")
    importer.council = other
    importer.client.force_login(make_person("coordinator", other))
    assert importer.read("plan.xlsx", workbook([ROW])).draft["actions"][0]["owners"] != ["Nobody else"]


def test_an_owner_is_one_of_the_councils_own(importer):
    one = importer.read("plan.xlsx", workbook([ROW]))
    other = make_council("Zedborough")
    partner, body = make_partner(other), make_body(other, "Their board")
    for target in (f"organisation:{partner.public_id}", f"role:{partner.public_id}", f"body:{body.public_id}", "x"):
        with pytest.raises(RuleBroken, match="own partners"):
            domain.say_owners(one=one, targets={CELL: target}, by=importer.coordinator)
    assert not RememberedAnswer.objects.exists()


def test_begun_again_every_answer_given_here_is_gone(importer, one):
    doubts = review(importer, one)["doubts"]
    importer.post("answer_import", one, {"about": "doubts", "answer": doubts[0].offers[0].name})
    domain.say_owners(one=one, targets={"All partners": "words"}, by=importer.coordinator)
    importer.post("forget_answers", one)
    begun = PlanImport.objects.get(pk=one.pk)
    assert begun.draft == one.draft and begun.owners == {}
    assert [doubt.name for doubt in review(importer, one)["doubts"]] == [doubt.name for doubt in doubts]


def test_what_was_said_of_a_column_before_is_told_and_can_be_changed(importer):
    one = importer.read("plan.xlsx", workbook())
    assert not review(importer, one)["columns_said"]
    domain.answer_import(one=one, answer={"columns": {"t1": {"5": "timescale"}}}, by=importer.coordinator)
    later = importer.read("later.xlsx", workbook([ROW, ROWS[0]]))
    page = importer.page("review_import", later)
    assert "“Resources” – Timescale" in page and "Change what the columns are" in page
    importer.post("import_columns", later, {"t1-5": "extra"})
    assert importer.read("last.xlsx", workbook([ROW])).draft["columns"][5]["role"] == "extra"


def test_begun_again_what_the_council_said_before_still_holds(importer):
    said = {"columns": {"t1": {"5": "measure"}}, "owners": {CELL: ["Housing and Safety"]}}
    domain.answer_import(one=importer.read("plan.xlsx", workbook([ROW])), answer=said, by=importer.coordinator)
    with time_machine.travel(datetime.datetime.combine(TODAY, datetime.time(13), datetime.UTC), tick=False):
        one = importer.read("later.xlsx", workbook([(*ROW[:5], "£500"), ROWS[0]]))
        said = {"owners": {ROWS[0][2]: ["Somebody else"]}}
        domain.answer_import(one=one, answer=said, by=importer.coordinator)
        importer.post("forget_answers", one)
    begun = PlanImport.objects.get(pk=one.pk)
    assert begun.draft == one.draft and begun.draft["actions"][0]["measure"] == "£500"


def test_an_owner_in_doubt_has_a_button_for_every_way_to_take_it_apart(importer):
    one = importer.read("plan.xlsx", workbook([("1", "Walk the estate", SEVERAL, "", "", "")]))
    doubt = next(doubt for doubt in review(importer, one)["doubts"] if doubt.code == "owner")
    labels = [offer.label for offer in doubt.offers]
    assert f"One owner: {SEVERAL}" in labels and "Leave it as it is" in labels
    assert doubt.now and doubt.now not in " ".join(labels)
    importer.post("answer_import", one, {"about": "doubts", "answer": doubt.offers[0].name})
    assert PlanImport.objects.get().draft["actions"][0]["owners"] == [SEVERAL]


def test_an_owner_that_was_left_as_it_was_read_is_not_asked_about_again(importer):
    rows = [("1", "Walk the estate", SEVERAL, "", "", "")]
    one = importer.read("plan.xlsx", workbook(rows))
    doubt = next(doubt for doubt in review(importer, one)["doubts"] if doubt.code == "owner")
    importer.post("answer_import", one, {"about": "doubts", "answer": doubt.offers[-1].name})
    again = importer.read("later.xlsx", workbook([*rows, ROWS[0]]))
    assert again.draft["actions"][0]["owners"] == one.draft["actions"][0]["owners"]
    assert not [doubt for doubt in review(importer, again)["doubts"] if doubt.code == "owner"]


def test_a_row_far_down_is_found_again(importer):
    rows = [(str(n), f"Action number {n} of the plan", "Amberley Police", "", "", "") for n in range(1, 131)]
    one = importer.read("plan.xlsx", workbook(rows))
    key = one.draft["actions"][119]["source"]["key"]
    address = f"{address_of(one)}?row={key}"
    page = importer.client.get(address).content.decode()
    anchor = f"row-{key.replace(':', '-')}"
    assert f'id="{anchor}"' in page and "Action number 120 of the plan" in page
    assert f"?row={key}#{anchor}" in importer.page("import_row", one, key)


def test_an_answer_about_a_row_leads_back_to_that_row(importer, one):
    key = one.draft["actions"][1]["source"]["key"]
    offer = importer.client.get(reverse("actions:import_row", args=[one.public_id, key])).context["groups"][0][1][0]
    answered = importer.post("answer_import", one, {"about": key, "answer": offer.name})
    assert answered.url == f"{address_of(one)}?row={key}#row-{key.replace(':', '-')}"


def test_many_imports_within_an_hour_are_too_many(importer, monkeypatch):
    monkeypatch.setattr(domain, "MOST_IN_AN_HOUR", 2)
    importer.give("a.csv", b"Action,Owner\nOne,Police\n")
    importer.give("b.csv", b"Action,Owner\nTwo,Police\n")
    response = importer.give("c.csv", b"Action,Owner\nThree,Police\n")
    assert response.status_code == 422 and "many imports within the hour" in response.content.decode()


def test_a_document_that_was_read_is_not_read_again(importer, one):
    with pytest.raises(RuleBroken, match="has been read"):
        domain.read_again(one=one, by=importer.coordinator)


def test_nobody_else_has_a_document_read_again(importer, one):
    with pytest.raises(Refused):
        domain.read_again(one=one, by=make_person("auditor", importer.council, name="Au Ditor"))


def test_a_document_goes_only_into_a_plan_that_the_person_keeps(importer):
    plan = make_plan(make_council("Zedborough"))
    with pytest.raises(Refused):
        domain.start_import(
            council=importer.council, plan=plan, by=importer.coordinator, kind="upload", name="a.csv", content=b"a"
        )


def test_the_names_of_the_levels_are_what_the_person_says(importer, one):
    importer.confirm(one, level_0="Strand")
    plan = Plan.objects.get()
    assert plan.level_labels[0] == {"label": "Strand", "plural": "Strands"}


def test_several_dates_of_one_action_are_milestones(importer):
    rows = [("1", "Hold both forums", "Amberley Police", "June 2027 and December 2027", "", "")]
    importer.confirm(importer.read("plan.xlsx", workbook(rows)))
    found = Milestone.objects.order_by("position").values_list("due_on", flat=True)
    assert [str(day) for day in found] == ["2027-06-30", "2027-12-31"]


def test_a_printed_blue_completes_and_a_place_is_named_where_a_value_does_not_fit(importer):
    rows = [(*ROWS[0][:4], "Blue", ""), ROWS[1]]
    importer.confirm(importer.read("plan.xlsx", workbook(rows)))
    done = Action.objects.get(ref="1")
    decision = done.rating_decisions.get()
    assert (done.state, decision.self_certified) == ("complete", True) and decision.evidence_note


def test_the_approval_route_and_remarks_beside_headings_go_along(importer):
    importer.confirm(importer.read("plan.docx", with_route()))
    plan = Plan.objects.get()
    stages = list(plan.approval_stages.values_list("status", "date_text"))
    assert len(stages) == 2 and any("12 May 2026" in date for _, date in stages)


CARDS = (
    (
        ("R1. Promote understanding of each other", "Resp: Head"),
        ("1. Lead assemblies\n2. Visit the hall", "End date: July 2027"),
        ("Costs: £40", "Success: The rota is changed"),
    ),
    (
        ("R2. Report every incident", "Resp: Deputy Head"),
        ("1. Give out the forms\n2. Look at them each term", "End date: May 2027"),
        ("Costs: none", "Success: All are logged"),
    ),
)


def test_a_card_whose_rows_make_one_action_loses_nothing(importer):
    document = docx.Document()
    for card in CARDS:
        table = document.add_table(rows=0, cols=2)
        for row in card:
            for cell, words in zip(table.add_row().cells, row, strict=True):
                cell.text = words
        document.add_paragraph("")
    written = io.BytesIO()
    document.save(written)
    one = importer.read("cards.docx", written.getvalue())
    assert len(one.draft["actions"]) == 2
    strips = [strip for strip in review(importer, one)["page"] if strip.key]
    assert {strip.note for strip in strips if not strip.actions} == {"Part of the action of this table"}
    assert not any(strip.lost for strip in strips)


def test_the_headings_over_an_approval_route_are_not_lost(importer):
    strips = review(importer, importer.read("plan.docx", with_route()))["page"]
    assert [(strip.note, strip.lost) for strip in strips if strip.key.startswith("t1:")] == [
        ("Column headings", False),
        ("A stage of the approval route", False),
        ("A stage of the approval route", False),
    ]


HEADING_OVER_LINES = """Amberley Prevent plan

Our key elements are:
• Delivery of two projects for residents, both
delivered by the forum in the
northern wards
• Working in partnership

Thank you to everybody who took part.
"""


def test_a_line_that_was_taken_into_the_heading_above_is_not_called_text_around_the_plan(importer):
    one = importer.read("plan.txt", HEADING_OVER_LINES.encode())
    assert any("both delivered by the forum in the northern wards" in each["label"] for each in one.draft["groups"])
    notes = {strip.was[0]: strip.note for strip in review(importer, one)["page"]}
    assert notes["delivered by the forum in the"] == notes["northern wards"] == "Goes on from the line above"
    assert notes["Thank you to everybody who took part."] == "Text around the plan: not in it"


def with_route() -> bytes:
    """A Word plan with a document-control table in front."""
    document = docx.Document()
    document.add_heading("Amberley Prevent plan 2026-2028", 0)
    route = (("Version", "Status", "Date", "Considered by"), ("0.1", "Draft", "12 May 2026", "Prevent Steering Group"),
             ("1.0", "Approved", "TBC", "Cabinet"))  # fmt: skip
    for rows in (
        route,
        (("Ref", "Action", "Owner"), ("1", "Brief the police", "Police"), ("2", "Train all", "Health")),
    ):
        table = document.add_table(rows=0, cols=len(rows[0]))
        for row in rows:
            for cell, words in zip(table.add_row().cells, row, strict=True):
                cell.text = words
        document.add_paragraph("")
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def press(importer, one, key: str, label: str, *, question: str = "") -> list[str]:
    """Press a button of a row's page; returns the words of the actions as then understood."""
    groups = importer.client.get(reverse("actions:import_row", args=[one.public_id, key])).context["groups"]
    offers = {offer.label: offer for asked, offers in reversed(groups) if question in asked for offer in offers}
    importer.post("answer_import", one, {"about": key, "answer": offers[label].name})
    return [action["text"] for action in PlanImport.objects.get(pk=one.pk).draft["actions"]]


def test_every_button_of_a_row_does_what_it_says(importer):
    whole, last = "Train the new staff\nTrain the governors", ROWS[1][1]
    one = importer.read("plan.xlsx", workbook([("1", whole, "Amberley Police", "", "", ""), ROWS[1]]))
    key, below = (action["source"]["key"] for action in one.draft["actions"])
    assert press(importer, one, key, "Each paragraph is an action") == [*whole.split("\n"), last]
    assert press(importer, one, key, "It is one action") == [whole, last]
    assert press(importer, one, below, "It is a heading") == [whole]
    assert press(importer, one, below, "It is an action") == [whole, last]
    assert press(importer, one, below, "It is not part of the plan") == [whole]
    assert "Left out, as somebody said here" in importer.page("review_import", one)


def test_the_review_says_what_is_lost_of_a_row_that_goes_on_from_the_one_above(importer, one):
    above, key = (action["source"]["key"] for action in one.draft["actions"][:2])
    assert press(importer, one, key, "It goes on from the row above")[0] == f"{ROWS[0][1]}\n{ROWS[1][1]}"
    strips = {strip.key: strip for strip in review(importer, one)["page"]}
    assert strips[key].note == "Goes on from the action above. Not in the plan: “2”"
    assert strips[key].lost and not strips[above].lost


def test_the_review_says_that_somebody_made_a_row_column_headings(importer, one):
    key = one.draft["actions"][1]["source"]["key"]
    press(importer, one, key, "It is a row of column headings")
    strip = next(strip for strip in review(importer, one)["page"] if strip.key == key)
    assert (strip.note, strip.lost) == ("Column headings, as somebody said here", False)


def test_what_was_taken_apart_is_not_offered_to_be_taken_apart_again(importer):
    document = docx.Document()
    table = document.add_table(rows=0, cols=3)
    for row in (("Ref", "Action", "Owner"), ("", "Speak at the forum", "Police"), ("2", "Publish the plan", "Housing")):
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    table.rows[1].cells[1].add_paragraph("Speak to:\nthe parish councils\nthe traders")
    written = io.BytesIO()
    document.save(written)
    one = importer.read("plan.docx", written.getvalue())
    key = one.draft["actions"][0]["source"]["key"]
    assert len(press(importer, one, key, "Each paragraph is an action")) == 3
    groups = importer.client.get(reverse("actions:import_row", args=[one.public_id, key])).context["groups"]
    labels = [offer.label for _, offers in groups for offer in offers]
    assert "It is one action" in labels and "Each paragraph is an action" not in labels


def test_only_a_row_below_an_action_can_go_on_from_it(importer, one):
    first, second = (action["source"]["key"] for action in one.draft["actions"][:2])
    for key, offered in (
        (first, set()),
        (second, {"It goes on from the row above", "It is progress on the row above"}),
    ):
        groups = importer.client.get(reverse("actions:import_row", args=[one.public_id, key])).context["groups"]
        assert {offer.label for offer in groups[0][1] if "above" in offer.label} == offered


def test_a_table_is_set_aside_and_taken_in_again(importer, one):
    key = one.draft["actions"][1]["source"]["key"]
    table = key.partition(":")[0]
    assert press(importer, one, key, "It is not part of the plan", question="What is the whole table?") == []
    strips = list(review(importer, one)["page"])
    assert [(strip.table, strip.note) for strip in strips if strip.table] == [
        (table, "7 rows set aside: you said that it is not the plan")
    ]
    assert press(importer, one, table, "It is part of the plan") == [row[1] for row in ROWS]


def test_after_an_answer_about_a_table_the_review_opens_there(importer, one):
    table = one.draft["actions"][1]["source"]["key"].partition(":")[0]
    groups = importer.client.get(reverse("actions:import_row", args=[one.public_id, table])).context["groups"]
    offer = next(offer for _, offers in groups for offer in offers if offer.label == "It is not part of the plan")
    answered = importer.post("answer_import", one, {"about": table, "answer": offer.name})
    assert answered.url == f"{address_of(one)}?row={table}#row-{table}"


def test_the_page_of_a_table_that_is_part_of_the_plan_opens_from_a_doubt_about_its_column(importer, one):
    doubt = next(doubt for doubt in review(importer, one)["doubts"] if doubt.code == "column")
    page = importer.page("import_row", one, doubt.key)
    assert ROWS[0][1] in page and "Its rows stand one by one in the review." in page


def test_a_column_of_several_tables_is_one_question_whose_answer_holds_in_all_of_them(importer):
    one = importer.read("plan.docx", word([(*row[:5], f"Note {row[0]}") for row in ROWS]))
    doubt = next(doubt for doubt in review(importer, one)["doubts"] if doubt.code == "column")
    assert doubt.where == "table 1, and 1 more place"
    offer = next(offer for offer in doubt.offers if offer.label == "It is the progress")
    importer.post("answer_import", one, {"about": "doubts", "answer": offer.name})
    actions = PlanImport.objects.get(pk=one.pk).draft["actions"]
    assert [action["progress"] for action in actions] == [f"Note {row[0]}" for row in ROWS]
    assert not [doubt for doubt in review(importer, one)["doubts"] if doubt.code == "column"]


@pytest.mark.parametrize("key", ["t1:2", "t1:99", "t9", "x"])
def test_a_row_that_is_blank_or_not_there_breaks_nothing(importer, one, key):
    assert importer.client.get(reverse("actions:import_row", args=[one.public_id, key])).status_code in (200, 302)

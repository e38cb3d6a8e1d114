"""Lines of text on the review page: each says what became of it, and can be put right as a row of a table can."""

import re

import pytest
from django.urls import reverse

from actions.domain import imports as domain
from actions.models import Action, Objective, PlanImport
from plans.models import Plan
from tests.actions.importing_apply.documents import SAME

TEXT = """Amberley Prevent plan 2026-2028

This plan says what the partnership will do.
It was written by many.

Priority 1: Understanding
• Brief the police (Amberley Police, March 2027)
• Train the staff (Housing, May 2027)

Priority 2: Reaching people
Open the hall
Lead: Youth Service
Timescale: July 2027

Thank you to everybody who took part.
"""
AROUND, PARTS, BRIEF, TRAIN, SECOND, HALL, LEAD = "p2", "p3", "p5", "p6", "p7", "p8", "p9"
LEFT_OUT = "Left out, as somebody said here"


@pytest.fixture
def pasted(importer):
    return importer.read("plan.txt", TEXT.encode())


def labels_of(importer, one, key):
    """{what a button says: its name} of the page of a line."""
    context = importer.client.get(reverse("actions:import_row", args=[one.public_id, key])).context
    return {offer.label: offer.name for _, offers in context["groups"] for offer in offers}


def press(importer, one, key, label):
    """Press a button of a line's page; returns the words of the actions as then understood."""
    answered = importer.post("answer_import", one, {"about": key, "answer": labels_of(importer, one, key)[label]})
    assert answered.status_code == 302 and f"row={key}" in answered.url
    return [action["text"] for action in PlanImport.objects.get(pk=one.pk).draft["actions"]]


def notes_of(importer, one):
    page = importer.client.get(reverse("actions:review_import", args=[one.public_id])).context["page"]
    return {strip.key: strip.note for strip in page}


def test_every_line_of_text_leads_to_its_page(importer, pasted):
    page = importer.page("review_import", pasted)
    lines = domain.document_of(pasted).lines
    for key, line in lines.items():
        assert reverse("actions:import_row", args=[pasted.public_id, key]) in page
        assert line.text in importer.page("import_row", pasted, key)
    assert len(re.findall("Not right\\?", page)) == len(lines)


def test_lines_that_play_no_part_stand_together_and_do_not_shout(importer, pasted):
    strips = list(importer.client.get(reverse("actions:review_import", args=[pasted.public_id])).context["page"])
    together = next(strip for strip in strips if len(strip.around) > 1)
    assert [line.key for line in together.around][:2] == [AROUND, PARTS]
    assert not any(strip.lost for strip in strips)


def test_the_buttons_of_a_line_do_what_they_say(importer, pasted):
    both = ["Brief the police", "Train the staff"]
    assert press(importer, pasted, HALL, "It is an action") == [*both, "Open the hall"]
    assert PlanImport.objects.get().draft["actions"][-1]["owners"] == ["Youth Service"]
    assert notes_of(importer, pasted)[LEAD] == "Goes on from the line above"
    assert press(importer, pasted, TRAIN, "It is not part of the plan") == ["Brief the police", "Open the hall"]
    assert notes_of(importer, pasted)[TRAIN] == LEFT_OUT
    assert press(importer, pasted, TRAIN, "It is a heading") == ["Brief the police", "Open the hall"]
    assert TRAIN not in [key for key, note in notes_of(importer, pasted).items() if note]
    assert press(importer, pasted, TRAIN, "It goes on from “Brief the police”") == [
        "Brief the police\nTrain the staff (Housing, May 2027)", "Open the hall",
    ]  # fmt: skip
    assert press(importer, pasted, TRAIN, "It is an action") == [*both, "Open the hall"]


def test_only_what_can_be_said_of_a_line_is_offered(importer, pasted):
    assert set(labels_of(importer, pasted, AROUND)) == {"It is an action", "It is a heading"}
    assert set(labels_of(importer, pasted, SECOND)) >= {"It is an action", "It goes on from “Train the staff”"}
    brief = set(labels_of(importer, pasted, BRIEF))
    assert {"It is a heading", "It is not part of the plan"} <= brief and "It is an action" not in brief


def test_the_owner_and_day_of_a_line_are_written_by_hand(importer, pasted):
    page = importer.page("import_row", pasted, BRIEF)
    assert "Amberley Police" in page and "March 2027" in page
    forms = importer.client.get(reverse("actions:import_row", args=[pasted.public_id, BRIEF])).context["forms"]
    words = {"cell": forms[0].name, "parties": "Amberley Police\r\nNELFT"}
    assert importer.post("import_row", pasted, words, BRIEF).status_code == 302
    assert PlanImport.objects.get().draft["actions"][0]["owners"] == ["Amberley Police", "NELFT"]


@pytest.mark.parametrize("key", ["p0", "p99", "p", "p1:2", "px"])
def test_a_line_that_is_not_there_breaks_nothing(importer, pasted, key):
    assert importer.client.get(reverse("actions:import_row", args=[pasted.public_id, key])).status_code == 302
    assert importer.post("answer_import", pasted, {"about": key, "answer": "x"}).status_code == 302


def test_begun_again_nothing_is_said_of_any_line(importer, pasted):
    press(importer, pasted, HALL, "It is an action")
    press(importer, pasted, BRIEF, "It is not part of the plan")
    importer.post("forget_answers", pasted)
    assert PlanImport.objects.get().draft == pasted.draft


def test_a_plan_mended_line_by_line_is_made_compared_and_taken_back(importer, pasted):
    press(importer, pasted, HALL, "It is an action")
    press(importer, pasted, TRAIN, "It is a heading")
    importer.confirm(pasted)
    assert [each["heading"] for each in Plan.objects.get().columns] == ["Action", "Owner", "Timescale"]
    assert list(Action.objects.order_by("position").values_list("text", flat=True)) == [
        "Brief the police",
        "Open the hall",
    ]
    assert Objective.objects.filter(label__startswith="Train the staff").exists()
    again = importer.read("plan.txt", TEXT.encode(), plan=Plan.objects.get(), again=True)
    press(importer, again, HALL, "It is an action")
    shown = importer.client.get(reverse("actions:apply_import", args=[again.public_id])).context["shown"]
    assert shown.same == 2 and [row.title for row in shown.added] and not shown.missing
    importer.post("take_back", pasted)
    assert PlanImport.objects.get(pk=pasted.pk).state == "taken_back"


def test_a_table_keeps_its_rows_beside_the_lines(importer):
    one = importer.read("plan.xlsx", SAME)
    before = [action["source"]["key"] for action in one.draft["actions"]]
    title = next(iter(domain.document_of(one).lines))
    press(importer, one, title, "It is a heading")
    after = PlanImport.objects.get().draft
    assert [action["source"]["key"] for action in after["actions"]] == before
    assert all(action["group"][0] == "Amberley Prevent plan 2026-2028" for action in after["actions"])

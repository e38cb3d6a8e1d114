"""A document becomes a plan: given, read, looked at, answered, applied, and found as it was on paper."""

import pytest
from django.urls import reverse

from actions.domain import applying
from actions.enums import ImportState, Rating, TimescaleKind
from actions.models import Action, ActionOwner, ImportedFile, PlanImport, RatingDecision
from plans.enums import PlanState
from plans.models import Objective, Plan
from prevent_tracker.core.refusals import RuleBroken
from tests.actions.importing_apply.documents import ROWS, SAME, word, workbook

FILES = {"plan.xlsx": workbook, "plan.docx": word}


@pytest.mark.parametrize("name", FILES)
def test_a_plan_is_found_as_it_was_on_paper(importer, name):
    one = importer.read(name, FILES[name]())
    assert one.state == ImportState.REVIEW
    review = importer.page("review_import", one)
    assert "Brief the police on the local profile" in review and "can mean more than one thing" in review
    response = importer.confirm(one)
    plan = Plan.objects.get()
    assert response.url == reverse("actions:plan_page", args=[plan.public_id])
    assert (plan.title, plan.state) == ("Amberley Prevent plan 2026-2028", PlanState.DRAFT)
    actions = list(plan.actions.order_by("position"))
    assert [(a.ref, a.text, a.owner_text, a.timescale_text) for a in actions] == [row[:4] for row in ROWS]
    assert [a.extra.get("Resources", "") for a in actions] == [row[5] for row in ROWS]
    headings = list(Objective.objects.order_by("position"))
    assert [(h.own_level_label, h.ref, h.label) for h in headings] == [
        ("Priority", "1", "Understanding"), ("Priority", "2", "Reaching people"),
    ]  # fmt: skip
    assert [a.objective for a in actions] == [headings[0], headings[0], headings[1], headings[1]]
    page = importer.client.get(response.url).content.decode()
    for row in ROWS:
        assert all(words in page for words in row[:4] if words)
    assert "Priority 1: Understanding" in page and "Resources" in page and "£500" in page


def test_the_original_and_its_hash_are_kept_as_evidence(importer):
    content = workbook()
    one = importer.read("C:\\plans\\our plan.xlsx", content)
    kept = ImportedFile.objects.get()
    assert bytes(kept.content) == content and len(kept.sha256) == 64 and kept.given_by == importer.coordinator
    assert "\\" not in kept.name and "/" not in kept.name
    response = importer.client.get(reverse("actions:original_document", args=[one.public_id]))
    assert response.content == content and response["Content-Disposition"].startswith("attachment")


def test_dates_are_never_invented_and_ratings_are_decisions(importer, one):
    importer.confirm(one)
    brief, train, governors, publish = Action.objects.order_by("position")
    assert (str(brief.due_on), brief.kind, brief.original_due) == ("2027-03-31", TimescaleKind.POINT, brief.due_on)
    assert (train.due_on, train.start_on, train.kind) == (None, None, TimescaleKind.UNCLEAR)
    assert (governors.kind, governors.rating) == (TimescaleKind.NONE, Rating.NOT_RATED)
    assert publish.kind == TimescaleKind.ONGOING
    assert [brief.rating, train.rating] == [Rating.ON_TRACK, Rating.AT_RISK]
    assert [d.rating for d in RatingDecision.objects.order_by("pk")] == [Rating.ON_TRACK, Rating.AT_RISK]


def test_owners_are_matched_and_proposed_and_never_made(importer):
    before = importer.council.partners.count()
    one = importer.read("plan.xlsx", workbook())
    page = importer.page("import_owners", one)
    assert "Proposed" in page and "North East London Foundation Trust" in page
    importer.confirm(one)
    owners = {owner.label: owner for owner in ActionOwner.objects.select_related("partner__organisation")}
    assert str(owners["Amberley Police"].partner) == "Amberley Police"
    assert owners["NELFT"].partner is None  # proposed, and nobody took it up
    assert owners["All partners"].kind == "all_partners"
    assert importer.council.partners.count() == before


def test_owners_that_were_said_are_linked_and_remembered(importer, one):
    form = importer.client.get(reverse("actions:import_owners", args=[one.public_id])).context["form"]
    said = {name: form[name].value() for name in form.fields}
    assert importer.post("import_owners", one, said).status_code == 302
    importer.confirm(one)
    assert str(ActionOwner.objects.get(label="NELFT").partner) == "North East London Foundation Trust"
    again = importer.read("other.xlsx", workbook(ROWS[1:]))
    importer.confirm(again)
    assert ActionOwner.objects.filter(label="NELFT", partner__isnull=False).count() == 2


def test_two_doubts_are_mended_with_one_click_each(importer, one):
    doubts = importer.client.get(reverse("actions:review_import", args=[one.public_id])).context["doubts"]
    time = next(doubt for doubt in doubts if doubt.code == "timescale")
    importer.post("answer_import", one, {"about": "doubts", "answer": time.offers[0].name})
    rows = importer.client.get(reverse("actions:import_row", args=[one.public_id, "t1:5"])).context["groups"]
    ignore = next(offer for offer in rows[0][1] if offer.label == "It is not part of the plan")
    key = next(a["source"]["key"] for a in one.draft["actions"] if a["text"] == ROWS[3][1])
    offers = importer.client.get(reverse("actions:import_row", args=[one.public_id, key])).context["groups"][0][1]
    ignore = next(offer for offer in offers if offer.label == ignore.label)
    importer.post("answer_import", one, {"about": key, "answer": ignore.name})
    one.refresh_from_db()
    importer.confirm(one)
    actions = list(Action.objects.order_by("position"))
    assert [a.text for a in actions] == [row[1] for row in ROWS[:3]]
    assert actions[1].due_on is not None and actions[1].timescale_text == "31 March"


def test_a_column_is_what_the_person_says_and_is_remembered(importer, one):
    form = importer.client.get(reverse("actions:import_columns", args=[one.public_id])).context["form"]
    name = next(name for name, field in form.fields.items() if field.label == "Resources")
    importer.post("import_columns", one, {name: "measure"})
    one.refresh_from_db()
    assert [a["measure"] for a in one.draft["actions"]] == [row[5] or None for row in ROWS]
    again = importer.read("later.xlsx", workbook(ROWS[1:]))
    assert [a["measure"] for a in again.draft["actions"]] == [row[5] or None for row in ROWS[1:]]


def test_an_answer_that_nobody_was_offered_changes_nothing(importer, one):
    for about, answer in (("doubts", "x"), ("t1:999", "y"), ("../..", "z"), ("t1:4", "")):
        importer.post("answer_import", one, {"about": about, "answer": answer})
    after = PlanImport.objects.get()
    assert (after.draft, after.version) == (one.draft, one.version)


def test_a_failure_half_way_leaves_nothing(importer, one, monkeypatch):
    write = applying.write_ratings

    def fail(*args, **kwargs):
        write(*args, **kwargs)
        raise RuleBroken("The last row cannot be written.")

    monkeypatch.setattr(applying, "write_ratings", fail)
    response = importer.confirm(one)
    assert response.status_code == 422 and "The last row cannot be written." in response.content.decode()
    assert (
        Plan.objects.count(),
        Action.objects.count(),
        Objective.objects.count(),
        RatingDecision.objects.count(),
    ) == (0,) * 4
    assert Action.history.count() == 0
    monkeypatch.undo()
    assert importer.confirm(one).status_code == 302 and Action.objects.count() == len(ROWS)


def test_a_plan_is_made_once_however_often_the_button_is_pressed(importer, one):
    importer.confirm(one)
    response = importer.post("apply_import", one, {"title": "Twice", "level_0": "Priority", "version": one.version})
    assert response.status_code == 302 and Plan.objects.count() == 1


def test_somebody_else_answered_meanwhile(importer, one):
    version = one.version
    doubts = importer.client.get(reverse("actions:review_import", args=[one.public_id])).context["doubts"]
    importer.post("answer_import", one, {"about": "doubts", "answer": doubts[0].offers[-1].name})
    response = importer.post("apply_import", one, {"title": "Mine", "level_0": "Priority", "version": version})
    assert response.status_code == 409 and Plan.objects.count() == 0


KEEPS_NO_FILE = "A browser does not keep a chosen file"


def test_the_same_file_is_recognised(importer, one):
    importer.confirm(one)
    response = importer.give("renamed.xlsx", SAME)
    page = response.content.decode()
    assert response.status_code == 422
    assert "already imported on 12 August 2026" in page and "by Co Ordinator" in page
    assert KEEPS_NO_FILE in page
    assert importer.give("renamed.xlsx", SAME, again="on").status_code == 302


def test_two_people_who_import_the_same_file_make_one_plan(importer):
    first = importer.read("plan.xlsx", SAME)
    second = importer.read("plan.xlsx", SAME, again="on")
    assert importer.confirm(first).status_code == 302
    response = importer.confirm(second)
    assert response.status_code == 422 and "already imported" in response.content.decode()
    assert Plan.objects.count() == 1


def test_words_about_a_person_have_to_be_looked_at(importer):
    rows = [("1", "Ring the school on 020 7946 0958 about the pupil", "Police", "", "", "")]
    one = importer.read("plan.xlsx", workbook(rows))
    assert "Sheet “Sheet”, row 5: “020 7946 0958” looks like a telephone number" in importer.page("review_import", one)
    assert importer.confirm(one).status_code == 422 and not Plan.objects.exists()
    assert importer.confirm(one, checked="on").status_code == 302


def test_a_strategy_without_actions_keeps_its_headings(importer):
    lines = ("Amberley Prevent strategy 2026-2028", "Priorities", "The strategic objectives of this strategy are:")
    text = "\n\n".join(lines) + "\n\n1. Understand\n2. Prevent\n3. Support\n"
    one = importer.read("strategy.txt", text.encode())
    importer.confirm(one)
    assert [heading.label for heading in Objective.objects.order_by("position")] == ["Understand", "Prevent", "Support"]
    assert importer.client.get(reverse("actions:plan_page", args=[Plan.objects.get().public_id])).status_code == 200


def test_pasted_text_is_read_like_a_file(importer):
    text = "\n".join("\t".join(row) for row in (("Ref", "Action", "Owner", "Timescale", "RAG", "Resources"), *ROWS))
    url = reverse("actions:start_import", args=[importer.council.slug])
    assert importer.client.post(url, {"text": text}).status_code == 302
    one = importer.work()
    assert [a["text"] for a in one.draft["actions"]] == [row[1] for row in ROWS]
    again = importer.client.post(url, {"text": text}).content.decode()
    assert "gave the same file" in again and KEEPS_NO_FILE not in again and ROWS[0][1] in again

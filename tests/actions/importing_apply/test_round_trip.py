"""What is exported imports back to the same plan, whatever its words; and no cell is ever a formula."""

import io
from dataclasses import replace

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from actions.domain.differences import plain
from actions.domain.draft_rows import rows_of_draft
from actions.domain.plan_rows import HeadingRow, OwnerRow, PlanRow, rows_of_plan
from actions.exports.plan_xlsx import PlanBook, write_plan, write_template
from actions.importing.own_workbook import read_about
from actions.importing.reading import read_document
from actions.importing.understanding import understand
from actions.models import Action, PlanImport
from plans.models import Objective, Plan
from tests.actions.importing_apply.documents import ROWS, SAME, workbook
from tests.builders import make_action, make_heading, make_plan

HOSTILE = ("=1+1", "+44", "-5", "@SUM(A1)", '=HYPERLINK("http://x")', "\tx", "1e999", "007", "TRUE", "31/03/2027")
letters = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp", "Zs", "Co", "Cn"))
words = st.one_of(
    st.sampled_from(HOSTILE), st.lists(st.text(letters, min_size=1, max_size=8), min_size=1, max_size=5).map(" ".join)
)
lines = st.lists(words, min_size=1, max_size=3).map("\n".join)


def facts(row: PlanRow) -> tuple:
    """Return everything a row says, with white space made even: it never counts."""
    extra = {name: plain(value) for name, value in row.extra.items()}
    said = (row.ref, row.text, row.owner_text, row.timescale_text, row.measure, row.rating)
    return row.path, extra, *map(plain, said)


@st.composite
def plans(draw) -> PlanBook:
    labels = draw(
        st.lists(
            words.map(str.strip), min_size=1, max_size=4, unique_by=lambda label: " ".join(label.split()).casefold()
        )
    )
    headings = [HeadingRow((label,), draw(st.sampled_from(("", "1", "1", "2a")))) for label in labels]
    below = [HeadingRow((labels[0], f"Below {label}")) for label in labels[:2]]
    headings[1:1] = below
    paths = [heading.path for heading in headings]
    rows = []
    for path in paths:
        for _ in range(draw(st.integers(0, 2))):
            cost = draw(st.one_of(st.just(""), words))
            rows.append(
                PlanRow(
                    text=draw(lines),
                    ref=draw(st.sampled_from(("", "1", "36", "36"))),
                    path=path,
                    owner_text=draw(st.one_of(st.just(""), lines)),
                    measure=draw(st.one_of(st.just(""), words)),
                    rating=draw(st.sampled_from(("on_track", "complete", "not_rated"))),
                    extra={"Cost": cost} if cost else {},
                )
            )
    levels = [{"label": "Priority", "plural": "Priorities"}, {"label": "Objective", "plural": "Objectives"}]
    return PlanBook("A plan", levels, [{"field": "text", "heading": "Action"}], headings=headings, rows=rows)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(plans())
def test_every_word_comes_back(plan):
    content = write_plan(plan)
    document = read_document("plan.xlsx", content)
    back = rows_of_draft(understand(document), OwnerRow, read_about(document))
    assert [facts(row) for row in back.rows] == [facts(replace(row, text=row.text.strip())) for row in plan.rows]
    assert [(h.path, h.ref) for h in back.headings] == [(h.path, h.ref) for h in plan.headings]
    for sheet in load_workbook(io.BytesIO(content)):
        assert all(
            cell.data_type in "sn" and not (cell.data_type == "n" and cell.value) for row in sheet for cell in row
        )


def test_an_imported_plan_goes_out_and_comes_back_the_same(importer):
    importer.confirm(importer.read("plan.xlsx", SAME))
    plan = Plan.objects.get()
    assert_comes_back(importer, plan)


def test_a_plan_made_by_hand_goes_out_and_comes_back_the_same(importer):
    plan = make_plan(importer.council, level_labels=[{"label": "Strand", "plural": "Strands"}])
    top = make_heading(plan, "Understanding", ref="1")
    below = make_heading(plan, "Below it", parent=top)
    make_heading(plan, "Nothing below", ref="1", level_label="Theme")
    partner = importer.council.partners.last()
    for text, heading in (("=2+3", top), ("Second", below), ("Of the plan itself", None)):
        make_action(plan, partner, text=text, objective=heading, ref="36", measure="70%", extra={"Cost": "-5"})
    make_action(plan, text="Ended", objective=top, state="withdrawn", closed_reason="Not needed")
    assert_comes_back(importer, plan)


def assert_comes_back(importer, plan):
    content = importer.client.get(reverse("actions:plan_export", args=[plan.public_id])).content
    importer.confirm(importer.read("back.xlsx", content))
    back = Plan.objects.exclude(pk=plan.pk).get()
    strip = [replace(row, id="") for row in rows_of_plan(plan)]
    assert [replace(row, id="") for row in rows_of_plan(back)] == strip
    shape = ("label", "ref", "level", "level_label")
    headings = [
        list(Objective.objects.filter(plan=each).order_by("position", "pk").values_list(*shape))
        for each in (plan, back)
    ]
    assert headings[0] == headings[1]
    for name in ("title", "period_text", "starts_on", "ends_on", "level_labels"):
        assert getattr(back, name) == getattr(plan, name), name
    assert [column["field"] for column in back.columns][: len(plan.columns)] == [c["field"] for c in plan.columns]


def filled_in(importer) -> bytes:
    """The template with three actions."""
    book = load_workbook(io.BytesIO(importer.client.get(reverse("actions:import_template")).content))
    sheet = book["Plan"]
    sheet.append(["Understanding", "", "1", "Brief the police", "Police, NELFT", "March 2027", "", "Green", "Begun"])
    sheet.append(["", "", "2", "Brief the schools"])
    sheet.append(["Reaching people", "Schools", "3", "Visit every school"])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def test_the_template_is_filled_in_and_read(importer):
    importer.confirm(importer.read("filled.xlsx", filled_in(importer)), title="Our plan")
    actions = list(Action.objects.order_by("position"))
    assert [a.objective.label for a in actions] == ["Understanding", "Understanding", "Schools"]
    assert actions[0].extra == {"Progress": "Begun"} and str(actions[0].due_on) == "2027-03-31"
    assert actions[2].objective.parent.label == "Reaching people"


def test_the_review_of_our_own_workbook_offers_only_what_it_does(importer):
    one = importer.read("filled.xlsx", filled_in(importer))
    page = importer.client.get(reverse("actions:review_import", args=[one.public_id]))
    assert not [strip for strip in page.context["page"] if strip.lost]
    assert reverse("actions:import_columns", args=[one.public_id]) not in page.content.decode()
    key = one.draft["actions"][0]["source"]["key"]
    for label, count in (("It is not part of the plan", 2), ("It is part of the plan", 3)):
        row = importer.client.get(reverse("actions:import_row", args=[one.public_id, key]))
        _, offers = row.context["groups"][0]
        assert "change it in Excel and give it again" in row.content.decode()
        offer = next(offer for offer in offers if offer.label == label)
        importer.post("answer_import", one, {"about": key, "answer": offer.name})
        assert len(PlanImport.objects.get(pk=one.pk).draft["actions"]) == count


def test_the_same_plan_gives_the_same_bytes():
    assert write_template() == write_template()


@pytest.mark.parametrize("rows", [ROWS[:1]])
def test_a_workbook_of_somebody_else_is_read_by_understanding(rows):
    assert read_about(read_document("plan.xlsx", workbook(rows))) is None

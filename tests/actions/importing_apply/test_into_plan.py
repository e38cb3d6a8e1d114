"""A document against a plan that is there: three ways, only what is ticked, and back again as it was."""

import io

from django.urls import reverse
from openpyxl import load_workbook

from actions.domain.actions import edit_action
from actions.domain.plan_rows import rows_of_plan
from actions.enums import ActionState
from actions.models import Action, PlanImport
from plans.models import Objective
from tests.actions.importing_apply.documents import HEADER, ROWS, workbook


def differences(importer, one):
    return importer.client.get(reverse("actions:apply_import", args=[one.public_id])).context["shown"]


def take(importer, one, *names, **extra):
    context = importer.client.get(reverse("actions:apply_import", args=[one.public_id])).context
    shown = {"version": PlanImport.objects.get(pk=one.pk).version, "seen": context["seen"], "take": names}
    return importer.post("apply_import", one, shown | extra)


CHANGED = (
    ("1", "Brief the police on the local profile", "Amberley Police", "June 2027", "Green", "£500"),  # re-dated
    ROWS[1],
    ("2", "Train the governors and heads of every school", "Schools", "", "", "In kind"),  # reworded, owner found
    ("5", "Write to every parish council", "Prevent Coordinator", "May 2027", "", "£20"),  # new; no. 4 is gone
)


def test_the_same_plan_differs_in_nothing(importer, plan):
    one = importer.read("plan.xlsx", workbook(), plan=plan)
    shown = differences(importer, one)
    assert (shown.same, shown.offered) == (4, [])


def test_only_what_is_ticked_is_taken_over(importer, plan):
    before = rows_of_plan(plan)
    one = importer.read("plan.xlsx", workbook(CHANGED), plan=plan)
    shown = differences(importer, one)
    fields = {field.label: field for change in shown.changed for field in change.fields}
    assert set(fields) == {"Timescale", "Action", "Owner"}
    assert [row.title for row in shown.added] == ["5. Write to every parish council"]
    assert [row.title for row in shown.missing] == ["4. Publish the plan for residents"]
    assert shown.missing[0].name not in shown.ticked
    assert take(importer, one, fields["Timescale"].name, "add:3").status_code == 302
    assert "2 differences were taken over into the plan." in importer.page("import_page", one)
    after = rows_of_plan(plan)
    assert [row.timescale_text for row in after] == ["June 2027", "31 March", "", "May 2027", "Ongoing"]
    assert after[0].reading["due_on"] == "2027-06-30" and [*after[1:3], after[4]] == before[1:4]
    assert (after[3].path, after[3].extra) == (("Reaching people",), {"Resources": "£20"})
    assert Action.objects.get(ref="1").times_redated == 1


def test_one_difference_is_spoken_of_as_one(importer, plan):
    one = importer.read("plan.xlsx", workbook(CHANGED), plan=plan)
    take(importer, one, "add:3")
    assert "1 difference was taken over into the plan." in importer.page("import_page", one)


def test_what_was_taken_over_is_taken_back_exactly(importer, plan):
    before = rows_of_plan(plan)
    facts = list(Action.objects.order_by("pk").values_list("position", "original_due", "times_redated", "objective"))
    one = importer.read("plan.xlsx", workbook(CHANGED), plan=plan)
    take(importer, one, *differences(importer, one).offered)
    assert Action.objects.get(ref="4").state == ActionState.WITHDRAWN and Action.objects.count() == 5
    importer.post("take_back", one)
    assert rows_of_plan(plan) == before
    assert (
        list(Action.objects.order_by("pk").values_list("position", "original_due", "times_redated", "objective"))
        == facts
    )
    assert Action.history.filter(text="Write to every parish council", history_type="-").count() == 1


def test_what_was_touched_since_is_not_taken_back(importer, plan):
    one = importer.read("plan.xlsx", workbook(CHANGED), plan=plan)
    take(importer, one, "add:3")
    added = Action.objects.get(ref="5")
    edit_action(action=added, by=importer.coordinator, version=added.version, text="Something else")
    importer.post("take_back", one)
    assert Action.objects.filter(ref="5", text="Something else").exists()


def test_three_ways(importer, plan):
    """Changed here alone is kept; in the file alone is offered; on both sides is a conflict, not ticked."""
    export = importer.client.get(reverse("actions:plan_export", args=[plan.public_id])).content
    here = {action.text: action for action in Action.objects.all()}
    for ref, words in (("1", "April 2028"), ("4", "May 2028")):
        action = Action.objects.get(ref=ref)
        edit_action(action=action, by=importer.coordinator, version=action.version, timescale_text=words)
    book = load_workbook(io.BytesIO(export))
    sheet = book["Plan"]
    column = next(cell.column for cell in sheet[1] if cell.value == "Timescale")
    for row in sheet.iter_rows(min_row=2):
        words = {cell.value for cell in row}
        if "Publish the plan for residents" in words:
            sheet.cell(row[0].row, column, "June 2028")
        if "Train all front line staff" in words:
            sheet.cell(row[0].row, column, "July 2028")
    written = io.BytesIO()
    book.save(written)
    shown = differences(importer, one := importer.read("back.xlsx", written.getvalue(), plan=plan))
    found = {change.title: change.fields for change in shown.changed}
    assert shown.kept == 1 and list(found) == ["2. Train all front line staff", "4. Publish the plan for residents"]
    assert [(f.plan, f.file, f.base, f.conflict) for f in found["4. Publish the plan for residents"]] == [
        ("May 2028", "June 2028", "Ongoing", True)
    ]
    assert shown.conflicts == 1 and len(shown.ticked) == 1
    take(importer, one, *shown.ticked)
    assert [a.timescale_text for a in Action.objects.order_by("position")] == [
        "April 2028",
        "July 2028",
        "",
        "May 2028",
    ]
    assert here


def test_a_plan_that_changed_meanwhile_is_shown_anew(importer, plan):
    one = importer.read("plan.xlsx", workbook(CHANGED), plan=plan)
    seen = importer.client.get(reverse("actions:apply_import", args=[one.public_id])).context["seen"]
    action = Action.objects.get(ref="1")
    edit_action(action=action, by=importer.coordinator, version=action.version, text="Changed meanwhile")
    response = importer.post("apply_import", one, {"version": one.version, "seen": seen, "take": ["add:3"]})
    assert response.status_code == 422 and "was changed after you were shown" in response.content.decode()
    assert Action.objects.count() == 4


def test_nothing_ticked_is_told(importer, plan):
    one = importer.read("plan.xlsx", workbook(CHANGED), plan=plan)
    response = take(importer, one)
    assert response.status_code == 422 and "Tick what you want" in response.content.decode()


def test_a_measure_taken_over_is_seen_on_a_plan_that_had_no_column_for_it(importer, plan):
    measured = workbook([(*row, "Ninety in a hundred trained") for row in ROWS], header=(*HEADER, "Success measure"))
    one = importer.read("plan.xlsx", measured, plan=plan)
    wanted = [tick for tick in differences(importer, one).offered if tick.endswith(":measure")][:1]
    take(importer, one, *wanted)
    plan.refresh_from_db()
    assert {"field": "measure", "heading": "Success measure"} in plan.columns
    assert (
        "Ninety in a hundred trained"
        in importer.client.get(reverse("actions:plan_page", args=[plan.public_id])).content.decode()
    )
    importer.post("take_back", PlanImport.objects.get(pk=one.pk))
    plan.refresh_from_db()
    assert all(column["field"] != "measure" for column in plan.columns)


def test_a_new_heading_and_a_new_column_come_with_their_rows(importer, plan):
    book = load_workbook(io.BytesIO(importer.client.get(reverse("actions:plan_export", args=[plan.public_id])).content))
    sheet = book["Plan"]
    names = [cell.value for cell in sheet[1]]
    sheet.cell(1, len(names) + 1, "Budget code")
    at = sheet.max_row + 1
    sheet.cell(at, names.index("Priority") + 1, "A third priority")
    sheet.cell(at, names.index("Action") + 1, "Something new altogether")
    sheet.cell(at, len(names) + 1, "B77")
    written = io.BytesIO()
    book.save(written)
    one = importer.read("back.xlsx", written.getvalue(), plan=plan)
    shown = differences(importer, one)
    assert not shown.changed and not shown.missing
    take(importer, one, *shown.offered)
    action = Action.objects.get(text="Something new altogether")
    assert action.objective.label == "A third priority" and action.extra == {"Budget code": "B77"}
    plan.refresh_from_db()
    assert {"field": "extra:Budget code", "heading": "Budget code"} in plan.columns
    importer.post("take_back", PlanImport.objects.get(pk=one.pk))
    plan.refresh_from_db()
    assert not Objective.objects.filter(label="A third priority").exists()
    assert all(column["heading"] != "Budget code" for column in plan.columns)

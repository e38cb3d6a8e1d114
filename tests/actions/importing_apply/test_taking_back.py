"""An import is taken back as a whole, or not at all."""

from django.urls import reverse

from actions.enums import ImportState
from actions.models import Action, PlanImport
from plans.domain.plans import make_live
from plans.enums import PlanState
from plans.models import Plan
from tests.actions.importing_apply.documents import SAME


def test_a_plan_that_nobody_touched_is_withdrawn_and_kept(importer, one):
    importer.confirm(one)
    importer.post("take_back", one)
    one = PlanImport.objects.get()
    plan = Plan.objects.get()
    assert (one.state, plan.state, Action.objects.count()) == (ImportState.TAKEN_BACK, PlanState.WITHDRAWN, 4)
    assert plan.title not in importer.client.get(reverse("actions:plans_page")).content.decode()
    assert "withdrawn" in importer.page("import_page", one)
    assert importer.give("plan.xlsx", SAME).status_code == 302  # the same file may come again


def test_a_plan_that_was_touched_stays(importer, one):
    importer.confirm(one)
    make_live(plan=Plan.objects.get(), by=importer.coordinator)
    assert "can no longer be taken back" in importer.page("import_page", one)
    importer.post("take_back", one)
    assert PlanImport.objects.get().state == ImportState.APPLIED
    assert Plan.objects.get().state == PlanState.LIVE


def test_an_action_that_was_changed_keeps_the_import(importer, one):
    importer.confirm(one)
    action = Action.objects.first()
    action.version += 1
    action.save()
    importer.post("take_back", one)
    assert PlanImport.objects.get().state == ImportState.APPLIED


def test_a_discarded_import_cannot_be_applied(importer, one):
    importer.post("discard_import", one)
    assert importer.post("apply_import", one, {"title": "No"}).status_code == 302
    assert not Plan.objects.exists()

"""What was done after an import keeps it from being taken back as a whole, and the page says what that was."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from actions.domain.actions import add_action, edit_action
from actions.domain.lifecycle import hold_action
from actions.domain.milestones import meet_milestone
from actions.domain.plan_rows import rows_of_plan
from actions.domain.quarter import open_quarter
from actions.domain.ratings import rate_action
from actions.domain.taking_back import take_back_import
from actions.domain.updates import save_update
from actions.enums import ActionState, ImportState
from actions.models import Action, PartnerReturn, PlanImport, ProgressUpdate
from plans.domain.headings import add_heading, edit_heading
from plans.domain.periods import schedule_period
from plans.domain.plans import edit_plan
from plans.domain.quarters import quarter_of
from plans.models import Objective, Plan
from prevent_tracker.core.refusals import RuleBroken
from tests.actions.importing_apply.documents import ROWS, SAME, with_priority, workbook
from tests.actions.importing_apply.test_into_plan import CHANGED, differences, take
from tests.builders import TODAY, make_person
from tests.kept import kept

NEW = ("7", "Walk the new ground with residents", "North East London Foundation Trust", "", "", "")


def in_quarter(importer, plan):
    period = schedule_period(plan=plan, quarter=quarter_of(TODAY), by=importer.coordinator)
    return open_quarter(period=period, asked="Please update.", by=importer.coordinator)


@kept(on=TODAY)
def taken(importer, plan) -> PlanImport:
    """An import that changed, added (under a heading of its own as well) and withdrew, in an open quarter."""
    in_quarter(importer, plan)
    one = importer.read("later.xlsx", with_priority(workbook(CHANGED), "New ground", NEW), plan=plan)
    assert take(importer, one, *differences(importer, one).offered).status_code == 302
    return PlanImport.objects.get(pk=one.pk)


def changed(**of) -> Action:
    return Action.objects.select_related("plan__council").get(**of)


def a_later_import(importer, plan):
    one = importer.read("last.xlsx", workbook([*CHANGED, ("9", "Something later still", "", "", "", "")]), plan=plan)
    added = next(name for name in differences(importer, one).offered if name.startswith("add"))
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=1), tick=False):
        assert take(importer, one, added).status_code == 302


def another_title(importer, plan):
    plan = Plan.objects.get(pk=plan.pk)
    edit_plan(plan=plan, by=importer.coordinator, version=plan.version, title="Another title")


def another_label(importer, plan):
    heading = Objective.objects.get(label="New ground")
    edit_heading(heading=heading, by=importer.coordinator, version=heading.version, label="Newer ground")


def an_action_below(importer, plan):
    heading = Objective.objects.get(label="New ground")
    add_action(plan=plan, objective=heading, by=importer.coordinator, text="Somebody else's", owners=[])


def a_heading_below(importer, plan):
    heading = Objective.objects.get(label="New ground")
    add_heading(plan=plan, parent=heading, label="Below it", by=importer.coordinator)


def other_words(importer, plan):
    action = changed(ref="1")
    edit_action(action=action, by=importer.coordinator, version=action.version, text="Other words")


def an_update(importer, plan):
    action = changed(ref="1")
    partner = action.owners.get().partner
    lead = make_person("partner_lead", partner)
    save_update(action=action, period=plan.periods.get(), partner=partner, by=lead, text="We have begun.")


SINCE = {
    a_later_import: "a later import has changed the plan",
    another_title: "the plan itself was changed since",
    another_label: "a heading has been changed since",
    an_action_below: "something else now stands under a heading that it added",
    a_heading_below: "something else now stands under a heading that it added",
    other_words: "1 action has been changed, added or taken out since",
    an_update: "an update of one of its actions has been written or changed since",
}


@pytest.mark.parametrize("event", SINCE, ids=lambda event: event.__name__)
def test_what_was_done_since_is_never_undone(importer, plan, taken, event):
    event(importer, plan)
    before = rows_of_plan(plan)
    assert SINCE[event] in importer.page("import_page", taken)
    with pytest.raises(RuleBroken, match=SINCE[event]):
        take_back_import(one=taken, by=importer.coordinator)
    assert rows_of_plan(plan) == before and PlanImport.objects.get(pk=taken.pk).state == ImportState.APPLIED


def test_all_of_it_goes_back_in_an_open_quarter(importer, plan):
    """Owners, dates, headings, states and the returns that were asked for: everything is again as it was."""
    in_quarter(importer, plan)
    held = changed(ref="4")
    given = {"by": importer.coordinator, "version": held.version, "today": TODAY}
    hold_action(action=held, reason="Waiting.", review_by=TODAY + datetime.timedelta(days=30), **given)
    before, asked = rows_of_plan(plan), set(PartnerReturn.objects.values_list("pk", flat=True))
    owners = [list(action.owners.values_list("label", "partner", "part")) for action in Action.objects.order_by("pk")]
    rows = [(*CHANGED[0][:2], "North East London Foundation Trust", "June 2027", "", ""), *CHANGED[1:]]
    one = importer.read("later.xlsx", with_priority(workbook(rows), "New ground", NEW), plan=plan)
    take(importer, one, *differences(importer, one).offered)
    assert changed(ref="4").state == ActionState.WITHDRAWN and Objective.objects.filter(label="New ground").exists()
    assert set(PartnerReturn.objects.values_list("pk", flat=True)) > asked
    importer.post("take_back", one)
    assert rows_of_plan(plan) == before and not Objective.objects.filter(label="New ground").exists()
    assert changed(ref="4").state == ActionState.ON_HOLD
    after = [list(action.owners.values_list("label", "partner", "part")) for action in Action.objects.order_by("pk")]
    assert after == owners and set(PartnerReturn.objects.values_list("pk", flat=True)) == asked


def test_an_update_from_before_the_import_does_not_keep_it(importer, plan):
    in_quarter(importer, plan)
    an_update(importer, plan)
    before = rows_of_plan(plan)
    one = importer.read("later.xlsx", workbook(CHANGED), plan=plan)
    take(importer, one, *differences(importer, one).offered)
    assert rows_of_plan(plan) != before
    importer.post("take_back", one)
    assert rows_of_plan(plan) == before and PlanImport.objects.get(pk=one.pk).state == ImportState.TAKEN_BACK


def test_an_update_that_was_changed_since_keeps_the_import(importer, plan):
    in_quarter(importer, plan)
    an_update(importer, plan)
    one = importer.read("later.xlsx", workbook(CHANGED), plan=plan)
    take(importer, one, *differences(importer, one).offered)
    written = ProgressUpdate.objects.get()
    save_update(
        action=changed(ref="1"), period=written.period, partner=written.partner, by=written.written_by,
        text="We have gone on.", version=written.version,
    )  # fmt: skip
    importer.post("take_back", one)
    assert PlanImport.objects.get(pk=one.pk).state == ImportState.APPLIED


def test_a_rating_of_what_it_added_keeps_it(importer, plan):
    one = importer.read("later.xlsx", workbook(CHANGED), plan=plan)
    take(importer, one, "add:3")
    action = changed(ref="5")
    rate_action(
        action=action, rating="on_track", override_reason="As the board agreed.", by=importer.coordinator,
        version=action.version, today=TODAY,
    )  # fmt: skip
    importer.post("take_back", one)
    assert Action.objects.filter(ref="5").exists()


def test_a_quarter_keeps_the_plan_that_was_made(importer):
    importer.confirm(one := importer.read("plan.xlsx", SAME))
    schedule_period(plan=Plan.objects.get(), quarter=quarter_of(TODAY), by=importer.coordinator)
    assert "a quarter has been scheduled for the plan" in importer.page("import_page", one)
    importer.post("take_back", one)
    assert PlanImport.objects.get().state == ImportState.APPLIED


def test_a_milestone_that_was_met_keeps_the_plan(importer):
    rows = [("1", "Hold both forums", "Amberley Police", "June 2027 and December 2027", "", "")]
    importer.confirm(one := importer.read("plan.xlsx", workbook(rows)))
    action = changed(ref="1")
    first, second = action.milestones.all()
    assert (str(first.due_on), str(second.due_on)) == ("2027-06-30", "2027-12-31")
    meet_milestone(milestone=first, met_on=TODAY, by=importer.coordinator, version=first.version, today=TODAY)
    importer.post("take_back", one)
    assert PlanImport.objects.get().state == ImportState.APPLIED


def test_dates_and_milestones_go_back(importer, plan):
    rows = [(*ROWS[0][:3], "June 2027 and December 2027", *ROWS[0][4:]), *ROWS[1:]]
    before = rows_of_plan(plan)
    one = importer.read("later.xlsx", workbook(rows), plan=plan)
    take(importer, one, *differences(importer, one).offered)
    assert changed(ref="1").milestones.count() == 2
    importer.post("take_back", one)
    assert changed(ref="1").milestones.count() == 0 and rows_of_plan(plan) == before

"""Taking an import back as a whole, as long as nothing it did has been touched since.

A plan that the import made is withdrawn: it stays readable and leaves every list. In a plan that was there before, what
was added goes, what was changed and withdrawn is again as it was; the history keeps all of it.
"""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from actions.domain.import_applying import milestones_of_row
from actions.domain.import_parties import Seats
from actions.domain.owners import write_owners
from actions.domain.plan_rows import READING, PlanRow, day_of
from actions.enums import ActionState, ImportState
from actions.models import Action, Milestone, PartnerReturn, PlanImport, ProgressUpdate, RatingDecision
from partners.models import User
from partners.policy import allow
from plans.domain.headings import lock_structure
from plans.domain.periods import hold_open_period
from plans.domain.plans import edit_plan
from plans.domain.record import acting
from plans.models import Objective, Plan
from prevent_tracker.core import clock
from prevent_tracker.core.audit import create_many
from prevent_tracker.core.refusals import RuleBroken
from prevent_tracker.core.states import move
from prevent_tracker.core.versions import save_next
from prevent_tracker.core.words import counted

TOUCHED = "The import can no longer be taken back as a whole: {what}. Change or withdraw single actions instead."
REASON = "The import was taken back."
# How a withdrawn action gets back to the state it was in.
WAYS_BACK = {
    ActionState.AGREED: (),
    ActionState.IN_PROGRESS: ("start",),
    ActionState.ON_HOLD: ("hold",),
    ActionState.COMPLETION_CLAIMED: ("claim_completion",),
}


@transaction.atomic
def take_back_import(*, one: PlanImport, by: User) -> PlanImport:
    """Undo everything that the import did. Raises Refused, RuleBroken (not applied, or something was touched since)."""
    allow(by, "review", one)
    one = PlanImport.objects.select_for_update(of=("self",)).select_related("council", "plan__council").get(pk=one.pk)
    move(one, "take_back", "taken back")
    assert one.plan is not None
    plan = lock_structure(one.plan, by)
    if what := touched_since(one, plan):
        raise RuleBroken(TOUCHED.format(what=what))
    with acting(by, one.council, REASON):
        if one.makes_plan:
            move(plan, "withdraw", "withdrawn")
            save_next(plan, reason=REASON)
        else:
            hold_open_period(plan)
            _Undoer(plan, by, one.made).undo()
        one.taken_back_at, one.taken_back_by = clock.now(), by
        save_next(one)
    return one


def touched_since(one: PlanImport, plan: Plan) -> str:
    """Return in words what keeps an applied import from being taken back; empty when nothing does."""
    later = PlanImport.objects.filter(plan=plan, state=ImportState.APPLIED, applied_at__gt=one.applied_at)
    if later.exists():
        return "a later import has changed the plan"
    if one.made["plan"]["version"] != plan.version:
        return "the plan itself was changed since"
    return _made_plan_touched(one.made, plan) if one.makes_plan else _taken_over_touched(one.made, plan)


def _made_plan_touched(made: Mapping[str, Any], plan: Plan) -> str:
    if plan.periods.exists():
        return "a quarter has been scheduled for the plan"
    return _rows_touched(
        dict(plan.actions.values_list("public_id", "version")),
        dict(plan.objectives.values_list("public_id", "version")),
        made["actions"],
        made["headings"],
    ) or _work_on(plan.actions.all(), {})


def _taken_over_touched(made: Mapping[str, Any], plan: Plan) -> str:
    versions = made["versions"]
    actions = plan.actions.filter(public_id__in=versions["actions"])
    headings = plan.objectives.filter(public_id__in=versions["headings"])
    touched = _rows_touched(
        dict(actions.values_list("public_id", "version")),
        dict(headings.values_list("public_id", "version")),
        versions["actions"],
        versions["headings"],
    )
    if touched:
        return touched
    others = plan.actions.filter(objective__in=headings).exclude(public_id__in=versions["actions"])
    if others.exists() or plan.objectives.filter(parent__in=headings).exclude(pk__in=headings).exists():
        return "something else now stands under a heading that it added"
    added = plan.actions.filter(public_id__in=made["added"])
    if RatingDecision.objects.filter(action__in=added).exists():
        return "an action that it added has been rated"
    if PartnerReturn.objects.filter(public_id__in=made["returns"], sign_offs__isnull=False).exists():
        return "a partner has signed off a return that it asked for"
    return _work_on(actions, made.get("updates", {}))


def _rows_touched(actions: dict, headings: dict, then_actions: Mapping, then_headings: Mapping) -> str:
    changed = {name for name in actions.keys() | then_actions.keys() if actions.get(name) != then_actions.get(name)}
    if changed:
        return f"{counted(len(changed), 'action has', 'actions have')} been changed, added or taken out since"
    return "a heading has been changed since" if headings != dict(then_headings) else ""


def _work_on(actions, then_updates: Mapping[str, int]) -> str:
    """Say what work was done on actions; `then_updates` are the versions of the updates that were there already."""
    updates = ProgressUpdate.objects.filter(action__in=actions).values_list("public_id", "version")
    if dict(updates) != then_updates:
        return "an update of one of its actions has been written or changed since"
    if Milestone.objects.filter(action__in=actions, met_on__isnull=False).exists():
        return "a milestone of one of its actions has been met"
    return ""


class _Undoer:
    """Makes a plan again what it was before an import. Call inside `acting`."""

    def __init__(self, plan: Plan, by: User, made: Mapping[str, Any]):
        self.plan, self.by, self.made = plan, by, made
        self.seats = Seats(plan.council)

    def undo(self) -> None:
        for public_id, before in self.made["withdrawn"].items():
            self._reinstate(self._action(public_id), before)
        for public_id, before in self.made["changed"].items():
            self._restore(self._action(public_id), before)
        for action in Action.objects.filter(public_id__in=self.made["added"], plan=self.plan):
            action.delete()
        added = Objective.objects.filter(public_id__in=self.made["headings"], plan=self.plan)
        for heading in added.order_by("-level", "-position"):
            heading.delete()
        for asked in PartnerReturn.objects.filter(public_id__in=self.made["returns"]):
            asked.delete()
        if self.made["columns"] is not None:
            edit_plan(plan=self.plan, by=self.by, version=self.plan.version, columns=self.made["columns"])

    def _action(self, public_id: str) -> Action:
        return Action.objects.select_for_update(of=("self",)).select_related("plan__council").get(public_id=public_id)

    def _reinstate(self, action: Action, before: Mapping[str, str]) -> None:
        for transition in ("reinstate", *WAYS_BACK[ActionState(before["state"])]):
            move(action, transition, "reinstated")
        action.closed_reason = before["closed_reason"]
        save_next(action, reason=REASON)

    def _restore(self, action: Action, before: Mapping[str, Any]) -> None:
        facts = before["facts"]
        row = PlanRow.from_json({name: value for name, value in before.items() if name != "facts"})
        for name in ("ref", "text", "owner_text", "timescale_text", "measure", "extra"):
            setattr(action, name, getattr(row, name))
        for name in READING:
            value = row.reading.get(name)
            setattr(action, name, day_of(value) if name.endswith("_on") else value)
        action.original_due, action.forecast_due = day_of(facts["original_due"]), day_of(facts["forecast_due"])
        action.times_redated, action.position = facts["times_redated"], facts["position"]
        action.objective_id = facts["objective"]
        save_next(action, reason=REASON)
        self._restore_lists(action, row)

    def _restore_lists(self, action: Action, row: PlanRow) -> None:
        write_owners(action, self.seats.exactly(row.owners))
        for milestone in action.milestones.all():
            milestone.delete()
        specs = enumerate(milestones_of_row(row))
        create_many(Milestone, [Milestone(action=action, position=number, **vars(spec)) for number, spec in specs])

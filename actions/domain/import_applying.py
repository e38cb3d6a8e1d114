"""What was reviewed goes into a plan, a new one or one that is there, in one transaction: all of it or nothing."""

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from actions.domain.actions import MilestoneSpec, add_action, edit_action, withdraw_action
from actions.domain.applying import make_plan, reading_of_row
from actions.domain.differences import Changed, Differences, compare, fields_of
from actions.domain.draft_rows import DraftRows
from actions.domain.import_parties import Seats
from actions.domain.imports import (
    before_sentence,
    claim_review,
    document_of,
    draft_of,
    export_of,
    findings_of,
    imported_before,
    rows_of_import,
)
from actions.domain.plan_rows import PlanRow, headings_in_order, paths_of, row_of, rows_of_plan
from actions.enums import ImportState
from actions.models import Action, PartnerReturn, PlanImport, ProgressUpdate
from partners.models import User
from partners.policy import allow
from plans.columns import is_own, own_name
from plans.domain.headings import add_heading, lock_structure
from plans.domain.plans import edit_plan
from plans.domain.record import acting
from plans.models import Objective, Plan
from prevent_tracker.core import clock
from prevent_tracker.core.fingerprint import fingerprint
from prevent_tracker.core.refusals import RuleBroken, StaleSave
from prevent_tracker.core.states import move
from prevent_tracker.core.versions import save_next

CHECK = "Check the words named below. If none of them is about a person of concern, say that you have checked."
OVERTAKEN = "The plan was changed after you were shown these differences. They are shown anew: look at them again."
NOTHING_TICKED = "Tick what you want to take over from the file, or discard the import."
MISSING = "It is not in the imported document."
BY_COLUMN = {
    "ref": "ref",
    "owners": "owner_text",
    "timescale": "timescale_text",
    "measure": "measure",
    "due": "timescale_text",
}


@dataclass(frozen=True)
class Comparison:
    """A file held against a plan as it is now: the file's rows, what differs, and the fingerprint of what was shown."""

    rows: list[PlanRow]
    differences: Differences
    has_base: bool
    seen: str = ""
    draft: DraftRows | None = field(default=None, compare=False)


# --- A new plan ------------------------------------------------------------------------------------------------------


@transaction.atomic
def apply_as_plan(
    *,
    one: PlanImport,
    by: User,
    version: int,
    today: datetime.date,
    checked: bool = False,
    again: bool = False,
    **fields: Any,
) -> Plan:
    """Make the plan that the draft describes; `fields` are its title, printed period, days, and names of its levels.

    Raises Refused, RuleBroken ("checked": words that look like a person's case; "again": the same document is in a
    plan already; a value that the plan does not take, with its place), StaleSave (somebody answered since).
    """
    one = _claim(one, by, version)
    _check_words(one, checked)
    before = imported_before(one.council, one.original.sha256, None, but=one)
    if before is not None and before.state == ImportState.APPLIED and not again:
        raise RuleBroken({"again": [before_sentence(before)]})
    draft, rows = draft_of(one), rows_of_import(one)
    labels = fields.pop("level_labels", None)
    if labels:
        rows.levels[: len(labels)] = labels
    with acting(by, one.council, f"Imported from {one.original}"):
        plan = make_plan(council=one.council, by=by, draft=rows, stages=draft.approval_route, today=today, **fields)
        one.plan = plan
        one.made = {"plan": {"version": plan.version}} | _made(plan)
        _save_applied(one, by, rows_of_plan(plan))
    return plan


def _made(plan: Plan) -> dict[str, Any]:
    actions = plan.actions.values_list("public_id", "version")
    headings = plan.objectives.values_list("public_id", "version")
    return {"actions": dict(actions), "headings": dict(headings)}


# --- A plan that is there --------------------------------------------------------------------------------------------


def compare_import(one: PlanImport) -> Comparison:
    """Return what the import would do to its plan, as the plan is now."""
    assert one.plan is not None
    draft = draft_of(one)
    rows = rows_of_import(one, draft)
    plan = rows_of_plan(one.plan)
    base = base_of(one)
    columns = {BY_COLUMN[column.role] for column in draft.columns if column.role in BY_COLUMN}
    found = compare(rows.rows, plan, base, fields_of(rows.rows, columns))
    seen = fingerprint([[row.to_json() for row in rows.rows], [row.to_json() for row in plan]])
    return Comparison(rows.rows, found, base is not None, seen, rows)


def base_of(one: PlanImport) -> list[PlanRow] | None:
    """Return the plan's rows when it and the file last agreed: the export it came from, else the last import's."""
    export = export_of(one.council, document_of(one))
    if export is not None and export.plan_id == one.plan_id:
        return [PlanRow.from_json(row) for row in export.rows]
    last = PlanImport.objects.filter(plan=one.plan_id, state=ImportState.APPLIED).order_by("-applied_at").first()
    return [PlanRow.from_json(row) for row in last.base] if last is not None and last.base else None


@transaction.atomic
def apply_to_plan(
    *, one: PlanImport, by: User, version: int, seen: str, ticked: Collection[str], checked: bool = False
) -> Plan:
    """Take over what was ticked, and nothing else: "add:PLACE", "change:ACTION:FIELD", "withdraw:ACTION".

    `seen` is the fingerprint of the differences that were shown. Ratings are not taken over: people set those. Raises
    Refused, RuleBroken (nothing ticked, plan changed since, words to be checked), StaleSave.
    """
    one = _claim(one, by, version)
    assert one.plan is not None
    plan = lock_structure(one.plan, by)
    compared = compare_import(one)
    if compared.seen != seen:
        raise RuleBroken(OVERTAKEN)
    wanted = set(ticked)
    if not wanted:
        raise RuleBroken(NOTHING_TICKED)
    _check_words(one, checked)
    with acting(by, one.council, f"Imported from {one.original}"):
        one.made = _Taker(plan, by, compared, wanted, str(one.original)).take()
        _save_applied(one, by, rows_of_plan(plan))
    return plan


class _Taker:
    """Takes ticked differences over into a plan and writes down what it did, for taking back."""

    def __init__(self, plan: Plan, by: User, compared: Comparison, wanted: set[str], source: str):
        self.plan, self.by, self.compared, self.wanted, self.source = plan, by, compared, wanted, source
        self.seats = Seats(plan.council)
        self.actions = {
            action.public_id: action for action in plan.actions.select_related("plan__council", "objective")
        }
        paths = paths_of(plan)
        self.headings = {_key(paths[h.pk]): h for h in headings_in_order(plan)}
        self.paths = paths
        self.returns = set(_return_ids(plan))
        self.made: dict[str, Any] = {"added": [], "headings": [], "changed": {}, "withdrawn": {}, "columns": None}

    def take(self) -> dict[str, Any]:
        self._add_columns()
        for changed in self.compared.differences.changed:
            names = [each.name for each in changed.fields if f"change:{changed.row.id}:{each.name}" in self.wanted]
            if names:
                self._change(changed, names)
        self._add_rows()
        for row in self.compared.differences.missing:
            if f"withdraw:{row.id}" in self.wanted:
                self._withdraw(row)
        self._note_versions()
        return self.made

    def _add_columns(self) -> None:
        """Give the plan a column for words of the file that it has none for yet."""
        draft = self.compared.draft
        assert draft is not None
        rows = [self.compared.rows[at] for at in self.compared.differences.added if f"add:{at}" in self.wanted]
        brought = {tick.split(":", 2)[2] for tick in self.wanted if tick.startswith("change:")} | set(fields_of(rows))
        known = {column["field"] for column in self.plan.columns}
        new = [column for column in draft.columns if column["field"] in brought - known]
        if new:
            self.made["columns"] = list(self.plan.columns)
            self.plan = edit_plan(
                plan=self.plan, by=self.by, version=self.plan.version, columns=[*self.plan.columns, *new]
            )

    def _change(self, changed: Changed, names: Sequence[str]) -> None:
        file, action = self.compared.rows[changed.file_index], self.actions[changed.row.id]
        before = row_of(action, self.paths.get(action.objective_id or 0, ())).to_json()
        self.made["changed"][action.public_id] = before | _facts_of(action)
        fields: dict[str, Any] = {name: getattr(file, name) for name in names if name in ("ref", "text", "measure")}
        extra = {own_name(name): file.extra.get(own_name(name), "") for name in names if is_own(name)}
        if extra:
            fields["extra"] = {name: words for name, words in (action.extra | extra).items() if words}
        if "heading" in names:
            fields["objective"] = self._heading(file.path)
        if "owner_text" in names:
            fields |= {"owner_text": file.owner_text, "owners": self.seats.specs(file.owners)}
        if "timescale_text" in names:
            fields |= {"timescale_text": file.timescale_text, "milestones": milestones_of_row(file)}
            fields |= reading_of_row(file.reading)
        edit_action(action=action, by=self.by, version=action.version, **fields)

    def _add_rows(self) -> None:
        """Add rows in the file's order, each after the row before it where both hang from the same heading."""
        pairs = {each.file_index: each.row.id for each in self.compared.differences.changed}
        last: Action | None = None
        for at, row in enumerate(self.compared.rows):
            if at in self.compared.differences.added and f"add:{at}" in self.wanted:
                objective = self._heading(row.path)
                here = last if last is not None and last.objective_id == (objective.pk if objective else None) else None
                last = self._add(row, objective, here)
                self.made["added"].append(last.public_id)
            elif at in pairs:
                last = Action.objects.get(public_id=pairs[at])
            elif at not in self.compared.differences.added:
                last = self._same_row(row) or last

    def _same_row(self, row: PlanRow) -> Action | None:
        if not hasattr(self, "_by_words"):
            self._by_words = {(a.ref, " ".join(a.text.split())): a for a in self.actions.values()}
        return self._by_words.get((row.ref, " ".join(row.text.split())))

    def _add(self, row: PlanRow, objective: Objective | None, after: Action | None) -> Action:
        return add_action(
            plan=self.plan,
            objective=objective,
            by=self.by,
            text=row.text,
            ref=row.ref,
            owners=self.seats.specs(row.owners),
            milestones=milestones_of_row(row),
            after=after,
            owner_text=row.owner_text,
            timescale_text=row.timescale_text,
            measure=row.measure,
            extra=row.extra,
            **reading_of_row(row.reading),
        )

    def _heading(self, path: tuple[str, ...]) -> Objective | None:
        """Return the heading at a path, made where the plan has none."""
        if not path:
            return None
        if _key(path) not in self.headings:
            facts = next((h for h in self._draft_headings() if _key(h.path) == _key(path)), None)
            heading = add_heading(
                plan=self.plan,
                parent=self._heading(path[:-1]),
                label=path[-1],
                by=self.by,
                ref=facts.ref if facts else "",
                level_label=facts.level_label if facts else "",
            )
            self.headings[_key(path)] = heading
            self.made["headings"].append(heading.public_id)
        return self.headings[_key(path)]

    def _draft_headings(self):
        assert self.compared.draft is not None
        return self.compared.draft.headings

    def _withdraw(self, row: PlanRow) -> None:
        action = self.actions[row.id]
        self.made["withdrawn"][row.id] = {"state": str(action.state), "closed_reason": action.closed_reason}
        withdraw_action(action=action, reason=f"{MISSING} ({self.source})", by=self.by, version=action.version)

    def _note_versions(self) -> None:
        """Write down the version of everything touched and of its updates, and the returns asked for because of it."""
        touched = [*self.made["added"], *self.made["changed"], *self.made["withdrawn"]]
        actions = self.plan.actions.filter(public_id__in=touched).values_list("public_id", "version")
        headings = self.plan.objectives.filter(public_id__in=self.made["headings"]).values_list("public_id", "version")
        self.made["versions"] = {"actions": dict(actions), "headings": dict(headings)}
        updates = ProgressUpdate.objects.filter(action__public_id__in=touched).values_list("public_id", "version")
        self.made["updates"] = dict(updates)
        self.made["plan"] = {"version": Plan.objects.values_list("version", flat=True).get(pk=self.plan.pk)}
        self.made["returns"] = sorted(set(_return_ids(self.plan)) - self.returns)


def milestones_of_row(row: PlanRow) -> list[MilestoneSpec]:
    """Return a row's several dates as an action takes them."""
    return [MilestoneSpec(text=each["text"], **reading_of_row(each)) for each in row.milestones]


def _facts_of(action: Action) -> dict[str, Any]:
    """Return what a change of an action may touch beside the words of its row."""
    days = {name: getattr(action, name) for name in ("original_due", "forecast_due")}
    return {
        "facts": {name: day.isoformat() if day else "" for name, day in days.items()}
        | {"times_redated": action.times_redated, "position": action.position, "objective": action.objective_id}
    }


def _return_ids(plan: Plan) -> list[str]:
    return list(PartnerReturn.objects.filter(period__plan=plan).values_list("public_id", flat=True))


def _key(path: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(" ".join(label.split()).casefold() for label in path)


# --- Both ------------------------------------------------------------------------------------------------------------


def _claim(one: PlanImport, by: User, version: int) -> PlanImport:
    allow(by, "review", one)
    one = claim_review(one, by)
    if one.version != version:
        raise StaleSave(one)
    return one


def _check_words(one: PlanImport, checked: bool) -> None:
    if not checked and findings_of(draft_of(one)):
        raise RuleBroken({"checked": [CHECK]})


def _save_applied(one: PlanImport, by: User, rows: Sequence[PlanRow]) -> None:
    move(one, "apply", "applied")
    one.applied_at, one.applied_by = clock.now(), by
    one.base = [row.to_json() for row in rows]
    save_next(one)

"""A plan as rows: one shape for a plan in the database, for a file's draft and for what was exported.

Differences are found between rows, exports are written from rows, and rows are kept with each import and export as
what the next comparison begins from.
"""

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db.models import F, Prefetch

from actions.enums import OwnerKind
from actions.models import Action, ActionOwner, Milestone
from plans.models import Objective, Plan

READING = ("kind", "start_on", "due_on", "precision", "recurrence")


@dataclass(frozen=True)
class OwnerRow:
    """A party of an action: as printed, and what it is (see `actions.importing.checking` for targets)."""

    label: str
    target: str = "words"
    part: str = ""
    kind: str = ""


@dataclass(frozen=True)
class PlanRow:
    """An action as a row of its plan. `path` holds the labels of its headings, outermost first; dates are ISO days."""

    text: str
    ref: str = ""
    path: tuple[str, ...] = ()
    owner_text: str = ""
    owners: tuple[OwnerRow, ...] = ()
    timescale_text: str = ""
    reading: dict[str, Any] = field(default_factory=dict)
    milestones: tuple[dict[str, Any], ...] = ()
    measure: str = ""
    rating: str = "not_rated"
    state: str = "agreed"
    closed_reason: str = ""
    extra: dict[str, str] = field(default_factory=dict)
    id: str = ""
    where: str = ""

    def to_json(self) -> dict[str, Any]:
        """Everything as plain data."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "PlanRow":
        """The row back from `to_json`."""
        lists = {"path": tuple(data["path"]), "milestones": tuple(data["milestones"])}
        return cls(**{**data, **lists, "owners": tuple(OwnerRow(**owner) for owner in data["owners"])})


@dataclass(frozen=True)
class HeadingRow:
    """A heading of a plan, for an export. `path` ends with its own label."""

    path: tuple[str, ...]
    ref: str = ""
    level_label: str = ""


_NUMBERED = r"^{word}s?\s+((?:\d{{1,3}}[a-z]?|[A-Z]|[ivx]{{1,4}})(?:\.\d{{1,3}})*)\s*[:.–—-]\s*(?=\S)"


def split_label(label: str, level: str) -> tuple[str, str]:
    """Return (ref, label) of a heading: "Priority 1: Understanding" of the level Priority is 1 and Understanding.

    The plan prints level, ref and label together again, so nothing is lost; other labels stay whole, without a ref.
    """
    found = re.match(_NUMBERED.format(word=re.escape(level)), label, re.I) if level else None
    return (found.group(1), label[found.end() :]) if found else ("", label)


# --- From the database -----------------------------------------------------------------------------------------------


def headings_in_order(plan: Plan) -> list[Objective]:
    """Return the plan's headings that have not been withdrawn, in reading order. One query."""
    return list(plan.objectives.filter(withdrawn_at=None).order_by("position", "pk"))


def paths_of(plan: Plan) -> dict[int, tuple[str, ...]]:
    """Return {heading id: labels from the outermost down}, withdrawn headings included. One query."""
    headings = {heading.pk: heading for heading in plan.objectives.all()}
    paths: dict[int, tuple[str, ...]] = {}
    for pk in headings:
        labels: list[str] = []
        seen: set[int] = set()
        at: int | None = pk
        while at is not None and at in headings and at not in seen:
            seen.add(at)
            labels.insert(0, headings[at].label)
            at = headings[at].parent_id
        paths[pk] = tuple(labels)
    return paths


def actions_in_order(plan: Plan) -> list[Action]:
    """Return every action of the plan in printed order with owners and milestones. Three queries."""
    owners = ActionOwner.objects.select_related("partner", "body").order_by("position")
    return list(
        plan.actions.order_by(F("objective__position").asc(nulls_first=True), "position", "pk").prefetch_related(
            Prefetch("owners", owners), Prefetch("milestones", Milestone.objects.order_by("position"))
        )
    )


def rows_of_plan(plan: Plan) -> list[PlanRow]:
    """Return the plan's actions as rows, in printed order. Four queries, however many."""
    paths = paths_of(plan)
    return [row_of(action, paths.get(action.objective_id or 0, ())) for action in actions_in_order(plan)]


def heading_rows_of_plan(plan: Plan) -> list[HeadingRow]:
    """Return the plan's headings in reading order, for an export."""
    paths = paths_of(plan)
    return [HeadingRow(paths[h.pk], h.ref, h.level_label) for h in headings_in_order(plan)]


def row_of(action: Action, path: Sequence[str]) -> PlanRow:
    """Return one action, fetched with its owners and milestones, as a row."""
    return PlanRow(
        text=action.text,
        ref=action.ref,
        path=tuple(path),
        owner_text=action.owner_text,
        owners=tuple(owner_row(owner) for owner in action.owners.all()),
        timescale_text=action.timescale_text,
        reading=reading_of(action),
        milestones=tuple({"text": m.text} | reading_of(m) for m in action.milestones.all()),
        measure=action.measure,
        rating=str(action.rating),
        state=str(action.state),
        closed_reason=action.closed_reason,
        extra={str(name): str(value) for name, value in action.extra.items()},
        id=action.public_id,
    )


def owner_row(owner: ActionOwner) -> OwnerRow:
    """Return an owner with what it is as a target."""
    if owner.partner is not None:
        is_it = owner.kind == OwnerKind.ORGANISATION
        target = f"{'organisation' if is_it else 'role'}:{owner.partner.public_id}"
    elif owner.body is not None:
        target = f"body:{owner.body.public_id}"
    else:
        target = "all" if owner.kind == OwnerKind.ALL_PARTNERS else "words"
    return OwnerRow(owner.label, target, str(owner.part), str(owner.kind))


def reading_of(row: Action | Milestone) -> dict[str, Any]:
    """Return what a timescale was read to mean, with ISO days."""
    values = {name: getattr(row, name) for name in READING}
    return {name: v.isoformat() if isinstance(v, datetime.date) else str(v or "") for name, v in values.items()}


def day_of(iso: str | None) -> datetime.date | None:
    """Return the day of an ISO text; None for none."""
    return datetime.date.fromisoformat(iso) if iso else None

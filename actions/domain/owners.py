"""Owners of an action: an ordered list of parties, exactly one accountable."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db.models import Prefetch, QuerySet

from actions.enums import OwnerKind, OwnerPart
from actions.models import Action, ActionOwner
from partners.models import GovernanceBody, Partner
from prevent_tracker.core.audit import create_many
from prevent_tracker.core.refusals import RuleBroken, require_valid

ANSWERING = (OwnerPart.ACCOUNTABLE, OwnerPart.JOINT)  # whose return holds the action


@dataclass(frozen=True)
class OwnerSpec:
    """A party as printed, and the seat or body it stands for where it is known."""

    kind: str
    label: str
    part: str = ""
    partner: Partner | None = None
    body: GovernanceBody | None = None


def with_parts(specs: Sequence[OwnerSpec]) -> list[OwnerSpec]:
    """Return the parties with one accountable: the one that says so, else the first; the rest joint unless told.

    Raises RuleBroken when two are accountable.
    """
    accountable = [index for index, spec in enumerate(specs) if spec.part == OwnerPart.ACCOUNTABLE]
    if len(accountable) > 1:
        raise RuleBroken({"owners": ["Only one owner can be accountable. Make the others joint or supporting."]})
    chosen = accountable[0] if accountable else 0
    return [
        replace(spec, part=OwnerPart.ACCOUNTABLE if index == chosen else spec.part or OwnerPart.JOINT)
        for index, spec in enumerate(specs)
    ]


def write_owners(action: Action, specs: Sequence[OwnerSpec]) -> bool:
    """Make the owners of a claimed action those of the list, in its order; returns whether anything changed.

    The rows before are kept in the history. Raises RuleBroken (two accountable, a seat or body of another council).
    """
    wanted = [_owner(action, number, spec) for number, spec in enumerate(with_parts(specs))]
    present = list(action.owners.order_by("position"))
    if [_facts(owner) for owner in present] == [_facts(owner) for owner in wanted]:
        return False
    for owner in present:
        owner.delete()
    for owner in wanted:
        _check(owner)
    create_many(ActionOwner, wanted)
    action._prefetched_objects_cache = {}  # type: ignore[attr-defined]  # the list read before is no longer true
    return True


def _owner(action: Action, position: int, spec: OwnerSpec) -> ActionOwner:
    council = action.plan.council_id
    for seat in (spec.partner, spec.body):
        if seat is not None and seat.council_id != council:
            raise RuleBroken({"owners": [f"{seat} has no seat in this partnership."]})
    return ActionOwner(
        action=action,
        plan=action.plan,
        position=position,
        kind=spec.kind or OwnerKind.OTHER,
        label=spec.label.strip(),
        part=spec.part,
        partner=spec.partner,
        body=spec.body,
    )


def _check(owner: ActionOwner) -> None:
    try:
        require_valid(owner)
    except RuleBroken as broken:
        raise RuleBroken({"owners": [words for sentences in broken.problems.values() for words in sentences]}) from None


def _facts(owner: ActionOwner) -> tuple:
    return owner.position, owner.kind, owner.label, owner.part, owner.partner_id, owner.body_id


def answering_owner(owners: Iterable[ActionOwner]) -> ActionOwner | None:
    """Return the owner whose seat answers: the accountable one, else the first that a seat stands for, else none."""
    seated = [owner for owner in owners if owner.partner_id]
    return min(seated, key=lambda owner: (owner.part != OwnerPart.ACCOUNTABLE, owner.position), default=None)


def with_seats(actions: "QuerySet[Action]") -> "QuerySet[Action]":
    """Return the actions with their owners and the owners' seats, which are read once, in one query."""
    return actions.prefetch_related(Prefetch("owners", ActionOwner.objects.select_related("partner__organisation")))


def accountable_seat(action: Action) -> Partner:
    """Return the seat that answers for the action: the accountable owner's, else the first owner's, else the council's.

    The last two are for printed owners that no seat stands for ("School head teachers", "All partners").
    One query; none for an action read `with_seats`.
    """
    owners = action.owners.all()
    if "owners" not in getattr(action, "_prefetched_objects_cache", {}):
        owners = owners.select_related("partner__organisation")
    answering = answering_owner(owners)
    if answering is not None and answering.partner is not None:
        return answering.partner
    council = action.plan.council
    return council.partners.select_related("organisation").get(organisation=council.organisation_id)

"""Two people changed an action at once: what differs beyond the action's own fields."""

from collections.abc import Iterable

from actions.domain.owners import OwnerSpec, with_parts
from actions.enums import OwnerPart
from actions.forms.actions import ActionEntry
from actions.models import Action, ActionOwner
from plans.models import Objective
from plans.presenters import heading_title

THE_PLAN = "The plan itself"


def further_differences(entry: ActionEntry, current: Action) -> list[tuple[str, str, str]]:
    """Return (label, what was typed, what is saved now) of the heading, the owners and the council's own columns."""
    entered = entry.entered()
    own = [
        (heading, entered["extra"].get(name, ""), str(current.extra.get(name, ""))) for name, heading in entry.form.own
    ]
    owners = current.owners.select_related("partner__organisation", "partner__council", "body").order_by("position")
    return [
        ("Heading", place_words(entered["objective"]), place_words(current.objective)),
        ("Owners", owner_lines(with_parts(entered["owners"])), owner_lines(owners)),
        *own,
    ]


def place_words(heading: Objective | None) -> str:
    return heading_title(heading) if heading else THE_PLAN


def owner_lines(owners: Iterable[OwnerSpec | ActionOwner]) -> str:
    """Return the owners in printed order, one on a line: "Accountable: Prevent lead, stands for Avon Police"."""
    return "\n".join(map(_owner_line, owners))


def _owner_line(owner: OwnerSpec | ActionOwner) -> str:
    seat = owner.partner or owner.body
    stands = f", stands for {seat}" if seat and str(seat) != owner.label else ""
    return f"{OwnerPart(owner.part).label}: {owner.label}{stands}"

"""Roles: the one table that says what each role may do, at which kind of seat, in one sentence.

The codes in `permissions` are guardian object permissions on the seat. Nothing else in the project grants a right.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import TextChoices


class Role(TextChoices):
    COORDINATOR = "coordinator", "Prevent coordinator"
    COUNCIL_ADMIN = "council_admin", "Council administrator"
    AUDITOR = "auditor", "Auditor"
    PARTNER_LEAD = "partner_lead", "Partner lead"
    CONTRIBUTOR = "contributor", "Contributor"
    BOARD_MEMBER = "board_member", "Board member"


class Seat(StrEnum):
    """The three kinds of seat a membership can hold."""

    COUNCIL = "council"
    PARTNER = "partner"
    BODY = "body"


@dataclass(frozen=True)
class RoleRule:
    """What a role may do at its seat. `permissions` are codenames, the same on the seat's model Meta."""

    seat: Seat
    permissions: tuple[str, ...]
    sentence: str


ROLES: dict[str, RoleRule] = {
    Role.COORDINATOR: RoleRule(
        Seat.COUNCIL,
        ("view_plans", "coordinate", "view_reports"),
        "Keeps the plan, changes RAG ratings, runs the quarter and issues reports.",
    ),
    Role.COUNCIL_ADMIN: RoleRule(
        Seat.COUNCIL,
        ("view_plans", "administer"),
        "Invites people, gives and ends memberships. Reads the plan and changes none of it.",
    ),
    Role.AUDITOR: RoleRule(
        Seat.COUNCIL,
        ("view_plans", "view_history", "view_reports"),
        "Reads everything, including history, and changes nothing.",
    ),
    Role.PARTNER_LEAD: RoleRule(
        Seat.PARTNER,
        ("contribute", "sign_off"),
        "Updates and signs off their own organisation's actions. Reads the rest of the plan.",
    ),
    Role.CONTRIBUTOR: RoleRule(
        Seat.PARTNER,
        ("contribute",),
        "Drafts and submits updates for their organisation. Cannot sign off.",
    ),
    Role.BOARD_MEMBER: RoleRule(
        Seat.BODY,
        ("read_papers",),
        "Reads and downloads the issued reports of their body. Sees no drafts.",
    ),
}


def permissions_of_seat(seat: Seat) -> list[tuple[str, str]]:
    """Return (codename, words) of every permission that some role holds at this kind of seat, for the model's Meta."""
    words = {
        "view_plans": "Can read the council's plans",
        "coordinate": "Can keep the plan and run the quarter",
        "view_reports": "Can read every report of the council",
        "administer": "Can invite people and give memberships",
        "view_history": "Can read the whole history",
        "contribute": "Can write updates for the partner",
        "sign_off": "Can sign off the partner's return",
        "read_papers": "Can read the body's issued reports",
    }
    codes = {code for rule in ROLES.values() if rule.seat == seat for code in rule.permissions}
    return [(code, words[code]) for code in words if code in codes]

"""Two towns, each with somebody in every role and something of every kind. A town's name is in all its texts."""

import datetime
from dataclasses import dataclass, field
from types import SimpleNamespace

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from partners.models import Council, Invitation, User
from partners.policy import forget_access
from tests import builders

TODAY = builders.TODAY
YESTERDAY = TODAY - datetime.timedelta(days=1)


@dataclass
class Town:
    """One council with its people (`people[role]`) and one of everything an address can be about."""

    name: str
    council: Council
    people: dict[str, User] = field(default_factory=dict)
    things: SimpleNamespace = field(default_factory=SimpleNamespace)

    def __getattr__(self, name: str):
        """Let a rule say `town.action` for `town.things.action`."""
        return getattr(self.__dict__["things"], name)


def build_town(name: str) -> Town:
    """Return a town with its people and things saved."""
    town = Town(name, builders.make_council(name))
    council, things = town.council, town.things
    things.police = builders.make_partner(council, f"{name} police")
    things.health = builders.make_partner(council, f"{name} health")
    things.board = builders.make_body(council, f"{name} board")
    town.people = {
        "coordinator": person(town, "coordinator", council),
        "council_admin": person(town, "council_admin", council),
        "auditor": person(town, "auditor", council),
        "partner_lead": person(town, "partner_lead", things.police),
        "other_partner_lead": person(town, "partner_lead", things.health, called="other lead"),
        "contributor": person(town, "contributor", things.police),
        "board_member": person(town, "board_member", things.board),
        "ex_member": person(town, "coordinator", council, called="ex member", until_on=YESTERDAY),
        "deactivated": person(town, "coordinator", council, called="deactivated"),
    }
    # A second administrator, so that a change to the first is never refused for being the last.
    person(town, "council_admin", council, called="second administrator")
    things.today = TODAY
    things.leaver = person(town, "contributor", things.health, called="leaver")
    things.membership = things.leaver.memberships.get()
    things.invitation = Invitation.objects.create(
        email=f"invited@{name.lower()}.example.org",
        name=f"{name} newcomer",
        role="contributor",
        partner=things.police,
        from_on=TODAY,
        invited_by=town.people["council_admin"],
    )
    return town


def person(town: Town, role: str, seat, *, called: str = "", until_on=None) -> User:
    return builders.make_person(role, seat, name=f"{town.name} {called or role}", until_on=until_on)


def close_account(user: User) -> None:
    user.is_active, user.deactivated_at, user.password = False, timezone.now(), make_password(None)
    user.save()
    forget_access(user)

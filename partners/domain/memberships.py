"""Memberships: a person holds a role at a seat from a day until a day. Given, ended, never deleted.

`by=None` is the system itself (first set-up, the demo) and skips the question of rights.
"""

import datetime
from typing import TypeAlias

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from partners.models import Council, GovernanceBody, Membership, Partner, User
from partners.policy import allow, forget_access, role_words, seat_group, sync_groups
from partners.roles import ROLES, Role
from prevent_tracker.core import clock
from prevent_tracker.core.audit import recorded
from prevent_tracker.core.refusals import RuleBroken, require_valid

SeatRow: TypeAlias = Council | Partner | GovernanceBody

KEEP_AN_ADMINISTRATOR = (
    "{person} is the only administrator of {council}. Give the role to somebody else first, "
    "or nobody could invite people."
)


def council_of(seat: SeatRow) -> Council:
    """Return the council whose partnership a seat belongs to."""
    return seat if isinstance(seat, Council) else seat.council


def at_seat(role: str, seat: SeatRow) -> dict[str, SeatRow]:
    """Return `{"council"|"partner"|"body": seat}`. Raises RuleBroken when the role is not held at that kind of seat."""
    kinds = {Council: "council", Partner: "partner", GovernanceBody: "body"}
    kind = kinds[type(seat)]
    if role not in ROLES:
        raise RuleBroken({"role": ["There is no such role."]})
    if ROLES[role].seat != kind:
        raise RuleBroken({"role": [f"{Role(role).label} is not a role at {seat}."]})
    return {kind: seat}


def check_dates(from_on: datetime.date, until_on: datetime.date | None) -> None:
    """Raise RuleBroken when the last day is before the first."""
    if until_on is not None and until_on < from_on:
        raise RuleBroken({"until_on": ["The last day must be the first day or later."]})


def check_not_held(
    user: User, role: str, seat: SeatRow, from_on: datetime.date, until_on: datetime.date | None
) -> None:
    """Raise RuleBroken when the person already holds the role at the seat on some of those days."""
    held = Membership.objects.filter(user=user, role=role, **at_seat(role, seat)).filter(
        Q(until_on__isnull=True) | Q(until_on__gte=from_on)
    )
    if until_on is not None:
        held = held.filter(from_on__lte=until_on)
    # A membership whose last day is before its first was taken back before it began, and is in nobody's way.
    if any(m.until_on is None or m.until_on >= m.from_on for m in held):
        raise RuleBroken({"role": [f"{user} already holds this role at {seat} on some of these days."]})


@transaction.atomic
def grant_membership(
    *,
    user: User,
    role: str,
    seat: SeatRow,
    from_on: datetime.date,
    until_on: datetime.date | None = None,
    by: User | None,
) -> Membership:
    """Give a person a role at a seat, from a day until a day (both counted; no last day: until ended).

    Raises Refused (not an administrator of the seat's council), RuleBroken (role not of this seat, last day before the
    first, account deactivated, held already on some of those days).
    """
    if by is not None:
        allow(by, "administer", council_of(seat))
    return seat_person(user=user, role=role, seat=seat, from_on=from_on, until_on=until_on, granted_by=by)


def seat_person(
    *,
    user: User,
    role: str,
    seat: SeatRow,
    from_on: datetime.date,
    until_on: datetime.date | None,
    granted_by: User | None,
) -> Membership:
    """Write the membership that `granted_by` had the right to give when they gave it. Call inside a transaction."""
    where = at_seat(role, seat)
    check_dates(from_on, until_on)
    _lock(council_of(seat))
    if not user.is_active:
        raise RuleBroken("This person's account is deactivated. Re-activate it first.")
    check_not_held(user, role, seat, from_on, until_on)
    with recorded(granted_by, acting_for=_acting_for(granted_by, council_of(seat))):
        membership = Membership.objects.create(
            user=user,
            role=role,
            group=seat_group(seat, role),
            from_on=from_on,
            until_on=until_on,
            granted_by=granted_by,
            **where,
        )
    sync_groups(user)
    return membership


@transaction.atomic
def end_membership(
    *, membership: Membership, until_on: datetime.date, by: User | None, today: datetime.date | None = None
) -> Membership:
    """Give a membership its last day: yesterday to end it at once, or a day to come.

    An earlier day than yesterday is refused, since what the person did until now they did in that role. Raises Refused,
    RuleBroken (it has ended, the new last day is later than the one it has, the council's only administrator).
    """
    council = membership.seat_council
    if by is not None:
        allow(by, "administer", council)
    _lock(council)
    membership = Membership.objects.select_for_update().get(pk=membership.pk)
    _check_may_end(membership, until_on, today or timezone.localdate())
    membership.until_on, membership.ended_at, membership.ended_by = until_on, clock.now(), by
    with recorded(by, acting_for=_acting_for(by, council)):
        membership.save()
    sync_groups(membership.user)
    return membership


def _check_may_end(membership: Membership, until_on: datetime.date, today: datetime.date) -> None:
    yesterday = today - datetime.timedelta(days=1)
    if membership.until_on is not None and membership.until_on < today:
        raise RuleBroken("This membership has ended already.")
    if until_on < yesterday:
        raise RuleBroken({"until_on": ["The last day can be yesterday at the earliest, which ends it at once."]})
    if membership.until_on is not None and until_on > membership.until_on:
        raise RuleBroken({"until_on": ["This membership ends sooner than that. Give a new membership to follow it."]})
    if membership.role == Role.COUNCIL_ADMIN:
        check_administrator_stays(membership.seat_council, without=membership.user, today=today)


def check_administrator_stays(council: Council, *, without: User, today: datetime.date) -> None:
    """Raise RuleBroken when nobody but `without` would administer the council without an end in sight."""
    others = (
        Membership.objects.filter(council=council, role=Role.COUNCIL_ADMIN, user__is_active=True)
        .current(on=today)
        .exclude(user=without)
    )
    if not others.filter(until_on__isnull=True).exists():
        raise RuleBroken(KEEP_AN_ADMINISTRATOR.format(person=without, council=council))


# --- Leavers ------------------------------------------------------------------------------------------------------


@transaction.atomic
def deactivate_person(*, person: User, by: User | None, today: datetime.date | None = None) -> User:
    """Close a leaver's account: they can no longer sign in, and every session of theirs is dead for good.

    Their memberships stay as they are and grant nothing. The password goes too, so that re-activation revives neither
    a session nor an old password. Raises Refused (see `may_deactivate`), RuleBroken (a council's only administrator).
    """
    today = today or timezone.localdate()
    if by is not None:
        allow(by, "deactivate", person)
    person = User.objects.select_for_update().get(pk=person.pk)
    if not person.is_active:
        return person
    administers = Membership.objects.filter(user=person, role=Role.COUNCIL_ADMIN).current(on=today)
    for membership in administers.select_related("council"):
        check_administrator_stays(membership.seat_council, without=person, today=today)
    person.is_active, person.deactivated_at = False, clock.now()
    person.set_unusable_password()
    return _save_person(person, by)


@transaction.atomic
def reactivate_person(*, person: User, by: User | None) -> User:
    """Open a closed account again. The person sets a new password by "I have forgotten my password". Raises Refused."""
    if by is not None:
        allow(by, "deactivate", person)
    person = User.objects.select_for_update().get(pk=person.pk)
    if person.is_active:
        return person
    person.is_active, person.deactivated_at = True, None
    return _save_person(person, by)


@transaction.atomic
def rename_person(*, person: User, name: str, by: User) -> User:
    """Change how a person is named: their own name only. Raises Refused, RuleBroken (no name)."""
    allow(by, "rename", person)
    if not name.strip():
        raise RuleBroken({"name": ["Enter your name."]})
    person = User.objects.select_for_update().get(pk=person.pk)
    person.name = name.strip()
    require_valid(person)
    return _save_person(person, by)


def _save_person(person: User, by: User | None) -> User:
    with recorded(by):
        person.save()
    forget_access(person)
    return person


def _lock(council: Council) -> None:
    """Let one change of a council's memberships happen at a time, so that checks see what was just written."""
    Council.objects.select_for_update().get(pk=council.pk)


def _acting_for(by: User | None, council: Council) -> str:
    return role_words(by, council)[:200] if by is not None else ""

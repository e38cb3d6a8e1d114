"""What the pages about people show, as finished strings."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from partners.models import Council, Invitation, Membership, User
from partners.queries import partners_without_lead
from partners.roles import ROLES, Seat
from prevent_tracker.core.words import counted, day_words, moment_words

GROUPS = {Seat.COUNCIL: "The council", Seat.PARTNER: "Partners", Seat.BODY: "Governance bodies"}
ROLE_ORDER = list(ROLES)


@dataclass(frozen=True)
class Held:
    """One membership as a line: who, which role, at which seat, from and until when, and what is special about it."""

    membership: Membership
    group: str
    name: str
    role: str
    sentence: str
    seat: str
    council: str
    begins: str
    ends: str
    note: str
    over: bool


def held(membership: Membership, today: datetime.date) -> Held:
    """Return a membership as a line. Its user, seat and council must have been fetched with it."""
    over = membership.until_on is not None and membership.until_on < today
    return Held(
        membership=membership,
        group=GROUPS[ROLES[membership.role].seat],
        name=str(membership.user),
        role=membership.get_role_display(),
        sentence=membership.sentence,
        seat=str(membership.seat),
        council=str(membership.seat_council),
        begins=day_words(membership.from_on),
        ends=day_words(membership.until_on),
        note=_note(membership, today, over),
        over=over,
    )


def _note(membership: Membership, today: datetime.date, over: bool) -> str:
    if over:
        return "Ended" if membership.until_on >= membership.from_on else "Taken back before it began"
    if not membership.user.is_active:
        return "Account closed"
    return "Not begun yet" if membership.from_on > today else ""


def _seat_order(membership: Membership) -> tuple:
    """The council first, then partners and bodies in their own order; within a seat by role, then by name."""
    seat = membership.seat
    kind = list(GROUPS).index(ROLES[membership.role].seat)
    return kind, getattr(seat, "position", 0), seat.pk, ROLE_ORDER.index(membership.role), str(membership.user).lower()


def _memberships_of(council: Council) -> list[Membership]:
    rows = Membership.objects.in_council(council).select_related(
        "user", "granted_by", "ended_by", "council", "partner__organisation", "partner__council", "body__council"
    )
    return sorted(rows, key=_seat_order)


def people_page(council: Council, today: datetime.date, *, with_invitations: bool) -> dict[str, Any]:
    """Return who holds what now and to come, who held what, seats without a lead, and the invitations that wait."""
    lines = [held(membership, today) for membership in _memberships_of(council)]
    now = [line for line in lines if not line.over]
    gone = sorted((line for line in lines if line.over), key=lambda line: line.membership.until_on, reverse=True)
    return {
        "council": council,
        "groups": [(group, [line for line in now if line.group == group]) for group in GROUPS.values()],
        "gone": gone,
        "gone_words": f"{counted(len(gone), 'membership')} that ended",
        "people_words": counted(len({line.membership.user_id for line in now}), "person", "people"),
        "without_lead": [str(partner) for partner in partners_without_lead([council.pk], today)],
        "invitations": invitations_of(council) if with_invitations else [],
    }


@dataclass(frozen=True)
class Waiting:
    """An invitation that waits: for whom, for what, sent when and by whom, and whether its link still works."""

    invitation: Invitation
    what: str
    sent: str
    state: str
    dead: bool


def invitations_of(council: Council) -> list[Waiting]:
    """Return the invitations of a council that were neither accepted nor withdrawn, the newest first."""
    rows = (
        Invitation.objects.in_council(council)
        .waiting()
        .select_related("council", "partner__organisation", "partner__council", "body__council", "invited_by")
    )
    return [_waiting(invitation) for invitation in rows]


def _waiting(invitation: Invitation) -> Waiting:
    dead = invitation.expires_at <= timezone.now()
    return Waiting(
        invitation=invitation,
        what=f"{invitation.get_role_display()}, {invitation.seat}",
        sent=f"{moment_words(invitation.invited_at)} by {invitation.invited_by}",
        state="The link has expired" if dead else f"The link works until {moment_words(invitation.expires_at)}",
        dead=dead,
    )


@dataclass(frozen=True)
class Event:
    """Something that happened to a membership: what, by whom, when."""

    title: str
    by: str
    moment: datetime.datetime
    when: str
    detail: str


def person_page(council: Council, person: User, today: datetime.date) -> dict[str, Any]:
    """Return what a person holds and held in one council's partnership, and how that came about, newest first."""
    theirs = [membership for membership in _memberships_of(council) if membership.user_id == person.pk]
    events = sorted((event for membership in theirs for event in _events(membership)), key=lambda e: e.moment)
    return {
        "council": council,
        "person": person,
        "lines": [held(membership, today) for membership in theirs],
        "events": events[::-1],
        "closed": moment_words(person.deactivated_at),
    }


def _events(membership: Membership) -> list[Event]:
    until = f" until {day_words(membership.until_on)}" if membership.until_on and not membership.ended_at else ""
    given = f"From {day_words(membership.from_on)}{until}."
    events = [_event(f"Given: {membership}", membership.granted_by, membership.granted_at, given)]
    if membership.ended_at:
        last = f"The last day is {day_words(membership.until_on)}."
        events.append(_event(f"Ended: {membership}", membership.ended_by, membership.ended_at, last))
    return events


def _event(title: str, by: User | None, moment: datetime.datetime, detail: str) -> Event:
    return Event(title, f"by {by}" if by else "when the site was set up", moment, moment_words(moment), detail)


def seats_of(person: User, today: datetime.date) -> list[Held]:
    """Return what a person holds and held everywhere, for their own eyes: what is in force first."""
    rows = person.memberships.select_related(
        "user", "council", "partner__organisation", "partner__council", "body__council"
    )
    lines = [held(membership, today) for membership in rows]
    return sorted(lines, key=lambda line: (line.over, line.council, line.role))

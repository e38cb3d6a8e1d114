"""What needs an administrator now about people; and what anybody should know about their own roles."""

import datetime
from collections import defaultdict

from django.urls import reverse
from django.utils import timezone

from partners.models import Invitation, Membership, Partner
from partners.policy import Access, visible
from partners.queries import partners_without_lead
from prevent_tracker.core.needs import Need, Urgency
from prevent_tracker.core.words import counted, day_words

ENDS_SOON = datetime.timedelta(days=30)


def needs_of(access: Access, today: datetime.date) -> list[Need]:
    """Return what needs the person: roles without holders, roles that end soon, invitations nobody answered."""
    needs = _own_roles_that_end(access, today)
    if access.councils("administer"):
        needs += _seats_without_lead(access, today)
        needs += _roles_that_end(access, today)
        needs += _expired_invitations(access)
    return needs


def _own_roles_that_end(access: Access, today: datetime.date) -> list[Need]:
    return [
        Need(
            title=f"Your role as {membership} ends",
            detail=f"The last day is {day_words(membership.until_on)}. "
            "If you carry on after that, ask the council’s administrator.",
            url=reverse("partners:account"),
            urgency=Urgency.NEWS,
            due=membership.until_on,
            council=str(membership.seat_council),
        )
        for membership in access.memberships
        if membership.until_on is not None and membership.until_on <= today + ENDS_SOON
    ]


def _seats_without_lead(access: Access, today: datetime.date) -> list[Need]:
    by_council: dict = defaultdict(list)
    for partner in partners_without_lead(access.councils("administer"), today):
        by_council[partner.council].append(partner)
    return [_without_lead(council, partners) for council, partners in by_council.items()]


def _without_lead(council, partners: list[Partner]) -> Need:
    first, more = ", ".join(map(str, partners[:3])), len(partners) - 3
    return Need(
        title=f"{counted(len(partners), 'organisation has', 'organisations have')} no partner lead",
        detail=f"Nobody can sign off the return of {first}{f' and {more} more' if more > 0 else ''}.",
        url=reverse("partners:people", args=[council.slug]),
        urgency=Urgency.SOON,
        council=str(council),
    )


def _roles_that_end(access: Access, today: datetime.date) -> list[Need]:
    ending = (
        visible(access.user, Membership)
        .current(on=today)
        .filter(until_on__lte=today + ENDS_SOON)
        .exclude(user=access.user)
    )
    return [
        Need(
            title=f"{membership.user}: the role of {membership} ends",
            detail=f"The last day is {day_words(membership.until_on)}. Somebody may have to follow.",
            url=_person(membership),
            urgency=Urgency.SOON,
            due=membership.until_on,
            council=str(membership.seat_council),
        )
        for membership in ending
        if membership.seat_council.pk in access.councils("administer")
    ]


def _person(membership: Membership) -> str:
    return reverse("partners:person", args=[membership.seat_council.slug, membership.user.public_id])


def _expired_invitations(access: Access) -> list[Need]:
    waiting = visible(access.user, Invitation).waiting()
    return [
        Need(
            title=f"{invitation.name} has not answered the invitation",
            detail="The link in the e-mail has expired. Send it again, or withdraw it.",
            url=reverse("partners:people", args=[invitation.seat_council.slug]) + "#invitations",
            urgency=Urgency.SOON,
            council=str(invitation.seat_council),
        )
        for invitation in waiting
        if invitation.expires_at <= timezone.now()
    ]

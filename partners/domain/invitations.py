"""Invitations: a person is asked by e-mail to take a role at a seat, and follows a link that works once.

The link holds the invitation's public id, signed together with the time. It is dead after 14 days, once it has been
used, and once it has been withdrawn. Looking at it uses nothing up: mail scanners follow links too.
"""

import datetime
from functools import partial

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.core.validators import validate_email
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from partners.domain.memberships import SeatRow, at_seat, check_dates, check_not_held, council_of, seat_person
from partners.models import INVITATION_LASTS, Invitation, Membership, User
from partners.policy import allow, role_words
from prevent_tracker.core import clock
from prevent_tracker.core.audit import recorded
from prevent_tracker.core.refusals import RuleBroken, require_valid

SALT = "partners.invitation"

USED = "This invitation has been used already. Sign in with your e-mail address and password."
WITHDRAWN = "This invitation has been withdrawn. Ask the council's administrator for a new one."
OVER = "The time this invitation was for is over. Ask the council's administrator for a new one."
DEACTIVATED = "Your account is deactivated. Ask the council's administrator to re-activate it first."
HAS_ACCOUNT = "You have an account already. Sign in to accept the invitation."


@transaction.atomic
def invite(
    *,
    email: str,
    name: str,
    role: str,
    seat: SeatRow,
    from_on: datetime.date,
    until_on: datetime.date | None = None,
    by: User,
) -> Invitation:
    """Invite a person by e-mail. The mail leaves when the transaction has been committed.

    Raises Refused (not an administrator of the seat's council), RuleBroken (no real address, role not of this seat,
    last day before the first, held already, the same invitation is waiting already).
    """
    council = council_of(seat)
    allow(by, "administer", council)
    email = _checked_address(email)
    where = at_seat(role, seat)
    check_dates(from_on, until_on)
    if Invitation.objects.filter(email=email, role=role, **where).waiting().exists():
        raise RuleBroken(
            {"email": ["They have been invited to this role already. Send that invitation again instead."]}
        )
    if user := User.objects.filter(email=email).first():
        check_not_held(user, role, seat, from_on, until_on)
    invitation = Invitation(
        email=email, name=name.strip(), role=role, from_on=from_on, until_on=until_on, invited_by=by, **where
    )
    require_valid(invitation)
    with recorded(by, acting_for=role_words(by, council)[:200]):
        invitation.save()
    transaction.on_commit(partial(send_invitation, invitation), robust=True)
    return invitation


@transaction.atomic
def invite_again(*, invitation: Invitation, by: User) -> Invitation:
    """Withdraw an invitation and send the same one afresh, with a new link. Raises Refused, RuleBroken (used)."""
    old = withdraw_invitation(invitation=invitation, by=by)
    return invite(
        email=old.email,
        name=old.name,
        role=old.role,
        seat=old.seat,
        from_on=old.from_on,
        until_on=old.until_on,
        by=by,
    )


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: User) -> Invitation:
    """Take an invitation back: its link works no longer. Raises Refused, RuleBroken (used already)."""
    allow(by, "administer", invitation.seat_council)
    invitation = _claim(invitation)
    if invitation.accepted_at:
        raise RuleBroken("This invitation has been accepted already. End the membership instead.")
    invitation.withdrawn_at = invitation.withdrawn_at or clock.now()
    with recorded(by, acting_for=role_words(by, invitation.seat_council)[:200]):
        invitation.save()
    return invitation


@transaction.atomic
def accept_invitation(
    *, invitation: Invitation, today: datetime.date, password: str = "", user: User | None = None
) -> Membership:
    """Take the seat one was invited to, and return the membership (its `user` is who accepted).

    A newcomer gives a `password`, which makes their account; somebody with an account is the signed-in `user`. Raises
    RuleBroken (used, withdrawn, over, not the invited person, account deactivated, weak password).
    """
    invitation = _claim(invitation)
    problem = problem_with(invitation, today)
    if problem:
        raise RuleBroken(problem)
    person = _invited_person(invitation, password, user)
    if not person.is_active:
        raise RuleBroken(DEACTIVATED)
    with recorded(person):
        invitation.accepted_at = clock.now()
        invitation.save()
    return seat_person(
        user=person,
        role=invitation.role,
        seat=invitation.seat,
        from_on=max(invitation.from_on, today),
        until_on=invitation.until_on,
        granted_by=invitation.invited_by,
    )


def problem_with(invitation: Invitation, today: datetime.date) -> str:
    """Return why an invitation can no longer be accepted, as a sentence; "" when it can."""
    if invitation.accepted_at:
        return USED
    if invitation.withdrawn_at:
        return WITHDRAWN
    if invitation.until_on is not None and invitation.until_on < today:
        return OVER
    return ""


def _invited_person(invitation: Invitation, password: str, user: User | None) -> User:
    if user is not None:
        if user.email.lower() != invitation.email:
            raise RuleBroken(f"This invitation is for {invitation.email}. Sign in with that address to accept it.")
        return user
    if User.objects.filter(email=invitation.email).exists():
        raise RuleBroken(HAS_ACCOUNT)
    newcomer = User(email=invitation.email, name=invitation.name)
    try:
        validate_password(password, newcomer)
    except ValidationError as error:
        raise RuleBroken({"password": list(error.messages)}) from error
    newcomer.set_password(password)
    newcomer.save()
    return newcomer


def _checked_address(email: str) -> str:
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError as error:
        raise RuleBroken({"email": ["Enter an e-mail address in the form name@example.org"]}) from error
    return email


def _claim(invitation: Invitation) -> Invitation:
    """Lock the invitation for the rest of the transaction and return it fresh, so that it is used once."""
    return Invitation.objects.select_for_update().get(pk=invitation.pk)


# --- The link -----------------------------------------------------------------------------------------------------


def link_token(invitation: Invitation) -> str:
    """Return the signed, dated token of an invitation's link."""
    return signing.TimestampSigner(salt=SALT).sign(invitation.public_id)


def invitation_of(token: str) -> Invitation | None:
    """Return the invitation a link was made for, or None when the link was not made here or is older than 14 days."""
    try:
        public_id = signing.TimestampSigner(salt=SALT).unsign(token, max_age=INVITATION_LASTS)
    except signing.BadSignature:
        return None
    return (
        Invitation.objects.select_related(
            "council__organisation", "partner__organisation", "partner__council", "body__council", "invited_by"
        )
        .filter(public_id=public_id)
        .first()
    )


def send_invitation(invitation: Invitation) -> None:
    """Send the mail with the link."""
    address = reverse("partners:accept_invitation", kwargs={"token": link_token(invitation)})
    context = {
        "invitation": invitation,
        "council": invitation.seat_council,
        "link": settings.SITE_ADDRESS.rstrip("/") + address,
        "works_until": timezone.localtime() + INVITATION_LASTS,
    }
    subject = " ".join(render_to_string("partners/email/invitation_subject.txt", context).split())
    body = render_to_string("partners/email/invitation_message.txt", context)
    send_mail(subject, body, None, [invitation.email])

"""Invitations: the mail, the link that works once for 14 days, and what accepting it gives."""

import datetime
import re

import pytest
import time_machine
from django.core import mail, signing

from partners.domain import invitations
from partners.domain.invitations import accept_invitation, invitation_of, invite, invite_again, link_token
from partners.domain.memberships import deactivate_person
from partners.models import Invitation, Membership, User
from partners.policy import access_for
from prevent_tracker.core.refusals import Refused, RuleBroken
from tests import builders
from tests.kept import kept

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
TODAY = builders.TODAY
GOOD = "three words unlike each other"


@kept
def asked(admin, police):
    """Return what a good invitation says."""
    who = {"email": "New.Person@Example.org", "name": "New Person"}
    return who | {"role": "partner_lead", "seat": police, "from_on": TODAY, "by": admin}


def test_the_mail_leaves_after_the_commit_with_one_link(asked, django_capture_on_commit_callbacks, settings):
    settings.SITE_ADDRESS = "https://plan.example.org/"
    with django_capture_on_commit_callbacks() as callbacks:
        invitation = invite(**asked)
    assert mail.outbox == []
    for send in callbacks:
        send()
    (sent,) = mail.outbox
    assert sent.to == ["new.person@example.org"]
    assert sent.subject == "You are invited to Amberley’s Prevent plan"
    (link,) = re.findall(r"https://plan\.example\.org/invitation/(\S+)/", sent.body)
    assert invitation_of(link) == invitation
    assert "The administrator" in sent.body and "Partner lead, Amberley police" in sent.body


def test_the_record_says_who_invited(asked, admin):
    record = invite(**asked).history.get()
    assert (record.history_user, record.acting_for) == (admin, "Council administrator, Amberley")


def test_accepting_makes_the_account_gives_the_role_and_uses_the_link_up(asked, admin, police):
    invitation = invite(**asked)
    membership = accept_invitation(invitation=invitation, password=GOOD, today=TODAY)
    person = membership.user
    assert (person.email, person.name) == ("new.person@example.org", "New Person")
    assert person.check_password(GOOD)
    assert police.pk in access_for(person, on=TODAY).partners("sign_off")
    assert membership.granted_by == admin
    for password in (GOOD, "another long enough password"):
        with pytest.raises(RuleBroken, match="used already"):
            accept_invitation(invitation=invitation, password=password, today=TODAY)
    assert User.objects.get(pk=person.pk).check_password(GOOD)


@pytest.mark.parametrize("password", ["", "short", "password1234", "new.person@example.org"])
def test_a_weak_password_leaves_nothing_behind(asked, password):
    invitation = invite(**asked)
    with pytest.raises(RuleBroken) as broken:
        accept_invitation(invitation=invitation, password=password, today=TODAY)
    assert list(broken.value.problems) == ["password"]
    assert not User.objects.filter(email=invitation.email).exists()
    assert Invitation.objects.get().accepted_at is None


def test_who_has_an_account_accepts_when_signed_in_and_not_with_a_password(asked, police):
    person = builders.make_person("contributor", builders.make_partner(builders.make_council()))
    User.objects.filter(pk=person.pk).update(email="new.person@example.org")
    person.refresh_from_db()
    invitation = invite(**asked)
    with pytest.raises(RuleBroken, match="have an account already"):
        accept_invitation(invitation=invitation, password=GOOD, today=TODAY)
    with pytest.raises(RuleBroken, match="This invitation is for new.person@example.org"):
        accept_invitation(invitation=invitation, user=builders.make_person(), today=TODAY)
    assert accept_invitation(invitation=invitation, user=person, today=TODAY).user == person
    assert len(access_for(person, on=TODAY).council_ids) == 2
    assert person.check_password(builders.PASSWORD)


def test_a_closed_account_does_not_accept(asked, admin, police):
    person = builders.make_person("contributor", police)
    User.objects.filter(pk=person.pk).update(email="new.person@example.org")
    invitation = invite(**asked)
    closed = deactivate_person(person=User.objects.get(pk=person.pk), by=admin, today=TODAY)
    with pytest.raises(RuleBroken, match="deactivated"):
        accept_invitation(invitation=invitation, user=closed, today=TODAY)


@pytest.mark.parametrize(("days", "works"), [(0, True), (13.99, True), (14.01, False)])
def test_a_link_works_for_fourteen_days(asked, days, works):
    with time_machine.travel(datetime.datetime(2026, 8, 12, 9, tzinfo=datetime.UTC), tick=False) as clock:
        invitation = invite(**asked)
        token = link_token(invitation)
        clock.shift(datetime.timedelta(days=days))
        assert (invitation_of(token) == invitation) is works
        assert (invitation.expires_at > datetime.datetime.now(datetime.UTC)) is works


def test_only_a_link_made_here_for_this_purpose_is_believed(asked):
    invitation = invite(**asked)
    token = link_token(invitation)
    other_purpose = signing.TimestampSigner(salt="something else").sign(invitation.public_id)
    changed = token[:-1] + ("A" if token[-1] != "A" else "B")
    another = token.replace(invitation.public_id, "zzzzzzzzzzzz")
    assert [invitation_of(made) for made in (other_purpose, changed, another, invitation.public_id, "")] == [None] * 5


def test_a_withdrawn_invitation_is_dead_and_an_accepted_one_is_not_withdrawn(asked, admin):
    invitation = invite(**asked)
    invitations.withdraw_invitation(invitation=invitation, by=admin)
    with pytest.raises(RuleBroken, match="withdrawn"):
        accept_invitation(invitation=invitation, password=GOOD, today=TODAY)
    second = invite(**asked)
    accept_invitation(invitation=second, password=GOOD, today=TODAY)
    with pytest.raises(RuleBroken, match="accepted already"):
        invitations.withdraw_invitation(invitation=second, by=admin)


def test_sending_again_makes_a_new_link_and_kills_the_old(asked, admin, django_capture_on_commit_callbacks):
    old = invite(**asked)
    with django_capture_on_commit_callbacks(execute=True):
        new = invite_again(invitation=old, by=admin)
    assert len(mail.outbox) == 1
    with pytest.raises(RuleBroken, match="withdrawn"):
        accept_invitation(invitation=old, password=GOOD, today=TODAY)
    assert accept_invitation(invitation=new, password=GOOD, today=TODAY).role == "partner_lead"


def test_the_same_invitation_does_not_wait_twice(asked):
    invite(**asked)
    with pytest.raises(RuleBroken, match="invited to this role already"):
        invite(**asked | {"email": "new.person@example.org "})
    invite(**asked | {"role": "contributor"})


def test_nobody_is_invited_to_what_they_hold(asked, police):
    person = builders.make_person("partner_lead", police)
    with pytest.raises(RuleBroken, match="already holds"):
        invite(**asked | {"email": person.email})


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"email": "not an address"}, "email"),
        ({"role": "coordinator"}, "role"),
        ({"until_on": TODAY - DAY}, "until_on"),
        ({"name": ""}, "name"),
        ({"name": "x" * 151}, "name"),
    ],
)
def test_an_invitation_that_cannot_be_is_told_beside_its_field(asked, change, field):
    with pytest.raises(RuleBroken) as broken:
        invite(**asked | change)
    assert list(broken.value.problems) == [field]
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("role", ["coordinator", "auditor"])
def test_only_an_administrator_invites_sends_again_and_withdraws(asked, council, role):
    by = builders.make_person(role, council)
    invitation = invite(**asked)
    for act in (
        lambda: invite(**asked | {"by": by}),
        lambda: invite_again(invitation=invitation, by=by),
        lambda: invitations.withdraw_invitation(invitation=invitation, by=by),
    ):
        with pytest.raises(Refused, match="Only a council administrator"):
            act()


@pytest.mark.parametrize(("accepted", "begins"), [(TODAY - DAY, TODAY), (TODAY, TODAY), (TODAY + DAY, TODAY + DAY)])
def test_the_role_begins_when_agreed_and_not_before_it_was_accepted(asked, accepted, begins):
    membership = accept_invitation(invitation=invite(**asked), password=GOOD, today=accepted)
    assert membership.from_on == begins
    assert Membership.objects.get(pk=membership.pk).is_current(accepted) is (begins == accepted)


def test_an_invitation_to_a_time_that_is_over_is_told_so(asked):
    invitation = invite(**asked | {"until_on": TODAY})
    with pytest.raises(RuleBroken, match="is over"):
        accept_invitation(invitation=invitation, password=GOOD, today=TODAY + DAY)

"""The page behind an invitation's link: for a newcomer, for somebody with an account, for the wrong person."""

import pytest
from django.urls import reverse
from django.utils import timezone

from partners.domain.invitations import invite, link_token, withdraw_invitation
from partners.models import Invitation, User
from tests import builders
from tests.kept import kept

pytestmark = pytest.mark.django_db
GOOD = "three words unlike each other"


@kept
def admin():
    return builders.make_person("council_admin", builders.make_council("Amberley"))


@kept
def invitation(admin):
    council = admin.memberships.get().council
    return invite(
        email="new@example.org",
        name="New Person",
        role="auditor",
        seat=council,
        from_on=timezone.localdate(),
        by=admin,
    )


def link(invitation: Invitation) -> str:
    return reverse("partners:accept_invitation", args=[link_token(invitation)])


def test_a_newcomer_chooses_a_password_is_signed_in_and_can_sign_in_again(client, invitation):
    page = client.get(link(invitation)).content.decode()
    assert "Amberley" in page and "Auditor" in page and 'autocomplete="new-password"' in page
    answer = client.post(link(invitation), {"password": GOOD}, follow=True)
    assert answer.redirect_chain == [("/", 302)]
    assert "You have taken the role of Auditor, Amberley." in answer.content.decode()
    client.logout()
    client.post(reverse("account_login"), {"login": "new@example.org", "password": GOOD})
    assert client.get(reverse("partners:account")).status_code == 200


def test_a_weak_password_is_told_and_the_link_still_works(client, invitation):
    answer = client.post(link(invitation), {"password": "short"})
    assert answer.status_code == 422 and "at least 12 characters" in answer.content.decode()
    assert client.post(link(invitation), {"password": GOOD}).status_code == 302


def test_looking_uses_nothing_up_and_accepting_uses_the_link_up(client, invitation):
    for _ in range(3):
        assert client.get(link(invitation)).status_code == 200
    client.post(link(invitation), {"password": GOOD})
    client.logout()
    answer = client.get(link(invitation))
    assert answer.status_code == 410 and "has been used already" in answer.content.decode()


def test_a_withdrawn_and_a_forged_link_say_so_without_the_council(client, invitation, admin):
    forged = reverse("partners:accept_invitation", args=[link_token(invitation) + "x"])
    assert client.get(forged).status_code == 404
    withdraw_invitation(invitation=invitation, by=admin)
    dead = client.get(link(invitation))
    assert dead.status_code == 410 and "withdrawn" in dead.content.decode()
    assert "Amberley" not in dead.content.decode() + client.get(forged).content.decode()


def test_somebody_with_an_account_signs_in_and_accepts(client, invitation):
    person = User.objects.create_user("new@example.org", builders.PASSWORD, name="Known Person")
    address = link(invitation)  # made once: the token tells the second
    page = client.get(address).content.decode()
    sign_in = f"{reverse('account_login')}?next="
    assert sign_in in page and "Choose a password" not in page
    answer = client.post(sign_in + address, {"login": person.email, "password": builders.PASSWORD})
    assert answer.url == address
    assert client.post(address).url == reverse("start")
    assert person.memberships.get().role == "auditor"


def test_the_wrong_person_is_told_to_sign_out(client, invitation):
    client.force_login(builders.make_person("auditor", builders.make_council()))
    assert "Sign out" in client.get(link(invitation)).content.decode()
    answer = client.post(link(invitation))
    assert answer.status_code == 422 and "This invitation is for new@example.org" in answer.content.decode()
    assert Invitation.objects.get().accepted_at is None

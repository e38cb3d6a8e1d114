"""The pages about people: what they list, in how many queries, and what they do when they are sent."""

import datetime

import pytest
from django.urls import reverse

from partners.domain.invitations import invite
from partners.models import Invitation, Membership, User
from tests import builders

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
TODAY = builders.TODAY


@pytest.fixture
def admin(admin, client):
    client.force_login(admin)
    return admin


def day(name: str, value: datetime.date) -> dict[str, str]:
    return {f"{name}_0": str(value.day), f"{name}_1": str(value.month), f"{name}_2": str(value.year)}


def address(name: str, council, *ids: str) -> str:
    return reverse(f"partners:{name}", args=[council.slug, *ids])


def page_of(client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


def test_people_are_listed_with_what_they_hold_until_when(client, council, police, admin):
    builders.make_person("partner_lead", police, name="The lead", until_on=datetime.date(2026, 12, 31))
    builders.make_person("auditor", council, name="The coming auditor", from_on=TODAY + datetime.timedelta(days=1))
    builders.make_person("auditor", council, name="The former auditor", until_on=TODAY - datetime.timedelta(days=1))
    page = page_of(client, address("people", council))
    assert "3 people." in page
    assert "31 December 2026" in page and "Not begun yet" in page
    assert "1 membership that ended" in page and "The former auditor" in page
    assert "Organisations without a partner lead" in page


def test_a_council_without_other_people_says_what_to_do(client, council, admin):
    page = page_of(client, address("people", council))
    assert page.count("Nobody holds a role here yet.") == 2
    assert address("invite", council) in page
    assert "Everybody who was invited has answered" in page


def test_the_coordinator_reads_who_is_who_and_is_offered_nothing_to_change(client, council, police):
    lead = builders.make_person("partner_lead", police)
    client.force_login(builders.make_person("coordinator", council))
    pages = page_of(client, address("people", council)) + page_of(client, address("person", council, lead.public_id))
    assert str(lead) in pages
    for name in ("invite", "give_membership", "end_membership", "deactivate_person"):
        assert name.split("_")[0] + "/" not in pages
    assert "Invitations that wait" not in pages


@pytest.mark.parametrize("number", [1, 3])
def test_the_people_page_reads_as_much_for_three_as_for_one(client, council, admin, number, django_assert_num_queries):
    for count in range(number):
        partner = builders.make_partner(council)
        builders.make_person("partner_lead", partner)
        builders.make_person("auditor", council, until_on=datetime.date(2026, 1, 1))
        builders.make_person("board_member", builders.make_body(council))
        invite(email=f"{count}@example.org", name="A", role="auditor", seat=council, from_on=TODAY, by=admin)
    with django_assert_num_queries(8):
        assert client.get(address("people", council)).status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_of_a_person_reads_as_much_for_three_roles_as_for_one(
    client, council, admin, number, django_assert_num_queries
):
    person = builders.make_person()
    for _ in range(number):
        builders.join(person, "contributor", builders.make_partner(council))
    with django_assert_num_queries(8):
        assert client.get(address("person", council, person.public_id)).status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_ones_own_account_reads_as_much_for_three_roles_as_for_one(client, number, django_assert_num_queries):
    person = builders.make_person()
    for _ in range(number):
        builders.join(person, "contributor", builders.make_partner(builders.make_council()))
    client.force_login(person)
    with django_assert_num_queries(5):
        assert client.get(reverse("partners:account")).status_code == 200


def test_the_page_of_a_person_tells_how_their_roles_came_about_here_and_nothing_of_elsewhere(
    client, council, police, admin
):
    person = builders.make_person("contributor", police, name="The person")
    builders.join(person, "coordinator", builders.make_council("Zedborough"))
    membership = person.memberships.get(partner=police)
    client.post(address("end_membership", council, membership.public_id), day("until_on", TODAY))
    page = page_of(client, address("person", council, person.public_id))
    assert "Given: Contributor, Amberley police" in page and "when the site was set up" in page
    assert "Ended: Contributor, Amberley police" in page and "by The administrator" in page
    assert "The last day is 12 August 2026" in page
    assert "Zedborough" not in page
    assert "Close this account" not in page


def test_a_role_is_given_to_somebody_known_here(client, council, police, admin):
    person = builders.make_person("contributor", police)
    form = {"role": "partner_lead", "partner": police.public_id} | day("from_on", TODAY)
    answer = client.post(address("give_membership", council, person.public_id), form)
    assert answer.url == address("person", council, person.public_id)
    assert person.memberships.get(role="partner_lead").granted_by == admin


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"role": ""}, "Choose a role"),
        ({"partner": ""}, "Choose the organisation they work for"),
        ({"role": "board_member"}, "Choose the governance body they sit on"),
        ({"from_on_1": "13"}, "First day must be a real date"),
        ({"from_on_0": ""}, "First day must include a day"),
        (day("until_on", TODAY - datetime.timedelta(days=1)), "The last day must be the first day or later."),
        ({"email": "nobody"}, "Enter an e-mail address in the form name@example.org"),
        ({"name": ""}, "Enter their name"),
    ],
)
def test_what_is_wrong_with_an_invitation_is_told_in_words(client, council, police, admin, change, sentence):
    form = {"name": "New Person", "email": "new@example.org", "role": "contributor", "partner": police.public_id}
    answer = client.post(address("invite", council), form | day("from_on", TODAY) | change)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Invitation.objects.exists()


def test_another_councils_seat_cannot_be_told_from_one_that_is_not_there(client, council, admin):
    foreign = builders.make_partner(builders.make_council("Zedborough"), "Zedborough police")
    form = {"name": "New", "email": "new@example.org", "role": "contributor"} | day("from_on", TODAY)
    pages = []
    for partner in (foreign.public_id, "zzzzzzzzzzzz"):
        answer = client.post(address("invite", council), form | {"partner": partner})
        assert answer.status_code == 422
        pages.append(answer.content.decode().partition("<main")[2].replace(str(answer.context["csrf_token"]), ""))
    assert pages[0] == pages[1] and "Zedborough" not in pages[0]


def test_an_account_is_closed_and_opened_again(client, council, police, admin):
    person = builders.make_person("contributor", police, name="The leaver")
    client.post(address("deactivate_person", council, person.public_id))
    assert not User.objects.get(pk=person.pk).is_active
    assert "This account is closed" in page_of(client, address("person", council, person.public_id))
    client.post(address("reactivate_person", council, person.public_id))
    assert User.objects.get(pk=person.pk).is_active


def test_the_only_administrator_is_told_why_they_stay(client, council, admin):
    membership = admin.memberships.get()
    answer = client.post(address("end_membership", council, membership.public_id), day("until_on", TODAY))
    assert answer.status_code == 422 and "only administrator of Amberley" in answer.content.decode()
    assert Membership.objects.get(pk=membership.pk).until_on is None


def test_a_name_is_changed_on_ones_own_page(client, council, admin):
    assert client.post(reverse("partners:account"), {"name": "Another Name"}).status_code == 302
    assert "Another Name" in page_of(client, reverse("partners:account"))

"""What an administrator is told about people, what anybody is told about their own roles, and nothing else."""

import datetime

import pytest

from partners.domain.invitations import invite
from partners.models import INVITATION_LASTS, Invitation
from partners.needs import needs_of
from partners.policy import access_for
from prevent_tracker.core.needs import Need, Urgency
from tests import builders
from tests.kept import kept

TODAY = builders.TODAY
MONTH = datetime.timedelta(days=30)


@kept
def council():
    council = builders.make_council("Amberley")
    builders.make_person("partner_lead", builders.council_seat(council))
    return council


def titles(user) -> list[str]:
    return [need.title for need in needs_of(access_for(user, on=TODAY), TODAY)]


def test_partners_without_a_lead_are_told_to_the_administrator_alone(council):
    names = [f"Partner {letter}" for letter in "ABCDE"]
    for name in names:
        builders.make_partner(council, name)
    admin = builders.make_person("council_admin", council)
    (need,) = needs_of(access_for(admin), TODAY)
    assert need.title == "5 organisations have no partner lead"
    assert need.detail == "Nobody can sign off the return of Partner A, Partner B, Partner C and 2 more."
    assert titles(builders.make_person("coordinator", council)) == []


@pytest.mark.parametrize(("ends", "told"), [(0, True), (30, True), (31, False), (None, False)])
def test_a_role_that_ends_within_a_month_is_told_to_its_holder_and_the_administrator(council, ends, told):
    until_on = None if ends is None else TODAY + datetime.timedelta(days=ends)
    auditor = builders.make_person("auditor", council, name="An Auditor", until_on=until_on)
    admin = builders.make_person("council_admin", council)
    assert titles(auditor) == (["Your role as Auditor, Amberley ends"] if told else [])
    assert titles(admin) == (["An Auditor: the role of Auditor, Amberley ends"] if told else [])


def test_an_invitation_whose_link_has_expired_is_told(council):
    admin = builders.make_person("council_admin", council)
    invite(email="a@example.org", name="A", role="auditor", seat=council, from_on=TODAY, by=admin)
    assert titles(admin) == []
    sent = Invitation.objects.get().invited_at - INVITATION_LASTS - datetime.timedelta(seconds=1)
    Invitation.objects.update(invited_at=sent)
    assert titles(admin) == ["A has not answered the invitation"]
    Invitation.objects.update(withdrawn_at=sent)
    assert titles(admin) == []


def test_needs_are_read_in_as_many_queries_with_three_of_each_as_with_one(council, django_assert_num_queries):
    admin = builders.make_person("council_admin", council)
    for number in range(3):
        builders.make_person("auditor", council, until_on=TODAY + MONTH)
        builders.make_partner(council)
        invite(email=f"{number}@example.org", name="A", role="auditor", seat=council, from_on=TODAY, by=admin)
        access = access_for(admin)
        with django_assert_num_queries(3):
            assert len(needs_of(access, TODAY)) == 2 + number


def test_the_most_urgent_comes_first_then_the_earliest():
    day = TODAY
    late = Need("d", "", "/", Urgency.LATE, day)
    later = Need("c", "", "/", Urgency.NOW, day + MONTH)
    sooner = Need("b", "", "/", Urgency.NOW, day)
    undated = Need("a", "", "/", Urgency.NOW)
    assert sorted([undated, later, sooner, late], key=lambda need: need.order) == [late, sooner, later, undated]

"""What seats grant: on which days, to whom, in how many queries, and never more after a grant is taken back."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser, Permission
from django.http import Http404
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from actions.models import Action
from partners import policy
from partners.models import (
    Council,
    CouncilGroupObjectPermission,
    GovernanceBodyGroupObjectPermission,
    Membership,
    Partner,
    PartnerGroupObjectPermission,
    User,
)
from partners.policy import Access, access_for, find, forget_access, may, visible
from partners.roles import ROLES, Role, Seat
from plans.models import Plan
from prevent_tracker.core.refusals import Refused
from tests import builders

TODAY = builders.TODAY
YESTERDAY, TOMORROW = TODAY - datetime.timedelta(days=1), TODAY + datetime.timedelta(days=1)
db = pytest.mark.django_db


def what(access: Access) -> set[tuple[str, str, int]]:
    """Return everything an access grants, as (kind of seat, permission, seat)."""
    kinds = {"council": access._councils, "partner": access._partners, "body": access._bodies}
    return {(kind, code, seat) for kind, codes in kinds.items() for code, seats in codes.items() for seat in seats}


@db
@pytest.mark.parametrize(
    ("from_on", "until_on", "in_force"),
    [
        (YESTERDAY, None, True),
        (TODAY, None, True),
        (TOMORROW, None, False),
        (YESTERDAY, YESTERDAY, False),
        (YESTERDAY, TODAY, True),
        (TODAY, TODAY, True),
        (TODAY, YESTERDAY, False),
        (YESTERDAY, TOMORROW, True),
    ],
)
def test_a_membership_counts_from_its_first_day_until_the_end_of_its_last(from_on, until_on, in_force):
    council = builders.make_council()
    user = builders.make_person("coordinator", council, from_on=from_on, until_on=until_on)
    access = access_for(user, on=TODAY)
    assert (council.pk in access.councils("coordinate")) is in_force
    assert (council.pk in access.council_ids) is in_force
    assert Membership.objects.get().is_current(TODAY) is in_force
    assert Membership.objects.current(on=TODAY).exists() is in_force


@db
def test_reading_what_somebody_may_do_takes_two_queries_however_many_seats(django_assert_num_queries):
    user = builders.make_person()
    for role, seat in seats_in(3):
        builders.join(user, role, seat)
    with django_assert_num_queries(2):
        access = access_for(user)
        assert len(access.council_ids) == 3
    with django_assert_num_queries(0):
        assert access_for(user) is access
        assert [str(membership) for membership in access.memberships]


def seats_in(councils: int):
    for _ in range(councils):
        council = builders.make_council()
        yield "coordinator", council
        yield "partner_lead", builders.make_partner(council)
        yield "board_member", builders.make_body(council)


@db
def test_nobody_gets_anything_who_is_not_signed_in_inactive_or_without_a_seat(django_assert_num_queries):
    council = builders.make_council()
    plan = builders.make_plan(council)
    gone = builders.make_person("coordinator", council)
    gone.is_active = False
    forget_access(gone)
    for user in (AnonymousUser(), gone):
        with django_assert_num_queries(0):
            assert what(access_for(user)) == set()
    for user in (AnonymousUser(), gone, builders.make_person()):
        assert not visible(user, Plan).exists()
        assert not may(user, "edit", plan)
        with pytest.raises(Http404):
            find(user, Plan, public_id=plan.public_id)


@db
def test_a_superuser_without_a_seat_sees_no_council():
    builders.make_plan(builders.make_council())
    user = User.objects.create_superuser("root@example.org", builders.PASSWORD, name="Root")
    assert not visible(user, Plan).exists() and not visible(user, Council).exists()


@db
def test_a_permission_on_the_whole_model_grants_nothing():
    council = builders.make_council()
    user = builders.make_person("auditor", council)
    for holder in (user.user_permissions, user.groups.get().permissions):
        holder.add(Permission.objects.get(codename="coordinate"))
    forget_access(user)
    assert council.pk not in access_for(user).councils("coordinate")


@db
def test_the_rows_that_grant_do_not_grow_with_the_plan():
    council = builders.make_council()
    police = builders.make_partner(council)
    plan = builders.make_plan(council)
    builders.make_person("coordinator", council)
    lead = builders.make_person("partner_lead", police)

    def rows() -> int:
        tables = (CouncilGroupObjectPermission, PartnerGroupObjectPermission, GovernanceBodyGroupObjectPermission)
        return sum(table.objects.count() for table in tables)

    before = rows()
    for _ in range(30):
        builders.make_action(plan, police)
    assert visible(lead, Action).count() == 30
    assert rows() == before == len(ROLES[Role.COORDINATOR].permissions) + len(ROLES[Role.PARTNER_LEAD].permissions)


@db
def test_a_second_person_in_the_same_role_shares_the_group():
    council = builders.make_council()
    first, second = (builders.make_person("coordinator", council) for _ in range(2))
    assert first.groups.get() == second.groups.get()


@db
def test_another_councils_row_is_missing_and_a_missing_row_is_missing():
    user = builders.make_person("coordinator", builders.make_council())
    elsewhere = builders.make_plan(builders.make_council())
    told = []
    for public_id in (elsewhere.public_id, "zzzzzzzzzzzz"):
        with pytest.raises(Http404) as missing:
            find(user, Plan, public_id=public_id)
        told.append(str(missing.value))
    assert told[0] == told[1]


@db
def test_every_rule_refuses_with_a_sentence():
    council = builders.make_council()
    member = builders.make_person("board_member", builders.make_body(council))
    refused = [
        may(member, verb, row)
        for verb, row in (
            ("administer", council),
            ("coordinate", council),
            ("view_people", council),
            ("arrange", council),
            ("contribute", builders.council_seat(council)),
            ("sign_off", builders.council_seat(council)),
            ("deactivate", builders.make_person()),
            ("rename", builders.make_person()),
        )
    ]
    assert not any(refused)
    assert all(decision.reason.endswith(".") for decision in refused)
    with pytest.raises(Refused, match="Only a council administrator"):
        policy.allow(member, "administer", council)


@db
def test_who_is_refused_without_any_seat_is_told_so():
    assert may(builders.make_person(), "administer", builders.make_council()).reason == (
        "You are not a member of any council's partnership."
    )


@db
def test_a_partner_lead_reads_the_councils_plan_but_a_board_member_does_not():
    council = builders.make_council()
    plan = builders.make_plan(council)
    assert list(visible(builders.make_person("partner_lead", builders.make_partner(council)), Plan)) == [plan]
    assert not visible(builders.make_person("board_member", builders.make_body(council)), Plan).exists()


@db
def test_a_seat_that_is_made_again_under_an_old_key_inherits_nothing():
    council = builders.make_council()
    police = builders.make_partner(council)
    builders.join(builders.make_person(), "partner_lead", police)
    key = police.pk
    Membership.objects.all().delete()
    Partner.objects.filter(pk=key).delete()
    assert not PartnerGroupObjectPermission.objects.filter(content_object_id=key).exists()


grants = st.lists(
    st.tuples(
        st.sampled_from(sorted(ROLES)),
        st.integers(0, 1),
        st.integers(-3, 3),
        st.none() | st.integers(-3, 3),
    ),
    max_size=6,
)


class GrantsAndRevocations(TestCase):
    """Whatever is granted: order does not matter, and taking anything back never enlarges what is left."""

    def setUp(self) -> None:
        self.councils = [builders.make_council() for _ in range(2)]
        self.partners = [builders.make_partner(council) for council in self.councils]
        self.bodies = [builders.make_body(council) for council in self.councils]

    def seat(self, role: str, number: int):
        return {Seat.COUNCIL: self.councils, Seat.PARTNER: self.partners, Seat.BODY: self.bodies}[ROLES[role].seat][
            number
        ]

    def person_with(self, given) -> User:
        user = builders.make_person()
        for role, number, first, last in given:
            builders.join(
                user,
                role,
                self.seat(role, number),
                from_on=TODAY + datetime.timedelta(days=first),
                until_on=None if last is None else TODAY + datetime.timedelta(days=last),
            )
        return user

    @settings(max_examples=30, deadline=None)
    @given(grants)
    def test_what_is_held_is_what_the_current_memberships_give_in_any_order(self, given):
        expected = {
            (ROLES[role].seat.value, code, self.seat(role, number).pk)
            for role, number, first, last in given
            if first <= 0 and (last is None or last >= 0)
            for code in ROLES[role].permissions
        }
        assert what(access_for(self.person_with(given), on=TODAY)) == expected
        assert what(access_for(self.person_with(given[::-1]), on=TODAY)) == expected

    @settings(max_examples=30, deadline=None)
    @given(grants, st.data())
    def test_taking_back_never_enlarges(self, given, data):
        user = self.person_with(given)
        before = what(access_for(user, on=TODAY))
        if given:
            number = data.draw(st.integers(0, len(given) - 1))
            user.memberships.filter(pk=user.memberships.order_by("pk")[number].pk).update(until_on=YESTERDAY)
        after = what(access_for(user, on=TODAY))
        assert after <= before
        user.is_active = False
        assert what(access_for(user, on=TODAY)) == set()

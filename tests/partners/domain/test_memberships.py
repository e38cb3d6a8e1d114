"""Giving and ending memberships, and closing and opening accounts."""

import datetime

import pytest

from partners.domain.memberships import (
    deactivate_person,
    end_membership,
    grant_membership,
    reactivate_person,
    rename_person,
)
from partners.models import Membership, User
from partners.policy import access_for, forget_access
from prevent_tracker.core.refusals import Refused, RuleBroken
from tests import builders

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
DAY = datetime.timedelta(days=1)
TODAY = builders.TODAY


def problems(broken) -> dict:
    return broken.value.problems


def test_an_administrator_gives_a_role_and_it_counts_at_once(council, admin, police):
    person = builders.make_person()
    given = grant_membership(user=person, role="partner_lead", seat=police, from_on=TODAY, by=admin)
    assert police.pk in access_for(person, on=TODAY).partners("sign_off")
    assert (given.granted_by, given.seat, given.until_on) == (admin, police, None)
    record = given.history.get()
    assert (record.history_user, record.acting_for) == (admin, "Council administrator, Amberley")


@pytest.mark.parametrize("role", ["coordinator", "auditor"])
def test_nobody_but_an_administrator_gives_or_ends_roles(council, police, role):
    by = builders.make_person(role, council)
    person = builders.make_person("contributor", police)
    with pytest.raises(Refused, match="Only a council administrator"):
        grant_membership(user=by, role="council_admin", seat=council, from_on=TODAY, by=by)
    with pytest.raises(Refused, match="Only a council administrator"):
        end_membership(membership=person.memberships.get(), until_on=TODAY, by=by, today=TODAY)
    with pytest.raises(Refused, match="Only a council administrator"):
        deactivate_person(person=person, by=by, today=TODAY)


def test_another_councils_administrator_gives_nothing_here(police):
    by = builders.make_person("council_admin", builders.make_council())
    with pytest.raises(Refused):
        grant_membership(user=by, role="contributor", seat=police, from_on=TODAY, by=by)


@pytest.mark.parametrize("role", ["coordinator", "board_member", "wizard"])
def test_a_role_is_held_at_its_own_kind_of_seat(admin, police, role):
    with pytest.raises(RuleBroken) as broken:
        grant_membership(user=builders.make_person(), role=role, seat=police, from_on=TODAY, by=admin)
    assert list(problems(broken)) == ["role"]


def test_the_last_day_is_not_before_the_first(admin, police):
    with pytest.raises(RuleBroken) as broken:
        grant_membership(
            user=builders.make_person(), role="contributor", seat=police, from_on=TODAY, until_on=TODAY - DAY, by=admin
        )
    assert list(problems(broken)) == ["until_on"]


@pytest.mark.parametrize(
    ("first", "last", "overlaps"),
    [(0, None, True), (-9, -4, False), (-9, -3, True), (3, None, True), (4, None, False), (0, 0, True)],
)
def test_the_same_role_is_not_held_twice_on_one_day(admin, police, first, last, overlaps):
    person = builders.make_person("contributor", police, from_on=TODAY - 3 * DAY, until_on=TODAY + 3 * DAY)
    asked = {"from_on": TODAY + first * DAY, "until_on": None if last is None else TODAY + last * DAY}
    if overlaps:
        with pytest.raises(RuleBroken, match="already holds this role"):
            grant_membership(user=person, role="contributor", seat=police, by=admin, **asked)
    else:
        grant_membership(user=person, role="contributor", seat=police, by=admin, **asked)
    assert person.memberships.count() == (1 if overlaps else 2)


def test_a_role_taken_back_before_it_began_can_be_given_again(admin, police):
    person = builders.make_person("contributor", police, from_on=TODAY, until_on=None)
    end_membership(membership=person.memberships.get(), until_on=TODAY - DAY, by=admin, today=TODAY)
    assert not access_for(person, on=TODAY).memberships
    grant_membership(user=person, role="contributor", seat=police, from_on=TODAY, by=admin)


def test_a_role_is_not_given_to_a_closed_account(admin, police):
    person = builders.make_person("contributor", police)
    deactivate_person(person=person, by=admin, today=TODAY)
    person = User.objects.get(pk=person.pk)
    with pytest.raises(RuleBroken, match="deactivated"):
        grant_membership(user=person, role="partner_lead", seat=police, from_on=TODAY, by=admin)


@pytest.mark.parametrize(("last", "today_after"), [(-1, False), (0, True), (1, True)])
def test_a_membership_ends_at_the_end_of_its_last_day(admin, police, last, today_after):
    person = builders.make_person("contributor", police)
    ended = end_membership(membership=person.memberships.get(), until_on=TODAY + last * DAY, by=admin, today=TODAY)
    forget_access(person)
    assert bool(access_for(person, on=TODAY).memberships) is today_after
    assert not access_for(person, on=TODAY + 2 * DAY).memberships
    assert ended.ended_by == admin and ended.ended_at is not None
    assert [row.until_on for row in ended.history.order_by("history_id")] == [None, TODAY + last * DAY]


def test_history_is_not_rewritten_by_an_end_in_the_past(admin, police):
    membership = builders.make_person("contributor", police).memberships.get()
    with pytest.raises(RuleBroken, match="yesterday at the earliest"):
        end_membership(membership=membership, until_on=TODAY - 2 * DAY, by=admin, today=TODAY)


def test_an_end_is_brought_forward_but_not_put_off_and_not_given_twice(admin, police):
    membership = builders.make_person("contributor", police, until_on=TODAY + 5 * DAY).memberships.get()
    with pytest.raises(RuleBroken, match="ends sooner"):
        end_membership(membership=membership, until_on=TODAY + 6 * DAY, by=admin, today=TODAY)
    end_membership(membership=membership, until_on=TODAY - DAY, by=admin, today=TODAY)
    with pytest.raises(RuleBroken, match="ended already"):
        end_membership(membership=membership, until_on=TODAY, by=admin, today=TODAY)


def test_a_council_keeps_an_administrator(council, admin):
    with pytest.raises(RuleBroken, match="only administrator of Amberley"):
        end_membership(membership=admin.memberships.get(), until_on=TODAY, by=admin, today=TODAY)
    second = builders.make_person("council_admin", council, until_on=TODAY + DAY)
    with pytest.raises(RuleBroken, match="only administrator"):
        deactivate_person(person=admin, by=second, today=TODAY)
    builders.make_person("council_admin", council)
    assert end_membership(membership=admin.memberships.get(), until_on=TODAY, by=admin, today=TODAY).until_on == TODAY


# --- Leavers ------------------------------------------------------------------------------------------------------


def test_a_leaver_is_out_at_once_and_no_old_session_or_password_comes_back(admin, police, client):
    person = builders.make_person("contributor", police)
    client.force_login(person)
    assert client.get("/account/").status_code == 200
    deactivate_person(person=person, by=admin)
    assert client.get("/account/").status_code == 302
    reactivate_person(person=User.objects.get(pk=person.pk), by=admin)
    assert client.get("/account/").status_code == 302
    assert not client.login(email=person.email, password=builders.PASSWORD)
    person = User.objects.get(pk=person.pk)
    assert person.is_active and person.deactivated_at is None
    assert [(row.is_active, row.history_user) for row in person.history.order_by("history_id")][-2:] == [
        (False, admin),
        (True, admin),
    ]


def test_roles_of_a_closed_account_count_for_nothing_and_again_when_it_is_opened(admin, police):
    person = builders.make_person("contributor", police)
    closed = deactivate_person(person=person, by=admin, today=TODAY)
    assert not access_for(closed).memberships
    opened = reactivate_person(person=closed, by=admin)
    assert len(access_for(opened).memberships) == 1


def test_who_works_elsewhere_too_is_not_closed_by_one_council(admin, police):
    person = builders.make_person("contributor", police)
    elsewhere = builders.join(person, "contributor", builders.make_partner(builders.make_council("Zedborough")))
    with pytest.raises(Refused) as refused:
        deactivate_person(person=person, by=admin, today=TODAY)
    assert "another council" in refused.value.reason and "Zedborough" not in refused.value.reason
    Membership.objects.filter(pk=elsewhere.pk).update(until_on=datetime.date(2021, 1, 1))
    assert not deactivate_person(person=person, by=admin, today=TODAY).is_active


def test_nobody_closes_their_own_account(council, admin):
    builders.make_person("council_admin", council)
    with pytest.raises(Refused, match="your own account"):
        deactivate_person(person=admin, by=admin, today=TODAY)


def test_one_changes_ones_own_name_and_nobody_elses(admin, police):
    person = builders.make_person("contributor", police)
    assert rename_person(person=person, name="  Another Name ", by=person).name == "Another Name"
    with pytest.raises(Refused, match="your own name"):
        rename_person(person=person, name="X", by=admin)
    with pytest.raises(RuleBroken):
        rename_person(person=person, name="   ", by=person)
    with pytest.raises(RuleBroken):
        rename_person(person=person, name="x" * 151, by=person)

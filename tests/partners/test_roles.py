"""The table of roles against the models that hold its permissions, and the sentence that each role is told with."""

import pytest

from partners.models import Council, GovernanceBody, Partner
from partners.policy import seat_group
from partners.roles import ROLES, Role, Seat
from tests import builders

SEATS = {Seat.COUNCIL: Council, Seat.PARTNER: Partner, Seat.BODY: GovernanceBody}


def test_every_role_has_its_row():
    assert set(ROLES) == set(Role)


@pytest.mark.parametrize("seat", SEATS)
def test_the_permissions_of_a_seat_are_those_that_some_role_holds_there(seat):
    declared = [code for code, words in SEATS[seat]._meta.permissions]
    held = {code for rule in ROLES.values() if rule.seat == seat for code in rule.permissions}
    assert set(declared) == held and len(declared) == len(held)
    assert SEATS[seat]._meta.default_permissions == ()


@pytest.mark.parametrize("role", Role)
def test_a_role_is_told_in_sentences(role):
    assert ROLES[role].sentence.endswith(".")


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
def test_the_group_of_a_role_holds_exactly_its_permissions_at_the_seat(role):
    from guardian.shortcuts import get_group_perms

    council = builders.make_council()
    makers = {
        Seat.COUNCIL: lambda: council,
        Seat.PARTNER: lambda: builders.make_partner(council),
        Seat.BODY: lambda: builders.make_body(council),
    }
    seat = makers[ROLES[role].seat]()
    assert set(get_group_perms(seat_group(seat, role), seat)) == set(ROLES[role].permissions)

"""What is kept is built once, found by each test as it was built, and by nobody who does not ask for it."""

import pytest

from partners.models import Council, Partner
from tests.builders import make_council, make_partner
from tests.kept import kept

pytestmark = pytest.mark.django_db
BUILT = []


@kept
def council() -> Council:
    BUILT.append("council")
    return make_council("Kept")


@kept
def seat(council: Council) -> Partner:
    BUILT.append("seat")
    return make_partner(council, "Kept police")


@pytest.mark.parametrize("time", range(2))
def test_what_a_test_did_is_gone(seat, council, time):
    assert (council.name, council.partners.count(), seat.council) == ("Kept", 2, council)
    council.name = "Changed"
    council.save()
    council.partners.all().update(position=9)
    assert seat.council is council  # copies of one another, as the originals were


@pytest.mark.parametrize("time", range(2))
def test_who_asks_for_less_finds_less(council, time):
    assert (council.name, council.partners.count()) == ("Kept", 1)


def test_who_asks_for_nothing_finds_nothing():
    assert not Council.objects.exists()


def test_each_was_built_once(seat):
    assert BUILT == ["council", "seat"]

"""A council, its administrator and its police, for every test of the room."""

import pytest

from tests import builders


@pytest.fixture
def council(db):
    return builders.make_council("Amberley")


@pytest.fixture
def admin(council):
    return builders.make_person("council_admin", council, name="The administrator")


@pytest.fixture
def police(council):
    return builders.make_partner(council, "Amberley police")

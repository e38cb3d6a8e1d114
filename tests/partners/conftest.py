"""A council, its administrator and its police, for every test of the room."""

from tests import builders
from tests.kept import kept


@kept
def council():
    return builders.make_council("Amberley")


@kept
def admin(council):
    return builders.make_person("council_admin", council, name="The administrator")


@kept
def police(council):
    return builders.make_partner(council, "Amberley police")

"""Organisations known once, councils with their own seat, partners' seats, bodies and who reports to whom."""

import pytest

from partners.domain.organisations import (
    add_reporting_line,
    create_body,
    create_council,
    create_organisation,
    seat_partner,
)
from prevent_tracker.core.refusals import Refused, RuleBroken
from tests import builders

pytestmark = pytest.mark.django_db


def test_a_council_has_its_own_organisations_seat_first():
    organisation = create_organisation(name="Amberley Council", sector="local_government")
    council = create_council(organisation=organisation, slug="amberley", name="Amberley", kind="unitary")
    (seat,) = council.partners.all()
    assert seat.is_the_council and seat.position == 0


def test_an_organisation_is_known_once_and_seated_in_many_councils():
    force = create_organisation(name="The force", sector="police", is_specified_authority=True)
    councils = [builders.make_council() for _ in range(2)]
    seats = [seat_partner(council=council, organisation=force, aliases=["Constabulary"]) for council in councils]
    assert [seat.position for seat in seats] == [1, 1]
    with pytest.raises(RuleBroken, match="already an organisation"):
        create_organisation(name="the force ", sector="police")
    with pytest.raises(RuleBroken, match="already has a seat"):
        seat_partner(council=councils[0], organisation=force)


def test_what_the_columns_cannot_hold_is_refused_in_words_on_every_database():
    with pytest.raises(RuleBroken) as broken:
        create_organisation(name="x" * 201, sector="unheard of")
    assert set(broken.value.problems) == {"name", "sector"}


def test_a_body_reports_to_several_and_never_to_itself_or_abroad():
    council = builders.make_council()
    group, board, cabinet = (
        create_body(council=council, name=name, kind="other") for name in ("Group", "Board", "Cabinet")
    )
    add_reporting_line(from_body=group, to_body=board, frequency="quarterly", purpose="delivery")
    add_reporting_line(from_body=group, to_body=board, frequency="annual", purpose="success measures")
    add_reporting_line(from_body=group, to_body=cabinet)
    assert group.lines_up.count() == 3
    with pytest.raises(RuleBroken, match="itself"):
        add_reporting_line(from_body=group, to_body=group)
    with pytest.raises(RuleBroken, match="same council"):
        add_reporting_line(from_body=group, to_body=builders.make_body(builders.make_council()))
    with pytest.raises(RuleBroken):
        add_reporting_line(from_body=group, to_body=cabinet)
    with pytest.raises(RuleBroken, match="already a body"):
        create_body(council=council, name="board", kind="other")


def test_people_arrange_their_own_council_only_and_nobody_makes_councils():
    council, elsewhere = builders.make_council(), builders.make_council()
    admin, auditor = (builders.make_person(role, council) for role in ("council_admin", "auditor"))
    force = create_organisation(name="The force", sector="police", by=admin)
    record = seat_partner(council=council, organisation=force, by=admin).history.get()
    assert record.history_user == admin
    for refused in (
        lambda: seat_partner(council=elsewhere, organisation=force, by=admin),
        lambda: create_body(council=council, name="Board", kind="other", by=auditor),
        lambda: create_organisation(name="Another", sector="police", by=auditor),
        lambda: create_council(organisation=force, slug="force", name="Force", kind="other", by=admin),
    ):
        with pytest.raises(Refused):
            refused()

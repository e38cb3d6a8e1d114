"""Positions leave room, and whatever is placed where, the order is the one that was asked for."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.domain.ordering import STEP, neighbour, place_after


@dataclass
class Row:
    pk: int
    position: int


def rows(*positions: int) -> list[Row]:
    return [Row(pk, position) for pk, position in enumerate(positions, start=1)]


def test_the_last_place_leaves_room():
    assert place_after([], None) == STEP
    assert place_after(rows(5, 7), rows(5, 7)[1]) == 7 + STEP


def test_first_place_is_before_all_others():
    assert place_after(rows(100), None) == 50


@given(st.lists(st.integers(1, 40), unique=True, min_size=1, max_size=12).map(sorted), st.data())
def test_a_place_is_between_its_neighbours_or_there_is_none(positions, data):
    present = rows(*positions)
    before = data.draw(st.sampled_from([None, *present]))
    place = place_after(present, before)
    low = before.position if before else 0
    later = [position for position in positions if position > low]
    if place is None:
        assert later and later[0] - low == 1
    else:
        assert low < place and (not later or place < later[0])


def test_neighbours():
    one, two, three = rows(1, 2, 3)
    siblings = [one, two, three]
    assert neighbour(siblings, two, "up") is one
    assert neighbour(siblings, two, "down") is three
    assert neighbour(siblings, one, "up") is None
    assert neighbour(siblings, three, "down") is None
    with pytest.raises(ValueError, match="sideways"):
        neighbour(siblings, two, "sideways")

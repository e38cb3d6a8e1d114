"""One world for the whole matrix: building it costs more than asking it."""

from collections.abc import Iterator

import pytest

from tests.access.world import World, as_on_the_day
from tests.kept import kept


@kept(shared=True)
def built_world() -> World:
    """The two towns. Nobody changes them: what `ask` does to the database is undone."""
    with as_on_the_day():
        return World()


@pytest.fixture
def world(built_world: World) -> Iterator[World]:
    with as_on_the_day():
        yield built_world

"""The cells of the matrix that are about one's own council, as each of its people."""

from collections.abc import Iterator

from tests.access.rules import NOT_SIGNED_IN, OUTSIDERS, RULES, Row
from tests.access.world import Persona, World

Cell = tuple[str, Row, Persona, str]


def cells_at_home(world: World, methods: tuple[str, ...] = ("GET", "POST")) -> Iterator[Cell]:
    """Yield (address, its rule, who asks, method) for everybody with a seat in the home council."""
    members = [persona for persona in world.personas if persona.name not in NOT_SIGNED_IN | OUTSIDERS]
    for name, row in RULES.items():
        for method in methods:
            if row.may(method) is not None and not row.public:
                yield from ((name, row, persona, method) for persona in members)

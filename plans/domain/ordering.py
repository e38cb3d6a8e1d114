"""Reading order: explicit positions with room between them, so that a new row moves nobody else.

Printed references are never touched: order and reference are two different facts.
"""

from collections.abc import Sequence
from typing import Protocol, TypeVar

from django.db import models

from prevent_tracker.core.audit import update_many

STEP = 100


class Placed(Protocol):
    """A row with a place in the reading order."""

    pk: int
    position: int


P = TypeVar("P", bound=Placed)


def place_after(rows: Sequence[Placed], before: Placed | None) -> int | None:
    """Return a free position straight after `before` (or first, for None) among `rows` in order.

    None when there is no room: `spread` the rows and ask again.
    """
    index = next((index for index, row in enumerate(rows) if before is not None and row.pk == before.pk), -1)
    low = rows[index].position if index >= 0 else 0
    if index + 1 == len(rows):
        return low + STEP
    middle = (low + rows[index + 1].position) // 2
    return middle if low < middle < rows[index + 1].position else None


def spread(model: type[models.Model], rows: Sequence[Placed]) -> None:
    """Renumber the positions of all `rows`, keeping their order, with room between them."""
    _place(model, rows, [STEP * number for number in range(1, len(rows) + 1)])


def reorder(model: type[models.Model], rows: Sequence[Placed]) -> None:
    """Give `rows`, now in the order wanted, the positions that they hold between them. Those must be distinct."""
    positions = sorted(row.position for row in rows)
    assert len(set(positions)) == len(positions), "spread the rows first"
    _place(model, rows, positions)


def _place(model: type[models.Model], rows: Sequence[Placed], positions: Sequence[int]) -> None:
    moved = []
    for row, position in zip(rows, positions, strict=True):
        if row.position != position:
            row.position = position
            moved.append(row)
    update_many(model, moved, ["position"])  # type: ignore[arg-type]


def are_distinct(rows: Sequence[Placed]) -> bool:
    """Whether no two rows share a position."""
    return len({row.position for row in rows}) == len(rows)


def neighbour(siblings: Sequence[P], row: Placed, direction: str) -> P | None:
    """Return the sibling that a row changes places with when it moves "up" or "down"; None at that end."""
    if direction not in ("up", "down"):
        raise ValueError(f"{direction!r} is neither up nor down")
    index = next(index for index, sibling in enumerate(siblings) if sibling.pk == row.pk)
    index += -1 if direction == "up" else 1
    return siblings[index] if 0 <= index < len(siblings) else None

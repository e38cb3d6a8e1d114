"""Saves that refuse to be stale: nobody's words are overwritten unseen."""

from typing import TypeVar

from prevent_tracker.core.models import Versioned
from prevent_tracker.core.refusals import StaleSave

M = TypeVar("M", bound=Versioned)


def claim(row: M, version: int) -> M:
    """Lock `row` for the rest of the transaction and return it fresh, if it still has `version`.

    Call inside `transaction.atomic()`. Raises StaleSave (with the row as it now stands) when somebody saved since.
    """
    current = type(row)._default_manager.select_for_update().get(pk=row.pk)
    if current.version != version:
        raise StaleSave(current)
    return current


def save_next(row: Versioned, *, reason: str = "") -> None:
    """Save a claimed row as its next version, with `reason` in its history."""
    row.version += 1
    row._change_reason = reason  # type: ignore[attr-defined]  # where simple-history looks for it
    row.save()

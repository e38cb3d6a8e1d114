"""The fields of a plan's columns: those that every plan may print, and the council's own further ones.

A column is {"field", "heading"}. The field of a column of the council's own is the name under which each action holds
its words (`Action.extra`) with a sign before it, so that a council's "text" is never taken for the words of the action.
"""

from __future__ import annotations

_SIGN = "extra:"


def own_field(name: str) -> str:
    """Return the field of the column that prints the council's own words of this name."""
    return f"{_SIGN}{name}"


def is_own(field: str) -> bool:
    """Return whether a column is one of the council's own."""
    return field.startswith(_SIGN)


def own_name(field: str) -> str:
    """Return the name under which actions hold the words of a column; "" where the column is not the council's own."""
    return field.removeprefix(_SIGN) if is_own(field) else ""

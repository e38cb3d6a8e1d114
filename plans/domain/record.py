"""Who is acting, for the record: every write in the rooms above runs inside `acting`."""

from collections.abc import Iterator
from contextlib import contextmanager

from partners.models import Council, User
from partners.policy import role_words
from prevent_tracker.core.audit import recorded

LONGEST_ROLE = 200  # of the history's `acting_for`


def acting_as(by: User, council: Council) -> str:
    """Return the roles that a person holds in the council's partnership today, as the record keeps them."""
    return role_words(by, council)[:LONGEST_ROLE]


@contextmanager
def acting(by: User, council: Council, reason: str = "") -> Iterator[None]:
    """Within the block every history row carries the person, their roles in this partnership, and the reason."""
    with recorded(by, acting_for=acting_as(by, council), reason=reason.strip()):
        yield

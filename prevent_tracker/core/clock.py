"""What time it is, for everything that is written down.

`now()` is the present moment. Only a command that lays down a past (the demo) says otherwise, with `as_at`; no page
and no job does, so nobody can date what they do back.
"""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils import timezone

_moment: ContextVar[datetime.datetime | None] = ContextVar("moment", default=None)


def now() -> datetime.datetime:
    """Return the present moment, or the one that an `as_at` block is about."""
    return _moment.get() or timezone.now()


@contextmanager
def as_at(moment: datetime.datetime) -> Iterator[None]:
    """Within the block, what is written down is dated `moment`: rows and their history alike."""
    token = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(token)

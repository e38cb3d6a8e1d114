"""What needs a person now: the lines of the start page. Each room says its own in `<room>/needs.py`."""

import datetime
from dataclasses import dataclass
from enum import IntEnum


class Urgency(IntEnum):
    """How soon something needs the person; the start page lists the smallest first."""

    LATE = 0
    NOW = 1
    SOON = 2
    NEWS = 3


@dataclass(frozen=True)
class Need:
    """One thing that needs the person: a link text, a sentence of detail, where to go, how soon, and by when.

    `council` names whose partnership it is about, and is shown to people who work with several.
    """

    title: str
    detail: str
    url: str
    urgency: Urgency = Urgency.NOW
    due: datetime.date | None = None
    council: str = ""

    @property
    def order(self) -> tuple[Urgency, datetime.date, str]:
        """Sort key: the most urgent first, then the earliest date, then by name."""
        return self.urgency, self.due or datetime.date.max, self.title

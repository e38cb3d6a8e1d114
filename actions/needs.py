"""What needs a person now, said by this room."""

import datetime

from partners.policy import Access
from prevent_tracker.core.needs import Need


def needs_of(access: Access, today: datetime.date) -> list[Need]:
    """Return what needs the person now."""
    return []

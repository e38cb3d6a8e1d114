"""Dates and numbers as people read them. Pages format each date once, here."""

import datetime
from collections.abc import Sequence
from functools import lru_cache

from django.utils import timezone


@lru_cache(maxsize=4096)
def day_words(day: datetime.date | None) -> str:
    """Return "3 October 2026"; empty for no date."""
    return f"{day.day} {day:%B} {day.year}" if day else ""


def moment_words(moment: datetime.datetime | None) -> str:
    """Return "3 October 2026 at 2:05pm" in local time; empty for no moment."""
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    return f"{day_words(local.date())} at {local.hour % 12 or 12}:{local:%M}{'am' if local.hour < 12 else 'pm'}"


def moment_day(moment: datetime.datetime | None) -> str:
    """Return the local day of a moment, "3 October 2026"; empty for no moment."""
    return day_words(timezone.localtime(moment).date()) if moment else ""


def counted(number: int, one: str, several: str = "") -> str:
    """Return "1 action" or "3 actions"."""
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def listed(words: Sequence[str], joint: str = "and") -> str:
    """Return "the first, the second and the third"."""
    return f" {joint} ".join(filter(None, [", ".join(words[:-1]), words[-1]])) if words else ""

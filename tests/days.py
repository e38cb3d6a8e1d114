"""The day on which the towns of the tests live."""

import datetime

import time_machine

TODAY = datetime.date(2026, 8, 12)  # a Wednesday inside Quarter 2 (July to September) 2026/27


def at_noon(day: datetime.date = TODAY) -> time_machine.travel:
    """Within the block the clock stands still at noon of the day."""
    return time_machine.travel(datetime.datetime.combine(day, datetime.time(12), datetime.UTC), tick=False)

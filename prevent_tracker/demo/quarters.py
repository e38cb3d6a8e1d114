"""The demo's calendar: four quarters that were reported and the one that is open, seen from any day."""

import datetime
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils import timezone

from plans.domain.quarters import Quarter, previous_quarter, quarter_of

REPORTED = 4
DAYS_TO_OPEN = 28  # a quarter opens when the last one has been reported
DAYS_TO_ISSUE = 24  # after its end: some sixteen working days, counting no bank holiday
LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True)
class Diary:
    """When each act of one quarter happened. The days of a reported quarter run in this order."""

    quarter: Quarter
    opened_on: datetime.date
    written_on: datetime.date
    signed_on: datetime.date
    late_on: datetime.date
    rated_on: datetime.date
    locked_on: datetime.date
    issued_on: datetime.date


def open_diary(today: datetime.date) -> Diary:
    """Return the diary of the quarter that holds `today`, which is open: what has happened, happened by today."""
    quarter = quarter_of(today)
    opened = min(working_day(quarter.starts_on + datetime.timedelta(days=DAYS_TO_OPEN)), today)
    return Diary(quarter, opened, *[today] * 6)


def reported_diaries(today: datetime.date, number: int = REPORTED) -> list[Diary]:
    """Return the diaries of the `number` quarters before the one that holds `today`, oldest first."""
    quarters = [previous_quarter(quarter_of(today))]
    while len(quarters) < number:
        quarters.insert(0, previous_quarter(quarters[0]))
    return [_reported(quarter, today) for quarter in quarters]


def _reported(quarter: Quarter, today: datetime.date) -> Diary:
    """The acts are counted back from the day of issue, which was yesterday at the latest."""
    issued = working_day(
        min(quarter.ends_on + datetime.timedelta(days=DAYS_TO_ISSUE), today - datetime.timedelta(days=1))
    )
    locked = working_day(issued - datetime.timedelta(days=2))
    rated = working_day(locked - datetime.timedelta(days=1))
    late = working_day(rated - datetime.timedelta(days=1))
    signed = working_day(late - datetime.timedelta(days=6))
    written = working_day(signed - datetime.timedelta(days=3))
    opened = working_day(quarter.starts_on + datetime.timedelta(days=DAYS_TO_OPEN))
    return Diary(quarter, opened, written, signed, late, rated, locked, issued)


def working_day(day: datetime.date) -> datetime.date:
    """Return the day, or the Friday before it when it falls on a weekend."""
    return day - datetime.timedelta(days=max(day.weekday() - 4, 0))


def moment_of(day: datetime.date, hour: int, minute: int = 0) -> datetime.datetime:
    """Return a moment of the day by the clock in London; on the present day, never later than now."""
    moment = datetime.datetime.combine(day, datetime.time(hour, minute), LONDON)
    now = timezone.localtime(timezone=LONDON)
    return min(moment, now) if day == now.date() else moment

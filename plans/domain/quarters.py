"""Quarters of the financial year, and the working day by which returns are due.

The financial year runs from 1 April to 31 March; Quarter 1 is April to June.
"""

import datetime
from dataclasses import dataclass
from functools import lru_cache

import holidays

MONTHS_OF_QUARTER = {1: "April to June", 2: "July to September", 3: "October to December", 4: "January to March"}
WORKING_DAYS_FOR_RETURNS = 10  # the reporting calendar: quarter end + 10, partner returns signed off
NATIONS = {"E": "ENG", "W": "WLS", "S": "SCT", "N": "NIR"}  # first letter of a GSS code -> whose bank holidays


@dataclass(frozen=True, order=True)
class Quarter:
    """A quarter of the financial year that begins in `year`: Quarter(2026, 4) is January to March 2027."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if self.number not in MONTHS_OF_QUARTER:
            raise ValueError(f"There is no quarter {self.number}: quarters are 1 to 4.")

    @property
    def starts_on(self) -> datetime.date:
        if self.number == 4:
            return datetime.date(self.year + 1, 1, 1)
        return datetime.date(self.year, 1 + 3 * self.number, 1)

    @property
    def ends_on(self) -> datetime.date:
        return next_quarter(self).starts_on - datetime.timedelta(days=1)

    @property
    def financial_year(self) -> str:
        """Return "2026/27"; a new century is written out, "2099/2100"."""
        following = self.year + 1
        return f"{self.year}/{following if following % 100 == 0 else f'{following % 100:02}'}"

    @property
    def name(self) -> str:
        """Return "Quarter 2 (July to September) 2026/27"."""
        return f"Quarter {self.number} ({MONTHS_OF_QUARTER[self.number]}) {self.financial_year}"


def quarter_of(day: datetime.date) -> Quarter:
    """Return the quarter that a day lies in."""
    if day.month < 4:
        return Quarter(day.year - 1, 4)
    return Quarter(day.year, (day.month - 1) // 3)


def next_quarter(quarter: Quarter) -> Quarter:
    """Return the quarter after this one."""
    return Quarter(quarter.year + 1, 1) if quarter.number == 4 else Quarter(quarter.year, quarter.number + 1)


def previous_quarter(quarter: Quarter) -> Quarter:
    """Return the quarter before this one."""
    return Quarter(quarter.year - 1, 4) if quarter.number == 1 else Quarter(quarter.year, quarter.number - 1)


def returns_due(quarter: Quarter, gss_code: str = "") -> datetime.date:
    """Return the tenth working day after the quarter's end.

    `gss_code` says whose bank holidays count, by its first letter; without one they are England's.
    """
    return working_days_after(quarter.ends_on, WORKING_DAYS_FOR_RETURNS, NATIONS.get(gss_code[:1], "ENG"))


def working_days_after(day: datetime.date, number: int, nation: str = "ENG") -> datetime.date:
    """Return the `number`th working day (no weekend, no bank holiday) after `day`."""
    return _bank_holidays(nation).get_nth_working_day(day, number)


@lru_cache(maxsize=len(NATIONS))
def _bank_holidays(nation: str) -> holidays.HolidayBase:
    return holidays.country_holidays("GB", subdiv=nation)

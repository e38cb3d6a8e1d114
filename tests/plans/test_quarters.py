"""Quarters of the financial year and the working day by which returns are due."""

import datetime

import pytest

from plans.domain.quarters import (
    Quarter,
    next_quarter,
    previous_quarter,
    quarter_of,
    returns_due,
    working_days_after,
)


def day(words: str) -> datetime.date:
    return datetime.date.fromisoformat(words)


@pytest.mark.parametrize(
    ("on", "quarter"),
    [
        ("2026-03-31", Quarter(2025, 4)),
        ("2026-04-01", Quarter(2026, 1)),
        ("2026-06-30", Quarter(2026, 1)),
        ("2026-07-01", Quarter(2026, 2)),
        ("2026-09-30", Quarter(2026, 2)),
        ("2026-10-01", Quarter(2026, 3)),
        ("2026-12-31", Quarter(2026, 3)),
        ("2027-01-01", Quarter(2026, 4)),
        ("2028-02-29", Quarter(2027, 4)),
    ],
)
def test_the_quarter_of_a_day(on, quarter):
    assert quarter_of(day(on)) == quarter


def test_quarters_follow_each_other_without_a_gap():
    quarter = Quarter(2023, 1)
    for _ in range(20):
        following = next_quarter(quarter)
        assert quarter.ends_on + datetime.timedelta(days=1) == following.starts_on
        assert previous_quarter(following) == quarter
        assert quarter_of(quarter.starts_on) == quarter_of(quarter.ends_on) == quarter
        assert quarter < following
        quarter = following


@pytest.mark.parametrize(
    ("quarter", "name"),
    [
        (Quarter(2026, 2), "Quarter 2 (July to September) 2026/27"),
        (Quarter(2026, 4), "Quarter 4 (January to March) 2026/27"),
        (Quarter(2008, 1), "Quarter 1 (April to June) 2008/09"),
        (Quarter(2099, 1), "Quarter 1 (April to June) 2099/2100"),
    ],
)
def test_the_name_of_a_quarter(quarter, name):
    assert quarter.name == name


def test_there_is_no_fifth_quarter():
    with pytest.raises(ValueError, match="1 to 4"):
        Quarter(2026, 5)


@pytest.mark.parametrize(
    ("quarter", "gss", "due"),
    [
        (Quarter(2026, 2), "", "2026-10-14"),  # ends on a Wednesday, no bank holiday
        (Quarter(2026, 3), "E09000002", "2027-01-15"),  # New Year's Day is a Friday
        (Quarter(2026, 3), "S12000033", "2027-01-18"),  # Scotland also keeps 2 January, here moved to the 4th
        (Quarter(2025, 4), "", "2026-04-16"),  # Good Friday and Easter Monday 2026 fall in the ten days
        (Quarter(2026, 4), "", "2027-04-14"),  # Easter 2027 is over: Good Friday was 26 March
        (Quarter(2026, 1), "W06000015", "2026-07-14"),
    ],
)
def test_returns_are_due_ten_working_days_after_the_end(quarter, gss, due):
    assert returns_due(quarter, gss) == day(due)


def test_weekends_do_not_count():
    friday = day("2026-07-31")
    assert working_days_after(friday, 1) == day("2026-08-03")
    assert working_days_after(day("2026-08-01"), 1) == day("2026-08-03")

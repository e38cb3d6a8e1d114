"""Plans move by whole years, dates and words together, and the calendar fits any day."""

import datetime

import pytest

from plans.domain.quarters import quarter_of, returns_due
from prevent_tracker.demo.quarters import open_diary, reported_diaries
from prevent_tracker.demo.read import COUNCILS, council_file
from prevent_tracker.demo.shift import move_date, move_words, quarters_between, years_to_move

D = datetime.date
QUARTER_STARTS = [D(year, month, 1) for year in (2026, 2027) for month in (1, 4, 7, 10)]
EDGES = [start + datetime.timedelta(days=n) for start in QUARTER_STARTS for n in (-1, 0, 1)]
SPREAD = [D(2026, 1, 1) + datetime.timedelta(days=n) for n in range(0, 1461, 13)]
DAYS = [*EDGES, *SPREAD, D(2040, 2, 29), D(2061, 4, 1)]


@pytest.mark.parametrize(
    ("words", "moved"),
    [
        ("Feb 2024 - March 2025", "Feb 2027 - March 2028"),
        ("Feb 2024 – Mar 2025", "Feb 2027 – Mar 2028"),
        ("Mar 2023 ongoing", "Mar 2026 ongoing"),
        ("Ongoing", "Ongoing"),
        ("20/9/17", "20/9/20"),
        ("Nov 17", "Nov 20"),
        ("2017/2019", "2020/2022"),
        ("Thurrock PREVENT Strategy 2017/2019", "Thurrock PREVENT Strategy 2020/2022"),
        ("Section 2017b of 12017 pages", "Section 2020b of 12017 pages"),
        ("", ""),
    ],
)
def test_years_inside_words_move(words, moved):
    assert move_words(words, 3) == moved


def test_two_digits_roll_over_the_century():
    assert move_words("Mar 98", 3) == "Mar 01"


@pytest.mark.parametrize(
    ("day", "years", "precision", "moved"),
    [
        (D(2024, 2, 29), 1, "day", D(2025, 2, 28)),
        (D(2024, 2, 29), 4, "day", D(2028, 2, 29)),
        (D(2025, 2, 28), 3, "month", D(2028, 2, 29)),
        (D(2018, 3, 31), 8, "month", D(2026, 3, 31)),
    ],
)
def test_dates_move(day, years, precision, moved):
    assert move_date(day, years, precision) == moved


@pytest.mark.parametrize("slug", COUNCILS)
def test_every_day_falls_inside_every_plan_with_four_quarters_behind_it_where_it_has_actions(slug):
    file = council_file(slug)
    if file.plan.starts_on is None:
        assert slug == "derby"
        return
    for today in DAYS:
        wanted = 4 if file.actions else 0
        years = years_to_move(file.plan.starts_on, file.plan.ends_on, today, quarters_before=wanted)
        starts_on, ends_on = move_date(file.plan.starts_on, years), move_date(file.plan.ends_on, years)
        assert starts_on <= today <= ends_on
        if file.actions:
            assert reported_diaries(today)[0].quarter.starts_on >= starts_on
            assert open_diary(today).quarter.ends_on <= ends_on


def test_a_plan_too_short_for_its_quarters_is_refused():
    with pytest.raises(ValueError, match="cannot be moved"):
        years_to_move(D(2020, 4, 1), D(2021, 3, 31), D(2026, 8, 12), quarters_before=4)


def test_only_whole_quarters_of_the_plan_count():
    assert quarters_between(D(2025, 4, 1), D(2026, 4, 1)) == 4
    assert quarters_between(D(2025, 4, 2), D(2026, 4, 1)) == 3


def test_the_acts_of_a_reported_quarter_follow_each_other_and_are_over_before_today():
    for today in DAYS:
        diaries = reported_diaries(today)
        assert diaries[-1].quarter < open_diary(today).quarter == quarter_of(today)
        assert open_diary(today).opened_on <= today
        for diary, following in zip(diaries, [*diaries[1:], open_diary(today)], strict=True):
            acts = [diary.written_on, diary.signed_on, diary.late_on, diary.rated_on, diary.locked_on, diary.issued_on]
            assert acts == sorted(acts) and diary.opened_on < diary.written_on
            assert diary.issued_on < today
            assert diary.issued_on < following.opened_on
            assert all(day.weekday() < 5 for day in (*acts, diary.opened_on))


def test_returns_are_signed_in_time_unless_they_are_late():
    for diary in reported_diaries(D(2026, 8, 12)):
        assert diary.signed_on <= returns_due(diary.quarter) < diary.late_on

"""How the words of a Timescales column are read. The strings are those that councils print, or near relations."""

import json
import re
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.domain.timescales import TimescaleReading, read_timescale

SEEDS = Path(__file__).resolve().parents[4] / "shared" / "seeds"
KINDS = {"point", "range", "recurring", "ongoing", "open_start", "milestones", "event", "none", "unclear"}


def shown(reading: TimescaleReading) -> str:
    """A reading in one line: its kind, dates, precision, rhythm and flags."""
    dates = f"{reading.start or ''}>{reading.due or ''}" if reading.start or reading.due else ""
    flags = ["ongoing"] * reading.ongoing + ["?"] * reading.ambiguous
    return " ".join(word for word in [reading.kind, dates, reading.precision, reading.recurrence, *flags] if word)


# Words -> the reading, for a plan whose first year is 2023.
READ = {
    # a month is a deadline
    "February 2024": "point >2024-02-29 month",
    "September 2024": "point >2024-09-30 month",
    "Feb 2024": "point >2024-02-29 month",
    "Sept 2024": "point >2024-09-30 month",
    "Feb 2025": "point >2025-02-28 month",
    "March 2018": "point >2018-03-31 month",
    "Dec 2016": "point >2016-12-31 month",
    "MARCH 2025": "point >2025-03-31 month",
    "Mar. 2025": "point >2025-03-31 month",
    "Sept\n2024": "point >2024-09-30 month",
    "03/2026": "point >2026-03-31 month",
    "2024-03": "point >2024-03-31 month",
    "March ’26": "point >2026-03-31 month",
    "Mar-26": "point >2026-03-31 month",
    "March 26": "point >2026-03-31 month",
    "may 2025": "point >2025-05-31 month",
    "Mawrth 2025": "point >2025-03-31 month",
    "late March 2025": "point >2025-03-31 month",
    "by the end of March 2025": "point >2025-03-31 month",
    "before the end of March 2025": "point >2025-03-31 month",
    "to March 2019": "point >2019-03-31 month",
    "Until March 2025": "point >2025-03-31 month",
    "agreed and in place by April 2012": "point >2012-04-30 month",
    "completed by September 2012": "point >2012-09-30 month",
    "To be completed March 2025": "point >2025-03-31 month",
    "2 workshops by March 2025": "point >2025-03-31 month",
    "80% of staff by March 2025": "point >2025-03-31 month",
    "1500 staff by March 2025": "point >2025-03-31 month",
    "Year 9 pupils by July 2025": "point >2025-07-31 month",
    "2024/25 (by March 2025)": "point >2025-03-31 month",
    "End of Q4 (March 2025)": "point >2025-03-31 month",
    "End of Sept 23": "point >2023-09-30 month",
    "June 2024 (revised)": "point >2024-06-30 month",
    "Carried over to June 2024": "point >2024-06-30 month",
    "Carried over from 2022/23 - by June 2024": "unclear ?",
    "Extended to June 2024": "point >2024-06-30 month",
    "In progress – due Dec 2024": "point >2024-12-31 month",
    "AGM, May 2025": "point >2025-05-31 month",
    "Ongoing – review March 2025": "ongoing ongoing",
    "Ongoing (next review: 31/03/2025)": "ongoing ongoing",
    "Review by March 2025": "point >2025-03-31 month",
    "When new guidance is issued": "event",
    # a day
    "Complete by 1 Aug 2025": "point >2025-08-01 day",
    "Complete by 30 Sept 2025": "point >2025-09-30 day",
    "by 31 May 2024": "point >2024-05-31 day",
    "31st March 2025": "point >2025-03-31 day",
    "Monday 31st of March 2025": "point >2025-03-31 day",
    "March 31, 2025": "point >2025-03-31 day",
    "31/03/2026": "point >2026-03-31 day",
    "03/04/2025": "point >2025-04-03 day",
    "31 / 03 / 2025": "point >2025-03-31 day",
    "1.4.27": "point >2027-04-01 day",
    "20/9/17": "point >2017-09-20 day",
    "31-Mar-25": "point >2025-03-31 day",
    "31Mar2025": "point >2025-03-31 day",
    "2026-03-31": "point >2026-03-31 day",
    "2025-03-31 00:00:00": "point >2025-03-31 day",
    "2025-03-31T00:00:00": "point >2025-03-31 day",
    "no later than 31 March 2025 at 10am": "point >2025-03-31 day",
    "31 March 2025 (year end)": "point >2025-03-31 day",
    "w/e 7 March 2025": "point >2025-03-07 day",
    # several dates
    "February 2024 February 2024": "milestones 2024-02-01>2024-02-29 month",
    "Nov 2023\nMar 2024\nSept 2024\nFeb 2025": "milestones 2023-11-01>2025-02-28 month",
    "Nov 2023 / Mar 2024 / Sept 2024 / Feb 2025": "milestones 2023-11-01>2025-02-28 month",
    "Nov/Dec 2024; March 2025 and June 2025": "milestones 2024-11-01>2025-06-30 month",
    "Feb 2025 and Sept 2025": "milestones 2025-02-01>2025-09-30 month",
    "Nov 23 Mar 24 Sept 24 Feb 25": "milestones 2023-11-01>2025-02-28 month",
    "Nov-23\nMar-24": "milestones 2023-11-01>2024-03-31 month",
    "March, June, September and December 2024": "milestones 2024-03-01>2024-12-31 month",
    "1st and 15th March 2025": "milestones 2025-03-01>2025-03-15 day",
    "12th, 13th and 14th June 2025": "milestones 2025-06-12>2025-06-14 day",
    "12/6/25 & 14/7/25": "milestones 2025-06-12>2025-07-14 day",
    "Phase 1 – March 2025; Phase 2 – September 2025": "milestones 2025-03-01>2025-09-30 month",
    "- March 2025\n- June 2025": "milestones 2025-03-01>2025-06-30 month",
    "1. March 2025\n2. June 2025": "milestones 2025-03-01>2025-06-30 month",
    "• March 2025\n• June 2025": "milestones 2025-03-01>2025-06-30 month",
    "March 2025 (staff) and June 2025 (members)": "milestones 2025-03-01>2025-06-30 month",
    # a range
    "Feb 2024 - March 2025": "range 2024-02-01>2025-03-31 month",
    "Feb 2024 – March 2025": "range 2024-02-01>2025-03-31 month",
    "Sept 2023 – March 2025": "range 2023-09-01>2025-03-31 month",
    "Feb 2024 –\nMarch 2025": "range 2024-02-01>2025-03-31 month",
    "Feb 2024\n– March 2025": "range 2024-02-01>2025-03-31 month",
    "April 2010 – March 2011": "range 2010-04-01>2011-03-31 month",
    "June/July 2012": "range 2012-06-01>2012-07-31 month",
    "Dec 2024/Jan 2025": "range 2024-12-01>2025-01-31 month",
    "January to March 2025": "range 2025-01-01>2025-03-31 month",
    "Jan-Mar 25": "range 2025-01-01>2025-03-31 month",
    "Sept 23 – Mar 25": "range 2023-09-01>2025-03-31 month",
    "Nov-24 - Mar-25": "range 2024-11-01>2025-03-31 month",
    "start Jan 2025 end March 2025": "range 2025-01-01>2025-03-31 month",
    "Start: 01/04/2024 End: 31/03/2025": "range 2024-04-01>2025-03-31 day",
    "between January and March 2025": "range 2025-01-01>2025-03-31 month",
    "from 1 April 2024 until the end of March 2025": "range 2024-04-01>2025-03-31 month",
    "1/4/24-31/3/25": "range 2024-04-01>2025-03-31 day",
    "1 April-30 June 2024": "range 2024-04-01>2024-06-30 day",
    "12-19 October 2025": "range 2025-10-12>2025-10-19 day",
    "Ongoing (Feb 2024 – March 2025)": "range 2024-02-01>2025-03-31 month ongoing",
    # ongoing, open start
    "Ongoing": "ongoing ongoing",
    "on-going": "ongoing ongoing",
    "On-\ngoing": "ongoing ongoing",
    "Ongoing & updated as Part of Safeguarding Induction Procedures": "ongoing ongoing",
    "BAU": "ongoing ongoing",
    "Business as usual": "ongoing ongoing",
    "In place and ongoing": "ongoing ongoing",
    "Throughout the life of the plan": "ongoing ongoing",
    "2024-2027 ongoing": "range 2024-01-01>2027-12-31 year ongoing",
    "Ongoing until March 2025": "ongoing >2025-03-31 month ongoing",
    "Mar 2023 ongoing": "open_start 2023-03-01> month ongoing",
    "2023 - ongoing": "open_start 2023-01-01> year ongoing",
    "Jan 2024 – present": "open_start 2024-01-01> month ongoing",
    "From April 2024": "open_start 2024-04-01> month ongoing",
    "April 2024 onwards": "open_start 2024-04-01> month ongoing",
    "service to launch from 1st October 2017": "open_start 2017-10-01> day ongoing",
    # years, quarters, terms
    "2017 - 2020": "range 2017-01-01>2020-12-31 year",
    "2023-2025": "range 2023-01-01>2025-12-31 year",
    "2017/2019": "range 2017-04-01>2019-03-31 year",
    "2025/28": "range 2025-04-01>2028-03-31 year",
    "2014/15": "point >2015-03-31 year",
    "24/25": "point >2025-03-31 year",
    "financial year 2012/13": "point >2013-03-31 year",
    "FY 2024-25": "point >2025-03-31 year",
    "2024/25 - 2026/27": "range 2024-04-01>2027-03-31 year",
    "throughout 2024/25": "range 2024-04-01>2025-03-31 year",
    "integration of both duties in 2025": "point >2025-12-31 year",
    "By 2019 we will have achieved": "point >2019-12-31 year",
    "Q4 24/25": "point >2025-03-31 quarter",
    "Qtr 3 2024/25": "point >2024-12-31 quarter",
    "FY25/26 Q2": "point >2025-09-30 quarter",
    "First quarter 2025/26": "point >2025-06-30 quarter",
    "end of Quarter Two 2025/26": "point >2025-09-30 quarter",
    "Q2 (Jul-Sep) 2025": "point >2025-09-30 quarter",
    "Quarter 2 (July-September) 2025/26": "point >2025-09-30 quarter",
    "Q1-Q2 2025/26": "range 2025-04-01>2025-09-30 quarter",
    "Q1 and Q3 2024/25": "milestones 2024-04-01>2024-12-31 quarter",
    "throughout Q2 of calendar year 2025": "range 2025-04-01>2025-06-30 quarter",
    "H1 2025/26": "point >2025-09-30 half_year",
    "Autumn Term 2024": "point >2024-12-31 term",
    "Autumn term 24/25": "point >2024-12-31 term",
    "Summer term 2024/25": "point >2025-07-31 term",
    "AY 2024/25": "point >2025-08-31 year",
    "2024/25 academic year": "point >2025-08-31 year",
    # rhythms
    "Annual Council, May 2025": "point >2025-05-31 month",
    "Weekly": "recurring weekly",
    "updated monthly": "recurring monthly",
    "quarterly": "recurring quarterly",
    "every two months": "recurring every_two_months",
    "every 3 months": "recurring quarterly",
    "6-monthly": "recurring twice_a_year",
    "twice a year": "recurring twice_a_year",
    "3 sessions per year": "recurring three_times_a_year",
    "fortnightly": "recurring fortnightly",
    "each term": "recurring termly",
    "annually": "recurring annual",
    "on an annual basis": "recurring annual",
    "annual review": "recurring annual",
    "each academic year": "recurring annual",
    "Periodic": "recurring periodic",
    "Regular agenda item": "recurring regular",
    "at all meetings during each academic year": "recurring each_meeting",
    "annually (or if major updates)": "recurring annual",
    "annually in October": "recurring annual",
    "April each year": "recurring annual",
    "Every October (Hate Crime Awareness Week)": "recurring annual",
    "Qtrly": "recurring quarterly",
    "Quarterly: March, June, Sept, Dec": "recurring quarterly",
    "Completed - reviewed annually": "recurring annual",
    "Ongoing, reviewed annually": "ongoing annual ongoing",
    "Reviewed annually before 1 April 2025": "recurring >2025-04-01 day annual",
    "by April 2019 and updated monthly": "recurring >2019-04-30 month monthly",
    "By March 2025 and annually thereafter": "recurring >2025-03-31 month annual",
    "Monthly from Sept 2024": "recurring 2024-09-01> month monthly",
    "Quarterly - next due March 2025": "recurring >2025-03-31 month quarterly",
    "Monthly, April 2024 - March 2025": "recurring 2024-04-01>2025-03-31 month monthly",
    # events
    "as and when required": "event",
    "as required": "event",
    "during and after transition": "event",
    "new members ... inductions": "event",
    "within 3 months of approval": "event",
    "6 months from approval": "event",
    "Ramadan": "event",
    "pre-election period": "event",
    # nothing
    "": "none",
    "  \n ": "none",
    "-": "none",
    "–": "none",
    "N/A": "none",
    "Not applicable": "none",
}

# Words that a person has to decide about, and the last days that are offered.
LEFT_OPEN = {
    "Revised from June 2024": [None],
    "June 2024 (delayed)": ["2024-06-30"],
    "Following review in March 2025": ["2025-03-31"],
    "31 March": ["2024-03-31", "2025-03-31"],
    "31st March": ["2024-03-31", "2025-03-31"],
    "End March": ["2024-03-31", "2025-03-31"],
    "by end June": ["2023-06-30", "2024-06-30"],
    "end of Q3": ["2023-12-31", "2024-12-31"],
    "Q3 ... report": ["2023-12-31", "2024-12-31"],
    "Year 1": ["2024-03-31", "2023-12-31"],
    "Year 2": ["2025-03-31", "2024-12-31"],
    "year 1 (2022 to 23)": ["2023-03-31", "2023-12-31"],
    "first two quarters of the year": [],
    "2015-16": ["2016-03-31", "2016-12-31"],
    "2024-25": ["2025-03-31", "2025-12-31"],
    "Q2 2025": ["2025-09-30", "2025-06-30", "2024-09-30"],
    "FY24": ["2025-03-31", "2024-03-31"],
    "Spring Term 2017": ["2017-03-31", "2017-04-30"],
    "Winter 2025": ["2026-02-28", "2025-02-28"],
    "Summer 2025": ["2025-08-31", "2025-07-31"],
    "early 2026": ["2026-01-01", "2026-07-02"],
    "mid-2025": ["2025-07-02", "2025-12-31"],
    "w/c 3 March": ["2024-03-03", "2025-03-03"],
    "w/c 3 March 2025": ["2025-03-03", "2025-03-07", "2025-03-09"],
    "before April 2025": ["2025-03-31", "2025-04-30"],
    "not before March 2025": [None, "2025-03-31"],
    "Mar 18": ["2018-03-31", "2024-03-18", "2025-03-18"],
    "Sept – March 2025": ["2025-03-31"],
    "25/12": ["2023-12-25", "2024-12-25"],
    "End of financial year": ["2024-03-31", "2023-12-31", "2025-03-31"],
    "Completed March 2024": ["2024-03-31"],
    "Delivered in March 2024": ["2024-03-31"],
    "March 2025 (TBC)": ["2025-03-31"],
    "March 2025?": ["2025-03-31"],
    "March 2025 subject to funding": ["2025-03-31"],
    "Originally Dec 2024, now March 2025": ["2025-03-31"],
    "within 2 weeks of 31 March 2025": ["2025-03-31"],
    "03/31/2025": ["2025-03-31"],
    "31/02/2025": [],
    "29/02/2025": [],
    "32 March 2025": [],
    "13/13/2025": [],
    "March 2204": [],
    "1st Jan 1900": [],
    "25 Mrach 2025": ["2025-12-31"],
    "Martyn's Law Act 2025": ["2025-12-31"],
    "Report 2023/24 outcomes by June 2025": ["2025-06-30"],
    "June 2025 45": ["2025-06-30"],
    "45747": [],
    "April 2024 -": ["2024-04-30"],
    "Complete": [],
    "Completed Q2": ["2023-09-30", "2024-09-30"],
    "In place": [],
    "TBC": [],
    "TBA": [],
    "To be confirmed": [],
    "?": [],
    "As above": [],
    '"': [],
    "2023/2024/2025": [],
    "2024/25 ongoing": [None, "2025-03-31", "2025-03-31"],
    "Nov-30": ["2030-11-30"],
    "Third week in June 2024": ["2024-06-30"],
    "by June/July 2024": ["2024-06-30", "2024-07-31"],
    "ASAP": [],
    "Immediate": [],
    "Within 6 months": [],
    "in the next 2/3 months": [],
    "Short term (0-6 months)": [],
    "medium term": [],
    "Head of Service": [],
    "Monthly/Quarterly": [None, None],
    "bi-monthly": [None, None],
}


@pytest.mark.parametrize(("words", "expected"), READ.items())
def test_reads_what_the_words_say(words, expected):
    reading = read_timescale(words, year=2023)
    assert shown(reading) == expected
    assert reading.text == words
    assert reading.reason.endswith((".", "?"))


@pytest.mark.parametrize(("words", "offered"), LEFT_OPEN.items())
def test_leaves_to_a_person_what_the_words_leave_open(words, offered):
    reading = read_timescale(words, year=2023)
    assert reading.ambiguous
    assert (reading.start, reading.due, reading.milestones) == (None, None, ())
    assert [other.due and other.due.isoformat() for other in reading.alternatives] == offered
    assert all(other.text == words and not other.ambiguous for other in reading.alternatives)
    assert reading.reason.endswith(".")


def test_a_plan_with_one_such_day_fixes_it():
    plan = {"year": 2024, "plan_start": date(2024, 4, 1), "plan_end": date(2025, 3, 31)}
    assert shown(read_timescale("31 March", **plan)) == "point >2025-03-31 day"
    assert shown(read_timescale("end of Q3", **plan)) == "point >2024-12-31 quarter"
    assert shown(read_timescale("Sept – March", **plan)) == "range 2024-09-01>2025-03-31 month"
    assert shown(read_timescale("Summer term", **plan)) == "point >2024-07-31 term"
    assert "within the plan" in read_timescale("31 March", **plan).reason


def test_a_plan_with_several_such_days_does_not():
    plan = {"plan_start": date(2023, 4, 1), "plan_end": date(2026, 3, 31)}
    reading = read_timescale("31 March", **plan)
    assert reading.ambiguous
    assert [other.due for other in reading.alternatives] == [date(2024, 3, 31), date(2025, 3, 31), date(2026, 3, 31)]


@pytest.mark.parametrize("words", ["Spring term", "Mid March", "6 months", "Short term", "End of financial year"])
def test_what_no_plan_fixes_stays_open(words):
    assert read_timescale(words, plan_start=date(2024, 4, 1), plan_end=date(2025, 3, 31)).ambiguous


def test_quarters_count_from_april_only_in_plans_that_start_then():
    academic = {"plan_start": date(2024, 9, 1), "plan_end": date(2025, 8, 31)}
    assert read_timescale("Q2", **academic).ambiguous


def test_plan_years_count_from_the_start_of_the_plan():
    plan = {"plan_start": date(2023, 4, 1), "plan_end": date(2026, 3, 31)}
    assert shown(read_timescale("Year 2", **plan)) == "point >2025-03-31 year"
    assert shown(read_timescale("Years 1-2", **plan)) == "range 2023-04-01>2025-03-31 year"
    assert shown(read_timescale("Year 2 Q3", **plan)) == "point >2024-12-31 quarter"


def test_the_end_of_the_plan_is_never_taken_for_a_date():
    for words in ("", "TBC", "Ongoing", "Quarterly", "as required", "end of the plan", "ASAP"):
        reading = read_timescale(words, year=2024, plan_start=date(2024, 4, 1), plan_end=date(2025, 3, 31))
        assert (reading.start, reading.due) == (None, None), words


def test_two_digits_are_a_year_only_near_the_plan():
    assert shown(read_timescale("Mar 18", year=2017)) == "point >2018-03-31 month"
    assert [r.due for r in read_timescale("Mar 18", year=2017).alternatives] == [date(2018, 3, 18), date(2019, 3, 18)]
    assert read_timescale("Mar 18", year=2030).ambiguous
    assert read_timescale("Mar 18").ambiguous
    assert shown(read_timescale("Sept 24 - June 2025")) == "range 2024-09-01>2025-06-30 month"


def test_several_dates_and_a_rhythm_are_not_put_together():
    reading = read_timescale("December 2011\nDecember 2012 (review)\nAnnually")
    assert (reading.kind, reading.start, reading.due, reading.milestones, reading.ambiguous) == (
        "recurring",
        None,
        None,
        (),
        True,
    )


def test_milestones_keep_their_words_and_dates():
    reading = read_timescale("Nov/Dec 2024; March 2025 and June 2025", year=2024)
    assert [(m.text, m.start, m.due) for m in reading.milestones] == [
        ("Nov / Dec 2024", date(2024, 11, 1), date(2024, 12, 31)),
        ("March 2025", None, date(2025, 3, 31)),
        ("June 2025", None, date(2025, 6, 30)),
    ]


def test_the_other_way_to_read_two_years_is_offered():
    (other,) = read_timescale("2023-2025", year=2023).alternatives
    assert (other.start, other.due) == (date(2023, 4, 1), date(2025, 3, 31))


def test_json_has_null_for_what_is_not_there():
    assert json.loads(json.dumps(read_timescale("Mar 2023 ongoing", year=2023).as_json())) == {
        "timescale_text": "Mar 2023 ongoing",
        "kind": "open_start",
        "start": "2023-03-01",
        "end": None,
        "ongoing": True,
        "ambiguous": False,
        "precision": "month",
        "recurrence": None,
        "milestones": [],
        "reason": "Starts on 1 March 2023; no end is given.",
    }
    assert read_timescale(None).as_json()["timescale_text"] is None


def _seed_cases():
    for path in sorted(SEEDS.glob("*.expected.json")) if SEEDS.is_dir() else []:
        plan = json.loads(path.read_text(encoding="utf-8"))
        for action in plan["actions"]:
            accepted = [other for other in action["also_accept"] if other.get("timescale_text")]
            for answer in [action, *accepted]:
                yield pytest.param(answer, plan["context_year"], id=f"{path.name[:5]}-{action['order']}")


@pytest.mark.parametrize(("answer", "year"), list(_seed_cases()))
def test_every_timescale_of_the_reference_plans(answer, year):
    found = read_timescale(answer["timescale_text"], year=year).as_json()
    for key in ("timescale_text", "kind", "start", "end", "ongoing", "precision"):
        assert found[key] == answer[key], key
    assert not found["ambiguous"]


# -- what holds for any words -----------------------------------------------------------------------------------------

PIECES_OF_TIMESCALES = """
January Feb March may Sept Dec-24 Q1 Q3 H2 2023 2024 2025 2024/25 2023-25 24/25 25 '26 1 3rd 31 31/03/2025
    2025-02-30 99 1.4.27 03/2026 Autumn Spring Summer term Year FY AY - – / , ; & and to from by until before after
    end of mid early ongoing monthly annually every each twice a year 6 months within TBC complete completed w/c ( )
    ? start due review as required training Board was or"""
PIECES = st.sampled_from([*PIECES_OF_TIMESCALES.split(), "\n"])
WORDS = st.one_of(st.lists(PIECES, max_size=12).map(" ".join), st.lists(PIECES, max_size=8).map("".join), st.text())
YEARS = st.one_of(st.none(), st.integers(2010, 2040), st.integers())
DATES = st.one_of(st.none(), st.dates())


@given(words=WORDS, year=YEARS, start=DATES, end=DATES)
def test_any_words_are_read_and_kept(words, year, start, end):
    reading = read_timescale(words, year=year, plan_start=start, plan_end=end)
    assert reading.text == words
    assert reading.kind in KINDS
    assert reading.reason
    json.dumps(reading.as_json())
    for found in (reading, *reading.alternatives):
        assert not (found.start and found.due) or found.start <= found.due
    if reading.ambiguous:
        assert (reading.start, reading.due, reading.milestones) == (None, None, ())
    if reading.kind in ("none", "event", "unclear"):
        assert (reading.start, reading.due) == (None, None)


@given(words=WORDS, year=st.one_of(st.none(), st.integers(2010, 2040)))
def test_every_date_is_in_the_words(words, year):
    """Without the plan's own dates, the year of each date given stands in the words, and so does its month."""
    reading = read_timescale(words, year=year)
    numbers = {int(number) % 100 for number in re.findall("[0-9]+", words)}
    for day in (reading.start, reading.due, *(milestone.due for milestone in reading.milestones)):
        assert day is None or day.year % 100 in numbers
    if reading.precision in ("day", "month") and reading.due and reading.kind == "point":
        names = reading.due.strftime("%b").lower()
        months = {int(number) for number in re.findall("[0-9]+", words)}
        assert names in words.lower() or reading.due.month in months


@pytest.mark.parametrize(
    "words",
    [
        "March 2025 " * 10_000,
        "1-" * 50_000,
        " " * 100_000,
        "\x00\x07" * 50_000,
        "every " * 20_000,
        "(" * 100_000,
        "\n-" * 50_000,
    ],
)
def test_a_very_long_cell_is_refused_at_once(words):
    before = time.perf_counter()
    reading = read_timescale(words, year=2024)
    assert time.perf_counter() - before < 1
    assert reading.text == words
    assert (reading.start, reading.due) == (None, None)


@pytest.mark.parametrize("piece", ["1-2 ", "March 2025 ", "every ", "to ", "Q1-", "- ", "2024/", "on going "])
def test_the_longest_cell_that_is_read_takes_a_moment(piece):
    words = (piece * 1000)[:1000].strip()
    before = time.process_time()
    read_timescale(words, year=2024)
    assert time.process_time() - before < 0.5


def test_three_years_in_a_row_are_not_made_a_day() -> None:
    for words in ("2008/09/10", "Annually 2008/09/10"):
        reading = read_timescale(words, year=2007)
        assert reading.ambiguous and reading.due is None and "three years" in reading.reason, words
    assert read_timescale("2008/10/09", year=2007).due == date(2008, 10, 9)

"""The command that shows how timescales are read."""

import io
import json

import pytest
from django.core.management import CommandError, call_command


def run(*arguments, **options):
    out, err = io.StringIO(), io.StringIO()
    call_command("read_timescale", *arguments, stdout=out, stderr=err, **options)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_one_json_object_a_line_in_the_order_given():
    first, second = run("Feb 2024 – March 2025", "Ongoing", year=2023)
    assert first["timescale_text"] == "Feb 2024 – March 2025"
    assert (first["kind"], first["start"], first["end"]) == ("range", "2024-02-01", "2025-03-31")
    assert (second["kind"], second["ongoing"], second["end"]) == ("ongoing", True, None)


def test_the_year_decides_what_two_digits_mean():
    (inside,) = run("Mar 18", year=2017)
    (unknown,) = run("Mar 18")
    assert (inside["end"], inside["ambiguous"]) == ("2018-03-31", False)
    assert (unknown["end"], unknown["ambiguous"]) == (None, True)


@pytest.fixture
def standard_input(monkeypatch):
    def given(content: bytes):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))

    return given


def test_standard_input_has_a_year_and_words_on_each_line(standard_input):
    standard_input("\ufeff2017\tMar 18\r\n\tOngoing\n2023\t\n2023\tSept 2023 – March 2025".encode())
    found = run("-")
    assert [reading["kind"] for reading in found] == ["point", "ongoing", "none", "range"]
    assert [reading["end"] for reading in found] == ["2018-03-31", None, None, "2025-03-31"]


def test_the_option_stands_in_for_an_empty_year(standard_input):
    standard_input(b"\tMar 18\n")
    assert run("-", year=2017)[0]["end"] == "2018-03-31"


def test_bad_lines_are_named_and_the_others_are_read(standard_input, capsys):
    standard_input(b"2023\tOngoing\nno tab here\n20x3\tJan 2024\n\xff\xfe\tJan\n2023\tJan 2024\n")
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(CommandError, match="3 lines were not read") as ending:
        call_command("read_timescale", "-", stdout=out, stderr=err)
    assert ending.value.returncode == 1
    assert [json.loads(line)["kind"] for line in out.getvalue().splitlines()] == ["ongoing", "point"]
    complaints = err.getvalue().splitlines()
    assert [line.partition(":")[0] for line in complaints] == ["Line 2", "Line 3", "Line 4"]
    assert "20x3" in complaints[1]


@pytest.mark.parametrize(
    "command", [["read_timescale", "June"], ["read_plan", "plan.docx"]], ids=lambda words: words[0]
)
@pytest.mark.parametrize("year", ["99999", "23", "-202", "x"])
def test_a_year_that_is_none_is_refused_in_words(command, year):
    with pytest.raises(CommandError, match=f"“{year}” is not a year of four digits."):
        call_command(*command, f"--year={year}")

"""Dates in three boxes and long text: what is read, what is refused, and in which words."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from prevent_tracker.core.forms import DateWidget, GovukDateField, LineField, ProseField, tidy_text

DUE = GovukDateField(label="Due date", earliest=datetime.date(2026, 4, 1), latest=datetime.date(2028, 3, 31))


@pytest.mark.parametrize(("boxes", "day"), [
    (["31", "3", "2027"], datetime.date(2027, 3, 31)),
    (["01", "04", "2026"], datetime.date(2026, 4, 1)),
    (["31", "March", "2028"], datetime.date(2028, 3, 31)),
    (["29", "feb", "2028"], datetime.date(2028, 2, 29)),
    (["1", "SEPT", "2026"], datetime.date(2026, 9, 1)),
])  # fmt: skip
def test_dates_that_are_read(boxes, day):
    assert DUE.clean(boxes) == day


@pytest.mark.parametrize(("boxes", "sentence", "parts"), [
    (["", "3", "2027"], "Due date must include a day", [0]),
    (["31", "", ""], "Due date must include a month and a year", [1, 2]),
    (["31", "3", "27"], "Due date must have a year with 4 numbers", [2]),
    (["31", "3", "20270"], "Due date must have a year with 4 numbers", [2]),
    (["31", "2", "2027"], "Due date must be a real date", [0, 1, 2]),
    (["29", "2", "2027"], "Due date must be a real date", [0, 1, 2]),
    (["1", "13", "2027"], "Due date must be a real date", [0, 1, 2]),
    (["0", "1", "2027"], "Due date must be a real date", [0, 1, 2]),
    (["1", "1", "0000"], "Due date must be a real date", [0, 1, 2]),
    (["x", "smarch", "2027"], "Due date must be a real date", [0, 1, 2]),
    (["-1", "3", "2027"], "Due date must be a real date", [0, 1, 2]),
    (["１", "3", "2027"], "Due date must be a real date", [0, 1, 2]),
    (["31", "3", "2026"], "Due date must be 1 April 2026 or later", [0, 1, 2]),
    (["1", "4", "2028"], "Due date must be 31 March 2028 or earlier", [0, 1, 2]),
])  # fmt: skip
def test_dates_that_are_refused(boxes, sentence, parts):
    with pytest.raises(ValidationError) as refused:
        DUE.clean(boxes)
    assert refused.value.messages == [sentence]
    assert refused.value.params == {"parts": parts}


def test_an_empty_date_is_none_when_it_may_be():
    assert GovukDateField(required=False).clean(["", "", ""]) is None
    with pytest.raises(ValidationError):
        GovukDateField().clean(["", "", ""])


def test_a_date_that_was_not_touched_has_not_changed():
    day = datetime.date(2027, 3, 31)
    assert not DUE.has_changed(day, ["31", "3", "2027"])
    assert DUE.has_changed(day, ["30", "3", "2027"]) and DUE.has_changed(day, ["", "3", "2027"])
    assert not DUE.has_changed(None, ["", "", ""])


def test_the_boxes_of_a_date():
    assert DateWidget().boxes(datetime.date(2027, 3, 1)) == ["1", "3", "2027"]
    assert DateWidget().boxes(None) == ["", "", ""]
    assert DateWidget().boxes(["x", "", "27"]) == ["x", "", "27"]
    assert DateWidget().value_from_datadict({"due_0": " 1 ", "due_2": "2027"}, None, "due") == ["1", "", "2027"]


@pytest.mark.parametrize(("typed", "kept"), [
    ("one\r\ntwo\rthree\nfour", "one\ntwo\nthree\nfour"),
    ("slide\x0bbreak", "slide\nbreak"),
    ("soft\x02hyphen \x1f\x7f", "softhyphen "),
    ("tab\tkept", "tab\tkept"),
    ("Cyngor Sir Gâr £5 – “yes”", "Cyngor Sir Gâr £5 – “yes”"),
    ("\ufffe", ""),
])  # fmt: skip
def test_pasted_text_is_made_good(typed, kept):
    assert tidy_text(typed) == kept


def test_a_line_end_counts_as_one_character():
    assert ProseField(max_length=3).clean("a\r\nb") == "a\nb"
    with pytest.raises(ValidationError):
        ProseField(max_length=2).clean("a\r\nb")
    assert ProseField(required=False).clean(None) == ""


@pytest.mark.parametrize("typed", ["\u200b", " \u200b\ufeff ", "\u202e\u2066", "\x00"])
@pytest.mark.parametrize("field", [LineField, ProseField])
def test_what_nobody_sees_is_no_answer(field, typed):
    with pytest.raises(ValidationError, match="required"):
        field().clean(typed)


def test_a_line_is_one_line_in_the_order_it_was_typed():
    assert LineField().clean(" Board\u202e report\r\non  Prevent\x07 ") == "Board report on Prevent"


@pytest.mark.parametrize("year", ["1999", "2101", "9999", "0001"])
def test_a_year_that_nobody_means_is_told(year):
    with pytest.raises(ValidationError, match="or (later|earlier)"):
        GovukDateField(label="Met on").clean(["1", "4", year])

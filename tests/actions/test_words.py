"""What a reading of a timescale is called on a page."""

import pytest

from actions.domain.timescale_words import RHYTHMS
from actions.models import Action
from actions.presenters.words import repeats_words, timescale_reading


@pytest.mark.parametrize(
    ("recurrence", "words"),
    [
        ("annual", "Repeats every year"),
        ("twice_a_year", "Repeats twice a year"),
        ("quarterly", "Repeats quarterly"),
        ("each_meeting", "Repeats at each meeting"),
        ("", "Repeats"),
    ],
)
def test_work_that_comes_back_is_told_as_people_say_it(recurrence, words):
    assert timescale_reading(Action(kind="recurring", recurrence=recurrence, timescale_text="As printed")) == words


def test_no_rhythm_is_told_by_its_code():
    assert not [code for code in RHYTHMS.values() if "_" in repeats_words(code)]

"""The position: which words are told to the board, and which are not."""

import pytest

from actions.domain.updates import save_update, submit_nil
from tests.builders import TODAY
from tests.reporting.desk import LATER, make_desk

pytestmark = pytest.mark.django_db
TOLD = ("update_text", "issue", "impact", "recovery", "ask", "evidence_note")


@pytest.fixture
def desk():
    return make_desk()


def draft_then_nil(desk):
    action = desk.actions[0]
    words = {"rating": "off_track", "text": "Half a sentence", **{name: f"Drafted {name}" for name in TOLD[1:]}}
    save_update(action=action, period=desk.period, partner=desk.police, by=desk.lead, **words)
    submit_nil(action=action, period=desk.period, partner=desk.police, by=desk.lead, today=TODAY)


def test_words_drafted_before_a_nil_return_are_not_told(desk):
    draft_then_nil(desk)
    row = desk.lock().actions.get(ref="1")
    assert (row.is_updated, row.is_nil, row.update_from) == (True, True, desk.period.name)
    assert [getattr(row, name) for name in TOLD] == [""] * len(TOLD)


def test_nor_are_they_told_as_last_said_a_quarter_later(desk):
    draft_then_nil(desk)
    desk.lock()
    row = desk.lock(desk.next_quarter(), LATER).actions.get(ref="1")
    assert (row.is_updated, row.is_nil, row.update_from) == (False, False, desk.period.name)
    assert [getattr(row, name) for name in TOLD] == [""] * len(TOLD)

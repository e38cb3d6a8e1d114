"""Which row of a file is which action of the plan."""

from actions.domain.differences import compare, match_rows
from actions.domain.plan_rows import PlanRow


def rows(*told: tuple[str, str]) -> list[PlanRow]:
    return [PlanRow(text=text, ref=ref, id=f"a{at}") for at, (ref, text) in enumerate(told)]


def test_the_same_words_meet_in_their_order_and_none_twice() -> None:
    """A plan with the same words three times, as plans have, against a file with them four times."""
    words = ("36", "Train all staff")
    plan, file = rows(words, words, words), rows(words, words, words, words)
    assert match_rows(file, plan) == {0: 0, 1: 1, 2: 2}
    assert compare(file, plan, None, ["text"]).added == [3]


def test_equal_words_come_before_rows_that_are_only_alike() -> None:
    """Reworded row first in the file: it may not take the action whose own words stand further down."""
    plan = rows(("1", "Train all staff of the council"), ("2", "Visit every hall"))
    file = rows(("1", "Train all staff of the council and schools"), ("", "Train all staff of the council"))
    assert match_rows(file, plan) == {1: 0}


def test_one_action_is_never_the_match_of_two_reworded_rows() -> None:
    plan = rows(("1", "Train all staff of the council each year"))
    file = rows(("1", "Train all staff of the council"), ("1", "Train all staff of the council each spring"))
    found = compare(file, plan, None, ["text"])
    assert len(found.changed) == 1
    assert len(found.added) == 1


def test_a_ref_in_common_asks_for_fewer_words_but_not_for_none() -> None:
    plan = rows(("7", "Review the protocol for referrals"), ("8", "Publish the plan"))
    file = rows(("7", "Review and sign the referrals protocol with schools"), ("8", "Hire two wardens"))
    found = compare(file, plan, None, ["text"])
    assert [changed.row.ref for changed in found.changed] == ["7"]
    assert (found.added, [row.ref for row in found.missing]) == ([1], ["8"])

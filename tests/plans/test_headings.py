"""Headings: added where they belong, moved with all that stands under them, withdrawn only when empty."""

import pytest

from plans.domain.headings import add_heading, edit_heading, move_heading, withdraw_heading
from plans.domain.plans import close_plan
from prevent_tracker.core.refusals import Refused, RuleBroken, StaleSave
from tests.builders import council_seat, make_action, make_council, make_heading, make_partner, make_person, make_plan
from tests.kept import kept

pytestmark = pytest.mark.django_db


@kept
def plan():
    return make_plan(make_council("Avon"))


@kept
def coordinator(plan):
    return make_person("coordinator", plan.council)


@kept
def tree(plan, coordinator):
    """Two priorities with two objectives each; refs as a plan really prints them."""

    def add(label, parent=None, ref=""):
        return add_heading(plan=plan, parent=parent, label=label, ref=ref, by=coordinator)

    one, two = add("One", ref="1"), add("Two", ref="1")
    return {"One": one, "Two": two} | {
        label: add(label, parent, ref)
        for label, parent, ref in (("1a", one, "1."), ("1b", one, "1."), ("2a", two, "7.2"), ("2b", two, "7.2"))
    }


def order(plan) -> list[str]:
    return list(plan.objectives.order_by("position").values_list("label", flat=True))


def test_headings_are_read_in_the_order_of_the_plan(plan, tree):
    assert order(plan) == ["One", "1a", "1b", "Two", "2a", "2b"]
    assert [tree[label].level for label in ("One", "1a")] == [1, 2]


def test_a_later_addition_moves_nobody_else(plan, tree, coordinator):
    before = dict(plan.objectives.values_list("label", "position"))
    new = add_heading(plan=plan, parent=tree["One"], label="1a and a half", after=tree["1a"], by=coordinator)
    assert order(plan) == ["One", "1a", "1a and a half", "1b", "Two", "2a", "2b"]
    assert new.ref == ""
    assert {k: v for k, v in plan.objectives.values_list("label", "position") if k in before} == before


def test_there_is_always_room(plan, tree, coordinator):
    refs = sorted(plan.objectives.values_list("ref", flat=True))
    for number in range(12):
        add_heading(plan=plan, parent=None, label=f"Late {number}", after=tree["One"], by=coordinator)
    late = [f"Late {number}" for number in reversed(range(12))]
    assert order(plan) == ["One", "1a", "1b", *late, "Two", "2a", "2b"]
    assert sorted(filter(None, plan.objectives.values_list("ref", flat=True))) == refs


def test_a_heading_moves_with_all_that_stands_under_it(plan, tree, coordinator):
    moved = move_heading(heading=tree["Two"], direction="up", by=coordinator, version=1)
    assert order(plan) == ["Two", "2a", "2b", "One", "1a", "1b"]
    assert moved.version == 2
    move_heading(heading=moved, direction="down", by=coordinator, version=2)
    assert order(plan) == ["One", "1a", "1b", "Two", "2a", "2b"]
    assert list(plan.objectives.order_by("position").values_list("ref", flat=True)) == [
        "1",
        "1.",
        "1.",
        "1",
        "7.2",
        "7.2",
    ]


def test_a_heading_at_the_end_stays(plan, tree, coordinator):
    same = move_heading(heading=tree["1a"], direction="up", by=coordinator, version=1)
    assert same.version == 1
    move_heading(heading=tree["1b"], direction="down", by=coordinator, version=1)
    assert order(plan) == ["One", "1a", "1b", "Two", "2a", "2b"]


def test_equal_positions_from_elsewhere_are_told_apart_first(plan, coordinator):
    first, second = (make_heading(plan, label, position=5) for label in ("First", "Second"))
    move_heading(heading=second, direction="up", by=coordinator, version=1)
    assert order(plan) == ["Second", "First"]
    assert first.pk


def test_words_are_edited_and_the_rest_stays(tree, coordinator):
    edited = edit_heading(heading=tree["1a"], by=coordinator, version=1, label=" New words ")
    assert (edited.label, edited.ref, edited.version) == ("New words", "1.", 2)
    with pytest.raises(StaleSave):
        edit_heading(heading=tree["1a"], by=coordinator, version=1, label="Older words")
    with pytest.raises(RuleBroken) as broken:
        edit_heading(heading=tree["1a"], by=coordinator, version=2, label="  ")
    assert "label" in broken.value.problems
    with pytest.raises(RuleBroken) as broken:
        edit_heading(heading=tree["1a"], by=coordinator, version=2, ref="1" * 31)
    assert "ref" in broken.value.problems


def test_a_heading_is_withdrawn_only_when_nothing_stands_under_it(plan, tree, coordinator):
    with pytest.raises(RuleBroken, match="headings under this one"):
        withdraw_heading(heading=tree["One"], reason="Merged", by=coordinator, version=1)
    open_action = make_action(plan, objective=tree["1a"])
    with pytest.raises(RuleBroken, match="1 open action stands under this heading"):
        withdraw_heading(heading=tree["1a"], reason="Merged", by=coordinator, version=1)
    make_action(plan, objective=tree["1b"], state="withdrawn")
    with pytest.raises(RuleBroken) as broken:
        withdraw_heading(heading=tree["1b"], reason=" ", by=coordinator, version=1)
    assert "reason" in broken.value.problems
    gone = withdraw_heading(heading=tree["1b"], reason="Merged", by=coordinator, version=1)
    assert gone.withdrawn_at and gone.withdrawn_reason == "Merged"
    assert gone.history.first().history_change_reason == "Merged"
    for change in (
        lambda: edit_heading(heading=gone, by=coordinator, version=2, label="Again"),
        lambda: withdraw_heading(heading=gone, reason="Again", by=coordinator, version=2),
        lambda: add_heading(plan=plan, parent=gone, label="Below", by=coordinator),
    ):
        with pytest.raises(RuleBroken):
            change()
    assert open_action.pk


def test_headings_go_four_levels_deep(plan, coordinator):
    parent = None
    for level in range(1, 5):
        parent = add_heading(plan=plan, parent=parent, label=f"Level {level}", by=coordinator)
    with pytest.raises(RuleBroken, match="4 levels"):
        add_heading(plan=plan, parent=parent, label="Level 5", by=coordinator)


def test_nothing_of_another_plan_is_used(plan, tree, coordinator):
    other = make_plan(plan.council, "Another plan")
    for where in ({"parent": tree["One"]}, {"parent": None, "after": tree["One"]}):
        with pytest.raises(RuleBroken):
            add_heading(plan=other, label="Lost", by=coordinator, **where)


def test_only_the_coordinator_of_an_editable_plan_changes_it(plan, tree, coordinator):
    partner = make_partner(plan.council)
    others = [
        make_person("partner_lead", partner),
        make_person("partner_lead", council_seat(plan.council)),
        make_person("auditor", plan.council),
        make_person("council_admin", plan.council),
        make_person("coordinator", make_council("Elsewhere")),
        make_person(),
    ]
    for person in others:
        with pytest.raises(Refused):
            add_heading(plan=plan, parent=None, label="Not theirs", by=person)
        with pytest.raises(Refused):
            move_heading(heading=tree["Two"], direction="up", by=person, version=1)
    close_plan(plan=plan, by=coordinator)
    with pytest.raises(Refused, match="closed"):
        edit_heading(heading=tree["1a"], by=coordinator, version=1, label="Too late")


# --- Put under another ------------------------------------------------------------------------------------------------


def put(plan, heading, parent, by):
    return edit_heading(heading=heading, parent=parent, by=by, version=plan.objectives.get(pk=heading.pk).version)


def levels(plan) -> dict[str, int]:
    return dict(plan.objectives.values_list("label", "level"))


def test_a_heading_goes_under_another_with_all_below_it(plan, tree, coordinator):
    put(plan, tree["One"], tree["Two"], coordinator)
    assert order(plan) == ["Two", "2a", "2b", "One", "1a", "1b"]
    assert levels(plan) == {"Two": 1, "2a": 2, "2b": 2, "One": 2, "1a": 3, "1b": 3}
    put(plan, tree["One"], None, coordinator)
    assert order(plan) == ["Two", "2a", "2b", "One", "1a", "1b"] and levels(plan)["1a"] == 2


def test_into_the_middle_and_nobody_loses_a_place(plan, tree, coordinator):
    put(plan, tree["2b"], tree["One"], coordinator)
    assert order(plan) == ["One", "1a", "1b", "2b", "Two", "2a"]
    assert plan.objectives.get(label="2b").history.latest().parent_id == tree["One"].pk


def test_where_a_heading_cannot_go(plan, tree, coordinator):
    for parent, sentence in ((tree["1a"], "below itself"), (tree["One"], "below itself")):
        with pytest.raises(RuleBroken, match=sentence):
            put(plan, tree["One"], parent, coordinator)
    deep = add_heading(plan=plan, parent=tree["2a"], label="deep", by=coordinator)
    deepest = add_heading(plan=plan, parent=deep, label="deepest", by=coordinator)
    with pytest.raises(RuleBroken, match="4 levels"):
        put(plan, tree["One"], deep, coordinator)
    with pytest.raises(RuleBroken, match="4 levels"):
        put(plan, tree["1a"], deepest, coordinator)
    with pytest.raises(RuleBroken, match="of this plan"):
        put(plan, tree["One"], make_heading(make_plan(plan.council)), coordinator)
    assert order(plan)[:3] == ["One", "1a", "1b"]


def test_words_alone_leave_the_place(plan, tree, coordinator):
    edit_heading(heading=tree["1b"], by=coordinator, version=1, label="1b, mended")
    assert order(plan) == ["One", "1a", "1b, mended", "Two", "2a", "2b"]

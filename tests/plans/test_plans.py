"""Plans: made as drafts, edited, made live, closed."""

import datetime

import pytest

from plans.domain.plans import close_plan, create_plan, edit_plan, make_live
from prevent_tracker.core.refusals import Refused, RuleBroken, StaleSave
from tests.builders import make_council, make_period, make_person, make_plan
from tests.kept import kept

pytestmark = pytest.mark.django_db


@kept
def council():
    return make_council("Avon")


@kept
def coordinator(council):
    return make_person("coordinator", council)


def test_a_plan_begins_as_a_draft_in_the_councils_own_words(council, coordinator):
    levels = [{"label": "Strand", "plural": "Strands"}]
    plan = create_plan(council=council, title=" Prevent plan ", by=coordinator, level_labels=levels)
    assert (plan.title.strip(), plan.state, plan.level_label(1)) == ("Prevent plan", "draft", "Strand")
    assert plan.history.get().history_user == coordinator
    assert plan.history.get().acting_for == "Prevent coordinator, Avon"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"kind": "poem"}, "kind"),
        ({"level_labels": []}, "level_labels"),
        ({"level_labels": [{"label": f"Level {n}"} for n in range(5)]}, "level_labels"),
        ({"level_labels": [{"label": " "}]}, "level_labels"),
        ({"starts_on": datetime.date(2027, 4, 1), "ends_on": datetime.date(2027, 3, 31)}, "ends_on"),
    ],
)
def test_what_no_plan_can_be(council, coordinator, fields, field):
    with pytest.raises(RuleBroken) as broken:
        create_plan(council=council, by=coordinator, **{"title": "A plan", **fields})
    assert field in broken.value.problems


def test_a_field_that_is_not_edited_is_a_mistake_of_the_caller(council, coordinator):
    with pytest.raises(TypeError, match="state"):
        create_plan(council=council, title="A plan", by=coordinator, state="live")


def test_a_stale_edit_is_refused(council, coordinator):
    plan = make_plan(council)
    edited = edit_plan(plan=plan, by=coordinator, version=1, note="Read this first.")
    assert (edited.note, edited.version) == ("Read this first.", 2)
    with pytest.raises(StaleSave) as stale:
        edit_plan(plan=plan, by=coordinator, version=1, note="Read that first.")
    assert stale.value.current.note == "Read this first."


def test_a_draft_goes_live_once_and_closes_once(council, coordinator):
    plan = make_plan(council, live=False)
    plan = make_live(plan=plan, by=coordinator)
    assert plan.state == "live"
    with pytest.raises(RuleBroken, match="This plan is live, so it cannot be made live."):
        make_live(plan=plan, by=coordinator)
    make_period(plan)
    with pytest.raises(RuleBroken, match="quarter of this plan is open"):
        close_plan(plan=plan, by=coordinator)
    plan.periods.update(state="locked")
    plan = close_plan(plan=plan, by=coordinator, reason="Delivered")
    assert plan.state == "closed"
    with pytest.raises(Refused, match="closed"):
        edit_plan(plan=plan, by=coordinator, version=plan.version, note="Too late")

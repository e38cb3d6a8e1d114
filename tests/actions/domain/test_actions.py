"""Actions: added in place, edited without losing a date, owned by exactly one, moved, put on hold, withdrawn."""

import datetime
import inspect

import pytest

from actions.domain import actions, decisions, lifecycle, milestones, owners, quarter, ratings, returns, updates
from actions.domain.actions import (
    MilestoneSpec,
    OwnerSpec,
    add_action,
    edit_action,
    meet_milestone,
    move_action,
    withdraw_action,
)
from actions.domain.lifecycle import agree_action, hold_action, reinstate_action, reopen_action, resume_action
from actions.models import Action, PartnerReturn
from plans.domain import headings, periods, plans
from prevent_tracker.core.refusals import Refused, RuleBroken, StaleSave
from tests.actions.domain.town import DUE, make_town
from tests.builders import (
    TODAY,
    make_action,
    make_body,
    make_council,
    make_heading,
    make_partner,
    make_person,
    make_plan,
)

pytestmark = pytest.mark.django_db
LATER = datetime.date(2027, 9, 30)


def add(town, text, **fields) -> Action:
    return add_action(plan=town.plan, text=text, by=town.coordinator, **{"objective": None, **fields})


def edit(town, **fields) -> Action:
    action = town.fresh()
    return edit_action(action=action, by=town.coordinator, version=action.version, **fields)


def texts(plan, heading=None) -> list[str]:
    return list(plan.actions.filter(objective=heading).order_by("position").values_list("text", flat=True))


# --- Added and moved ----------------------------------------------------------------------------------------------


def test_an_action_keeps_what_the_plan_prints(town):
    heading = make_heading(town.plan, "Priority 1")
    action = add(
        town,
        " Teach lessons ",
        objective=heading,
        ref="36",
        owner_text="Head teachers, with Police",
        timescale_text="Sept 2026 – March 2027",
        kind="range",
        start_on=datetime.date(2026, 9, 1),
        due_on=DUE,
        extra={"Outcome": "Pupils know"},
        owners=[OwnerSpec("role", "Head teachers"), OwnerSpec("organisation", "Police", partner=town.police)],
        milestones=[MilestoneSpec(text="Half", due_on=datetime.date(2026, 12, 31))],
    )
    assert (action.text, action.ref, action.original_due, action.state) == ("Teach lessons", "36", DUE, "agreed")
    assert [(o.label, o.part, o.partner) for o in action.owners.all()] == [
        ("Head teachers", "accountable", None),
        ("Police", "joint", town.police),
    ]
    assert action.milestones.get().text == "Half"
    assert action.history.get().history_user == town.coordinator
    assert Action.objects.filter(ref="36").count() == 2  # printed twice, as real plans do


def test_actions_are_placed_and_moved_without_renumbering(town):
    heading = make_heading(town.plan, "Priority 1")
    one = add(town, "One", objective=heading, ref="1")
    add(town, "Two", objective=heading, ref="2")
    late = add(town, "Between", objective=heading, ref="38", after=one)
    assert texts(town.plan, heading) == ["One", "Between", "Two"]
    late = move_action(action=late, direction="down", by=town.coordinator, version=1)
    assert texts(town.plan, heading) == ["One", "Two", "Between"]
    assert move_action(action=late, direction="down", by=town.coordinator, version=2).version == 2
    late = move_action(action=late, direction="up", by=town.coordinator, version=2)
    late = move_action(action=late, direction="up", by=town.coordinator, version=3)
    assert texts(town.plan, heading) == ["Between", "One", "Two"]
    assert dict(town.plan.actions.filter(objective=heading).values_list("text", "ref")) == {
        "One": "1",
        "Two": "2",
        "Between": "38",
    }
    with pytest.raises(StaleSave):
        move_action(action=late, direction="up", by=town.coordinator, version=1)


def test_an_action_goes_under_another_heading(town):
    heading = make_heading(town.plan, "Priority 2")
    add(town, "There already", objective=heading)
    action = edit(town, objective=heading)
    assert texts(town.plan, heading) == ["There already", "Train all staff"]
    assert action.ref == "36"
    with pytest.raises(RuleBroken) as broken:
        edit(town, objective=make_heading(make_plan(town.council, "Another"), "Not here"))
    assert "objective" in broken.value.problems


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"text": " "}, "text"),
        ({"ref": "1" * 31}, "ref"),
        ({"kind": "whenever"}, "kind"),
        ({"start_on": datetime.date(2027, 4, 1), "due_on": DUE}, "due_on"),
        ({"marking": "TOP SECRET"}, "marking"),
        ({"owners": [OwnerSpec("role", "A", "accountable"), OwnerSpec("role", "B", "accountable")]}, "owners"),
        ({"owners": [OwnerSpec("role", " ")]}, "owners"),
        ({"owners": [OwnerSpec("dragon", "A")]}, "owners"),
    ],
)
def test_what_no_action_can_be(town, fields, field):
    with pytest.raises(RuleBroken) as broken:
        add(town, **{"text": "An action", **fields})
    assert field in broken.value.problems
    assert Action.objects.count() == 1


def test_a_field_that_is_not_edited_is_a_mistake_of_the_caller(town):
    for field in ("state", "rating", "original_due", "times_redated", "version"):
        with pytest.raises(TypeError, match=field):
            edit(town, **{field: "x"})


# --- Dates --------------------------------------------------------------------------------------------------------


def test_redating_keeps_the_first_date_counts_and_leaves_the_rating(town):
    Action.objects.filter(pk=town.action.pk).update(rating="at_risk")
    action = edit(town, due_on=LATER, reason="The supplier is late.")
    assert (action.due_on, action.original_due, action.times_redated, action.rating) == (LATER, DUE, 1, "at_risk")
    assert action.history.first().history_change_reason == "The supplier is late."
    action = edit(town, due_on=DUE)
    assert (action.due_on, action.original_due, action.times_redated) == (DUE, DUE, 2)
    assert edit(town, due_on=DUE, text="Train everybody").times_redated == 2
    assert edit(town, due_on=None).times_redated == 3
    assert edit(town, due_on=LATER).times_redated == 4
    assert edit(town, timescale_text="By September").times_redated == 4


def test_the_first_date_given_later_is_no_redating():
    town = make_town(due_on=None)
    action = edit(town, due_on=DUE)
    assert (action.original_due, action.times_redated) == (DUE, 0)
    assert edit(town, due_on=LATER).times_redated == 1


def test_in_a_draft_plan_nothing_has_been_agreed_yet(town):
    draft = make_plan(town.council, live=False)
    action = make_action(draft, town.police, due_on=DUE)
    action = edit_action(action=action, by=town.coordinator, version=1, due_on=LATER)
    assert (action.original_due, action.times_redated) == (LATER, 0)


def test_a_closed_action_is_not_redated(town):
    Action.objects.filter(pk=town.action.pk).update(state="complete")
    with pytest.raises(RuleBroken, match="Reopen it first"):
        edit(town, due_on=LATER)
    assert edit(town, text="Train all staff (mended)").text == "Train all staff (mended)"


def met(town, milestone, by, *, met_on=TODAY, version=1):
    return meet_milestone(milestone=milestone, met_on=met_on, by=by, version=version, today=TODAY)


def test_milestones_are_met_by_the_coordinator_and_the_accountable_partner(town):
    edit(town, milestones=[MilestoneSpec(text="First"), MilestoneSpec(text="Second", due_on=DUE)])
    edit(town, owners=[OwnerSpec("organisation", "Police", partner=town.police), OwnerSpec("role", "x")])
    first, second = town.action.milestones.all()
    assert met(town, second, town.coordinator).met_on == TODAY
    assert met(town, first, town.lead).met_on == TODAY
    with pytest.raises(StaleSave):
        met(town, first, town.lead, met_on=None)
    assert met(town, first, town.lead, met_on=None, version=2).met_on is None
    with pytest.raises(RuleBroken, match="future"):
        met(town, first, town.coordinator, met_on=TODAY + datetime.timedelta(days=1), version=3)
    for bystander in (make_person("partner_lead", town.health), make_person("auditor", town.council)):
        with pytest.raises(Refused, match="Only the accountable partner"):
            met(town, first, bystander, version=3)


def test_a_joint_owner_does_not_say_when_a_milestone_was_met(town):
    seats = [
        OwnerSpec("organisation", "Police", partner=town.police),
        OwnerSpec("organisation", "H", partner=town.health),
    ]
    edit(town, milestones=[MilestoneSpec(text="First")], owners=seats)
    with pytest.raises(Refused, match="Only the accountable partner"):
        met(town, town.action.milestones.get(), make_person("partner_lead", town.health))


def test_a_milestone_that_is_listed_again_stays_met(town):
    listed = [MilestoneSpec(text="First"), MilestoneSpec(text="Second", due_on=DUE)]
    edit(town, milestones=listed)
    met(town, town.action.milestones.first(), town.coordinator)
    edit(town, milestones=[*listed, MilestoneSpec(text="Third")])
    assert [milestone.met_on for milestone in town.action.milestones.all()] == [TODAY, None, None]


def test_twin_milestones_are_met_one_by_one(town):
    twins = [MilestoneSpec(text="Brief heads"), MilestoneSpec(text="Brief heads")]
    edit(town, milestones=twins)
    met(town, town.action.milestones.last(), town.coordinator)
    edit(town, milestones=[*twins, MilestoneSpec(text="Brief heads")])
    assert [milestone.met_on for milestone in town.action.milestones.all()] == [None, TODAY, None]


def test_the_milestones_of_an_action_that_has_ended_stay_as_they_are(town):
    edit(town, milestones=[MilestoneSpec(text="First")])
    Action.objects.filter(pk=town.action.pk).update(state="withdrawn")
    with pytest.raises(RuleBroken, match="withdrawn"):
        met(town, town.action.milestones.get(), town.coordinator)


# --- Owners -------------------------------------------------------------------------------------------------------


def test_owners_are_listed_in_order_with_one_accountable(town):
    body = make_body(town.council, "Steering group")
    edit(
        town,
        owners=[
            OwnerSpec("organisation", "Health", partner=town.health),
            OwnerSpec("group", "Steering group", "supporting", body=body),
            OwnerSpec("organisation", "Police", "accountable", partner=town.police),
        ],
    )
    assert [(o.label, o.part) for o in town.fresh().owners.all()] == [
        ("Health", "joint"),
        ("Steering group", "supporting"),
        ("Police", "accountable"),
    ]
    history = town.action.owners.model.history.filter(action=town.action)
    assert history.filter(history_type="-").count() == 2  # those before are kept


def test_the_same_owners_again_change_nothing(town):
    before = list(town.action.owners.values_list("pk", flat=True))
    same = [OwnerSpec(o.kind, o.label, o.part, o.partner, o.body) for o in town.action.owners.all()]
    edit(town, owners=same)
    assert list(town.action.owners.values_list("pk", flat=True)) == before


def test_seats_and_bodies_of_another_council_own_nothing_here(town):
    other = make_council("Elsewhere")
    for spec in (
        OwnerSpec("organisation", "Theirs", partner=make_partner(other)),
        OwnerSpec("group", "Theirs", body=make_body(other)),
    ):
        with pytest.raises(RuleBroken, match="no seat in this partnership"):
            edit(town, owners=[spec])


def test_a_new_owner_is_asked_for_a_return_in_the_open_quarter(town):
    probation = make_partner(town.council, "Avon Probation")
    edit(town, owners=[OwnerSpec("organisation", "Probation", partner=probation)])
    assert PartnerReturn.objects.get(partner=probation).period == town.period
    add(town, "Another", owners=[OwnerSpec("organisation", "Health", "joint", partner=town.health)])
    assert PartnerReturn.objects.filter(partner=town.health).exists()


# --- Delivery status ----------------------------------------------------------------------------------------------


def test_an_action_is_withdrawn_with_a_reason_and_stays(town):
    with pytest.raises(RuleBroken) as broken:
        withdraw_action(action=town.action, reason=" ", by=town.coordinator, version=1)
    assert "reason" in broken.value.problems
    action = withdraw_action(action=town.action, reason="Overtaken by events.", by=town.coordinator, version=1)
    assert (action.state, action.closed_reason) == ("withdrawn", "Overtaken by events.")
    assert Action.objects.filter(pk=action.pk).exists() and action.owners.count() == 2
    with pytest.raises(RuleBroken, match="This action is withdrawn, so it cannot be withdrawn."):
        withdraw_action(action=action, reason="Again", by=town.coordinator, version=2)


def test_an_action_withdrawn_by_mistake_is_brought_back_and_asked_about(town):
    withdraw_action(action=town.action, reason="A mistake.", by=town.coordinator, version=1)
    town.period.returns.filter(partner=town.police).delete()
    with pytest.raises(RuleBroken, match="Say why this action is brought back."):
        reinstate_action(action=town.action, reason="", by=town.coordinator, version=2)
    action = reinstate_action(action=town.action, reason="It goes on.", by=town.coordinator, version=2)
    assert (action.state, action.closed_reason) == ("agreed", "")
    assert town.period.returns.filter(partner=town.police).exists()


def hold(town, review_by) -> Action:
    given = {"by": town.coordinator, "version": town.fresh().version, "today": TODAY}
    return hold_action(action=town.fresh(), reason="No money.", review_by=review_by, **given)


def resume(town) -> Action:
    return resume_action(action=town.fresh(), by=town.coordinator, version=town.fresh().version)


def test_an_action_rests_and_goes_on(town):
    action = hold(town, LATER)
    assert (action.state, action.review_by) == ("on_hold", LATER)
    assert (resume(town).state, town.fresh().review_by) == ("in_progress", None)


def test_a_rest_ends_after_today(town):
    for day in (TODAY, TODAY - datetime.timedelta(days=1)):
        with pytest.raises(RuleBroken) as broken:
            hold(town, day)
        assert broken.value.problems == {"review_by": ["The date by which to look again must be after today."]}
    assert town.fresh().state == "agreed"


def test_the_agreed_review_date_stands_again_after_a_rest(town):
    edit(town, kind="ongoing", review_by=DUE)
    hold(town, LATER)
    edit(town, measure="Half")
    assert (resume(town).review_by, town.fresh().review_by) == (DUE, DUE)
    hold(town, LATER)
    another = LATER + datetime.timedelta(days=9)
    edit(town, review_by=another)  # agreed while it rests
    assert resume(town).review_by == another


def test_only_lists_that_are_listed_again_are_ever_deleted():
    """Owners and milestones are re-listed, and their rows before kept in the history; nothing else goes."""
    deleting = {
        source.__name__
        for source in (
            actions,
            decisions,
            lifecycle,
            milestones,
            owners,
            quarter,
            ratings,
            returns,
            updates,
            headings,
            periods,
            plans,
        )
        if ".delete()" in inspect.getsource(source)
    }
    assert deleting == {"actions.domain.milestones", "actions.domain.owners"}


STEPS = {
    "agree": lambda action, by: agree_action(action=action, by=by, version=1),
    "resume": lambda action, by: resume_action(action=action, by=by, version=1),
    "hold": lambda action, by: hold_action(action=action, reason="Why", review_by=LATER, by=by, version=1, today=TODAY),
    "withdraw": lambda action, by: withdraw_action(action=action, reason="Why", by=by, version=1),
    "reinstate": lambda action, by: reinstate_action(action=action, reason="Why", by=by, version=1),
    "reopen": lambda action, by: reopen_action(action=action, reason="Why", by=by, version=1),
}
ALLOWED = {
    ("proposed", "agree"): "agreed",
    ("agreed", "resume"): "in_progress",
    ("on_hold", "resume"): "in_progress",
    ("agreed", "hold"): "on_hold",
    ("in_progress", "hold"): "on_hold",
    ("completion_claimed", "reopen"): "in_progress",
    ("complete", "reopen"): "in_progress",
    ("withdrawn", "reinstate"): "agreed",
    **{
        (state, "withdraw"): "withdrawn"
        for state in ("proposed", "agreed", "in_progress", "completion_claimed", "on_hold")
    },
}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("state", [state for state, _ in Action._meta.get_field("state").flatchoices])
def test_every_state_and_step(town, state, step):
    Action.objects.filter(pk=town.action.pk).update(state=state)
    target = ALLOWED.get((state, step))
    if target is None:
        with pytest.raises(RuleBroken) as broken:
            STEPS[step](town.fresh(), town.coordinator)
        assert str(broken.value).startswith("This action is ")
        assert town.fresh().state == state
    else:
        assert STEPS[step](town.fresh(), town.coordinator).state == target

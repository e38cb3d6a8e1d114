"""Adding, changing, moving and withdrawing actions; the reading of a timescale is confirmed before it is kept."""

import datetime

import pytest
from django.urls import reverse

from actions.models import Action
from tests.builders import make_action, make_body, make_council, make_heading, make_partner

pytestmark = pytest.mark.django_db


def to(name, row):
    return reverse(f"actions:{name}", args=[row.public_id])


def owners(*rows) -> dict:
    """What the rows of the owners say: (words, seat or None, part)."""
    data = {"owners-TOTAL_FORMS": str(len(rows)), "owners-INITIAL_FORMS": "0"}
    for number, (label, seat, part) in enumerate(rows):
        key = f"{type(seat).__name__.lower()}-{seat.public_id}" if seat else ""
        data |= {
            f"owners-{number}-label": label,
            f"owners-{number}-kind": "organisation",
            f"owners-{number}-seat": key,
            f"owners-{number}-part": part,
        }
    return data


def entered(**words) -> dict:
    return {"text": "Train schools", "marking": "OFFICIAL", "kind": "none", "version": "1"} | owners() | words


def read_again(answer) -> dict:
    """What the page would send when the person confirms what it shows."""
    form = answer.context["form"]
    return {key: value for key, value in form.data.items() if value}


def test_add_an_action_after_confirming_how_its_timescale_was_read(town, coordinator):
    heading = make_heading(town.plan, "Institutions")
    body = make_body(town.council)
    said = entered(objective=heading.public_id, ref="36", timescale_text="Feb 2027 to March 2028") | owners(
        ("Police Prevent lead", town.police, "accountable"), ("Steering Group", body, "supporting"), ("", None, "joint")
    )
    shown = coordinator.post(to("add_action", town.plan), said)
    assert shown.status_code == 200 and "Check how the timescale was read" in shown.content.decode()
    assert not Action.objects.exists()
    assert coordinator.post(to("add_action", town.plan), read_again(shown)).status_code == 302
    action = Action.objects.get()
    assert (action.objective, action.ref, action.timescale_text) == (heading, "36", "Feb 2027 to March 2028")
    assert (action.kind, action.start_on, action.due_on) == (
        "range",
        datetime.date(2027, 2, 1),
        datetime.date(2028, 3, 31),
    )
    assert [(o.label, o.part, o.partner, o.body) for o in action.owners.all()] == [
        ("Police Prevent lead", "accountable", town.police, None),
        ("Steering Group", "supporting", None, body),
    ]


def test_what_nobody_can_read_stays_without_a_date(town, coordinator):
    shown = coordinator.post(to("add_action", town.plan), entered(timescale_text="in good time"))
    coordinator.post(to("add_action", town.plan), read_again(shown))
    action = Action.objects.get()
    assert action.timescale_text == "in good time" and action.due_on is None


def test_several_dates_are_kept_each(town, coordinator):
    shown = coordinator.post(to("add_action", town.plan), entered(timescale_text="Nov 2026 / Mar 2027 / Feb 2028"))
    coordinator.post(to("add_action", town.plan), read_again(shown))
    assert [milestone.due_on.year for milestone in Action.objects.get().milestones.all()] == [2026, 2027, 2028]


def test_a_reading_can_be_mended(town, coordinator):
    shown = coordinator.post(to("add_action", town.plan), entered(timescale_text="March 2027"))
    coordinator.post(to("add_action", town.plan), read_again(shown) | {"due_on_0": "15"})
    assert Action.objects.get().due_on == datetime.date(2027, 3, 15)


def test_edit_keeps_what_was_not_touched_and_never_the_first_date(town, coordinator):
    action = make_action(
        town.plan,
        town.police,
        timescale_text="March 2027",
        kind="point",
        due_on=datetime.date(2027, 3, 31),
        extra={"Cost": "£4"},
    )
    form = coordinator.get(to("edit_action", action)).context["form"]
    assert form["timescale_text"].value() == "March 2027" and not form.is_bound
    changed = entered(text="Train all schools", timescale_text="June 2027", read_words="March 2027")
    changed |= owners(("Testbury Police", town.police, "accountable"))
    shown = coordinator.post(to("edit_action", action), changed)
    coordinator.post(to("edit_action", action), read_again(shown))
    action.refresh_from_db()
    assert (action.text, action.extra, action.times_redated) == ("Train all schools", {"Cost": "£4"}, 1)
    assert (action.original_due, action.due_on) == (datetime.date(2027, 3, 31), datetime.date(2027, 6, 30))


def test_one_more_owner_row_saves_nothing_and_keeps_what_was_typed(town, coordinator):
    said = entered(add_owner="yes") | owners(("School heads", None, "accountable"))
    answer = coordinator.post(to("add_action", town.plan), said)
    assert answer.status_code == 200 and len(answer.context["owners"].forms) == 2
    assert "School heads" in answer.content.decode() and not Action.objects.exists()
    assert "govuk-error-summary" not in answer.content.decode()


@pytest.mark.parametrize("number", ["1000000000", "x", ""])
def test_a_tampered_list_of_owners_is_told(town, coordinator, number):
    answer = coordinator.post(to("add_action", town.plan), entered() | {"owners-TOTAL_FORMS": number})
    assert answer.status_code == 422 and answer.context["owners"].non_form_errors()
    assert (
        coordinator.post(
            to("add_action", town.plan), entered(add_owner="x") | {"owners-TOTAL_FORMS": number}
        ).status_code
        == 200
    )


def test_one_owner_is_accountable_and_only_one(town, coordinator):
    two = owners(("A", None, "accountable"), ("B", None, "accountable"))
    none = owners(("A", None, "joint"))
    for said in (two, none):
        answer = coordinator.post(to("add_action", town.plan), entered() | said)
        assert answer.status_code == 422 and "accountable" in str(answer.context["owners"].non_form_errors())


def test_a_seat_or_heading_of_another_council_is_no_choice(town, coordinator):
    other = make_council()
    foreign = owners(("X", make_partner(other), "accountable"))
    answer = coordinator.post(to("add_action", town.plan), entered() | foreign)
    assert answer.status_code == 422 and "seat" in answer.context["owners"].forms[0].errors
    assert coordinator.post(to("add_action", town.plan), entered(objective="zzzzzzzzzzzz")).status_code == 422


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"text": " \n "}, "text"),
        ({"text": "x" * 4001}, "text"),
        ({"ref": "9" * 31}, "ref"),
        ({"due_on_0": "31"}, "due_on"),
    ],
)
def test_what_cannot_be_kept_is_told_beside_its_field(town, coordinator, words, field):
    answer = coordinator.post(to("add_action", town.plan), entered(**words))
    assert answer.status_code == 422 and field in answer.context["form"].errors and not Action.objects.exists()


def test_a_stale_edit_is_a_conflict(town, coordinator):
    action = make_action(town.plan, text="Theirs", version=2)
    answer = coordinator.post(to("edit_action", action), entered(text="Mine"))
    page = answer.content.decode()
    assert answer.status_code == 409 and "Mine" in page and "Theirs" in page


def test_move(town, coordinator):
    first, second = make_action(town.plan, text="One"), make_action(town.plan, text="Two")
    answer = coordinator.post(to("move_action", second), {"move": "up:1"})
    assert answer.url.endswith(f"#action-{second.public_id}")
    assert list(town.plan.actions.order_by("position")) == [second, first]
    assert coordinator.post(to("move_action", first), {"move": "up:9"}).status_code == 409
    assert coordinator.post(to("move_action", second), {"move": "up:2"}, follow=True).status_code == 200


def test_withdraw_needs_a_reason_and_keeps_the_action(town, coordinator):
    action = make_action(town.plan, text="Dropped")
    assert coordinator.post(to("withdraw_action", action), {"reason": "", "version": 1}).status_code == 422
    coordinator.post(to("withdraw_action", action), {"reason": "Funding ended", "version": 1})
    page = coordinator.get(to("plan_page", town.plan)).content.decode()
    assert "Dropped" in page and "Withdrawn: Funding ended" in page


def test_only_the_coordinator_changes_the_plan(town, lead):
    action = make_action(town.plan, town.police)
    for name, row in [
        ("arrange_plan", town.plan),
        ("add_action", town.plan),
        ("edit_action", action),
        ("withdraw_action", action),
    ]:
        assert lead.get(to(name, row)).status_code == 403, name
    assert lead.post(to("move_action", action), {"move": "up:1"}).status_code == 403


@pytest.mark.parametrize("number", [1, 3])
def test_queries(town, coordinator, django_assert_num_queries, number):
    for _ in range(number):
        make_action(town.plan, objective=make_heading(town.plan))
    coordinator.get(to("arrange_plan", town.plan))
    with django_assert_num_queries(8):
        coordinator.get(to("arrange_plan", town.plan))
    action = town.plan.actions.first()
    with django_assert_num_queries(9):
        coordinator.get(to("edit_action", action))


def test_hold_resume_and_reopen(town, coordinator):
    action = make_action(town.plan, state="in_progress")
    held = {
        "reason": "Funding is awaited",
        "review_by_0": "1",
        "review_by_1": "12",
        "review_by_2": "2026",
        "version": 1,
    }
    assert coordinator.post(to("hold_action", action), held | {"reason": ""}).status_code == 422
    assert to("hold_action", action) in coordinator.get(to("action_page", action)).content.decode()
    coordinator.post(to("hold_action", action), held)
    assert Action.objects.get().state == "on_hold" and Action.objects.get().review_by == datetime.date(2026, 12, 1)
    coordinator.post(to("resume_action", action), {"reason": "", "version": 2})
    assert Action.objects.get().state == "in_progress"
    Action.objects.update(state="complete", rating="complete")
    assert to("reopen_action", action) in coordinator.get(to("action_page", action)).content.decode()
    coordinator.post(to("reopen_action", action), {"reason": "It lapsed", "version": 3})
    assert (Action.objects.get().state, Action.objects.get().rating) == ("in_progress", "not_rated")


def test_a_status_that_does_not_allow_it_is_told(town, coordinator):
    action = make_action(town.plan)
    answer = coordinator.post(to("reopen_action", action), {"reason": "x", "version": 1})
    assert answer.status_code == 422 and "cannot be reopened" in answer.content.decode()


# --- The council's own columns ---------------------------------------------------------------------------------------


def test_the_values_of_the_councils_own_columns(town, coordinator):
    town.plan.columns = [{"field": "text", "heading": "Action"}, {"field": "extra:Cost", "heading": "What it costs"}]
    town.plan.save()
    action = make_action(town.plan, extra={"Cost": "£4", "Left over": "kept"})
    page = coordinator.get(to("edit_action", action)).content.decode()
    assert "What it costs" in page and "£4" in page
    coordinator.post(to("edit_action", action), entered(own_0="£5"))
    action.refresh_from_db()
    assert action.extra == {"Cost": "£5", "Left over": "kept"}
    coordinator.post(to("edit_action", action), entered(own_0="", version="2"))
    action.refresh_from_db()
    assert action.extra == {"Left over": "kept"}
    coordinator.post(to("add_action", town.plan), entered(own_0="£6", text="New"))
    assert Action.objects.get(text="New").extra == {"Cost": "£6"}


# --- Two people at once ----------------------------------------------------------------------------------------------


def test_a_stale_save_shows_what_differs_in_owners_heading_and_own_columns(town, coordinator):
    town.plan.columns = [{"field": "text", "heading": "Action"}, {"field": "extra:Cost", "heading": "Cost"}]
    town.plan.save()
    first, second = make_heading(town.plan, "First place"), make_heading(town.plan, "Second place")
    action = make_action(town.plan, objective=first)
    theirs = entered(objective=second.public_id, own_0="£9") | owners(("Their lead", town.police, "accountable"))
    assert coordinator.post(to("edit_action", action), theirs).status_code == 302
    mine = entered(objective=first.public_id, own_0="£2") | owners(
        ("My lead", None, "accountable"), ("My team", None, "joint")
    )
    answer = coordinator.post(to("edit_action", action), mine)
    told = {each["label"]: (each["mine"], each["theirs"]) for each in answer.context["differences"]}
    assert answer.status_code == 409 and told == {
        "Heading": ("Priority: First place", "Priority: Second place"),
        "Owners": ("Accountable: My lead\nJoint: My team", "Accountable: Their lead, stands for Testbury Police"),
        "Cost": ("£2", "£9"),
    }
    again = {"version": answer.context["version"]} | dict(answer.context["typed"])
    assert coordinator.post(to("edit_action", action), again).status_code == 302
    assert [owner.label for owner in action.owners.all()] == ["My lead", "My team"]

"""The history of an action, read as a committee would: who, when, what, why."""

import datetime

import pytest

from actions.domain.actions import MilestoneSpec, OwnerSpec, add_action, edit_action, meet_milestone, move_action
from actions.domain.history import history_of
from actions.domain.lifecycle import reopen_action, withdraw_action
from actions.domain.ratings import rate_action
from actions.domain.returns import return_content, sign_off_return
from actions.domain.updates import accept_update, revise_update, save_update, send_back, submit_nil, submit_update
from actions.models import Action, SignOff
from prevent_tracker.core import clock
from prevent_tracker.core.fingerprint import fingerprint
from tests.actions.domain.town import DUE, make_town
from tests.builders import TODAY, make_heading
from tests.kept import kept

pytestmark = pytest.mark.django_db
MAY = datetime.datetime(2026, 5, 3, 10, 30, tzinfo=datetime.UTC)
QUARTER = "Quarter 2 (July to September) 2026/27"


@kept
def town():
    with clock.as_at(MAY - datetime.timedelta(days=30)):
        town = make_town()
    town.coordinator.name, town.lead.name = "Ada Example", "Ben Example"
    town.coordinator.save()
    town.lead.save()
    return town


def sentences(action: Action, number: int = 1) -> list[str]:
    """The newest `number` sentences, without the date."""
    return [event.sentence.split(" ", 4)[4] for event in list(history_of(action))[:number]]


def edit(town, **fields):
    action = town.fresh()
    return edit_action(action=action, by=town.coordinator, version=action.version, **fields)


def test_a_sentence_says_when_who_what_and_why(town):
    with clock.as_at(MAY):
        edit(town, due_on=datetime.date(2027, 6, 30), reason="The supplier is late.")
    (event, *_) = history_of(town.action)
    assert event.sentence == (
        "On 3 May 2026 Ada Example (Prevent coordinator, Avon) changed the due date from 31 March 2027 to"
        " 30 June 2027, because “The supplier is late”."
    )
    assert event.description.startswith("Changed the due date")
    assert (event.title, event.by, event.when) == (
        "Due date changed",
        "Ada Example (Prevent coordinator, Avon)",
        "3 May 2026 at 11:30am",
    )


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"text": "Train everybody"}, "changed the wording from “Train all staff” to “Train everybody”."),
        ({"ref": ""}, "changed the reference from “36” to nothing."),
        ({"due_on": None}, "changed the due date from 31 March 2027 to nothing."),
        ({"measure": "80%"}, "changed the success measure from nothing to “80%”."),
        (
            {"timescale_text": "Ongoing", "kind": "ongoing"},
            "changed the timescale from nothing to “Ongoing”"
            " and how the timescale is read from “No timescale” to “Ongoing”.",
        ),
        (
            {"is_restricted": True},
            "changed who may see it from everybody in the partnership to its owners, the coordinator and the auditor only.",
        ),
        ({"extra": {"Outcome": "Safer"}}, "changed the council's further columns from nothing to “Outcome: Safer”."),
    ],
)
def test_each_field_in_words(town, fields, words):
    edit(town, **fields)
    assert sentences(town.action) == [f"Ada Example (Prevent coordinator, Avon) {words}"]


def test_a_heading_is_named(town):
    edit(town, objective=make_heading(town.plan, "Priority 2"))
    assert sentences(town.action)[0].endswith("changed the heading from the plan itself to “Priority 2”.")


def test_an_action_that_is_added_and_owned(town):
    owners = [OwnerSpec("organisation", "Police", partner=town.police), OwnerSpec("role", "Head teachers")]
    action = add_action(plan=town.plan, objective=None, text="Teach", by=town.coordinator, owners=owners)
    by = "Ada Example (Prevent coordinator, Avon)"
    assert sentences(action, 2) == [
        f"{by} named as owners Police (accountable), Head teachers.",
        f"{by} added the action.",
    ]


def test_owners_are_told_as_a_whole(town):
    edit(town, owners=[OwnerSpec("organisation", "Avon Health", partner=town.health)])
    assert sentences(town.action)[0].endswith(
        "changed the owners from Avon Police (accountable), Avon Health to Avon Health (accountable)."
    )


def test_a_move_is_told_once_and_only_of_what_was_moved(town):
    other = add_action(plan=town.plan, objective=None, text="Other", by=town.coordinator)
    before = history_of(town.action).total
    move_action(action=other, direction="up", by=town.coordinator, version=1)
    assert sentences(other)[0].endswith("moved the action up or down in the plan.")
    assert history_of(town.action).total == before


def test_milestones(town):
    edit(town, milestones=[MilestoneSpec(text="First"), MilestoneSpec(text="Second", due_on=DUE)])
    assert sentences(town.action)[0].endswith("listed the milestones “First”; “Second”.")
    meet_milestone(milestone=town.action.milestones.first(), met_on=TODAY, by=town.coordinator, version=1, today=TODAY)
    assert sentences(town.action)[0].endswith("said that the milestone “First” was met on 12 August 2026.")


def test_the_life_of_an_update(town):
    who = {"action": town.action, "period": town.period, "partner": town.police, "by": town.lead}
    update = save_update(**who, text="Half are trained.", rating="on_track")
    lead = "Ben Example (Partner lead, Avon Police)"
    coordinator = "Ada Example (Prevent coordinator, Avon)"
    of = f"the update for {QUARTER} for Avon Police"
    assert sentences(town.action) == [f"{lead} saved a draft of {of}: “Half are trained.”."]
    update = submit_update(update=update, by=town.lead, version=1, today=TODAY)
    assert set(sentences(town.action, 3)) == {
        f"{lead} submitted {of}: “Half are trained.”.",
        f"{lead} changed the delivery status from Agreed to In progress.",
        f"{lead} rated it Green, after Not rated.",
    }
    update = send_back(update=update, comment="How many?", by=town.coordinator, version=update.version)
    assert sentences(town.action) == [f"{coordinator} sent back {of}, because “How many?”."]
    update = submit_update(update=update, by=town.lead, version=update.version, today=TODAY)
    update = accept_update(update=update, by=town.coordinator, version=update.version)
    assert sentences(town.action) == [f"{coordinator} accepted {of}."]
    update = revise_update(update=update, by=town.lead, version=update.version)
    assert sentences(town.action) == [f"{lead} opened {of} again."]
    submit_nil(**who, today=TODAY)
    assert sentences(town.action) == [f"{lead} gave a nil return for {QUARTER} for Avon Police."]
    mine = town.return_of(town.police)
    shown = fingerprint(return_content(mine))
    sign_off_return(partner_return=mine, shown=shown, statement="All true", by=town.lead)
    assert sentences(town.action) == [f"{lead} signed off the return of Avon Police for {QUARTER}: “All true”."]


def test_a_rating_says_what_it_was_told_with(town):
    rate_action(
        action=town.fresh(),
        rating="at_risk",
        by=town.coordinator,
        version=1,
        today=TODAY,
        issue="The trainer left",
        recovery="A new one is sought",
        forecast_due=datetime.date(2027, 4, 30),
        override_reason="It is late.",
        update_text="They told me",
    )
    rated = next(sentence for sentence in sentences(town.action, 4) if "rated it" in sentence)
    assert rated == (
        "Ada Example (Prevent coordinator, Avon) rated it Amber, after Not rated (Green was suggested); issue: “The"
        " trainer left”; recovery action: “A new one is sought”; forecast date: 30 April 2027, because “It is late”."
    )
    assert any(f"submitted the update for {QUARTER} on behalf of Avon Police" in s for s in sentences(town.action, 4))


def test_completion_and_its_end(town):
    given = {"completed_on": TODAY, "evidence_note": "Register"}
    rate_action(action=town.fresh(), rating="complete", by=town.coordinator, version=1, today=TODAY, **given)
    told = " ".join(sentences(town.action, 2))
    assert "changed the delivery status from Agreed to Complete, completed on 12 August 2026" in told
    assert "self-certified: nobody else claimed completion" in told
    reopen_action(action=town.fresh(), reason="It fell apart.", by=town.coordinator, version=2)
    assert sentences(town.action)[0].endswith("from Complete to In progress, because “It fell apart”.")
    withdraw_action(action=town.fresh(), reason="Overtaken", by=town.coordinator, version=3)
    assert sentences(town.action)[0].endswith("from In progress to Withdrawn, because “Overtaken”.")


def test_a_sign_off_is_told_only_of_what_its_partner_owned_then(town):
    mine = town.return_of(town.health)
    content = return_content(mine)
    with clock.as_at(MAY - datetime.timedelta(days=60)):
        SignOff.objects.create(
            partner_return=mine,
            signed_by=town.health_lead,
            signed_as="Partner lead, Avon Health",
            signed_at=clock.now(),
            statement="True",
            content=content,
            fingerprint=fingerprint(content),
        )
    assert not any("signed off" in event.sentence for event in history_of(town.action))


def test_pages_and_their_cost(town, django_assert_num_queries):
    edit(town, objective=make_heading(town.plan, "Priority 2"))
    with django_assert_num_queries(7):
        assert len(history_of(town.action)) == 3
    for number in range(9):
        edit(town, measure=f"{number}0%")
    with django_assert_num_queries(7):
        page = history_of(town.action, page=1, per_page=4)
    assert (len(page), page.pages, page.total, page.has_next, page.has_previous) == (4, 3, 12, True, False)
    assert "“70%” to “80%”" in page.events[0].sentence
    last = history_of(town.action, page=99, per_page=4)
    assert (last.number, len(last), last.has_next, last.has_previous) == (3, 4, False, True)
    assert history_of(town.action, page=0, per_page=4).number == 1
    moments = [event.at for event in history_of(town.action)]
    assert moments == sorted(moments, reverse=True)

"""Every state and transition of an update and an action, tried by every role and by nobody."""

import datetime
from contextlib import contextmanager
from itertools import product

import pytest
from django.db import transaction

from actions.domain.lifecycle import agree_action, hold_action, reopen_action, resume_action, withdraw_action
from actions.domain.ratings import rate_action
from actions.domain.updates import (
    accept_update,
    freeze_updates,
    revise_update,
    save_update,
    send_back,
    submit_update,
    thaw_updates,
)
from actions.models import Action, ProgressUpdate
from partners.roles import Role
from prevent_tracker.core.refusals import Refused, RuleBroken
from prevent_tracker.core.states import transitions_of
from tests.actions.domain.town import make_town
from tests.builders import TODAY, make_council, make_partner, make_person

pytestmark = pytest.mark.django_db
PEOPLE = [*Role.values, "", "another council's coordinator", "another partner's lead"]
DELIVERED = {"completed_on": TODAY, "evidence_note": "Register."}
MAY_WRITE = {Role.PARTNER_LEAD, Role.CONTRIBUTOR}


@contextmanager
def undone():
    """What is done within is taken back, so that the next person finds the same."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def somebody(town, who):
    if who == "another council's coordinator":
        return make_person(Role.COORDINATOR, make_council("Elsewhere"))
    if who == "another partner's lead":
        return make_person(Role.PARTNER_LEAD, make_partner(town.council, "Avon Probation"))
    return town.person(who)


# Of an update that the police wrote: how each transition is asked for, and by whom it may be.
UPDATE_STEPS = {
    "submit": (lambda u, by: submit_update(update=u, by=by, version=1, today=TODAY), MAY_WRITE),
    "revise": (lambda u, by: revise_update(update=u, by=by, version=1), MAY_WRITE),
    "send_back": (
        lambda u, by: send_back(update=u, comment="More", by=by, version=1),
        {Role.COORDINATOR, Role.PARTNER_LEAD},
    ),
    "accept": (lambda u, by: accept_update(update=u, by=by, version=1), {Role.COORDINATOR}),
    "freeze": (lambda u, by: freeze_updates(u.period, by), {Role.COORDINATOR}),
    "thaw": (lambda u, by: thaw_updates(u.period, by), {Role.COORDINATOR}),
}
IN_BULK = {"freeze", "thaw"}  # move what can be moved, and leave the rest
UPDATE_ARROWS = {(source, name): target for source, name, target, _ in transitions_of(ProgressUpdate)}


@pytest.mark.parametrize("state", [state for state, _ in ProgressUpdate._meta.get_field("state").flatchoices])
def test_updates(state):
    town = make_town()
    update = ProgressUpdate.objects.create(
        action=town.action,
        period=town.period,
        partner=town.police,
        written_by=town.lead,
        text="Half are trained.",
        rating="on_track",
        state=state,
    )
    people = {who: somebody(town, who) for who in PEOPLE}
    for step, who in product(UPDATE_STEPS, PEOPLE):
        (act, allowed), by = UPDATE_STEPS[step], people[who]
        target = UPDATE_ARROWS.get((state, step))
        with undone():
            if who not in allowed:
                with pytest.raises(Refused) as refused:
                    act(update, by)
                assert refused.value.reason.endswith("."), (step, who)
            elif target is None and step not in IN_BULK:
                with pytest.raises(RuleBroken, match="This progress update is .*, so it cannot be"):
                    act(update, by)
            else:
                act(update, by)
            moved = target if who in allowed and target else state
            assert ProgressUpdate.objects.get().state == moved, (step, who)


def test_every_transition_of_an_update_is_tried():
    assert {name for _, name in UPDATE_ARROWS} == set(UPDATE_STEPS)


def rated(rating, **given):
    return lambda a, by: rate_action(action=a, rating=rating, by=by, version=1, today=TODAY, **given)


def claim(action, by):
    """The partner says that it is complete."""
    period = action.plan.periods.get()
    partner = action.owners.get(part="accountable").partner
    fields = {"text": "All are trained.", "rating": "complete", **DELIVERED}
    update = save_update(action=action, period=period, partner=partner, by=by, **fields)
    submit_update(update=update, by=by, version=1, today=TODAY)


def start(action, by):
    """Work on an action that was on hold goes on; the first real update starts one that was agreed."""
    return resume_action(action=action, by=by, version=1)


COORDINATOR = {Role.COORDINATOR}
REVIEW = datetime.date(2027, 3, 31)
ACTION_STEPS = {
    "agree": (lambda a, by: agree_action(action=a, by=by, version=1), COORDINATOR),
    "start": (start, COORDINATOR),
    "claim_completion": (claim, COORDINATOR | MAY_WRITE),
    "complete": (rated("complete", **DELIVERED), COORDINATOR),
    "reopen": (lambda a, by: reopen_action(action=a, reason="Why", by=by, version=1), COORDINATOR),
    "hold": (
        lambda a, by: hold_action(action=a, reason="Why", review_by=REVIEW, by=by, version=1, today=TODAY),
        COORDINATOR,
    ),
    "withdraw": (lambda a, by: withdraw_action(action=a, reason="Why", by=by, version=1), COORDINATOR),
}
ACTION_ARROWS = {(source, name): target for source, name, target, _ in transitions_of(Action)}
# A claim again, where it stands claimed already, is no mistake: it says the same with other words.
SAID_AGAIN = {("completion_claimed", "claim_completion")}


@pytest.mark.parametrize("state", [state for state, _ in Action._meta.get_field("state").flatchoices])
def test_actions(state):
    town = make_town(state=state)
    people = {who: somebody(town, who) for who in PEOPLE}
    for step, who in product(ACTION_STEPS, PEOPLE):
        (act, allowed), by = ACTION_STEPS[step], people[who]
        target = ACTION_ARROWS.get((state, step))
        with undone():
            if who not in allowed:
                with pytest.raises((Refused, RuleBroken) if step == "claim_completion" else Refused):
                    act(town.action, by)
            elif target is None and (state, step) not in SAID_AGAIN:
                with pytest.raises(RuleBroken, match=r"This action is .*\."):
                    act(town.action, by)
            else:
                act(town.action, by)
            moved = target if who in allowed and target else state
            assert town.fresh().state == moved, (step, who)


def test_every_transition_of_an_action_is_tried():
    of_the_importer = {"reinstate"}
    assert {name for _, name in ACTION_ARROWS} == set(ACTION_STEPS) | of_the_importer

"""Whatever is done in whatever order: a sign-off is valid exactly while the content equals what was signed."""

import datetime

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from actions.domain.actions import OwnerSpec, edit_action, move_action, withdraw_action
from actions.domain.lifecycle import hold_action, resume_action
from actions.domain.ratings import rate_action
from actions.domain.return_words import compare
from actions.domain.returns import return_content, return_line, sign_off_return
from actions.domain.updates import (
    accept_update,
    freeze_updates,
    revise_update,
    save_update,
    send_back,
    submit_nil,
    submit_update,
    thaw_updates,
)
from actions.enums import ReturnState
from actions.models import PartnerReturn
from plans.domain.periods import lock_period, reopen_period
from prevent_tracker.core.fingerprint import fingerprint
from prevent_tracker.core.refusals import Refused, RuleBroken
from tests.actions.domain.town import DUE, make_town
from tests.builders import TODAY, make_action

WORDS = st.sampled_from(["Half are trained.", "All are trained.", "Café, cafe\u0301, “quoted”"])
DATES = st.sampled_from([None, DUE, DUE + datetime.timedelta(days=30)])
SLIPPED = {"issue": "The trainer left.", "recovery": "Sought.", "forecast_due": DUE, "override_reason": "We know."}
DELIVERED = {"completed_on": TODAY, "evidence_note": "Register.", "override_reason": "It is done."}
DETAIL = {"on_track": {"override_reason": "It is."}, "at_risk": SLIPPED, "complete": DELIVERED}
RATINGS = st.sampled_from(sorted(DETAIL))
WHICH = st.integers(0, 1)


class SignOffMachine(RuleBasedStateMachine):
    """Two actions of one partner, edited, updated, moderated, locked and signed off at random."""

    @initialize()
    def begin(self):
        self.outer = transaction.atomic()
        self.outer.__enter__()
        self.town = make_town()
        self.actions = [self.town.action, make_action(self.town.plan, self.town.police, text="Write to schools")]
        self.town.return_of(self.town.police)
        self.signed = None
        for which in (0, 1):  # as it often is: all said and signed, and then the edits come
            self.nil(which)
        self.sign()

    def teardown(self):
        if hasattr(self, "outer"):
            transaction.set_rollback(True)
            self.outer.__exit__(None, None, None)

    def the_return(self) -> PartnerReturn:
        return PartnerReturn.objects.select_related("period__plan__council").get(partner=self.town.police)

    def action(self, which):
        return type(self.town.action).objects.get(pk=self.actions[which].pk)

    def attempt(self, act):
        """Do it, or be refused with a reason; both leave something that must be true."""
        try:
            with transaction.atomic():
                act()
        except (Refused, RuleBroken) as no:
            assert str(no).strip()

    # --- what people do

    @rule(which=WHICH, text=WORDS, rating=RATINGS)
    def draft(self, which, text, rating):
        action = self.action(which)
        present = action.updates.first()
        fields = {"text": text, "rating": rating, **DETAIL[rating]}
        version = present.version if present else None
        who = {"action": action, "period": self.town.period, "partner": self.town.police, "by": self.town.lead}
        self.attempt(lambda: save_update(**who, version=version, **fields))

    @rule(which=WHICH)
    def say_nothing(self, which):
        self.nil(which)

    @rule(which=WHICH)
    def submit(self, which):
        update = self.action(which).updates.first()
        if update:
            self.attempt(lambda: submit_update(update=update, by=self.town.lead, version=update.version, today=TODAY))

    def nil(self, which):
        who = {"period": self.town.period, "partner": self.town.police, "by": self.town.lead}
        self.attempt(lambda: submit_nil(action=self.action(which), today=TODAY, **who))

    @rule(which=WHICH, how=st.sampled_from(["revise", "accept", "send_back"]))
    def moderate(self, which, how):
        update = self.action(which).updates.first()
        if update is None:
            return
        known = {"update": update, "version": update.version}
        acts = {
            "revise": lambda: revise_update(by=self.town.lead, **known),
            "accept": lambda: accept_update(by=self.town.coordinator, **known),
            "send_back": lambda: send_back(by=self.town.coordinator, comment="More", **known),
        }
        self.attempt(acts[how])

    @rule(which=WHICH, rating=RATINGS)
    def rate(self, which, rating):
        action = self.action(which)
        given = {"by": self.town.coordinator, "version": action.version, "today": TODAY}
        self.attempt(lambda: rate_action(action=action, rating=rating, **given, **DETAIL[rating]))

    @rule(which=WHICH, text=WORDS, due=DATES)
    def edit(self, which, text, due):
        action = self.action(which)
        given = {"by": self.town.coordinator, "version": action.version}
        self.attempt(lambda: edit_action(action=action, text=text, due_on=due, **given))

    @rule(which=WHICH, part=st.sampled_from(["accountable", "joint", "supporting"]))
    def share(self, which, part):
        owners = [
            OwnerSpec("organisation", "Police", part, partner=self.town.police),
            OwnerSpec(
                "organisation", "Health", "joint" if part == "accountable" else "accountable", partner=self.town.health
            ),
        ]
        action = self.action(which)
        given = {"by": self.town.coordinator, "version": action.version}
        self.attempt(lambda: edit_action(action=action, owners=owners, **given))

    @rule(which=WHICH, how=st.sampled_from(["withdraw", "hold", "resume", "up", "down"]))
    def steer(self, which, how):
        action = self.action(which)
        known = {"action": action, "by": self.town.coordinator, "version": action.version}
        acts = {
            "withdraw": lambda: withdraw_action(reason="Why", **known),
            "hold": lambda: hold_action(reason="Why", review_by=DUE, today=TODAY, **known),
            "resume": lambda: resume_action(**known),
            "up": lambda: move_action(direction="up", **known),
            "down": lambda: move_action(direction="down", **known),
        }
        self.attempt(acts[how])

    @rule()
    def lock_or_reopen(self):
        period = type(self.town.period).objects.get(pk=self.town.period.pk)
        by = self.town.coordinator
        if period.is_open:
            lock_period(period=period, by=by)
            freeze_updates(period, by)
        else:
            thaw_updates(reopen_period(period=period, reason="Wrong figures", by=by), by)

    @rule()
    def sign_again(self):
        self.sign()

    def sign(self):
        mine = self.the_return()
        content = return_content(mine)

        def act():
            shown = fingerprint(content)
            self.signed = sign_off_return(partner_return=mine, shown=shown, statement="True.", by=self.town.lead)

        self.attempt(act)

    # --- what is always so

    @precondition(lambda self: hasattr(self, "town"))
    @invariant()
    def valid_exactly_while_equal_and_nothing_unsaid_is_signed(self):
        mine = self.the_return()
        now, line = return_content(mine), return_line(mine)
        if self.signed is not None:
            assert (line.state == ReturnState.SIGNED_OFF) == (now == self.signed.content)
            assert line.stale == (now != self.signed.content and line.is_asked)
            assert bool(compare(self.signed.content, now)) == (now != self.signed.content)
        assert 0 <= line.done <= line.total == len(now["actions"])
        if line.state == ReturnState.SIGNED_OFF:
            assert line.done == line.total


@pytest.mark.django_db
def test_a_sign_off_is_valid_exactly_while_the_content_is_what_was_signed():
    limits = settings(
        max_examples=10,
        stateful_step_count=20,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(SignOffMachine, settings=limits)

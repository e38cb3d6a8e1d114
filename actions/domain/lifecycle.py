"""The delivery status of an action, moved by a person: withdrawn, put on hold, resumed, agreed, reopened."""

import datetime

from django.db import transaction

from actions.domain.quarter import ask_returns_if_open
from actions.enums import CLOSED_STATES, ActionState, Rating
from actions.models import Action
from partners.models import User
from partners.policy import allow
from plans.domain.headings import holds_headings
from plans.domain.periods import hold_open_period
from plans.domain.record import acting
from plans.models import Objective
from prevent_tracker.core.refusals import RuleBroken
from prevent_tracker.core.states import move
from prevent_tracker.core.versions import claim, save_next
from prevent_tracker.core.words import counted


@transaction.atomic
def withdraw_action(*, action: Action, reason: str, by: User, version: int) -> Action:
    """End an action without delivery, with the reason; it is still printed. Raises Refused, RuleBroken, StaleSave."""
    action = _claim(action, by, version)
    _require_reason(reason, "Say why this action is withdrawn.")
    move(action, "withdraw", "withdrawn")
    action.closed_reason = reason.strip()
    return _save(action, by, reason)


@transaction.atomic
def reopen_action(*, action: Action, reason: str, by: User, version: int) -> Action:
    """Take back that an action is complete, with the reason. It is not rated until somebody rates it again.

    Raises Refused, RuleBroken (no reason, not complete), StaleSave.
    """
    action = _claim(action, by, version)
    _require_reason(reason, "Say why this action is reopened.")
    move(action, "reopen", "reopened")
    action.completed_on = None
    if action.rating == Rating.COMPLETE:
        action.rating = Rating.NOT_RATED
    return _save(action, by, reason)


@transaction.atomic
def reinstate_action(*, action: Action, reason: str, by: User, version: int) -> Action:
    """Take back that an action was withdrawn, with the reason: it is agreed again, and asked about if a quarter is open.

    Raises Refused, RuleBroken (no reason, not withdrawn), StaleSave.
    """
    action = _claim(action, by, version)
    _require_reason(reason, "Say why this action is brought back.")
    move(action, "reinstate", "brought back")
    action.closed_reason = ""
    _save(action, by, reason)
    with acting(by, action.plan.council, reason):
        ask_returns_if_open(action.plan)
    return action


@transaction.atomic
def hold_action(
    *, action: Action, reason: str, review_by: datetime.date, by: User, version: int, today: datetime.date
) -> Action:
    """Pause an action, with the reason and a date after today by which to look again.

    Raises Refused, RuleBroken, StaleSave.
    """
    action = _claim(action, by, version)
    _require_reason(reason, "Say why this action is put on hold.")
    if review_by <= today:
        raise RuleBroken({"review_by": ["The date by which to look again must be after today."]})
    move(action, "hold", "put on hold")
    action.review_by = review_by
    return _save(action, by, reason)


@transaction.atomic
def resume_action(*, action: Action, by: User, version: int, reason: str = "") -> Action:
    """Take up an action that was on hold; the review date that was agreed before stands again.

    Raises Refused, RuleBroken (not on hold), StaleSave.
    """
    action = _claim(action, by, version)
    move(action, "start", "resumed")
    action.review_by = _agreed_review(action)
    return _save(action, by, reason)


@transaction.atomic
def agree_action(*, action: Action, by: User, version: int, reason: str = "") -> Action:
    """Record that the group agreed to a proposed action. Raises Refused, RuleBroken (not proposed), StaleSave."""
    action = _claim(action, by, version)
    move(action, "agree", "agreed")
    return _save(action, by, reason)


@holds_headings
def actions_under(heading: Objective) -> str:
    """Say which actions in force still stand under a heading; "" for none."""
    number = heading.actions.exclude(state__in=CLOSED_STATES).count()
    if not number:
        return ""
    stand = "stands" if number == 1 else "stand"
    return f"{counted(number, 'open action')} {stand} under this heading. Move or withdraw what stands there first."


def _agreed_review(action: Action) -> datetime.date | None:
    """Return the review date that stood before an action was put on hold; one agreed since then stays."""
    held = None
    for row in action.history.order_by("-history_date", "-history_id").only("state", "review_by", "history_date"):
        if row.state != ActionState.ON_HOLD:
            since = held is not None and held.review_by != action.review_by
            return action.review_by if since else row.review_by
        held = row
    return action.review_by


def _claim(action: Action, by: User, version: int) -> Action:
    allow(by, "edit", action)
    hold_open_period(action.plan)
    return claim(action, version)


def _require_reason(reason: str, sentence: str) -> None:
    if not reason.strip():
        raise RuleBroken({"reason": [sentence]})


def _save(action: Action, by: User, reason: str) -> Action:
    with acting(by, action.plan.council, reason):
        save_next(action, reason=reason.strip())
    return action

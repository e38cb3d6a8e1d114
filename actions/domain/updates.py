"""Progress updates: one for each action and period, drafted, submitted, sent back or accepted while the period is open.

Any owner's seat may write it; only the accountable seat rates. The coordinator may write one for the accountable seat,
and it is marked as written on behalf. Nobody edits another organisation's words, except that the accountable seat may
take over what a joint owner began.
"""

import datetime
from typing import Any

from django.db import transaction

from actions.domain.decisions import decide, facts_when_updated, told_with
from actions.domain.owners import accountable_seat, with_seats
from actions.domain.rag import RatingChoice, check_rating, suggest_rating
from actions.domain.returns import keep_contents, release_contents
from actions.enums import ActionState, Rating, RatingSource, UpdateState
from actions.models import Action, ProgressUpdate
from actions.rules import NOT_YOUR_ACTION
from partners.models import Partner, User
from partners.policy import access_for, allow
from plans.domain.periods import require_open
from plans.domain.record import acting
from plans.models import ReportingPeriod
from prevent_tracker.core import clock
from prevent_tracker.core.audit import update_many
from prevent_tracker.core.refusals import Refused, RuleBroken, StaleSave, require_valid
from prevent_tracker.core.states import move
from prevent_tracker.core.versions import claim, save_next

DETAIL = ("issue", "recovery", "forecast_due", "impact", "ask", "completed_on", "evidence_note")
WRITABLE = frozenset({"text", "rating", "override_reason", *DETAIL})
DATES = ("forecast_due", "completed_on")
BEING_WRITTEN = (UpdateState.DRAFT, UpdateState.RETURNED)
SUBMITTED_ALREADY = "This update has been submitted. Open it again before you change it."


@transaction.atomic
def save_update(
    *,
    action: Action,
    period: ReportingPeriod,
    partner: Partner,
    by: User,
    version: int | None = None,
    **fields: Any,
) -> ProgressUpdate:
    """Save a draft of the period's update for an owner's seat, with any of the WRITABLE fields; the rest stays.

    A seat that is not accountable does not rate: a rating it gave while it was goes, with its details.
    `version` is that of the update which the person was shown, None when there was none. A blank text empties it.
    Raises Refused (not an owner's seat), RuleBroken (period not open, submitted already, another
    organisation's words, a rating from a joint owner), StaleSave.
    """
    period, action = _take(action, period)
    return _draft(action, period, partner, by, version, fields)


@transaction.atomic
def give_update(
    *,
    action: Action,
    period: ReportingPeriod,
    partner: Partner,
    by: User,
    today: datetime.date,
    version: int | None = None,
    **fields: Any,
) -> ProgressUpdate:
    """Save the period's update and submit it in one act: a rule that is broken leaves all as it was.

    Takes what `save_update` takes; raises what `save_update` and `submit_update` raise.
    """
    period, action = _take(action, period)
    update = _draft(action, period, partner, by, version, fields)
    return _say(update, action, period, by, today)


def _draft(
    action: Action, period: ReportingPeriod, partner: Partner, by: User, version: int | None, fields: dict[str, Any]
) -> ProgressUpdate:
    on_behalf = _writes_on_behalf(action, partner, by)
    update = _present_update(action, period)
    if update is not None:
        _check_words_are_theirs(update, partner, on_behalf)
        if update.version != version:
            raise StaleSave(update)
    update = update or ProgressUpdate(action=action, period=period)
    update.partner, update.written_by, update.on_behalf = partner, by, on_behalf
    if partner != accountable_seat(action):
        _put(update, RatingChoice(rating=Rating.NOT_RATED))
    _write(update, fields)
    _check_may_rate(update)
    with acting(by, action.plan.council):
        _save(update)
    return update


@transaction.atomic
def submit_update(*, update: ProgressUpdate, by: User, version: int, today: datetime.date) -> ProgressUpdate:
    """Say that a draft is the owner's update; the accountable seat's rating is set with it, and what it is not told
    with (an issue beside Green) goes.

    The first real update starts the action. Raises Refused, RuleBroken (no words, the rules of its rating), StaleSave.
    """
    period, action, update = _claim(update, version)
    return _say(update, action, period, by, today)


def _say(
    update: ProgressUpdate, action: Action, period: ReportingPeriod, by: User, today: datetime.date
) -> ProgressUpdate:
    allow(by, "edit", update)
    if not update.text.strip():
        raise RuleBroken({"text": ["Say what was done this quarter, or give a nil return if there is nothing to say."]})
    _check_may_rate(update)
    choice = told_with(_choice_of(update))
    _put(update, choice)
    facts = facts_when_updated(action, period)
    with acting(by, action.plan.council):
        _submit(update, action, is_nil=False)
        if update.partner == accountable_seat(action):
            if update.rating == Rating.NOT_RATED:
                raise RuleBroken({"rating": ["Choose a rating."]})
            decide(
                action=action,
                period=period,
                choice=choice,
                facts=facts,
                source=RatingSource.PARTNER,
                by=by,
                today=today,
            )
        else:
            save_next(action)
    return update


@transaction.atomic
def submit_nil(
    *, action: Action, period: ReportingPeriod, partner: Partner, by: User, today: datetime.date
) -> ProgressUpdate:
    """Say, for the accountable seat, that there is nothing to report; words that were drafted are kept, and not shown.

    The rating stays as it is. Raises Refused, RuleBroken (period not open, submitted already, a joint owner's seat, a
    rating that the dates no longer allow).
    """
    period, action = _take(action, period)
    on_behalf = _writes_on_behalf(action, partner, by)
    accountable = accountable_seat(action)
    if partner != accountable:
        raise RuleBroken(f"Only {accountable}, which is accountable for this action, can give a nil return for it.")
    update = _present_update(action, period)
    if update is not None:
        _check_words_are_theirs(update, partner, on_behalf)
    _check_rating_may_stay(action, period, today)
    update = update or ProgressUpdate(action=action, period=period)
    update.partner, update.written_by, update.on_behalf = partner, by, on_behalf
    with acting(by, action.plan.council):
        _submit(update, action, is_nil=True)
        save_next(action)
    return update


@transaction.atomic
def revise_update(*, update: ProgressUpdate, by: User, version: int) -> ProgressUpdate:
    """Open a submitted update again, with its words; until it is submitted anew it counts as missing.

    Completion that it claimed is no longer claimed.
    Raises Refused, RuleBroken (period not open, not submitted), StaleSave.
    """
    _, action, update = _claim(update, version)
    allow(by, "edit", update)
    move(update, "revise", "opened again")
    with acting(by, action.plan.council):
        _end_claim(update, action)
        update.is_nil = False
        save_next(update)
    return update


@transaction.atomic
def send_back(*, update: ProgressUpdate, comment: str, by: User, version: int) -> ProgressUpdate:
    """Ask an owner for more, with a comment. Completion that the update claimed is no longer claimed.

    Raises Refused, RuleBroken (no comment, not submitted), StaleSave.
    """
    _, action, update = _claim(update, version)
    allow(by, "send_back", update)
    if not comment.strip():
        raise RuleBroken({"comment": ["Say what more is needed."]})
    move(update, "send_back", "sent back")
    update.comment = comment.strip()
    with acting(by, action.plan.council, comment):
        _end_claim(update, action, reason=update.comment)
        save_next(update, reason=update.comment)
    return update


@transaction.atomic
def accept_update(*, update: ProgressUpdate, by: User, version: int) -> ProgressUpdate:
    """Accept a submitted update as it stands, as the coordinator. Raises Refused, RuleBroken, StaleSave."""
    _, action, update = _claim(update, version)
    allow(by, "moderate", update)
    move(update, "accept", "accepted")
    with acting(by, action.plan.council):
        save_next(update)
    return update


def write_on_behalf(*, action: Action, period: ReportingPeriod, text: str, choice: RatingChoice, by: User) -> None:
    """Give the update of an action for its accountable seat, in the coordinator's words and marked so.

    The caller has locked period and action and saves the action. Raises RuleBroken (there is an update already).
    """
    update = _present_update(action, period)
    if update is not None and not (update.on_behalf and update.state in BEING_WRITTEN):
        done = "is writing" if update.state in BEING_WRITTEN else "has given"
        raise RuleBroken({"update_text": [f"{update.partner} {done} an update for this quarter. Leave this blank."]})
    update = update or ProgressUpdate(action=action, period=period)
    update.partner, update.written_by, update.on_behalf = accountable_seat(action), by, True
    update.text = text.strip()
    _put(update, choice)
    _submit(update, action, is_nil=False)


@transaction.atomic
def freeze_updates(period: ReportingPeriod, by: User) -> None:
    """Freeze what was said for a period that has just locked, and keep what each return held. Raises Refused."""
    allow(by, "run_quarter", period.plan)
    with acting(by, period.plan.council):
        keep_contents(period)
        said = period.updates.filter(state__in=[UpdateState.SUBMITTED, UpdateState.ACCEPTED])
        _move_all(list(said.select_for_update()), "freeze", "frozen")


@transaction.atomic
def thaw_updates(period: ReportingPeriod, by: User) -> None:
    """Let what was said be revised again, for a period that has just been reopened. Raises Refused."""
    allow(by, "run_quarter", period.plan)
    with acting(by, period.plan.council):
        release_contents(period)
        _move_all(list(period.updates.filter(state=UpdateState.FROZEN).select_for_update()), "thaw", "thawed")


def _move_all(updates: list[ProgressUpdate], transition: str, participle: str) -> None:
    for update in updates:
        move(update, transition, participle)
    update_many(ProgressUpdate, updates, ["state"])


def _take(action: Action, period: ReportingPeriod) -> tuple[ReportingPeriod, Action]:
    """Return period and action, locked in this order. Raises RuleBroken (not open, another plan's, action closed)."""
    period = require_open(period)
    action = with_seats(Action.objects.select_for_update()).get(pk=action.pk)
    if action.plan_id != period.plan_id:
        raise RuleBroken("This action belongs to another plan.")
    action.plan = period.plan
    if action.is_closed:
        state = action.get_state_display().lower()  # type: ignore[attr-defined]
        raise RuleBroken(f"This action is {state}, so no update is asked for.")
    return period, action


def _claim(update: ProgressUpdate, version: int) -> tuple[ReportingPeriod, Action, ProgressUpdate]:
    period, action = _take(update.action, update.period)
    update = claim(update, version)
    update.period, update.action = period, action
    return period, action, update


def _present_update(action: Action, period: ReportingPeriod) -> ProgressUpdate | None:
    rows = ProgressUpdate.objects.select_for_update(of=("self",)).select_related("partner__organisation")
    update = rows.filter(action=action, period=period).first()
    if update is not None:
        update.action, update.period = action, period
    return update


def _writes_on_behalf(action: Action, partner: Partner, by: User) -> bool:
    """Return whether a person who writes for a seat does so on its behalf, as the coordinator. Raises Refused."""
    allow(by, "update", action)
    access = access_for(by)
    owns = any(owner.partner_id == partner.pk for owner in action.owners.all())
    if owns and partner.pk in access.partners("contribute"):
        return False
    if action.plan.council_id not in access.councils("coordinate"):
        raise Refused(NOT_YOUR_ACTION)
    accountable = accountable_seat(action)
    if partner != accountable:
        raise Refused(f"You may write this update on behalf of {accountable}, which is accountable, and nobody else.")
    return True


def written_by_another(update: ProgressUpdate, partner: Partner, *, on_behalf: bool, accountable: bool) -> str:
    """Return why the words that are there are not this seat's to change, in a sentence; nothing when they are.

    `on_behalf`: the coordinator writes for the seat. `accountable`: the seat answers for the action, so that it may
    take over what a joint owner began.
    """
    if on_behalf and not update.on_behalf:
        return f"{update.partner} is writing this update. You do not edit a partner's words."
    if update.partner_id != partner.pk and not accountable:
        return f"{update.partner} is writing this update. Ask them to add your organisation's words."
    return ""


def _check_words_are_theirs(update: ProgressUpdate, partner: Partner, on_behalf: bool) -> None:
    if update.state not in BEING_WRITTEN:
        raise RuleBroken(SUBMITTED_ALREADY)
    accountable = partner == accountable_seat(update.action)
    if reason := written_by_another(update, partner, on_behalf=on_behalf, accountable=accountable):
        raise RuleBroken(reason)


def _check_may_rate(update: ProgressUpdate) -> None:
    accountable = accountable_seat(update.action)
    if update.rating != Rating.NOT_RATED and update.partner != accountable:
        raise RuleBroken(
            {"rating": [f"Only {accountable}, which is accountable, rates this action. Joint owners add words."]}
        )


def _check_rating_may_stay(action: Action, period: ReportingPeriod, today: datetime.date) -> None:
    """A nil return leaves the rating as it stands, so it has to be one that the dates still allow."""
    facts = facts_when_updated(action, period)
    standing = RatingChoice(rating=action.rating)
    if ruled_out := check_rating(facts, standing, suggest_rating(facts, today), today).get("rating"):
        label = Rating(action.rating).label
        raise RuleBroken(
            f"{' '.join(ruled_out)} It is rated {label} now, so a nil return cannot be given: "
            "give an update with a rating."
        )


def _write(update: ProgressUpdate, fields: dict[str, Any]) -> None:
    if unknown := set(fields) - WRITABLE:
        raise TypeError(f"these are not written: {', '.join(sorted(unknown))}")
    for field, value in fields.items():
        if field == "rating":
            value = value or Rating.NOT_RATED
        elif field not in DATES:
            value = (value or "").strip()
        setattr(update, field, value)
    update.is_nil = False


def _choice_of(update: ProgressUpdate) -> RatingChoice:
    detail = {field: getattr(update, field) for field in DETAIL}
    return RatingChoice(rating=update.rating, override_reason=update.override_reason, **detail)


def _put(update: ProgressUpdate, choice: RatingChoice) -> None:
    """Write a choice on an update."""
    for field in ("rating", "override_reason", *DETAIL):
        setattr(update, field, getattr(choice, field))


def _submit(update: ProgressUpdate, action: Action, *, is_nil: bool) -> None:
    """Save an update as submitted, and put on the action (which the caller saves) what follows from it."""
    move(update, "submit", "submitted")
    update.is_nil = is_nil
    update.submitted_at = action.last_update_at = clock.now()
    _save(update)
    begun = not is_nil and update.rating != Rating.NOT_STARTED
    if begun and action.state == ActionState.AGREED:
        move(action, "start", "started")


def _end_claim(update: ProgressUpdate, action: Action, reason: str = "") -> None:
    """Put an action back in progress when the update that claims its completion no longer stands."""
    claims = update.rating == Rating.COMPLETE and not update.is_nil
    if claims and action.state == ActionState.COMPLETION_CLAIMED:
        move(action, "reopen", "reopened")
        save_next(action, reason=reason)


def _save(update: ProgressUpdate) -> None:
    require_valid(update)
    if update.pk is None:
        update.save()
    else:
        save_next(update)

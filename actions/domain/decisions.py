"""One rating of an action is decided: checked, the delivery status moved with it, written down for ever.

Both ways to a rating come through `decide`: a partner submits an update, the coordinator rates.
"""

import datetime
from collections.abc import Sequence
from dataclasses import replace

from actions.domain.rag import (
    SLIPPED,
    MilestoneFacts,
    RatingChoice,
    RatingFacts,
    check_rating,
    suggest_rating,
)
from actions.enums import ActionState, Rating, RatingSource
from actions.models import SAID, Action, Milestone, ProgressUpdate, RatingDecision
from partners.models import User
from partners.policy import role_words
from plans.enums import PeriodState
from plans.models import ReportingPeriod
from prevent_tracker.core import clock
from prevent_tracker.core.refusals import RuleBroken
from prevent_tracker.core.states import move
from prevent_tracker.core.versions import save_next

LONGEST_ROLE = 300  # of RatingDecision.decided_as and SignOff.signed_as


def facts_of(action: Action, period: ReportingPeriod | None, today: datetime.date) -> RatingFacts:
    """Return what the RAG rules look at, for one action. `period` is the quarter that asks for an update, if any."""
    return facts_for([action], period)[action.pk]


def facts_for(actions: Sequence[Action], period: ReportingPeriod | None) -> dict[int, RatingFacts]:
    """Return {action id: its facts} in two queries, however many actions of one plan are given."""
    ids = [action.pk for action in actions]
    milestones = _milestones(ids)
    updates: dict[int, ProgressUpdate] = {}
    if period is not None and period.state != PeriodState.SCHEDULED:
        said = ProgressUpdate.objects.filter(period=period, action__in=ids, state__in=SAID)
        updates = {update.action_id: update for update in said.select_related("partner__organisation")}
    return {
        action.pk: _facts(action, period, tuple(milestones.get(action.pk, ())), updates.get(action.pk))
        for action in actions
    }


def facts_when_updated(action: Action, period: ReportingPeriod | None) -> RatingFacts:
    """Return what `facts_of` will be once the update that is being given is there. One query."""
    return as_updated(_facts(action, period, tuple(_milestones([action.pk]).get(action.pk, ())), None))


def _milestones(ids: Sequence[int]) -> dict[int, list[MilestoneFacts]]:
    found: dict[int, list[MilestoneFacts]] = {}
    for milestone in Milestone.objects.filter(action__in=ids).order_by("position"):
        facts = MilestoneFacts(str(milestone), milestone.due_on, milestone.met_on)
        found.setdefault(milestone.action_id, []).append(facts)
    return found


def _facts(
    action: Action,
    period: ReportingPeriod | None,
    milestones: tuple[MilestoneFacts, ...],
    update: ProgressUpdate | None,
) -> RatingFacts:
    asked = period is not None and period.state != PeriodState.SCHEDULED
    own_words = update is not None and not (update.on_behalf or update.is_nil) and update.rating != Rating.NOT_RATED
    return RatingFacts(
        state=action.state,
        kind=action.kind,
        start_on=action.start_on,
        due_on=action.due_on,
        original_due=action.original_due,
        forecast_due=action.forecast_due,
        review_by=action.review_by,
        times_redated=action.times_redated,
        milestones=milestones,
        period_name=period.name if period is not None and asked else "",
        is_updated=update is not None,
        said_rating=update.rating if update is not None and own_words else "",
        said_by=str(update.partner) if update is not None and own_words else "",
    )


def as_updated(facts: RatingFacts) -> RatingFacts:
    """Return the facts as they will stand once the update that is being given is there."""
    return replace(facts, is_updated=True, said_rating="", said_by="")


def decide(
    *,
    action: Action,
    period: ReportingPeriod | None,
    choice: RatingChoice,
    facts: RatingFacts,
    source: RatingSource,
    by: User,
    today: datetime.date,
) -> RatingDecision:
    """Check and set the rating of a claimed action, move its delivery status with it, save both. Call inside `acting`.

    A partner's Blue claims completion, and leaves the rating with all it was told with as it stands until the
    coordinator accepts; the coordinator's Blue accepts. Raises RuleBroken.
    """
    suggestion = suggest_rating(facts, today)
    if problems := check_rating(facts, choice, suggestion, today):
        raise RuleBroken(problems)
    choice = told_with(choice)
    previous = action.rating
    self_certified = source == RatingSource.COORDINATOR and _is_self_certified(action, choice.rating, by)
    _move_with(action, choice, source)
    now = clock.now()
    if action.state != ActionState.COMPLETION_CLAIMED:
        action.rating, action.rated_at, action.forecast_due = choice.rating, now, choice.forecast_due
    save_next(action, reason=choice.override_reason)
    return RatingDecision.objects.create(
        action=action,
        period=period,
        source=source,
        rating=choice.rating,
        previous=previous,
        suggested=suggestion.rating,
        suggested_because=suggestion.because,
        override_reason=choice.override_reason,
        issue=choice.issue,
        recovery=choice.recovery,
        forecast_due=choice.forecast_due,
        impact=choice.impact,
        ask=choice.ask,
        completed_on=choice.completed_on,
        evidence_note=choice.evidence_note,
        self_certified=self_certified,
        decided_at=now,
        decided_by=by,
        decided_as=role_words(by, action.plan.council)[:LONGEST_ROLE],
    )


def told_with(choice: RatingChoice) -> RatingChoice:
    """Return the choice with only what its rating is told with: no forecast with Green, no issue with Blue."""
    slipped, complete = choice.rating in SLIPPED, choice.rating == Rating.COMPLETE
    return RatingChoice(
        rating=choice.rating,
        override_reason=choice.override_reason.strip(),
        issue=choice.issue.strip() if slipped else "",
        recovery=choice.recovery.strip() if slipped else "",
        forecast_due=choice.forecast_due if slipped else None,
        impact=choice.impact.strip() if slipped else "",
        ask=choice.ask.strip() if slipped else "",
        completed_on=choice.completed_on if complete else None,
        evidence_note=choice.evidence_note.strip() if complete else "",
    )


def _move_with(action: Action, choice: RatingChoice, source: RatingSource) -> None:
    """Move the delivery status as the rating asks."""
    claimed = action.state == ActionState.COMPLETION_CLAIMED
    if choice.rating == Rating.COMPLETE and source == RatingSource.COORDINATOR:
        move(action, "complete", "completed")
        action.completed_on = choice.completed_on
    elif choice.rating == Rating.COMPLETE and not claimed:
        move(action, "claim_completion", "claimed to be complete")
    elif choice.rating != Rating.COMPLETE and claimed:
        move(action, "reopen", "reopened")


def _is_self_certified(action: Action, rating: str, by: User) -> bool:
    """Whether a coordinator's Blue rests on nobody else's claim: nobody both claims and accepts without it showing."""
    if rating != Rating.COMPLETE:
        return False
    if action.state != ActionState.COMPLETION_CLAIMED:
        return True
    claim = action.rating_decisions.filter(rating=Rating.COMPLETE, source=RatingSource.PARTNER).first()
    return claim is None or claim.decided_by_id == by.pk

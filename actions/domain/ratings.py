"""The coordinator rates an action."""

import datetime

from django.db import transaction

from actions.domain.decisions import as_updated, decide, facts_for, facts_of, told_with
from actions.domain.rag import RatingChoice
from actions.domain.updates import write_on_behalf
from actions.enums import RatingSource
from actions.models import Action, RatingDecision
from partners.models import User
from partners.policy import allow
from plans.domain.periods import hold_open_period
from plans.domain.record import acting
from plans.enums import PeriodState
from plans.models import Plan, ReportingPeriod
from plans.queries import present_period
from prevent_tracker.core.refusals import RuleBroken
from prevent_tracker.core.versions import claim

__all__ = ["facts_for", "facts_of", "rate_action"]


def quarter_rated(plan: Plan) -> ReportingPeriod | None:
    """Return the quarter whose update a rating has to have: the open one, or one that is locked and not yet reported.

    A locked quarter counts because it may be reopened, and would then hold a Green that was refused while it was open.
    """
    period = present_period(plan)
    return period if period and period.state in (PeriodState.OPEN, PeriodState.LOCKED) else None


@transaction.atomic
def rate_action(
    *,
    action: Action,
    rating: str,
    by: User,
    version: int,
    today: datetime.date,
    override_reason: str = "",
    issue: str = "",
    recovery: str = "",
    forecast_due: datetime.date | None = None,
    impact: str = "",
    ask: str = "",
    completed_on: datetime.date | None = None,
    evidence_note: str = "",
    update_text: str = "",
) -> RatingDecision:
    """Set the rating of an action, as the coordinator. Blue accepts completion; see `rag.check_rating` for the rules.

    `update_text` gives the open quarter's update on behalf of the accountable partner in the same act, where none has
    been given. A rating that differs from the partner's own stands beside it, with the reason.
    Raises Refused, RuleBroken, StaleSave.
    """
    allow(by, "rate", action)
    choice = RatingChoice(
        rating=rating,
        override_reason=override_reason,
        issue=issue,
        recovery=recovery,
        forecast_due=forecast_due,
        impact=impact,
        ask=ask,
        completed_on=completed_on,
        evidence_note=evidence_note,
    )
    period = hold_open_period(action.plan)
    action = claim(action, version)
    facts = facts_of(action, period or quarter_rated(action.plan), today)
    with acting(by, action.plan.council, override_reason):
        if update_text.strip():
            if period is None:
                raise RuleBroken({"update_text": ["No quarter is open, so there is no update to give."]})
            write_on_behalf(action=action, period=period, text=update_text, choice=told_with(choice), by=by)
            facts = as_updated(facts)
        return decide(
            action=action,
            period=period,
            choice=choice,
            facts=facts,
            source=RatingSource.COORDINATOR,
            by=by,
            today=today,
        )

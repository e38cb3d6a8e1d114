"""A quarter opens: the period, and one return for each partner that answers for open actions."""

import datetime

from django.db import transaction

from actions.domain.owners import ANSWERING
from actions.enums import CLOSED_STATES
from actions.models import ActionOwner, PartnerReturn
from partners.models import Partner, User
from plans.domain.periods import hold_open_period, open_period
from plans.domain.record import acting
from plans.models import Plan, ReportingPeriod
from prevent_tracker.core.audit import create_many


@transaction.atomic
def open_quarter(
    *, period: ReportingPeriod, asked: str, by: User, returns_due_on: datetime.date | None = None
) -> ReportingPeriod:
    """Open a period and ask every partner that answers for an open action for a return.

    Raises Refused, RuleBroken: see `plans.domain.periods.open_period`.
    """
    period = open_period(period=period, asked=asked, by=by, returns_due_on=returns_due_on)
    with acting(by, period.plan.council):
        ask_returns(period)
    return period


def ask_returns(period: ReportingPeriod) -> list[PartnerReturn]:
    """Make the returns that are not there yet, of partners that answer for an open action. Call inside `acting`."""
    answering = (
        ActionOwner.objects.filter(plan=period.plan_id, part__in=ANSWERING, partner__isnull=False)
        .exclude(action__state__in=CLOSED_STATES)
        .values("partner")
    )
    asked = period.returns.values("partner")
    partners = Partner.objects.filter(pk__in=answering).exclude(pk__in=asked)
    made = [PartnerReturn(partner=partner, period=period) for partner in partners]
    create_many(PartnerReturn, made)
    return made


def ask_returns_if_open(plan: Plan) -> None:
    """Ask partners that have just become owners for a return, where a quarter is open. Call inside `acting`."""
    period = hold_open_period(plan)
    if period is not None:
        ask_returns(period)

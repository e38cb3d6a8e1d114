"""What needs a person now about actions: returns to give, updates to read, actions past their date."""

import datetime

from django.db.models import Count
from django.urls import reverse

from actions.domain.returns import ReturnLine, lines_of
from actions.enums import ReturnState, UpdateState
from actions.import_needs import import_needs
from actions.models import Action, PartnerReturn, ProgressUpdate
from actions.queries import open_returns
from partners.policy import Access
from plans.enums import PlanState
from plans.models import Plan, ReportingPeriod
from prevent_tracker.core.needs import Need, Urgency
from prevent_tracker.core.words import counted, day_words

SOON = datetime.timedelta(days=14)


def needs_of(access: Access, today: datetime.date) -> list[Need]:
    """Return what needs the person, as a partner and as a coordinator. The number of queries does not grow."""
    needs: list[Need] = []
    if access.partners("contribute"):
        needs += partner_needs(access, today)
    if access.councils("coordinate"):
        needs += coordinator_needs(access, today)
        needs += import_needs(access)
    return needs


# --- As a partner -------------------------------------------------------------------------------------------------


def partner_needs(access: Access, today: datetime.date) -> list[Need]:
    """Return one need for each return that the person's organisations have still to give."""
    returns = open_returns(access.user)
    sent_back = _counts(
        ProgressUpdate.objects.filter(period__in={each.period_id for each in returns}, state=UpdateState.RETURNED),
        "period", "partner",
    )  # fmt: skip
    needs = (
        _return_need(line, sent_back.get((line.partner_return.period_id, line.partner.pk), 0), access, today)
        for line in lines_of(returns)
    )
    return [need for need in needs if need]


def _return_need(line: ReturnLine, sent_back: int, access: Access, today: datetime.date) -> Need | None:
    period, partner = line.partner_return.period, line.partner
    words = _return_words(line, sent_back, signs=partner.pk in access.partners("sign_off"))
    if words is None:
        return None
    return Need(
        title=words,
        detail=f"{partner}, {period.name}.",
        url=reverse("actions:return_page", args=[line.partner_return.public_id]),
        urgency=_urgency(period, today),
        due=period.returns_due_on,
        council=str(partner.council),
    )


def _return_words(line: ReturnLine, sent_back: int, *, signs: bool) -> str | None:
    """Return what is to be done for a return; None when there is nothing this person can do."""
    if sent_back:
        return f"Answer {counted(sent_back, 'update')} that came back with a question"
    missing = line.total - line.done
    if missing:
        return f"Update {missing} of {counted(line.total, 'action')}"
    if line.state == ReturnState.STALE and signs:
        return "Sign your return off again: it has changed since"
    if line.state == ReturnState.READY and signs:
        return "Read and sign off your return"
    return None


def _urgency(period: ReportingPeriod, today: datetime.date) -> Urgency:
    if period.is_overdue_for_returns(today):
        return Urgency.LATE
    return Urgency.NOW if period.returns_due_on <= today + SOON else Urgency.SOON


# --- As a coordinator ---------------------------------------------------------------------------------------------


def coordinator_needs(access: Access, today: datetime.date) -> list[Need]:
    """Return what the plans of the person's councils need: reading, chasing, locking, opening, dates that passed."""
    plans = list(
        Plan.objects.filter(council__in=access.councils("coordinate"), state=PlanState.LIVE).select_related("council")
    )
    periods = {period.plan_id: period for period in ReportingPeriod.objects.open().filter(plan__in=plans)}
    waiting = _counts(ProgressUpdate.objects.filter(period__in=periods.values(), state=UpdateState.SUBMITTED), "period")
    lines = _lines_by_period(periods)
    overdue = _counts(Action.objects.filter(plan__in=plans).overdue(on=today), "plan")
    with_actions = set(
        Action.objects.filter(plan__in=plans).open().order_by().values_list("plan", flat=True).distinct()
    )
    needs: list[Need] = []
    for plan in plans:
        period = periods.get(plan.pk)
        if period:
            needs += _period_needs(plan, period, waiting.get((period.pk,), 0), lines.get(period.pk, []), today)
        elif plan.pk in with_actions:
            needs.append(_plan_need(plan, "No quarter is open", "Open one to ask partners for updates.", Urgency.SOON))
        if number := overdue.get((plan.pk,)):
            needs.append(_overdue_need(plan, number))
    return needs


def _lines_by_period(periods: dict[int, ReportingPeriod]) -> dict[int, list[ReturnLine]]:
    """Return {period id: the returns of which something is asked}."""
    rows = PartnerReturn.objects.filter(period__in=periods.values())
    rows = rows.select_related("partner__organisation", "partner__council", "period__plan__council")
    lines: dict[int, list[ReturnLine]] = {}
    for line in lines_of(list(rows)):
        if line.is_asked:
            lines.setdefault(line.partner_return.period_id, []).append(line)
    return lines


def _period_needs(
    plan: Plan, period: ReportingPeriod, waiting: int, lines: list[ReturnLine], today: datetime.date
) -> list[Need]:
    needs = []
    signed = sum(line.state == ReturnState.SIGNED_OFF for line in lines)
    if waiting:
        needs.append(
            _plan_need(plan, f"Read {counted(waiting, 'update')}", f"{period.name}. Accept or send back.", Urgency.NOW)
        )
    if signed < len(lines) and period.is_overdue_for_returns(today):
        late = counted(len(lines) - signed, "return")
        detail = f"{period.name}: they were due by {day_words(period.returns_due_on)}."
        needs.append(_plan_need(plan, f"{late} not signed off", detail, Urgency.LATE))
    elif lines and signed == len(lines):
        needs.append(_plan_need(plan, f"Lock {period.name}", "Every return is signed off.", Urgency.NOW))
    return needs


def _plan_need(plan: Plan, title: str, detail: str, urgency: Urgency) -> Need:
    url = reverse("actions:quarter_page", args=[plan.public_id])
    return Need(title=title, detail=f"{plan}. {detail}", url=url, urgency=urgency, council=str(plan.council))


def _overdue_need(plan: Plan, number: int) -> Need:
    url = f"{reverse('actions:plan_page', args=[plan.public_id])}?show=overdue"
    words = counted(number, "action is", "actions are")
    return Need(f"{words} past the due date", str(plan), url, Urgency.SOON, council=str(plan.council))


def _counts(rows, *names: str) -> dict[tuple, int]:
    """Return {(values of the names): how many rows}. One query."""
    return {tuple(key): number for *key, number in rows.order_by().values_list(*names).annotate(number=Count("pk"))}

"""What the pages that ask for a rating show: the action in short, the suggestion, what was said last."""

import datetime
from typing import Any

from actions.forms.rating import RATING_DETAILS, RatingForm
from actions.models import Action
from actions.presenters.action_page import date_rows
from actions.presenters.plan_page import PlanTable, Reader, anchor_of, columns_of, figures
from actions.presenters.words import NO_OWNER, NO_TIMESCALE, rag_key, rag_tag, suggested_tag
from actions.queries import actions_of, counts_by_rating, for_rows, updates_in
from actions.rules import contributing_partner_ids
from partners.models import User
from partners.policy import access_for
from plans.models import ReportingPeriod
from plans.queries import present_period


def latest_said(action: Action, period: ReportingPeriod | None) -> dict[str, Any]:
    """Return what was said last with a rating, to start from: the open quarter's update, else the last decision."""
    source: Any = action.updates.filter(period=period).first() if period else None
    source = source or action.rating_decisions.first()
    started: dict[str, Any] = {"rating": action.rating}
    return started | ({name: getattr(source, name) for name in RATING_DETAILS} if source else {})


def may_write_on_behalf(action: Action, period: ReportingPeriod | None) -> bool:
    """Whether the coordinator may give the quarter's update with the rating: no partner has begun one."""
    begun = action.updates.filter(period=period).first() if period else None
    return period is not None and (begun is None or begun.on_behalf)


def rating_context(action: Action, form: RatingForm, today: datetime.date) -> dict[str, Any]:
    """Return the action in short, the suggested rating with its reason, and the form in its parts."""
    key = rag_key(action.plan.council)
    return {
        "action": action,
        "plan": action.plan,
        "marking": action.marking,
        "form": form,
        "in_short": [
            ("RAG rating now", rag_tag(action.rating, key)),
            ("Owner", action.owner_text or NO_OWNER),
            ("Timescale", action.timescale_text or NO_TIMESCALE),
            *date_rows(action, today),
        ],
        "suggested": suggested_tag(form.suggestion, key),
        "because": form.suggestion.because,
        "columns": len(columns_of(action.plan)),
        "anchor": anchor_of(action),
    }


def rated_row_context(user: User, action: Action, back: str, today: datetime.date) -> dict[str, Any]:
    """Return the row of an action that has just been rated, and the counts by rating, for the plan page."""
    plan, period, key = action.plan, present_period(action.plan), rag_key(action.plan.council)
    actions = actions_of(user, plan)
    rated = for_rows(actions).get(pk=action.pk)
    reader = Reader(True, contributing_partner_ids(access_for(user)), back.partition("#")[0], today, focus=action.pk)
    updates = updates_in(user, period, [rated])
    table = PlanTable(plan, headings=[], key=key, period=period, updates=updates, reader=reader)
    return {"plan": plan, "row": table.row(rated), "figures": figures(counts_by_rating(actions), key)}

"""What the pages that ask for a rating show: the action in short, the suggestion, what was said last."""

import datetime
from typing import Any

from actions.forms.rating import RATING_DETAILS, RatingForm
from actions.models import Action
from actions.presenters.action_page import date_rows
from actions.presenters.words import NO_OWNER, NO_TIMESCALE, rag_key, rag_tag, suggested_tag
from plans.models import ReportingPeriod


def latest_said(action: Action, period: ReportingPeriod | None) -> dict[str, Any]:
    """Return what was said last with a rating, to start from: the open quarter's update, else the last decision."""
    source: Any = action.updates.filter(period=period).first() if period else None
    source = source or action.rating_decisions.first()
    started: dict[str, Any] = {"rating": action.rating}
    return started | ({name: getattr(source, name) for name in RATING_DETAILS} if source else {})


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
    }

"""The page on which a partner (or the coordinator on its behalf) writes the quarter's update of an action."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from actions.domain.decisions import facts_when_updated
from actions.domain.owners import accountable_seat
from actions.domain.rag import KeyEntry, RatingFacts, Suggestion, suggest_rating
from actions.domain.returns import lacks_rating
from actions.domain.updates import BEING_WRITTEN, DETAIL, written_by_another
from actions.enums import Rating, UpdateState
from actions.forms.updates import UpdateForm
from actions.models import Action, ProgressUpdate
from actions.presenters.action_page import date_rows, said
from actions.presenters.words import NO_OWNER, NO_TIMESCALE, rag_key, rag_tag, suggested_tag
from actions.rules import updating_partner_ids
from partners.models import Partner, User
from partners.policy import access_for, may
from plans.models import ReportingPeriod
from plans.queries import present_period
from prevent_tracker.core.words import day_words


@dataclass(frozen=True)
class UpdatePage:
    """What is known before anything is written: for whom the person writes, what there is, what was said last."""

    action: Action
    period: ReportingPeriod | None
    partner: Partner
    on_behalf: bool
    rates: bool
    update: ProgressUpdate | None
    last: ProgressUpdate | None
    facts: RatingFacts
    suggestion: Suggestion
    key: Mapping[str, KeyEntry]
    today: datetime.date

    @property
    def may_write(self) -> bool:
        """Whether there are words to write: the quarter is open, nothing is submitted, no other owner is writing."""
        open_now = self.period is not None and self.period.is_open and not self.action.is_closed
        return open_now and (self.update is None or self.update.state in BEING_WRITTEN) and not self.another_writes

    @property
    def another_writes(self) -> str:
        """That another organisation is writing the update, in a sentence; nothing when none is."""
        if self.update is None or self.update.state not in BEING_WRITTEN:
            return ""
        return written_by_another(self.update, self.partner, on_behalf=self.on_behalf, accountable=self.rates)

    @property
    def lacks_rating(self) -> bool:
        """Whether a joint owner gave the words, and the accountable partner has still to rate."""
        update = self.update
        return (
            self.rates
            and update is not None
            and lacks_rating(rating=update.rating, is_nil=update.is_nil, delivery_status=self.action.state)
        )

    @property
    def initial(self) -> dict[str, Any]:
        if self.update is None:
            rating = "" if self.action.rating in (Rating.NOT_RATED, Rating.COMPLETE) else self.action.rating
            return {"rating": rating, "version": 0}
        names = ("text", "rating", "override_reason", "version", *DETAIL)
        return {name: getattr(self.update, name) for name in names}


def update_page(user: User, action: Action, today: datetime.date) -> UpdatePage:
    """Find out for whom the person writes and what there is already. Call after `allow(user, "update", action)`."""
    period = present_period(action.plan)
    accountable = accountable_seat(action)
    mine = updating_partner_ids(access_for(user), action)
    own = next((owner.partner for owner in action.owners.all() if owner.partner_id in mine[:1]), None)
    partner = accountable if accountable.pk in mine else own or accountable
    updates = list(action.updates.select_related("period", "partner__organisation").order_by("-period__starts_on"))
    facts = facts_when_updated(action, period)
    return UpdatePage(
        action=action,
        period=period,
        partner=partner,
        on_behalf=own is None,
        rates=partner == accountable,
        update=next((update for update in updates if update.period == period), None),
        last=next((update for update in updates if update.period != period and update.is_said), None),
        facts=facts,
        suggestion=suggest_rating(facts, today),
        key=rag_key(action.plan.council),
        today=today,
    )


def update_context(user: User, page: UpdatePage, form: UpdateForm | None) -> dict[str, Any]:
    """Return the strings of the page."""
    action, period = page.action, page.period
    return {
        "action": action,
        "plan": action.plan,
        "marking": action.marking,
        "period": period,
        "due": day_words(period.returns_due_on) if period else "",
        "asked": period.asked if period else "",
        "partner": str(page.partner),
        "on_behalf": page.on_behalf,
        "rates": page.rates,
        "form": form,
        "update": page.update,
        "said": said(page.update, page.key) if page.update and page.update.is_said else None,
        "another_writes": page.another_writes,
        "may_change": bool(page.update) and bool(may(user, "edit", page.update)),
        "lacks_rating": page.lacks_rating,
        "comment": page.update.comment if page.update and page.update.state == UpdateState.RETURNED else "",
        "last": said(page.last, page.key) if page.last else None,
        "in_short": [
            ("RAG rating now", rag_tag(action.rating, page.key)),
            ("Owner", action.owner_text or NO_OWNER),
            ("Timescale", action.timescale_text or NO_TIMESCALE),
            *date_rows(action, page.today),
        ],
        "suggested": suggested_tag(page.suggestion, page.key),
        "because": page.suggestion.because,
    }

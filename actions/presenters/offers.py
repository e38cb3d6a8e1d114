"""What a person may do with an action: buttons where they may, the reason in words where they may not."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from actions.enums import ActionState
from actions.models import Action, ProgressUpdate
from partners.models import User
from partners.policy import may
from plans.models import ReportingPeriod
from prevent_tracker.core.form_errors import lower_first
from prevent_tracker.core.words import listed


@dataclass(frozen=True)
class Offer:
    """One thing that can be done. `refusal` is why this person cannot do it now; empty when they can."""

    words: str
    href: str
    refusal: str = ""


HOLD = ("Put the action on hold", "actions:hold_action")
REOPEN = ("Reopen the action", "actions:reopen_action")
STATUS_OFFERS = {
    ActionState.AGREED: (HOLD,),
    ActionState.IN_PROGRESS: (HOLD,),
    ActionState.ON_HOLD: (("Take the action up again", "actions:resume_action"),),
    ActionState.COMPLETE: (REOPEN,),
    ActionState.WITHDRAWN: (("Bring the action back", "actions:reinstate_action"),),
}


def refusals_of(offers: Sequence[Offer]) -> list[tuple[str, str]]:
    """Return (what cannot be done, why) of the offers that are none, those with the same reason in one sentence."""
    refused: dict[str, list[str]] = {}
    for offer in offers:
        if offer.refusal:
            refused.setdefault(offer.refusal, []).append(lower_first(offer.words))
    return [(f"You cannot {listed(words, 'or')}.", reason) for reason, words in refused.items()]


def offers_for(
    user: User, action: Action, period: ReportingPeriod | None, updates: Sequence[ProgressUpdate]
) -> list[Offer]:
    """Return the offers of the action page, in the order people need them."""
    back = urlencode({"next": reverse("actions:action_page", args=[action.public_id])})

    def offer(words: str, name: str, refusal: str) -> Offer:
        return Offer(words, f"{reverse(name, args=[action.public_id])}?{back}", refusal)

    edit = may(user, "edit", action).reason
    return [
        offer(_update_words(period, updates), "actions:update_action", _no_update(user, action, period)),
        offer("Change the RAG rating", "actions:rate_action", may(user, "rate", action).reason or _closed(action)),
        offer("Change the action", "actions:edit_action", edit),
        *(offer(words, name, edit) for words, name in STATUS_OFFERS.get(action.state, ())),
        offer("Withdraw the action", "actions:withdraw_action", edit or _closed(action)),
    ]


def _update_words(period: ReportingPeriod | None, updates: Sequence[ProgressUpdate]) -> str:
    begun = any(update.period == period for update in updates)
    return "Change this quarter’s update" if begun else "Write this quarter’s update"


def _no_update(user: User, action: Action, period: ReportingPeriod | None) -> str:
    if period is None:
        return "No quarter has been opened for this plan yet, so no update is asked for."
    if not period.is_open:
        return f"{period} is {period.get_state_display().lower()}, so its updates can no longer be changed."
    return may(user, "update", action).reason or _closed(action)


def _closed(action: Action) -> str:
    return f"This action is {action.get_state_display().lower()}." if action.is_closed else ""

"""Words that several pages share: timescales, ratings, owners, who may do what."""

import datetime
from collections.abc import Mapping

from django.utils.html import format_html
from django.utils.safestring import SafeString

from actions.domain.rag import KeyEntry, Suggestion, key_for
from actions.enums import ENDED_WITHOUT_DELIVERY, OwnerPart, Rating, TimescaleKind
from actions.models import Action, ActionOwner, ProgressUpdate, Timescale
from partners.models import Council
from prevent_tracker.core.templatetags.govuk import rag
from prevent_tracker.core.words import counted, day_words

NO_TIMESCALE = "No timescale printed"
NO_OWNER = "No owner printed"
RHYTHM_WORDS = {
    "annual": "every year", "each_meeting": "at each meeting", "half_termly": "every half term",
    "periodic": "from time to time", "regular": "regularly",
}  # fmt: skip


def rag_key(council: Council) -> dict[str, KeyEntry]:
    """Return {rating code: the council's own entry for it}."""
    return {str(entry.code): entry for entry in key_for(council.rag_key)}


def rag_tag(rating: str, key: Mapping[str, KeyEntry]) -> SafeString:
    """Return the tag of a rating: its word in the council's key, its colour and shape."""
    return rag(str(rating or Rating.NOT_RATED), key[str(rating or Rating.NOT_RATED)].label)


def given_rating(update: ProgressUpdate, key: Mapping[str, KeyEntry]) -> SafeString:
    """Return "Rated" and the tag; or that the update gives no rating, as a nil return and a joint owner's words do."""
    if update.is_nil or update.rating == Rating.NOT_RATED:
        return SafeString("It gives no rating.")
    return format_html("Rated {}", rag_tag(update.rating, key))


def rating_words(rating: str, key: Mapping[str, KeyEntry]) -> str:
    """Return a rating as people say it: "Amber: at risk". The two that are no judgement go by their label alone."""
    entry = key[str(rating or Rating.NOT_RATED)]
    if entry.code in (Rating.NOT_STARTED, Rating.NOT_RATED) or entry.colour.casefold() == entry.label.casefold():
        return entry.label
    return f"{entry.colour}: {entry.label[:1].lower()}{entry.label[1:]}"


def repeats_words(recurrence: str) -> str:
    """Return how often work comes back, as people say it: "repeats twice a year". `recurrence` is the code of a reading."""
    return f"repeats {RHYTHM_WORDS.get(recurrence, recurrence.replace('_', ' '))}".strip()


def timescale_reading(row: Timescale) -> str:
    """Return what the printed timescale was read to mean, in words; empty where there is nothing to read."""
    due = f"due {day_words(row.due_on)}" if row.due_on else ""
    review = f"look again by {day_words(row.review_by)}" if row.review_by else ""
    start = f"from {day_words(row.start_on)}" if row.start_on else ""
    match row.kind:
        case TimescaleKind.NONE:
            parts = [due]
        case TimescaleKind.POINT | TimescaleKind.MILESTONES:
            parts = [due, review]
        case TimescaleKind.RANGE:
            parts = [start, due, review]
        case TimescaleKind.RECURRING:
            parts = [repeats_words(row.recurrence), start, due, review]
        case TimescaleKind.ONGOING:
            parts = ["ongoing", due, review]
        case TimescaleKind.OPEN_START:
            parts = [start, "ongoing", review]
        case TimescaleKind.EVENT:
            parts = ["when it is called for", due, review]
        case _:
            parts = ["a person has to say what these words mean", due]
    sentence = ", ".join(part for part in parts if part)
    if sentence == row.timescale_text.strip().casefold():
        return ""  # "Ongoing" was read as ongoing: once is enough
    return sentence[:1].upper() + sentence[1:]


def overdue_words(action: Action, today: datetime.date) -> str:
    """Return "Overdue by 12 days", or nothing."""
    if not action.is_overdue(today) or action.due_on is None:
        return ""
    return f"Overdue by {counted((today - action.due_on).days, 'day')}"


def owner_words(owner: ActionOwner) -> str:
    """Return an owner as printed, with its seat in the partnership where the printed words do not say it."""
    seat = str(owner.partner or owner.body or "")
    return owner.label if not seat or seat.casefold() in owner.label.casefold() else f"{owner.label} ({seat})"


def accountable_owner(action: Action) -> ActionOwner | None:
    """Return the accountable owner among the owners already fetched."""
    return next((owner for owner in action.owners.all() if owner.part == OwnerPart.ACCOUNTABLE), None)


def ended_words(action: Action) -> str:
    """Return "Withdrawn" and the reason for an action that ended without delivery, or nothing."""
    if action.state not in ENDED_WITHOUT_DELIVERY:
        return ""
    words = action.get_state_display()
    return f"{words}: {action.closed_reason}" if action.closed_reason else words


def suggested_tag(suggestion: Suggestion, key: Mapping[str, KeyEntry]) -> SafeString:
    """Return the tag of what the dates suggest; empty where they suggest nothing."""
    return SafeString("") if suggestion.rating == Rating.NOT_RATED else rag_tag(suggestion.rating, key)


def grey_tag(words: str) -> SafeString:
    """Return a small grey tag."""
    return format_html('<strong class="govuk-tag govuk-tag--grey">{}</strong>', words)


def red_tag(words: str) -> SafeString:
    """Return a small red tag."""
    return format_html('<strong class="govuk-tag govuk-tag--red">{}</strong>', words)

"""A return in words: how its actions are named, and what differs from what was signed. Pure."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from actions.enums import ActionState, OwnerPart, Rating
from actions.models import SignOff
from prevent_tracker.core.words import day_words

Content = dict[str, Any]

FIELD_WORDS = {
    "part": "Part in the action",
    "ref": "Reference",
    "text": "Action",
    "timescale_text": "Timescale",
    "start_on": "Start date",
    "due_on": "Due date",
    "original_due": "First agreed date",
    "review_by": "Review by",
    "times_redated": "Times re-dated",
    "delivery_status": "Delivery status",
}
UPDATE_WORDS = {
    "written_for": "Written for",
    "is_nil": "Nil return",
    "on_behalf": "Written on behalf",
    "text": "Update",
    "rating": "Rating",
    "override_reason": "Reason for the rating",
    "issue": "Issue",
    "recovery": "Recovery action",
    "forecast_due": "Forecast date",
    "impact": "Impact",
    "ask": "Ask of the board",
    "completed_on": "Completion date",
    "evidence_note": "Evidence",
}
NOTHING = "nothing"


@dataclass(frozen=True)
class Difference:
    """One thing that is not as it was signed. `action` is empty for the return as a whole."""

    action: str
    field: str
    before: str
    after: str

    @property
    def sentence(self) -> str:
        subject = f"{self.action}: {self.field[:1].lower()}{self.field[1:]}" if self.action else self.field
        return f"{subject} was {self.before}, and is now {self.after}."


def what_changed(sign_off: SignOff, content_now: Content) -> list[Difference]:
    """Return what differs between the content that was signed and the content now, in printed order."""
    return compare(sign_off.content, content_now)


def compare(before: Content, after: Content) -> list[Difference]:
    """Return the differences between two contents of one return; none exactly when they are equal."""
    found = [
        Difference("", words, str(before.get(field)), str(after.get(field)))
        for field, words in WHOLE_WORDS.items()
        if before.get(field) != after.get(field)
    ]
    signed = {action["id"]: action for action in before["actions"]}
    now = {action["id"]: action for action in after["actions"]}
    for key in [*now, *(key for key in signed if key not in now)]:
        found += _action_differences(signed.get(key), now.get(key))
    if [key for key in signed if key in now] != [key for key in now if key in signed]:
        found.append(Difference("", "The order of the actions", "another", "the one shown here"))
    return found


WHOLE_WORDS = {
    "form": "The form of the return",
    "council": "The council",
    "plan": "The plan",
    "partner": "The partner's name",
    "period": "The period",
    "times_reopened": "The number of times the quarter was reopened",
}


def _action_differences(before: Content | None, after: Content | None) -> list[Difference]:
    if before is None or after is None:
        action = after or before
        assert action is not None
        there, absent = "in the return", "not in the return"
        was, is_now = (absent, there) if before is None else (there, absent)
        return [Difference(action_name(action), "This action", was, is_now)]
    name = action_name(after)
    found = _field_differences(name, FIELD_WORDS, before, after)
    was, now = before["update"], after["update"]
    if was is None or now is None:
        if was is not now:
            said, unsaid = "submitted", "not submitted"
            found.append(Difference(name, "Update", *((unsaid, said) if was is None else (said, unsaid))))
        return found
    return found + _field_differences(name, UPDATE_WORDS, was, now)


def _field_differences(name: str, words: Mapping[str, str], before: Content, after: Content) -> list[Difference]:
    return [
        Difference(name, word, _value_words(field, before.get(field)), _value_words(field, after.get(field)))
        for field, word in words.items()
        if before.get(field) != after.get(field)
    ]


def _value_words(field: str, value: Any) -> str:
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if field.endswith(("_on", "_due", "_by")):
        return day_words(datetime.date.fromisoformat(value))
    choices = {"rating": Rating, "delivery_status": ActionState, "part": OwnerPart}.get(field)
    if choices is not None and value in choices.values:
        return str(choices(value).label)
    return str(value) if isinstance(value, int) else f"“{value}”"


def action_name(action: Content) -> str:
    """Return how an action of a content is named in a sentence: "36. Teach lessons about ..."."""
    text = action["text"] if len(action["text"]) <= 80 else f"{action['text'][:77].rstrip()}..."
    return f"{action['ref']}. {text}" if action["ref"] else text

"""A partner's return: the actions it answers for, what was said last, what is asked, and exactly what is signed."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from actions.domain.owners import answering_owner
from actions.domain.rag import KeyEntry
from actions.domain.return_words import FIELD_WORDS, UPDATE_WORDS, Content, action_name
from actions.domain.returns import ReturnLine, contents_of, lines_of, what_is_missing
from actions.enums import ActionState, OwnerPart, ReturnState, UpdateState
from actions.models import SAID, PartnerReturn, ProgressUpdate
from actions.presenters.words import rag_key, rag_tag
from partners.models import User
from partners.policy import may
from prevent_tracker.core.words import counted, day_words, moment_words

STATE_WORDS = {
    None: ("Not written", "Write the update"),
    UpdateState.DRAFT: ("Draft, not submitted", "Finish the update"),
    UpdateState.RETURNED: ("Sent back for more", "Answer and submit"),
    UpdateState.SUBMITTED: ("Submitted", "Read or change"),
    UpdateState.ACCEPTED: ("Accepted", "Read or change"),
    UpdateState.FROZEN: ("Locked", "Read"),
}
RETURN_COLOURS = {
    ReturnState.SIGNED_OFF: "green",
    ReturnState.READY: "blue",
    ReturnState.IN_PROGRESS: "light-blue",
    ReturnState.STALE: "orange",
    ReturnState.NOT_RECEIVED: "red",
    ReturnState.NOT_STARTED: "grey",
    ReturnState.NOTHING_ASKED: "grey",
}


MISSING_WORDS = {"update": "No update yet", "rating": "No rating yet"}


@dataclass(frozen=True)
class ReturnAction:
    """An action of a return: what it is, what was said last time, and where this quarter's update stands."""

    public_id: str
    title: str
    part: str
    timescale: str
    last: str
    last_from: str
    state: str
    offer: str


@dataclass(frozen=True)
class ReturnSection:
    """One return as a partner sees it."""

    public_id: str
    council: str
    plan: str
    plan_id: str
    partner: str
    period: str
    asked: str
    due: str
    state: str
    colour: str
    progress: str
    signed: str
    stale: bool
    is_open: bool
    may_write: bool
    may_sign: bool
    why_not_sign: str
    actions: list[ReturnAction]


@dataclass(frozen=True)
class SignedAction:
    """An action exactly as the return holds it: (label, words) rows."""

    title: str
    rows: list[tuple[str, Any]]
    missing: str


def return_sections(user: User, returns: Sequence[PartnerReturn], today: datetime.date) -> list[ReturnSection]:
    """Return the returns as their partners see them. The number of queries does not grow with returns or actions."""
    contents = contents_of(returns)
    ids = {action["id"] for content in contents.values() for action in content["actions"]}
    present, last = _updates(ids, [each.period_id for each in returns])
    return [_section(user, line, contents[line.partner_return.pk], present, last, today) for line in lines_of(returns)]


Updates = Mapping[tuple[str, int], ProgressUpdate]


def _updates(action_ids: Iterable[str], periods: Sequence[int]) -> tuple[Updates, Mapping[str, list[ProgressUpdate]]]:
    """Return this period's updates by (action, period), and what was said before by action, newest first. Two queries."""
    rows = (
        ProgressUpdate.objects.filter(action__public_id__in=list(action_ids))
        .select_related("action", "period", "partner__organisation")
        .prefetch_related("action__owners")
        .order_by("-period__starts_on")
    )
    present: dict[tuple[str, int], ProgressUpdate] = {}
    said: dict[str, list[ProgressUpdate]] = {}
    for update in rows:
        if update.period_id in periods:
            present[update.action.public_id, update.period_id] = update
        if update.state in SAID:
            said.setdefault(update.action.public_id, []).append(update)
    return present, said


def _section(
    user: User,
    line: ReturnLine,
    content: Content,
    present: Updates,
    said: Mapping[str, list[ProgressUpdate]],
    today: datetime.date,
) -> ReturnSection:
    partner_return, period = line.partner_return, line.partner_return.period
    may_sign = may(user, "sign_off", partner_return)
    return ReturnSection(
        public_id=partner_return.public_id,
        council=period.plan.council.name,
        plan=period.plan.title,
        plan_id=period.plan.public_id,
        partner=str(line.partner),
        period=period.name,
        asked=period.asked,
        due=due_words(period.returns_due_on, today) if period.is_open else day_words(period.returns_due_on),
        state=line.state.label,
        colour=RETURN_COLOURS[line.state],
        progress=f"{line.done} of {counted(line.total, 'action')} updated",
        signed=signed_words(line),
        stale=line.stale,
        is_open=period.is_open,
        may_write=period.is_open
        and (bool(may(user, "contribute", line.partner)) or bool(may(user, "edit", period.plan))),
        may_sign=bool(may_sign),
        why_not_sign=may_sign.reason,
        actions=[_action(action, period.pk, partner_return.partner_id, present, said) for action in content["actions"]],
    )


def _is_anothers(update: ProgressUpdate, partner: int) -> bool:
    answering = answering_owner(update.action.owners.all())
    return update.partner_id != partner and (answering is None or answering.partner_id != partner)


def _action(
    action: Content, period: int, partner: int, present: Updates, said: Mapping[str, list[ProgressUpdate]]
) -> ReturnAction:
    update = present.get((action["id"], period))
    before = next((each for each in said.get(action["id"], []) if each.period_id != period), None)
    state, offer = STATE_WORDS[UpdateState(update.state) if update else None]
    if update and what_is_missing(action) == "rating":
        state, offer = f"Submitted by {update.partner}, without your rating", "Add your rating"
    elif update and _is_anothers(update, partner):
        state, offer = f"{'Submitted' if update.is_said else 'Being written'} by {update.partner}", "Read"
    if update and update.is_nil and update.is_said:
        state = f"{state}: nil return"
    return ReturnAction(
        public_id=action["id"],
        title=f"{action['ref']}. {action['text']}" if action["ref"] else action["text"],
        part=OwnerPart(action["part"]).label,
        timescale=action["timescale_text"] or "No timescale printed",
        last=("Nil return" if before.is_nil else before.text) if before else "",
        last_from=str(before.period) if before else "",
        state=state,
        offer=offer,
    )


def due_words(due: datetime.date, today: datetime.date) -> str:
    """Return "14 October 2026 (in 3 days)", or that it has passed."""
    days = (due - today).days
    if days < 0:
        return f"{day_words(due)} ({counted(-days, 'day')} ago)"
    return f"{day_words(due)} ({'today' if days == 0 else 'in ' + counted(days, 'day')})"


def signed_words(line: ReturnLine) -> str:
    """Return who signed a return off and when, or nothing."""
    return f"{line.signed_as}, {moment_words(line.signed_at)}" if line.signed_at else ""


def signed_actions(content: Content, key: Mapping[str, KeyEntry]) -> list[SignedAction]:
    """Return exactly what a return holds, action by action: every field that the sign-off covers."""
    return [_signed_action(action, key) for action in content["actions"]]


def _signed_action(action: Content, key: Mapping[str, KeyEntry]) -> SignedAction:
    rows = [
        (label, value_words(name, action[name], key))
        for name, label in FIELD_WORDS.items()
        if name not in ("ref", "text")
    ]
    update = action["update"]
    if update:
        rows += [(label, value_words(name, update[name], key)) for name, label in UPDATE_WORDS.items()]
    title = f"{action['ref']}. {action['text']}" if action["ref"] else action["text"]
    told = [(label, words) for label, words in rows if words]
    return SignedAction(title, told, missing=MISSING_WORDS.get(what_is_missing(action), ""))


def value_words(name: str, value: Any, key: Mapping[str, KeyEntry]) -> str | SafeString:
    """Return a value of a return's content in words; empty for nothing, no, and nought."""
    if value in (None, "", 0, False):
        return ""
    if value is True:
        return "Yes"
    if name == "rating":
        return rag_tag(value, key)
    if name == "delivery_status":
        return ActionState(value).label
    if name == "part":
        return OwnerPart(value).label
    if name.endswith(("_on", "_due", "_by")):
        return day_words(datetime.date.fromisoformat(value))
    return str(value)


def key_of(partner_return: PartnerReturn) -> dict[str, KeyEntry]:
    return rag_key(partner_return.partner.council)


__all__ = ["action_name", "key_of", "return_sections", "signed_actions", "signed_words"]

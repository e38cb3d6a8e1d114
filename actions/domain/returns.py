"""A partner's return: its content, its fingerprint and its sign-off. `return_words` says what has changed since.

The content is exactly what is shown for signing: the words, rating, delivery status and dates of every action that the
partner answers for. A sign-off counts while its fingerprint matches; that is worked out and never stored. When the
quarter locks its content is kept, so that what happens to an action later says nothing about an old sign-off.
"""

import datetime
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, QuerySet

from actions.domain.decisions import LONGEST_ROLE
from actions.domain.owners import ANSWERING
from actions.domain.return_words import Content, action_name
from actions.enums import CLOSED_STATES, ActionState, OwnerPart, Rating, ReturnState
from actions.models import Action, ActionOwner, PartnerReturn, ProgressUpdate, SignOff
from partners.models import Partner, User
from partners.policy import access_for, allow
from plans.domain.periods import require_open
from plans.domain.record import acting
from plans.models import ReportingPeriod
from prevent_tracker.core import clock
from prevent_tracker.core.audit import update_many
from prevent_tracker.core.fingerprint import canonical, fingerprint
from prevent_tracker.core.refusals import RuleBroken

CONTENT_FORM = 1  # raise when the fields below change: what was signed in an older form is compared in that form
ACTION_FIELDS = ("ref", "text", "timescale_text", "start_on", "due_on", "original_due", "review_by", "times_redated")
UPDATE_FIELDS = (
    "is_nil",
    "on_behalf",
    "text",
    "rating",
    "override_reason",
    "issue",
    "recovery",
    "forecast_due",
    "impact",
    "ask",
    "completed_on",
    "evidence_note",
)
NIL_HIDES = frozenset(UPDATE_FIELDS) - {"is_nil", "on_behalf"}
NOT_RATED_AGAIN = (*CLOSED_STATES, ActionState.COMPLETION_CLAIMED)  # delivery statuses that ask for no rating


def return_content(partner_return: PartnerReturn) -> Content:
    """Return what is shown of a return and signed: plain JSON values, dates as "2027-03-31". Two queries.

    {"form", "council", "plan", "partner", "period", "times_reopened", "actions": [{"id", "part", ACTION_FIELDS,
    "delivery_status", "update": None or {"written_for", UPDATE_FIELDS}}]}, actions in printed order.
    """
    return contents_of([partner_return])[partner_return.pk]


def contents_of(returns: Sequence[PartnerReturn]) -> dict[int, Content]:
    """Return {return id: content} of returns of any periods, in two queries; what locked periods kept, in none."""
    contents = {each.pk: each.locked_content for each in returns if each.locked_content is not None}
    live = [each for each in returns if each.locked_content is None]
    if live:
        parts = _parts_answered_for(live)
        updates: dict[int, dict[int, ProgressUpdate]] = {}
        for update in _said(live):
            updates.setdefault(update.period_id, {})[update.action_id] = update
        for each in live:
            seat = each.partner_id, each.period.plan_id
            contents[each.pk] = _content(each, parts.get(seat, []), updates.get(each.period_id, {}))
    return contents


def _parts_answered_for(returns: Sequence[PartnerReturn]) -> dict[tuple[int, int], list[tuple[Action, str]]]:
    """Return {(partner id, plan id): [(action, its part)]} of what each answers for, in printed order."""
    plans, partners = {each.period.plan_id for each in returns}, {each.partner_id for each in returns}
    rows = (
        ActionOwner.objects.filter(plan__in=plans, partner__in=partners, part__in=ANSWERING)
        .select_related("action")
        .order_by(F("action__objective__position").asc(nulls_first=True), "action__position", "action_id", "position")
    )
    found: dict[tuple[int, int], dict[int, tuple[Action, str]]] = {}
    for row in rows:
        assert row.partner_id is not None
        mine = found.setdefault((row.partner_id, row.plan_id), {})
        if row.action_id not in mine or row.part == OwnerPart.ACCOUNTABLE:
            mine[row.action_id] = (row.action, row.part)
    return {seat: list(mine.values()) for seat, mine in found.items()}


def _said(returns: Sequence[PartnerReturn]) -> Iterable[ProgressUpdate]:
    periods = {each.period_id for each in returns}
    rows = ProgressUpdate.objects.filter(period__in=periods).select_related("partner__organisation")
    return (update for update in rows if update.is_said)


def _content(
    partner_return: PartnerReturn, parts: Sequence[tuple[Action, str]], updates: Mapping[int, ProgressUpdate]
) -> Content:
    period = partner_return.period
    shown = [(action, part) for action, part in parts if not action.is_closed or action.pk in updates]
    content = {
        "form": CONTENT_FORM,
        "council": period.plan.council.name,
        "plan": period.plan.title,
        "partner": str(partner_return.partner),
        "period": period.name,
        "times_reopened": period.times_reopened,
        "actions": [_action_content(action, part, updates.get(action.pk)) for action, part in shown],
    }
    return json.loads(canonical(content))


def _action_content(action: Action, part: str, update: ProgressUpdate | None) -> Content:
    return {
        "id": action.public_id,
        "part": part,
        **{field: getattr(action, field) for field in ACTION_FIELDS},
        "delivery_status": delivery_status(action),
        "update": None if update is None else _update_content(update),
    }


def _update_content(update: ProgressUpdate) -> Content:
    hidden = NIL_HIDES if update.is_nil else frozenset()
    shown = {field: None if field in hidden else getattr(update, field) for field in UPDATE_FIELDS}
    return {"written_for": str(update.partner), **shown}


def delivery_status(action: Action) -> str:
    """Return the delivery status as an owner gave it: that a claim was accepted takes nothing from a sign-off."""
    return ActionState.COMPLETION_CLAIMED if action.state == ActionState.COMPLETE else action.state


def missing_actions(content: Content) -> list[Content]:
    """Return the actions of a return's content for which something is missing: see `what_is_missing`."""
    return [action for action in content["actions"] if what_is_missing(action)]


def what_is_missing(action: Content) -> str:
    """Return what the partner still has to give for an action of its return: "update", "rating" or nothing.

    The accountable partner's own rating is missing when a joint owner gave the words. It is not part of the content, so
    what was signed before stays signed.
    """
    update = action["update"]
    if update is None:
        return "update"
    if action["part"] != OwnerPart.ACCOUNTABLE:
        return ""
    lacks = lacks_rating(rating=update["rating"], is_nil=update["is_nil"], delivery_status=action["delivery_status"])
    return "rating" if lacks else ""


def lacks_rating(*, rating: str, is_nil: bool, delivery_status: str) -> bool:
    """Return whether an update still waits for the accountable partner's rating: a joint owner gave the words.

    A nil return keeps the rating that stands; an action that is closed, or claimed complete, is not rated again.
    """
    return not is_nil and rating == Rating.NOT_RATED and delivery_status not in NOT_RATED_AGAIN


# --- The state of a return ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ReturnLine:
    """One partner's return as a line of a list. `stale` means that it was signed off and has changed since."""

    partner_return: PartnerReturn
    partner: Partner
    done: int
    total: int
    state: ReturnState
    signed_as: str = ""
    signed_at: datetime.datetime | None = None
    stale: bool = False

    @property
    def is_asked(self) -> bool:
        """Whether the return is waited for: one without any action left (all withdrawn) is not."""
        return self.state != ReturnState.NOTHING_ASKED


def state_of_return(partner_return: PartnerReturn) -> ReturnState:
    """Return the state of one return, worked out from its updates and sign-offs."""
    return return_line(partner_return).state


def return_line(partner_return: PartnerReturn) -> ReturnLine:
    """Return one return as a line: see `returns_of`."""
    return lines_of([partner_return])[0]


def returns_of(period: ReportingPeriod) -> list[ReturnLine]:
    """Return every partner's return of a period, in the partners' order. Five queries, however many."""
    return lines_of(list(_with_names(period)))


def _with_names(period: ReportingPeriod) -> QuerySet[PartnerReturn]:
    return period.returns.select_related("partner__organisation", "partner__council", "period__plan__council")


def lines_of(returns: Sequence[PartnerReturn]) -> list[ReturnLine]:
    """Return returns of any periods as lines, in their order. The number of queries does not grow with them."""
    if not returns:
        return []
    contents = contents_of(returns)
    sign_offs: dict[int, SignOff] = {}
    for sign_off in SignOff.objects.filter(partner_return__in=[r.pk for r in returns]).defer("content"):
        sign_offs.setdefault(sign_off.partner_return_id, sign_off)  # the newest comes first
    periods = {each.period_id for each in returns}
    begun = set(ProgressUpdate.objects.filter(period__in=periods).values_list("period_id", "partner_id"))
    return [
        _line(each, contents[each.pk], sign_offs.get(each.pk), (each.period_id, each.partner_id) in begun)
        for each in returns
    ]


def _line(partner_return: PartnerReturn, content: Content, sign_off: SignOff | None, begun: bool) -> ReturnLine:
    total = len(content["actions"])
    done = total - len(missing_actions(content))
    valid = sign_off is not None and sign_off.fingerprint == fingerprint(content)
    state = _state(partner_return.period.is_open, done, total, begun, sign_off is not None, valid)
    return ReturnLine(
        partner_return=partner_return,
        partner=partner_return.partner,
        done=done,
        total=total,
        state=state,
        signed_as=sign_off.signed_as if sign_off else "",
        signed_at=sign_off.signed_at if sign_off else None,
        stale=state == ReturnState.STALE,
    )


def _state(is_open: bool, done: int, total: int, begun: bool, signed: bool, valid: bool) -> ReturnState:
    if valid:
        return ReturnState.SIGNED_OFF
    if not total:
        return ReturnState.NOTHING_ASKED
    if signed:
        return ReturnState.STALE
    if not is_open:
        return ReturnState.NOT_RECEIVED
    if done == total:
        return ReturnState.READY
    return ReturnState.IN_PROGRESS if done or begun else ReturnState.NOT_STARTED


# --- Sign-off -----------------------------------------------------------------------------------------------------


@transaction.atomic
def sign_off_return(*, partner_return: PartnerReturn, shown: str, statement: str, by: User) -> SignOff:
    """Sign off a return, as its partner lead. `shown` is the fingerprint of the content that was on the screen.

    The same signed again by the same person (a button pressed twice) is the sign-off that stands already.
    Raises Refused (not a lead of this partner), RuleBroken (period not open, no statement, changed since it was shown,
    an action without an update, or without the rating of its accountable partner).
    """
    allow(by, "sign_off", partner_return)
    period = require_open(partner_return.period)
    partner_return = PartnerReturn.objects.select_related("partner__organisation").get(pk=partner_return.pk)
    partner_return.period = period
    content = return_content(partner_return)
    if fingerprint(content) != shown:
        raise RuleBroken("The return has changed since you opened it. Read it again before you sign it off.")
    if missing := missing_actions(content):
        raise RuleBroken({"": [missing_sentence(action) for action in missing]})
    if not statement.strip():
        raise RuleBroken({"statement": ["Say what you are signing off."]})
    standing = partner_return.sign_offs.first()  # the newest comes first
    if standing is not None and (standing.fingerprint, standing.signed_by_id) == (shown, by.pk):
        return standing
    with acting(by, period.plan.council):
        return SignOff.objects.create(
            partner_return=partner_return,
            signed_by=by,
            signed_as=_signing_role(by, partner_return.partner),
            signed_at=clock.now(),
            statement=statement.strip(),
            content=content,
            fingerprint=shown,
        )


def _signing_role(by: User, partner: Partner) -> str:
    roles = [str(m) for m in access_for(by).memberships if m.partner_id == partner.pk]
    return "; ".join(roles)[:LONGEST_ROLE]


def missing_sentence(action: Content) -> str:
    """Return what the partner has to do about a missing action, in words."""
    if what_is_missing(action) == "rating":
        return (
            f"{action_name(action)} has words from {action['update']['written_for']}, and no rating from you. "
            "Open its update again and add your rating."
        )
    return f"{action_name(action)} has no update yet. Submit one, or a nil return."


# --- The lock -----------------------------------------------------------------------------------------------------


def keep_contents(period: ReportingPeriod) -> None:
    """Keep what each return of a period holds now that it has locked. Call inside `acting`."""
    returns = list(_with_names(period))
    contents = contents_of(returns)
    for each in returns:
        each.locked_content = contents[each.pk]
    update_many(PartnerReturn, returns, ["locked_content"])


def release_contents(period: ReportingPeriod) -> None:
    """Forget what was kept: the period has been reopened, and the content is live again. Call inside `acting`."""
    returns = list(_with_names(period))
    for each in returns:
        each.locked_content = None
    update_many(PartnerReturn, returns, ["locked_content"])

"""What pages ask about actions, updates and returns. Each says how many queries it takes, however many rows."""

from collections.abc import Iterable

from django.db.models import Case, Count, F, IntegerField, Prefetch, QuerySet, Value, When
from django.db.models.expressions import OrderBy

from actions.enums import ENDED_WITHOUT_DELIVERY, WORST_FIRST, Rating
from actions.models import Action, ActionOwner, PartnerReturn, ProgressUpdate
from actions.rules import contributing_partner_ids
from partners.models import User
from partners.policy import access_for, visible
from plans.enums import PeriodState
from plans.models import Plan, ReportingPeriod
from prevent_tracker.core.search import holds_all, wanted_words

ENDED = "ended"  # the one group of the plan page that is not a rating: ended without delivery
SEARCHED = ("ref", "text", "owner_text", "timescale_text", "measure")

WORST_RANK = Case(
    *[When(rating=rating, then=Value(rank)) for rank, rating in enumerate(WORST_FIRST)],
    output_field=IntegerField(),
)
PRINTED_ORDER = (F("objective__position").asc(nulls_first=True), F("position").asc(), F("pk").asc())
SORTS: dict[str, OrderBy] = {
    "due": F("due_on").asc(nulls_last=True),
    "-due": F("due_on").desc(nulls_last=True),
    "rating": OrderBy(WORST_RANK),
    "-rating": OrderBy(WORST_RANK, descending=True),
    "updated": F("last_update_at").asc(nulls_first=True),
    "-updated": F("last_update_at").desc(nulls_last=True),
}


def actions_of(user: User, plan: Plan) -> QuerySet[Action]:
    """Return the actions of the plan that the person may see."""
    return visible(user, Action).filter(plan=plan)


def for_rows(actions: QuerySet[Action]) -> QuerySet[Action]:
    """Add what a row of a page shows: the owners with their organisations, in printed order. One query more."""
    owners = ActionOwner.objects.select_related("partner__organisation", "body").order_by("position")
    return actions.prefetch_related(Prefetch("owners", owners))


def in_order(actions: QuerySet[Action], sort: str) -> QuerySet[Action]:
    """Order by a key of `SORTS`, and in printed order within it; anything else is the printed order."""
    return actions.order_by(*filter(None, [SORTS.get(sort)]), *PRINTED_ORDER)


def with_rating(actions: QuerySet[Action], rating: str) -> QuerySet[Action]:
    """Return the actions of one group of the plan page: a rating, or ENDED without delivery."""
    if rating == ENDED:
        return actions.filter(state__in=ENDED_WITHOUT_DELIVERY)
    return actions.filter(rating=rating).exclude(state__in=ENDED_WITHOUT_DELIVERY)


def counts_by_rating(actions: QuerySet[Action]) -> dict[str, int]:
    """Return how many actions are in each group of the plan page (see `with_rating`). They add up. One query."""
    counts: dict[str, int] = dict.fromkeys([*Rating.values, ENDED], 0)
    for rating, state, number in actions.order_by().values_list("rating", "state").annotate(number=Count("pk")):
        counts[ENDED if state in ENDED_WITHOUT_DELIVERY else rating] += number
    return counts


def matching(actions: QuerySet[Action], query: str) -> QuerySet[Action]:
    """Return the actions whose printed words hold every word of the query, accents and case apart. One query."""
    wanted = wanted_words(query)
    rows = actions.order_by().values_list("pk", *SEARCHED)
    return actions.filter(pk__in=[pk for pk, *texts in rows if holds_all(wanted, texts)])


def updates_in(user: User, period: ReportingPeriod | None, actions: Iterable[Action]) -> dict[int, ProgressUpdate]:
    """Return {action id: its update for the period, as far as the person may see it}. One query."""
    ids = [action.pk for action in actions]
    if period is None or not ids:
        return {}
    updates = visible(user, ProgressUpdate).filter(period=period, action__in=ids)
    return {update.action_id: update for update in updates}


def partners_of(plan: Plan) -> list[tuple[str, str]]:
    """Return (public id, name) of every partner seat of the plan's council, in its order. One query."""
    partners = plan.council.partners.select_related("organisation").order_by("position", "organisation__name")
    return [(partner.public_id, str(partner)) for partner in partners]


def open_returns(user: User) -> list[PartnerReturn]:
    """Return the returns that the person's own organisations are asked for now, soonest due first. One query."""
    mine = visible(user, PartnerReturn).filter(partner__in=contributing_partner_ids(access_for(user)))
    return list(
        mine.filter(period__state=PeriodState.OPEN).order_by("period__returns_due_on", "partner__council__name", "pk")
    )


def earlier_returns(user: User) -> list[PartnerReturn]:
    """Return the last returns of the person's own organisations whose quarter is no longer open. One query."""
    mine = visible(user, PartnerReturn).filter(partner__in=contributing_partner_ids(access_for(user)))
    return list(
        mine.exclude(period__state=PeriodState.OPEN).order_by("-period__starts_on", "partner__council__name")[:20]
    )

"""The permission policy: which rows a person may see, and what they may do.

The only module that knows guardian. A membership puts a person in a seat's group; the group holds object permissions
on the seat. Everything else follows from the seats: no row below a seat is ever granted.

Rooms register their rules here (`<room>/rules.py`): `@sees(Model)` returns the rows a person may see, `@rule(verb,
Model)` says whether they may do something. A person without rows in a council cannot tell that the council exists:
look rows up with `find`, which answers 404 for a row that is not theirs exactly as for one that is not there.
"""

import datetime
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.http import Http404
from django.utils import timezone
from guardian.utils import get_group_obj_perms_model

from partners.models import (
    Council,
    CouncilGroupObjectPermission,
    GovernanceBody,
    GovernanceBodyGroupObjectPermission,
    Membership,
    Partner,
    PartnerGroupObjectPermission,
    User,
)
from partners.roles import ROLES
from prevent_tracker.core.refusals import Refused

M = TypeVar("M", bound=models.Model)


@dataclass(frozen=True)
class Decision:
    """Yes or no, with the sentence that a person refused is told. Truthy when allowed."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed


YES = Decision(True)


def no(reason: str) -> Decision:
    """Return a refusal; `reason` is a sentence for the person refused."""
    return Decision(False, reason)


@dataclass(frozen=True)
class Access:
    """What a person's seats grant them today: {permission: ids of seats}, by kind of seat."""

    user: User
    memberships: tuple[Membership, ...] = ()
    _councils: dict[str, frozenset[int]] = field(default_factory=dict)
    _partners: dict[str, frozenset[int]] = field(default_factory=dict)
    _bodies: dict[str, frozenset[int]] = field(default_factory=dict)

    def councils(self, permission: str) -> frozenset[int]:
        """Return ids of the councils on which this permission is held."""
        return self._councils.get(permission, frozenset())

    def partners(self, permission: str) -> frozenset[int]:
        """Return ids of the partner seats on which this permission is held."""
        return self._partners.get(permission, frozenset())

    def bodies(self, permission: str) -> frozenset[int]:
        """Return ids of the governance bodies on which this permission is held."""
        return self._bodies.get(permission, frozenset())

    @property
    def plan_council_ids(self) -> frozenset[int]:
        """Councils whose plans the person may read: by a seat on the council, or at one of its partners."""
        partner_councils = {m.partner.council_id for m in self.memberships if m.partner}
        return self.councils("view_plans") | partner_councils

    @property
    def council_ids(self) -> frozenset[int]:
        """Every council in whose partnership the person holds any seat."""
        return frozenset(m.seat_council.pk for m in self.memberships)


GRANTS = (
    (CouncilGroupObjectPermission, "council"),
    (PartnerGroupObjectPermission, "partner"),
    (GovernanceBodyGroupObjectPermission, "body"),
)


def access_for(user: Any, *, on: datetime.date | None = None) -> Access:
    """Return what `user` may do today (or `on` a day). Two queries, then remembered on the user for the request.

    Inactive and anonymous people get nothing.
    """
    if not getattr(user, "is_active", False) or not user.is_authenticated:
        return Access(user)
    if on is None and hasattr(user, "_access"):
        return user._access
    access = _read_access(user, on or timezone.localdate())
    if on is None:
        user._access = access
    return access


def forget_access(user: Any) -> None:
    """Forget what was remembered by `access_for`, after a grant or its end."""
    if hasattr(user, "_access"):
        del user._access


def _read_access(user: Any, on: datetime.date) -> Access:
    # Chosen and sorted here: every request asks, and Django takes longer to write that in SQL than to read the rows.
    rows = Membership.objects.filter(user=user).order_by()
    rows = rows.select_related("council", "partner__council", "partner__organisation", "body__council")
    current = (membership for membership in rows if membership.is_current(on))
    memberships = tuple(sorted(current, key=lambda m: (-m.from_on.toordinal(), m.pk)))
    held: dict[str, dict[str, set[int]]] = {"council": {}, "partner": {}, "body": {}}
    selects = [
        model.objects.filter(group__in=groups)
        .order_by()
        .values_list(models.Value(kind, output_field=models.CharField()), "permission__codename", "content_object_id")
        for model, kind in GRANTS
        if (groups := {m.group_id for m in memberships if getattr(m, f"{kind}_id")})
    ]
    if selects:
        for kind, codename, seat in selects[0].union(*selects[1:], all=True) if selects[1:] else selects[0]:
            held[kind].setdefault(codename, set()).add(seat)
    frozen = {kind: {code: frozenset(ids) for code, ids in codes.items()} for kind, codes in held.items()}
    return Access(user, memberships, frozen["council"], frozen["partner"], frozen["body"])


# --- Grants: one group for each role at each seat -----------------------------------------------------------------


def seat_group(seat: Council | Partner | GovernanceBody, role: str) -> Group:
    """Return the Django group of a role at a seat, with the role's permissions on the seat granted to it."""
    group, created = Group.objects.get_or_create(name=f"{seat._meta.model_name}:{seat.pk}:{role}")
    if created:
        _grant(group, seat, ROLES[role].permissions)
    return group


def _grant(group: Group, seat: Council | Partner | GovernanceBody, codenames: Collection[str]) -> None:
    """Give a new group permissions on its seat, all at once: guardian's `assign_perm` takes five queries for each."""
    permissions = Permission.objects.filter(
        content_type=ContentType.objects.get_for_model(seat), codename__in=codenames
    )
    grants = get_group_obj_perms_model(seat)
    rows = [grants(group=group, permission=each, content_object=seat) for each in permissions]
    if len(rows) != len(codenames):
        raise Permission.DoesNotExist(f"{seat._meta.label} has not all of {sorted(codenames)}")
    grants._default_manager.bulk_create(rows)


@transaction.atomic
def sync_groups(user: User, *, on: datetime.date | None = None) -> None:
    """Put the person in the groups of their current memberships, and in no other."""
    current = Membership.objects.filter(user=user).current(on=on or timezone.localdate())
    user.groups.set(current.values_list("group", flat=True))
    forget_access(user)


# --- Rules --------------------------------------------------------------------------------------------------------

Sees = Callable[[Access], models.QuerySet]
Rule = Callable[[Access, Any], Decision]
_sees: dict[type[models.Model], Sees] = {}
_rules: dict[tuple[str, type[models.Model]], Rule] = {}


def sees(model: type[models.Model]) -> Callable[[Sees], Sees]:
    """Register the function that returns the rows of `model` that a person may see."""

    def register(function: Sees) -> Sees:
        assert model not in _sees, f"two functions say which {model.__name__} rows are seen"
        _sees[model] = function
        return function

    return register


def rule(verb: str, model: type[models.Model]) -> Callable[[Rule], Rule]:
    """Register the function that says whether a person may `verb` a row of `model` that they can see."""

    def register(function: Rule) -> Rule:
        assert (verb, model) not in _rules, f"two rules for {verb} {model.__name__}"
        _rules[verb, model] = function
        return function

    return register


def rules() -> dict[tuple[str, type[models.Model]], Rule]:
    """Return every registered rule, for tests and for the table in the documentation."""
    return dict(_rules)


def visible(user: Any, model: type[M]) -> "models.QuerySet[M]":
    """Return the rows of `model` that `user` may see. Raises KeyError for a model without a registered rule."""
    access = access_for(user)
    if not access.memberships:
        return model._default_manager.none()
    return _sees[model](access)


def may(user: Any, verb: str, obj: models.Model) -> Decision:
    """Return whether `user` may `verb` the row. Ask only about rows the user can see."""
    access = access_for(user)
    if not access.memberships:
        return no("You are not a member of any council's partnership.")
    return _rules[verb, obj.__class__](access, obj)  # not type(obj): request.user is a lazy stand-in


def find(user: Any, rows: "type[M] | models.QuerySet[M]", **lookup: Any) -> M:
    """Return the one visible row that matches. Raises Http404 for a missing row and for another council's alike.

    `rows` is a model, or a queryset made from `visible(user, Model)`.
    """
    queryset = visible(user, rows) if isinstance(rows, type) else rows
    row = queryset.filter(**lookup).first()
    if row is None:
        raise Http404("Not found")
    return row


def allow(user: Any, verb: str, obj: models.Model) -> None:
    """Raise Refused, with the reason in words, unless `user` may `verb` the row."""
    decision = may(user, verb, obj)
    if not decision:
        raise Refused(decision.reason)


def role_words(user: Any, council: Council) -> str:
    """Return the roles a person holds in a council's partnership, as words for the record ("Partner lead, Police")."""
    held = [m for m in access_for(user).memberships if m.seat_council.pk == council.pk]
    return "; ".join(str(m) for m in held)

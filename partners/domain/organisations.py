"""Organisations, councils, seats and governance bodies: who is in a partnership, and which body reports to which.

`by=None` is the system itself (first set-up, the demo) and skips the question of rights.
"""

from collections.abc import Sequence
from typing import Any

from django.db import models, transaction

from partners.models import Council, GovernanceBody, Organisation, Partner, ReportingLine, User
from partners.policy import access_for, allow, role_words
from prevent_tracker.core.audit import recorded
from prevent_tracker.core.refusals import Refused, RuleBroken, require_valid


@transaction.atomic
def create_organisation(
    *,
    name: str,
    sector: str,
    short_name: str = "",
    is_specified_authority: bool | None = None,
    by: User | None = None,
) -> Organisation:
    """Make an organisation known, once for all councils.

    Raises Refused (`by` keeps or administers no council), RuleBroken (the name is taken, the sector is no sector).
    """
    if by is not None and not _arranges_any_council(by):
        raise Refused("Only a council's administrator or Prevent coordinator may add an organisation.")
    if Organisation.objects.filter(name__iexact=name.strip()).exists():
        raise RuleBroken({"name": ["There is already an organisation with this name."]})
    organisation = Organisation(
        name=name.strip(), sector=sector, short_name=short_name, is_specified_authority=is_specified_authority
    )
    return _save(organisation, by)


@transaction.atomic
def create_council(
    *,
    organisation: Organisation,
    slug: str,
    name: str,
    kind: str,
    gss_code: str = "",
    brand_colour: str = "",
    rag_key: dict[str, Any] | None = None,
    aliases: Sequence[str] = (),
    by: User | None = None,
) -> Council:
    """Make an organisation a council that keeps plans, and give it its own seat, the first of its partnership.

    `aliases` are other names its documents use for it. Only the system may: councils are not made in the browser.
    Raises Refused, RuleBroken.
    """
    if by is not None:
        raise Refused("A new council is set up by whoever runs this site.")
    council = Council(
        organisation=organisation,
        slug=slug,
        name=name,
        kind=kind,
        gss_code=gss_code,
        brand_colour=brand_colour,
        rag_key=rag_key or {},
    )
    _save(council, by)
    _save(Partner(council=council, organisation=organisation, position=0, aliases=list(aliases)), by)
    return council


@transaction.atomic
def seat_partner(
    *, council: Council, organisation: Organisation, aliases: Sequence[str] = (), by: User | None = None
) -> Partner:
    """Give an organisation a seat in the council's partnership, after the seats there are.

    `aliases` are other names the council's documents use. Raises Refused, RuleBroken (it has a seat already).
    """
    _check_arranges(by, council)
    if council.partners.filter(organisation=organisation).exists():
        raise RuleBroken({"organisation": [f"{organisation} already has a seat in this partnership."]})
    partner = Partner(
        council=council, organisation=organisation, position=_next_position(council.partners), aliases=list(aliases)
    )
    return _save(partner, by, council)


@transaction.atomic
def create_body(
    *,
    council: Council,
    name: str,
    kind: str,
    aliases: Sequence[str] = (),
    chair_role: str = "",
    members_text: Sequence[str] = (),
    meets: str = "",
    by: User | None = None,
) -> GovernanceBody:
    """Add a governance body to the council's partnership. Raises Refused, RuleBroken (the name is taken)."""
    _check_arranges(by, council)
    if council.bodies.filter(name__iexact=name.strip()).exists():
        raise RuleBroken({"name": ["There is already a body with this name."]})
    body = GovernanceBody(
        council=council,
        name=name.strip(),
        kind=kind,
        aliases=list(aliases),
        chair_role=chair_role,
        members_text=list(members_text),
        meets=meets,
        position=_next_position(council.bodies),
    )
    return _save(body, by, council)


@transaction.atomic
def add_reporting_line(
    *,
    from_body: GovernanceBody,
    to_body: GovernanceBody,
    frequency: str = "",
    frequency_text: str = "",
    purpose: str = "",
    by: User | None = None,
) -> ReportingLine:
    """Say that one body reports to another, how often (as a code and as printed) and for what.

    A body may report to several, and to one of them for several purposes. Raises Refused, RuleBroken (to itself, to a
    body of another council, the same line twice).
    """
    _check_arranges(by, from_body.council)
    if from_body.pk == to_body.pk:
        raise RuleBroken({"to_body": ["A body does not report to itself."]})
    if from_body.council_id != to_body.council_id:
        raise RuleBroken({"to_body": ["Both bodies must belong to the same council's partnership."]})
    line = ReportingLine(
        from_body=from_body, to_body=to_body, frequency=frequency, frequency_text=frequency_text, purpose=purpose
    )
    return _save(line, by, from_body.council)


def _arranges_any_council(by: User) -> bool:
    access = access_for(by)
    return bool(access.councils("administer") | access.councils("coordinate"))


def _check_arranges(by: User | None, council: Council) -> None:
    if by is not None:
        allow(by, "arrange", council)


def _next_position(rows: Any) -> int:
    last = rows.aggregate(last=models.Max("position"))["last"]
    return 0 if last is None else last + 1


def _save(row: Any, by: User | None, council: Council | None = None) -> Any:
    """Save a new row that keeps its model's own rules, and record who made it. Raises RuleBroken."""
    require_valid(row)
    with recorded(by, acting_for=role_words(by, council) if by and council else ""):
        row.save()
    return row

"""Small, readable makers of test data. Each makes what it needs and lets the test name what matters.

Every text holds words that a leak would show: a council's name is in everything that is made for it.
"""

import datetime
from itertools import count

from actions.enums import OwnerPart
from actions.models import Action, ActionOwner
from partners.models import Council, GovernanceBody, Membership, Organisation, Partner, User
from partners.policy import seat_group, sync_groups
from partners.roles import ROLES
from plans.enums import PlanState
from plans.models import Objective, Plan, ReportingPeriod
from tests.days import TODAY as TODAY

_numbers = count(1)
PASSWORD = "a long enough test password"


def make_organisation(name: str = "", sector: str = "police", **fields) -> Organisation:
    return Organisation.objects.create(name=name or f"Organisation {next(_numbers)}", sector=sector, **fields)


def make_council(name: str = "", **fields) -> Council:
    """A council with its own seat (position 0)."""
    number = next(_numbers)
    name = name or f"Council {number}"
    organisation = make_organisation(name, "local_government", is_specified_authority=True)
    slug = fields.pop("slug", f"{name.lower().replace(' ', '-')}-{number}")
    council = Council.objects.create(organisation=organisation, slug=slug, name=name, **fields)
    Partner.objects.create(council=council, organisation=organisation, position=0)
    return council


def council_seat(council: Council) -> Partner:
    return council.partners.get(organisation=council.organisation)


def make_partner(council: Council, name: str = "", organisation: Organisation | None = None, **fields) -> Partner:
    number = next(_numbers)
    organisation = organisation or make_organisation(name or f"{council.name} partner {number}")
    return Partner.objects.create(council=council, organisation=organisation, position=number, **fields)


def make_body(council: Council, name: str = "", **fields) -> GovernanceBody:
    number = next(_numbers)
    return GovernanceBody.objects.create(
        council=council, name=name or f"{council.name} Prevent Delivery Group {number}", position=number, **fields
    )


def make_person(role: str = "", seat=None, *, name: str = "", from_on=None, until_on=None) -> User:
    """A person who can sign in with PASSWORD; with a role at a seat when given."""
    number = next(_numbers)
    name = name or f"Person {number}"
    user = User.objects.create_user(f"person{number}@example.org", PASSWORD, name=name)
    if role:
        join(user, role, seat, from_on=from_on, until_on=until_on)
    return user


def join(user: User, role: str, seat, *, from_on=None, until_on=None) -> Membership:
    membership = Membership.objects.create(
        user=user,
        role=role,
        group=seat_group(seat, role),
        from_on=from_on or datetime.date(2020, 4, 1),
        until_on=until_on,
        **{ROLES[role].seat.value: seat},
    )
    sync_groups(user)
    return membership


def make_plan(council: Council, title: str = "", *, live: bool = True, **fields) -> Plan:
    fields.setdefault("period_text", "2026-2028")
    fields.setdefault("starts_on", datetime.date(2026, 4, 1))
    fields.setdefault("ends_on", datetime.date(2028, 3, 31))
    state = PlanState.LIVE if live else PlanState.DRAFT
    return Plan.objects.create(council=council, title=title or f"{council.name} Prevent plan", state=state, **fields)


def make_heading(plan: Plan, label: str = "", *, parent: Objective | None = None, **fields) -> Objective:
    position = fields.pop("position", next(_numbers))
    level = parent.level + 1 if parent else 1
    label = label or f"{plan.council.name} heading {position}"
    return Objective.objects.create(plan=plan, parent=parent, level=level, position=position, label=label, **fields)


def make_action(plan: Plan, *owners: Partner, text: str = "", **fields) -> Action:
    """An action whose first owner is accountable and the rest joint; the council's own seat when none is given."""
    position = fields.pop("position", next(_numbers))
    state = fields.pop("state", None)
    owners = owners or (council_seat(plan.council),)
    action = Action(
        plan=plan,
        position=position,
        text=text or f"{plan.council.name} action {position}",
        owner_text=fields.pop("owner_text", ", ".join(map(str, owners))),
        **fields,
    )
    if state:
        action.__dict__["state"] = state
    if action.due_on and not action.original_due:
        action.original_due = action.due_on
    action.save()
    for number, partner in enumerate(owners):
        part = OwnerPart.JOINT if number else OwnerPart.ACCOUNTABLE
        ActionOwner.objects.create(
            action=action,
            plan=plan,
            position=number,
            kind="organisation",
            label=str(partner),
            part=part,
            partner=partner,
        )
    return action


def make_period(
    plan: Plan, *, state: str = "open", starts_on: datetime.date | None = None, **fields
) -> ReportingPeriod:
    """Quarter 2 (July to September) 2026/27 unless told otherwise."""
    starts_on = starts_on or datetime.date(2026, 7, 1)
    ends_on = fields.pop(
        "ends_on", (starts_on + datetime.timedelta(days=93)).replace(day=1) - datetime.timedelta(days=1)
    )
    fields.setdefault("returns_due_on", ends_on + datetime.timedelta(days=14))
    fields.setdefault("name", f"Quarter starting {starts_on:%d %B %Y}")
    return ReportingPeriod.objects.create(plan=plan, starts_on=starts_on, ends_on=ends_on, state=state, **fields)

"""Write what the five published documents say: organisations, partnerships, people and plans, moved in time.

Everything goes through the rooms' domain functions. Partnerships are set up by the system; plans are kept by their
council's coordinator.
"""

import datetime
from dataclasses import dataclass, field

from actions.domain.actions import add_action
from actions.domain.owners import OwnerSpec
from actions.domain.timescales import read_timescale
from actions.models import Action
from partners.domain.memberships import grant_membership
from partners.domain.organisations import (
    add_reporting_line,
    create_body,
    create_council,
    create_organisation,
    seat_partner,
)
from partners.models import Council, GovernanceBody, Organisation, Partner, User
from partners.roles import Role
from plans.domain.headings import add_heading
from plans.domain.particulars import add_implication, add_project, add_stage, report_to
from plans.domain.plans import create_plan, make_live
from plans.models import Objective, Plan
from prevent_tracker.demo.accounts import email_of
from prevent_tracker.demo.quarters import REPORTED
from prevent_tracker.demo.read import (
    TOLD,
    ActionFacts,
    CouncilFile,
    PersonFacts,
    SeatFacts,
    council_file,
    organisations,
)
from prevent_tracker.demo.shift import move_date, move_words, years_to_move

INVENTED = (
    "Invented for the demo: every update, rating, sign-off and report. The wording of the actions is ours. Headings, "
    "owners, timescales and targets are as published."
)
MOVED = "Moved forward by {years} years for the demo, timescales included; the published words are kept beside them."
UNCHANGED = "Headings are as published. This plan prints no dates, so it was not moved in time."
REVIEWED = "Rhythm, as printed: {cycles}."


@dataclass
class LoadedCouncil:
    """One council as it was written, for the loader of its quarters."""

    file: CouncilFile
    council: Council
    seats: dict[str, Partner]
    bodies: dict[str, GovernanceBody]
    years: int = 0
    plan: Plan | None = None
    actions: list[Action] = field(default_factory=list)

    def seat_of(self, owner: str) -> Partner:
        """Return the seat that answers for a printed owner: the council's, for its own roles, for groups and "All"."""
        return self.seats[self.file.owners[owner].partner or self.file.council.organisation]


def load_organisations() -> dict[str, Organisation]:
    """Make every organisation known, once. Returns them by key."""
    return {
        key: create_organisation(
            name=facts.name, short_name=facts.short_name, sector=facts.sector, is_specified_authority=facts.specified
        )
        for key, facts in organisations().items()
    }


def load_partnership(slug: str, known: dict[str, Organisation]) -> LoadedCouncil:
    """Write a council, its partners' seats, its bodies and who reports to whom."""
    file = council_file(slug)
    facts = file.council
    council = create_council(
        organisation=known[facts.organisation],
        slug=facts.slug,
        name=facts.name,
        kind=facts.kind,
        gss_code=facts.gss_code,
        brand_colour=facts.brand_colour,
        aliases=facts.aliases,
    )
    seats = {facts.organisation: council.partners.get(organisation=council.organisation)}
    for partner in file.partners:
        seats[partner.organisation] = seat_partner(
            council=council, organisation=known[partner.organisation], aliases=partner.printed
        )
    bodies = {
        body.name: create_body(
            council=council,
            name=body.name,
            kind=body.kind,
            aliases=body.aliases,
            chair_role=body.chair,
            members_text=body.members,
            meets=body.meets,
        )
        for body in file.bodies
    }
    for line in file.lines:
        add_reporting_line(
            from_body=bodies[line.source],
            to_body=bodies[line.target],
            purpose=line.purpose,
            frequency=line.frequency,
            frequency_text=line.frequency_text,
        )
    return LoadedCouncil(file, council, seats, bodies)


# --- People -------------------------------------------------------------------------------------------------------


def load_person(
    person: PersonFacts, loaded: dict[str, LoadedCouncil], hashed: str | None, from_on: datetime.date
) -> User:
    """Make a person with all their seats. Without a (hashed) password they cannot sign in."""
    user = User.objects.create_user(email_of(person.email), name=person.name)
    if hashed is not None:
        user.password = hashed
        user.save(update_fields=["password"])
    for seat in person.seats:
        grant_membership(user=user, role=seat.role, seat=_seat(seat, loaded[seat.council]), from_on=from_on, by=None)
    return user


def _seat(seat: SeatFacts, at: LoadedCouncil) -> Council | Partner | GovernanceBody:
    if seat.partner:
        return at.seats[seat.partner]
    return at.bodies[seat.body] if seat.body else at.council


def leads_to_add(people: list[PersonFacts]) -> list[PersonFacts]:
    """Return a partner lead for each partner that owns actions and has none: they sign returns, and cannot sign in."""
    have = {(s.council, s.partner) for person in people for s in person.seats if s.role == Role.PARTNER_LEAD}
    wanted = {
        (slug, owner.partner): None
        for slug in TOLD
        for owner in council_file(slug).owners.values()
        if owner.partner and (slug, owner.partner) not in have
    }
    return [
        PersonFacts(
            email=f"lead.{partner}",
            name=f"Prevent lead, {organisations()[partner].name}",
            look="",
            seats=[SeatFacts(Role.PARTNER_LEAD, slug, partner=partner)],
        )
        for slug, partner in wanted
    ]


# --- The plan -----------------------------------------------------------------------------------------------------


def load_plan(at: LoadedCouncil, *, by: User, today: datetime.date) -> None:
    """Write the council's plan, moved so that `today` falls well inside it, and make it live."""
    facts = at.file.plan
    at.years = _years(at.file, today)
    plan = create_plan(
        council=at.council,
        by=by,
        title=move_words(facts.title, at.years),
        kind=facts.kind,
        period_text=move_words(facts.period_text, at.years),
        starts_on=facts.starts_on and move_date(facts.starts_on, at.years),
        ends_on=facts.ends_on and move_date(facts.ends_on, at.years),
        level_labels=facts.levels,
        published_text=facts.title if at.years else "",
        note=_note(at.file, at.years),
        parent_text=facts.parent_text,
        **({"columns": facts.columns} if facts.columns else {}),
    )
    headings = _load_headings(plan, at.file, by)
    at.actions = [_load_action(at, plan, headings[action.under], action, by) for action in at.file.actions]
    for stage in at.file.stages:
        add_stage(
            plan=plan,
            by=by,
            status=stage.status,
            bodies=stage.bodies,
            date_text=move_words(stage.date_text, at.years),
            date=stage.date and move_date(stage.date, at.years, stage.precision),
            precision=stage.precision,
        )
    for project in at.file.projects:
        add_project(plan=plan, by=by, **vars(project))
    for implication in at.file.implications:
        add_implication(plan=plan, by=by, **vars(implication))
    for name in facts.reported_to:
        report_to(plan=plan, body=at.bodies[name], by=by)
    at.plan = make_live(plan=plan, by=by)


def _years(file: CouncilFile, today: datetime.date) -> int:
    plan = file.plan
    if plan.starts_on is None or plan.ends_on is None:
        return 0
    return years_to_move(plan.starts_on, plan.ends_on, today, quarters_before=REPORTED if file.actions else 0)


def _note(file: CouncilFile, years: int) -> str:
    """What a reader should know: the document's own quirks, then what the demo did to it."""
    cycles = "; ".join(f"{cycle.what} ({move_words(cycle.text, years)})" for cycle in file.cycles)
    parts = [file.plan.note.strip(), REVIEWED.format(cycles=cycles) if cycles else ""]
    parts.append(MOVED.format(years=years) if file.plan.starts_on else UNCHANGED)
    parts.append(INVENTED if file.actions else "")
    return "\n\n".join(filter(None, parts))


def _load_headings(plan: Plan, file: CouncilFile, by: User) -> dict[str, Objective]:
    made: dict[str, Objective] = {}
    for facts in file.headings:
        parent = made[facts.under] if facts.under else None
        heading = add_heading(
            plan=plan, parent=parent, label=facts.label, ref=facts.ref, level_label=facts.level_label, by=by
        )
        if facts.key:
            made[facts.key] = heading
    return made


def _load_action(at: LoadedCouncil, plan: Plan, heading: Objective, facts: ActionFacts, by: User) -> Action:
    return add_action(
        plan=plan,
        objective=heading,
        by=by,
        ref=facts.ref,
        text=facts.text,
        owners=[_owner(at, label) for label in facts.owners],
        owner_text=facts.printed_owner,
        measure=facts.measure,
        target_value=facts.target,
        target_unit=facts.unit,
        published_timescale=facts.timescale if at.years else "",
        **moved_timescale(at.file, facts.timescale, at.years),
    )


def moved_timescale(file: CouncilFile, published: str, years: int) -> dict:
    """Return the fields of a timescale moved in time: its words, and what those words are read to mean."""
    starts_on, ends_on = file.plan.starts_on, file.plan.ends_on
    words = move_words(published, years)
    found = read_timescale(
        words,
        year=starts_on.year + years if starts_on else None,
        plan_start=starts_on and move_date(starts_on, years),
        plan_end=ends_on and move_date(ends_on, years),
    )
    return {
        "timescale_text": words,
        "kind": found.kind,
        "start_on": found.start,
        "due_on": found.due,
        "precision": found.precision,
        "recurrence": found.recurrence,
    }


def _owner(at: LoadedCouncil, label: str) -> OwnerSpec:
    facts = at.file.owners[label]
    body = at.bodies[facts.body] if facts.body else None
    return OwnerSpec(kind=facts.kind, label=label, partner=at.seat_of(label), body=body)

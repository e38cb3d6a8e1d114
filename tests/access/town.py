"""Two towns, each with somebody in every role and something of every kind. A town's name is in all its texts."""

import datetime
import hashlib
from dataclasses import dataclass, field
from types import SimpleNamespace

from django.contrib.auth.hashers import make_password
from django.db.models import Model
from django.utils import timezone

from actions.domain.quarter import open_quarter
from actions.domain.updates import save_update, submit_update
from actions.models import Action, Milestone, PartnerReturn, ProgressUpdate
from partners.models import Council, Invitation, User
from partners.policy import forget_access
from plans.domain.periods import schedule_period
from plans.domain.quarters import quarter_of
from plans.models import Plan, ReportingPeriod
from prevent_tracker.core.models import Job
from reporting.domain.lock import lock_quarter
from reporting.domain.reports import start_report
from reporting.enums import FileKind, ReportState
from reporting.models import IssuedFile, Report
from tests import builders

TODAY = builders.TODAY
YESTERDAY = TODAY - datetime.timedelta(days=1)


@dataclass
class Town:
    """One council with its people (`people[role]`) and one of everything an address can be about."""

    name: str
    council: Council
    people: dict[str, User] = field(default_factory=dict)
    things: SimpleNamespace = field(default_factory=SimpleNamespace)

    def __getattr__(self, name: str):
        """Let a rule say `town.action` for `town.things.action`."""
        return getattr(self.__dict__["things"], name)


def build_town(name: str) -> Town:
    """Return a town with its people and things saved."""
    town = Town(name, builders.make_council(name))
    council, things = town.council, town.things
    things.police = builders.make_partner(council, f"{name} police")
    things.health = builders.make_partner(council, f"{name} health")
    things.board = builders.make_body(council, f"{name} board")
    things.second_board = builders.make_body(council, f"{name} second board")
    town.people = {
        "coordinator": person(town, "coordinator", council),
        "council_admin": person(town, "council_admin", council),
        "auditor": person(town, "auditor", council),
        "partner_lead": person(town, "partner_lead", things.police),
        "other_partner_lead": person(town, "partner_lead", things.health, called="other lead"),
        "contributor": person(town, "contributor", things.police),
        "board_member": person(town, "board_member", things.board),
        "ex_member": person(town, "coordinator", council, called="ex member", until_on=YESTERDAY),
        "deactivated": person(town, "coordinator", council, called="deactivated"),
    }
    # A second administrator, so that a change to the first is never refused for being the last.
    person(town, "council_admin", council, called="second administrator")
    things.today = TODAY
    things.leaver = person(town, "contributor", things.health, called="leaver")
    things.membership = things.leaver.memberships.get()
    things.invitation = Invitation.objects.create(
        email=f"invited@{name.lower()}.example.org",
        name=f"{name} newcomer",
        role="contributor",
        partner=things.police,
        from_on=TODAY,
        invited_by=town.people["council_admin"],
    )
    furnish(town)
    return town


def person(town: Town, role: str, seat, *, called: str = "", until_on=None) -> User:
    return builders.make_person(role, seat, name=f"{town.name} {called or role}", until_on=until_on)


def close_account(user: User) -> None:
    user.is_active, user.deactivated_at, user.password = False, timezone.now(), make_password(None)
    user.save()
    forget_access(user)


# --- Plans, quarters, actions and reports -------------------------------------------------------------------------

# Words that not everybody of the council may read; a town's name follows.
RESTRICTED, UNSAID, UNISSUED = "restricted wording of", "unsaid wording of", "unissued wording of"
LAST_QUARTER, THIS_QUARTER, NEXT_QUARTER = (datetime.date(2026, month, 15) for month in (5, 8, 11))
WORDS = "The sessions were held and the attendance was recorded."


def furnish(town: Town) -> None:
    """Give the town one plan in every state that an address can be about."""
    from tests.access.imports import import_documents  # it is about towns, so it knows this module

    things, council = town.things, town.council
    things.draft_plan = builders.make_plan(council, f"{town.name} draft plan", live=False)
    things.plan = plan_in_its_quarter(town)
    things.ready_return = return_to_sign(town)
    things.locked_period = locked_quarter(town)
    things.scheduled_period = schedule(things.locked_period.plan, NEXT_QUARTER, town)
    things.snapshot = things.locked_period.snapshots.get()
    things.draft_report = draft_report(town)
    things.issued_report = issued_report(town)
    things.job = Job.objects.create(
        kind="issue_report", subject=things.draft_report.public_id, asked_by=town.people["coordinator"]
    )
    import_documents(town)
    for name, thing in vars(things).items():
        if isinstance(thing, Model):
            setattr(things, name, type(thing)._base_manager.get(pk=thing.pk))  # with the version it has by now


def schedule(plan: Plan, day: datetime.date, town: Town) -> ReportingPeriod:
    return schedule_period(plan=plan, quarter=quarter_of(day), by=town.people["coordinator"])


def opened(plan: Plan, day: datetime.date, town: Town) -> ReportingPeriod:
    return open_quarter(period=schedule(plan, day, town), asked="Please update.", by=town.people["coordinator"])


def plan_in_its_quarter(town: Town) -> Plan:
    """A live plan whose quarter is open: an action without update, one with, a restricted one, a drafted update."""
    things = town.things
    plan = builders.make_plan(town.council, f"{town.name} plan")
    things.heading = builders.make_heading(plan)
    things.second_heading = builders.make_heading(plan)
    things.action = builders.make_action(plan, things.police, objective=things.heading, timescale_text="March 2027")
    things.said_action = builders.make_action(plan, things.police, objective=things.heading)
    things.restricted_action = builders.make_action(
        plan, things.police, text=f"{RESTRICTED} {town.name}", is_restricted=True
    )
    things.milestone = Milestone.objects.create(action=things.action, position=0, text=f"{town.name} milestone")
    health_action = builders.make_action(plan, things.health)
    things.period = opened(plan, THIS_QUARTER, town)
    things.update = said(things.said_action, things.period, town)
    things.draft_update = save_update(
        action=health_action,
        period=things.period,
        partner=things.health,
        by=town.people["other_partner_lead"],
        text=f"{UNSAID} {town.name}",
    )
    things.police_return = PartnerReturn.objects.get(period=things.period, partner=things.police)
    return plan


def said(action: Action, period: ReportingPeriod, town: Town) -> ProgressUpdate:
    by, today = town.people["partner_lead"], TODAY
    update = save_update(
        action=action, period=period, partner=town.police, by=by, text=WORDS, rating="on_track", override_reason=WORDS
    )
    submit_update(update=update, by=by, version=update.version, today=today)
    return ProgressUpdate.objects.get(pk=update.pk)


def return_to_sign(town: Town) -> PartnerReturn:
    """The police's return on another plan, with everything said."""
    plan = builders.make_plan(town.council, f"{town.name} second plan")
    action = builders.make_action(plan, town.police)
    period = opened(plan, THIS_QUARTER, town)
    said(action, period, town)
    return PartnerReturn.objects.get(period=period, partner=town.police)


def locked_quarter(town: Town) -> ReportingPeriod:
    """Last quarter of a third plan, locked, with nothing reported yet."""
    plan = builders.make_plan(town.council, f"{town.name} third plan")
    builders.make_action(plan, town.police)
    period = opened(plan, LAST_QUARTER, town)
    lock_quarter(period=period, by=town.people["coordinator"], today=TODAY)
    return ReportingPeriod.objects.get(pk=period.pk)


def draft_report(town: Town) -> Report:
    """A draft on the locked quarter, written far enough to be issued."""
    report = start_report(snapshot=town.snapshot, body=town.board, by=town.people["coordinator"])
    report.position_summary = f"{UNISSUED} {town.name}"
    report.save()
    return report


def issued_report(town: Town) -> Report:
    """An issued report to the board, on a quarter of its own, with the bytes that were issued."""
    plan = builders.make_plan(town.council, f"{town.name} fourth plan")
    builders.make_action(plan, town.police)
    period = opened(plan, LAST_QUARTER, town)
    snapshot = lock_quarter(period=period, by=town.people["coordinator"], today=TODAY)
    report = start_report(snapshot=snapshot, body=town.board, by=town.people["coordinator"])
    report.__dict__ |= {
        "state": ReportState.ISSUED,
        "issued_at": timezone.now(),
        "issued_by_id": town.people["coordinator"].pk,
    }
    report.save()
    for kind in FileKind:
        content = f"<p>{town.name} report as {kind}</p>".encode()
        IssuedFile.objects.create(
            report=report,
            kind=kind,
            name=f"{town.name}.{kind}",
            content=content,
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            made_at=timezone.now(),
        )
    return report

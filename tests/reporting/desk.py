"""A coordinator's desk for the tests of reporting: a plan with two quarters, a body that meets, people of each role."""

import datetime
from dataclasses import dataclass, field

from actions.domain.quarter import open_quarter
from actions.domain.returns import return_content, sign_off_return
from actions.domain.updates import save_update, submit_update
from actions.models import Action, PartnerReturn
from partners.models import Council, GovernanceBody, Partner, User
from plans.models import Objective, Plan, ReportingPeriod
from prevent_tracker.core import clock
from prevent_tracker.core.fingerprint import fingerprint
from prevent_tracker.core.jobs import run_job
from prevent_tracker.core.models import Job
from reporting.domain.lock import lock_quarter
from reporting.domain.reports import issue_report, save_report, start_report
from reporting.models import Report, Snapshot
from tests.builders import (
    TODAY,
    make_action,
    make_body,
    make_council,
    make_heading,
    make_partner,
    make_period,
    make_person,
    make_plan,
)

Q2 = "Quarter 2 (July to September) 2026/27"
Q3 = "Quarter 3 (October to December) 2026/27"
LATER = datetime.date(2026, 11, 18)
DUE = datetime.date(2027, 3, 31)


@dataclass
class Desk:
    council: Council
    police: Partner
    plan: Plan
    body: GovernanceBody
    heading: Objective
    coordinator: User
    lead: User
    member: User
    period: ReportingPeriod
    actions: list[Action] = field(default_factory=list)

    def say(self, action: Action, *, period: ReportingPeriod | None = None, today=TODAY, **fields) -> None:
        """The police submit their update of an action."""
        given = {"text": f"Done so far: {action.text}", "rating": "on_track", **fields}
        update = save_update(action=action, period=period or self.period, partner=self.police, by=self.lead, **given)
        submit_update(update=update, by=self.lead, version=update.version, today=today)

    def sign_off(self) -> None:
        partner_return = PartnerReturn.objects.get(partner=self.police, period=self.period)
        shown = fingerprint(return_content(partner_return))
        sign_off_return(partner_return=partner_return, shown=shown, statement="This is our return.", by=self.lead)

    def lock(self, period: ReportingPeriod | None = None, today=TODAY) -> Snapshot:
        period = period or self.period
        period.refresh_from_db()
        with clock.as_at(datetime.datetime.combine(today, datetime.time(12), tzinfo=datetime.UTC)):
            return lock_quarter(period=period, by=self.coordinator, today=today)

    def next_quarter(self) -> ReportingPeriod:
        period = make_period(self.plan, state="scheduled", starts_on=datetime.date(2026, 10, 1), name=Q3)
        return open_quarter(period=period, asked="", by=self.coordinator)

    def draft(self, snapshot: Snapshot, **words) -> Report:
        report = start_report(snapshot=snapshot, body=self.body, by=self.coordinator)
        words = {"position_summary": "Mostly on track.", **words}
        return save_report(report=report, by=self.coordinator, version=report.version, **words)

    def issue(self, report: Report) -> Report:
        """Issue a draft and run its job, as a worker would."""
        job = issue_report(report=report, by=self.coordinator, version=report.version, enqueue=False)
        run_job.call(job.public_id)
        return Report.objects.get(pk=report.pk)

    def job(self, report: Report) -> Job:
        return Job.objects.filter(subject=report.public_id).order_by("-pk").first()


def make_desk(actions: int = 2, *, name: str = "Avon", **fields) -> Desk:
    council = make_council(name, brand_colour="#1d3f58")
    police = make_partner(council, f"{name} Police")
    plan = make_plan(council)
    body = make_body(council, f"{name} Prevent Board")
    priority = make_heading(plan, "Keep people safe", ref="1")
    objective = make_heading(plan, "Train those who meet the public", parent=priority)
    period = make_period(plan, state="scheduled", name=Q2)
    desk = Desk(
        council=council,
        police=police,
        plan=plan,
        body=body,
        heading=objective,
        coordinator=make_person("coordinator", council),
        lead=make_person("partner_lead", police),
        member=make_person("board_member", body),
        period=period,
    )
    for number in range(1, actions + 1):
        given = {"text": f"{name} action {number}", "ref": str(number), "due_on": DUE, **fields}
        desk.actions.append(make_action(plan, police, objective=objective, **given))
    desk.period = open_quarter(period=period, asked="", by=desk.coordinator)
    return desk

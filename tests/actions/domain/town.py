"""One small town for the tests of actions: a council, two partners, an action that they share, an open quarter."""

import datetime
from dataclasses import dataclass

from actions.models import Action, PartnerReturn
from partners.models import Council, Partner, User
from plans.models import Plan, ReportingPeriod
from tests.builders import (
    council_seat,
    make_action,
    make_body,
    make_council,
    make_partner,
    make_period,
    make_person,
    make_plan,
)

DUE = datetime.date(2027, 3, 31)


@dataclass
class Town:
    council: Council
    police: Partner
    health: Partner
    plan: Plan
    period: ReportingPeriod
    action: Action  # police accountable, health joint
    coordinator: User
    lead: User  # of the police
    health_lead: User

    def fresh(self) -> Action:
        return Action.objects.get(pk=self.action.pk)

    def return_of(self, partner: Partner) -> PartnerReturn:
        return PartnerReturn.objects.get_or_create(partner=partner, period=self.period)[0]

    def person(self, role: str) -> User:
        """Somebody of this town with the role; for "" somebody without any."""
        seats = {"partner_lead": self.police, "contributor": self.police, "board_member": None, "": None}
        seat = seats.get(role, self.council)
        if role == "board_member":
            seat = make_body(self.council)
        return make_person(role, seat)


def make_town(**action) -> Town:
    council = make_council("Avon")
    police, health = make_partner(council, "Avon Police"), make_partner(council, "Avon Health")
    plan = make_plan(council)
    return Town(
        council=council,
        police=police,
        health=health,
        plan=plan,
        period=make_period(plan, name="Quarter 2 (July to September) 2026/27"),
        action=make_action(plan, police, health, **{"text": "Train all staff", "ref": "36", "due_on": DUE, **action}),
        coordinator=make_person("coordinator", council),
        lead=make_person("partner_lead", police),
        health_lead=make_person("partner_lead", health),
    )


__all__ = ["DUE", "Town", "council_seat", "make_town"]

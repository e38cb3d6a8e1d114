"""A council with a plan on a fixed day, and people signed in to it."""

from dataclasses import dataclass

import pytest
from django.test import Client

from partners.models import Council, Partner, User
from plans.models import Plan, ReportingPeriod
from tests.builders import TODAY, make_council, make_partner, make_period, make_person, make_plan
from tests.kept import kept


@pytest.fixture(autouse=True)
def on_the_day(today):
    """Every page is looked at on the same day."""


@dataclass
class Town:
    """A council, its police seat, a live plan with an open quarter, and one person of each role."""

    council: Council
    police: Partner
    plan: Plan
    period: ReportingPeriod
    coordinator: User
    lead: User
    contributor: User

    def client(self, user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client


@kept(on=TODAY)
def town() -> Town:
    council = make_council("Testbury")
    police = make_partner(council, "Testbury Police")
    plan = make_plan(council, "Testbury plan")
    return Town(
        council=council,
        police=police,
        plan=plan,
        period=make_period(plan, name="Quarter 2"),
        coordinator=make_person("coordinator", council, name="Co Ordinator"),
        lead=make_person("partner_lead", police, name="Pat Lead"),
        contributor=make_person("contributor", police, name="Con Tributor"),
    )


@pytest.fixture
def coordinator(town) -> Client:
    return town.client(town.coordinator)


@pytest.fixture
def lead(town) -> Client:
    return town.client(town.lead)


@pytest.fixture
def contributor(town) -> Client:
    return town.client(town.contributor)

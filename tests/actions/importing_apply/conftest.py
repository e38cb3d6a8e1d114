"""A council that imports: its coordinator's browser, its partners, and documents made on the spot."""

import datetime
from dataclasses import dataclass

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from actions.models import PlanImport
from partners.models import Council, User
from plans.domain.plans import make_live
from plans.models import Plan
from prevent_tracker.core.jobs import run_job
from prevent_tracker.core.models import Job
from tests.actions.importing_apply.documents import SAME
from tests.builders import TODAY, make_body, make_council, make_organisation, make_partner, make_person
from tests.kept import kept


@pytest.fixture(autouse=True)
def on_the_day(today):
    """Every import happens on the same day."""


@dataclass
class Importer:
    """A coordinator who imports, by hand and by page."""

    council: Council
    coordinator: User
    client: Client

    def give(self, name: str, content: bytes, *, plan=None, **extra):
        """Post a file to the page that starts an import; returns the response."""
        url = (
            reverse("actions:import_into_plan", args=[plan.public_id])
            if plan
            else reverse("actions:start_import", args=[self.council.slug])
        )
        return self.client.post(url, {"file": SimpleUploadedFile(name, content), **extra})

    def read(self, name: str, content: bytes, *, plan=None, **extra) -> PlanImport:
        """Give a file and let the worker read it."""
        response = self.give(name, content, plan=plan, **extra)
        assert response.status_code == 302, response.content.decode()
        return self.work()

    def work(self) -> PlanImport:
        """Do the work of the newest job; returns its import as it then is."""
        job = Job.objects.order_by("-pk").first()
        run_job.call(job.public_id)
        return PlanImport.objects.get(public_id=job.subject)

    def page(self, name: str, one: PlanImport, *args) -> str:
        response = self.client.get(reverse(f"actions:{name}", args=[one.public_id, *args]))
        assert response.status_code == 200, response
        return response.content.decode()

    def post(self, name: str, one: PlanImport, data: dict | None = None, *args):
        return self.client.post(reverse(f"actions:{name}", args=[one.public_id, *args]), data or {})

    def confirm(self, one: PlanImport, **data):
        """Press the button of the summary, with the form as the page shows it."""
        response = self.client.get(reverse("actions:apply_import", args=[one.public_id]))
        form = response.context["form"]
        shown = {name: form[name].value() for name in form.fields}
        words = {name: value for name, value in shown.items() if isinstance(value, str | int) and value is not False}
        for name, value in shown.items():
            if isinstance(value, datetime.date):
                words |= {f"{name}_0": str(value.day), f"{name}_1": str(value.month), f"{name}_2": str(value.year)}
        return self.post("apply_import", one, words | data)


@kept(on=TODAY)
def importer() -> Importer:
    council = make_council("Amberley")
    coordinator = make_person("coordinator", council, name="Co Ordinator")
    client = Client()
    client.force_login(coordinator)
    make_partner(
        council, organisation=make_organisation("Amberley Police", "police", short_name="AP"), aliases=["The police"]
    )
    make_partner(
        council, organisation=make_organisation("North East London Foundation Trust", "health_and_social_care")
    )
    make_body(council, "Prevent Steering Group")
    return Importer(council, coordinator, client)


@kept(on=TODAY)
def one(importer) -> PlanImport:
    """An import of a document that was read and waits for review."""
    return importer.read("plan.xlsx", SAME)


@kept(on=TODAY)
def plan(importer, one) -> Plan:
    """A live plan, made of the document."""
    importer.confirm(one)
    return make_live(plan=Plan.objects.get(), by=importer.coordinator)

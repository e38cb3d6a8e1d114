"""Published plans: the demo's go out and come back the same, the reference documents are found as on paper.

What is read in a document is no matter of the database; that both keep what was read, the other modules here prove.
"""

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from actions.domain.import_applying import apply_as_plan
from actions.domain.plan_rows import rows_of_plan
from actions.models import Action
from partners.models import User
from partners.roles import Role
from plans.models import Objective, Plan
from prevent_tracker.demo.plans import load_organisations, load_partnership, load_plan
from prevent_tracker.demo.read import COUNCILS
from tests.actions.importing_apply.conftest import Importer
from tests.builders import TODAY, join, make_person

SEEDS = Path(os.environ.get("PREVENT_SEEDS") or Path(__file__).resolve().parents[4] / "shared" / "seeds")
pytestmark = [pytest.mark.django_db, pytest.mark.once]
DOCUMENTS = sorted(SEEDS.glob("*.docx")) + sorted(SEEDS.glob("*.xlsx"))


def test_every_plan_of_the_demo_comes_back_the_same():
    known = load_organisations()
    person: User = make_person(name="Co Ordinator")
    client = Client()
    for slug in COUNCILS:
        loaded = load_partnership(slug, known)
        join(person, Role.COORDINATOR, loaded.council)
        person = User.objects.get(pk=person.pk)
        load_plan(loaded, by=person, today=TODAY)
        client.force_login(person)
        importer = Importer(loaded.council, person, client)
        plan = loaded.plan
        content = client.get(reverse("actions:plan_export", args=[plan.public_id])).content
        one = importer.read("back.xlsx", content)
        assert importer.confirm(one, title=plan.title).status_code == 302
        back = Plan.objects.filter(council=loaded.council).exclude(pk=plan.pk).get()
        assert shape(back) == shape(plan), slug
        compared = importer.read("back.xlsx", content, plan=plan)
        context = client.get(reverse("actions:apply_import", args=[compared.public_id])).context
        assert context["shown"].offered == [], slug


def shape(plan: Plan) -> tuple:
    """Return a plan without its own ids."""
    rows = [even(row) for row in rows_of_plan(plan)]
    headings = Objective.objects.filter(plan=plan).order_by("position", "pk")
    facts = (plan.title, plan.period_text, plan.starts_on, plan.ends_on, plan.level_labels)
    return facts, list(headings.values_list("label", "ref", "level", "level_label")), rows


def even(row):
    """Return a row without its id, every run of white space as one."""
    return replace(row, id="", text=" ".join(row.text.split()))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_a_published_document_is_found_as_it_was_on_paper(importer, path):
    expected = json.loads((path.parent / f"{path.stem}.expected.json").read_text())
    one = importer.read(path.name, path.read_bytes())
    for page in ("review_import", "import_owners", "import_columns", "apply_import"):
        importer.page(page, one)
    plan = apply_as_plan(one=one, by=importer.coordinator, version=one.version, today=TODAY, title="Ours", checked=True)
    actions = list(Action.objects.filter(plan=plan).order_by("objective__position", "position"))
    assert [" ".join(a.text.split()) for a in actions] == [" ".join(a["text"].split()) for a in expected["actions"]]
    assert [a.ref or None for a in actions] == [a["ref"] for a in expected["actions"]]
    assert [" ".join(a.owner_text.split()) for a in actions] == [
        " ".join((a["owner_text"] or "").split()) for a in expected["actions"]
    ]
    page = importer.client.get(reverse("actions:plan_page", args=[plan.public_id]))
    assert page.status_code == 200 and all(a.ref in page.content.decode() for a in actions)

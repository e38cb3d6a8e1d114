"""Imports of a town in every state that an address can be about."""

import hashlib

from django.utils import timezone

from actions.domain.import_applying import apply_as_plan
from actions.importing.reading import read_document
from actions.importing.understanding import understand
from actions.models import ImportedFile, PlanImport
from tests.access.town import TODAY, Town


def import_documents(town: Town) -> None:
    """Give the town an import that waits for review, one of its plan, one that is being read, and one applied."""
    things = town.things
    things.waiting_import = waiting(town)
    things.compared_import = waiting(town, plan=things.plan)
    things.reading_import = given(town, "reading")
    things.applied_import = waiting(town)
    apply_as_plan(
        one=things.applied_import, by=town.people["coordinator"], version=1, today=TODAY,
        title=f"{town.name} imported plan", again=True,
    )  # fmt: skip


def waiting(town: Town, plan=None) -> PlanImport:
    one = given(town, "review", plan=plan)
    document = read_document("plan.txt", bytes(one.original.content))
    one.document, one.draft = document.to_json(), understand(document).to_json()
    one.save()
    return one


def given(town: Town, state: str, plan=None) -> PlanImport:
    """Return an import of a small pasted plan, in a state."""
    by, moment = town.people["coordinator"], timezone.now()
    content = f"Ref\tAction\tOwner\n1\t{town.name} first\tPolice\n2\t{town.name} second\tHealth\n".encode()
    original = ImportedFile.objects.create(
        council=town.council, kind="paste", name=f"{town.name}.txt", content=content, size=len(content),
        sha256=hashlib.sha256(content).hexdigest(), given_at=moment, given_by=by,
    )  # fmt: skip
    return PlanImport.objects.create(
        council=town.council, plan=plan, makes_plan=plan is None, original=original, state=state, started_at=moment,
        started_by=by,
    )  # fmt: skip

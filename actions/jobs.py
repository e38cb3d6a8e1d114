"""The job that reads an imported document: idempotent, and safe to kill at any moment."""

from django.urls import reverse

from actions.domain.import_reading import READ, import_to_read, read_original
from actions.domain.imports import WORK
from prevent_tracker.core.jobs import Progress, work


def _page(public_id: str) -> str:
    return reverse("actions:import_page", args=[public_id])


@work(WORK, title="Reading the plan", page=_page)
def read_import(progress: Progress) -> str:
    """Read the document of an import in a child process of its own."""
    one = import_to_read(progress.subject)
    if one is None:
        return READ
    progress.step("Reading the document, word for word", total=2)
    said = read_original(one)
    progress.step("Done")
    return said

"""Reading an imported document: in a child process, then again with what the council has answered before."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from actions.domain.import_parties import names_of, parties_of
from actions.domain.plan_rows import PlanRow
from actions.enums import AnswerKind, ImportState
from actions.importing.draft import Answers, DraftPlan
from actions.importing.errors import UnreadableFile
from actions.importing.grid import Document
from actions.importing.own_workbook import read_about
from actions.importing.sandbox import read_with_document
from actions.importing.understanding import understand
from actions.importing.words import squashed
from actions.models import PlanExport, PlanImport, RememberedAnswer
from partners.models import Council
from plans.domain.record import acting
from prevent_tracker.core.fingerprint import fingerprint
from prevent_tracker.core.states import move
from prevent_tracker.core.versions import save_next

READ = "The document has been read."


def import_to_read(public_id: str) -> PlanImport | None:
    """Return the import whose document is to be read; None when that has been done."""
    one = PlanImport.objects.select_related("original", "council").get(public_id=public_id)
    return one if one.state == ImportState.READING else None


def read_original(one: PlanImport) -> str:
    """Read the document and keep what was understood, or the sentence why it cannot be read. Returns what to say.

    Nothing is kept of an attempt that was cut short, so it can be made again.
    """
    answers = first_answers(one.council)
    try:
        found = read_with_document(one.original.name, bytes(one.original.content), answers=answers)
        draft, answers = with_memory(one, found.document, found.plan, answers)
    except UnreadableFile as refused:
        _finish(one, problem=refused.sentence)
        return refused.sentence
    _finish(one, document=found.document.to_json(), draft=draft.to_json(), answers=answers.to_json())
    return READ


@transaction.atomic
def _finish(one: PlanImport, *, problem: str = "", **contents: Any) -> None:
    one = PlanImport.objects.select_for_update().select_related("council", "started_by").get(pk=one.pk)
    if one.state != ImportState.READING:
        return
    move(one, "give_up" if problem else "wait_for_review", "read")
    one.problem = problem
    for name, value in contents.items():
        setattr(one, name, value)
    with acting(one.started_by, one.council):
        save_next(one)


def first_answers(council: Council, before: datetime.datetime | None = None) -> Answers:
    """Return what is known before the document is read: names of the council's partners, and cells answered before."""
    cells = _remembered(council, AnswerKind.OWNER_CELL, before)
    return Answers(known_parties=names_of(parties_of(council)), owners={row.words: row.answer for row in cells})


def _remembered(council: Council, kind: str, before: datetime.datetime | None) -> QuerySet[RememberedAnswer]:
    """Return what the council has answered; only what it had answered `before` a moment, where one is given."""
    found = RememberedAnswer.objects.filter(council=council, kind=kind)
    return found if before is None else found.filter(given_at__lt=before)


def with_memory(
    one: PlanImport,
    document: Document,
    draft: DraftPlan,
    answers: Answers,
    before: datetime.datetime | None = None,
) -> tuple[DraftPlan, Answers]:
    """Understand the document again where the council's earlier answers, or its own export, say more."""
    known = answers
    roles = {row.key: row.answer for row in _remembered(one.council, AnswerKind.COLUMN, before)}
    for column in draft.columns:
        role = roles.get(key_of(column.heading))
        if role and role != column.role:
            known = known.with_choice({"columns": {column.table: {str(column.column): role}}})
    export = export_of(one.council, document)
    if export is not None:
        known = known.with_choice(answers_of_export(export))
    if known != answers:
        draft = understand(document, known)
    return draft, known


def export_of(council: Council, document: Document) -> PlanExport | None:
    """Return the export that a workbook came from, where it is one of this council's."""
    about = read_about(document)
    if about is None or not about.reference:
        return None
    return PlanExport.objects.filter(public_id=about.reference, plan__council=council).first()


def answers_of_export(export: PlanExport) -> dict[str, Any]:
    """Return what the export knew: owners and timescales whose words meant one and the same thing throughout it."""
    owners: dict[str, list[list[str]]] = {}
    times: dict[str, list[dict[str, Any]]] = {}
    for row in map(PlanRow.from_json, export.rows):
        owners.setdefault(row.owner_text, []).append([owner.label for owner in row.owners])
        times.setdefault(row.timescale_text, []).append(_answer_of_reading(row))
    return {"owners": _unmistakable(owners), "timescales": _unmistakable(times)}


def _unmistakable(found: Mapping[str, list[Any]]) -> dict[str, Any]:
    return {words: each[0] for words, each in found.items() if words and each[0] and all(e == each[0] for e in each)}


def _answer_of_reading(row: PlanRow) -> dict[str, Any]:
    reading = row.reading
    kind = reading.get("kind") or "none"
    return {
        "kind": kind,
        "start": reading.get("start_on") or None,
        "end": reading.get("due_on") or None,
        "precision": reading.get("precision") or "",
        "recurrence": reading.get("recurrence") or "",
        "ongoing": kind in ("ongoing", "open_start"),
        "ambiguous": kind == "unclear",
        "reason": "as it was when the plan was exported",
        "milestones": [
            {"text": each["text"], "start": each["start_on"], "due": each["due_on"], "precision": each["precision"]}
            for each in row.milestones
        ],
    }


def key_of(words: str) -> str:
    """Return the key of words for looking an answer up: case and spaces apart."""
    return fingerprint(squashed(words))

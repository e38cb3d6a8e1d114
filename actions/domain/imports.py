"""Imports on their way: begun, read by a job, answered by people, discarded. Applying is in `import_applying`.

The document is kept as it was given, with its hash, before anything looks at it. It is read in a child process of the
worker; what people answer is remembered for the council, and the document is understood again with every answer.
"""

import datetime
import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from actions.domain.draft_rows import DraftRows, rows_of_draft
from actions.domain.import_parties import parties_of
from actions.domain.import_reading import export_of, first_answers, key_of, with_memory
from actions.domain.plan_rows import OwnerRow, PlanRow
from actions.enums import AnswerKind, ImportKind, ImportState, OwnerPart
from actions.importing.checking import KNOWN, PROPOSED, SAID, Matcher, OwnerFound, check_owners, owner_key
from actions.importing.draft import Answers, DraftPlan
from actions.importing.errors import UnreadableFile
from actions.importing.gate import MAX_BYTES
from actions.importing.grid import Document
from actions.importing.own_workbook import read_about
from actions.importing.understanding import understand
from actions.importing.words import clean
from actions.models import ImportedFile, PlanExport, PlanImport, RememberedAnswer
from partners.models import Council, User
from partners.policy import allow
from plans.domain.record import acting
from plans.models import Plan
from prevent_tracker.core import clock
from prevent_tracker.core.case_details import Finding, case_details
from prevent_tracker.core.jobs import start_job
from prevent_tracker.core.models import Job
from prevent_tracker.core.refusals import RuleBroken
from prevent_tracker.core.states import move
from prevent_tracker.core.versions import save_next
from prevent_tracker.core.words import moment_words

WORK = "import"
LONGEST_NAME = 300
MOST_IN_AN_HOUR = 30
TOO_LARGE = "The file is larger than 10 MB, which is the most: save it without pictures, or split it by priority."
EMPTY = "The file is empty. Choose the file that holds the plan."
NOTHING_PASTED = "Paste the text of the plan."
TOO_MANY = "You have begun many imports within the hour. Wait a while before the next one."
NOT_IN_REVIEW = "This import is {state}, so nothing about it can be answered or applied any more."
PASTED_NAME = "Pasted text.txt"
SETTLED = "settled"  # doubts that somebody looked at and left as they are


# --- Beginning -------------------------------------------------------------------------------------------------------


@transaction.atomic
def start_import(
    *,
    council: Council,
    by: User,
    kind: str,
    name: str,
    content: bytes,
    plan: Plan | None = None,
    again: bool = False,
) -> PlanImport:
    """Keep a document and enqueue its reading. `plan` is the plan to compare with; None makes a new one.

    Raises Refused (not the council's coordinator, plan closed), RuleBroken (empty, too large, too many in an hour;
    "again": the same document is in the plan already and the person has not said that they know).
    """
    allow(by, "coordinate", council)
    if plan is not None:
        allow(by, "edit", plan)
    _check_content(kind, content)
    now = clock.now()
    if (
        PlanImport.objects.filter(started_by=by, started_at__gt=now - datetime.timedelta(hours=1)).count()
        >= MOST_IN_AN_HOUR
    ):
        raise RuleBroken(TOO_MANY)
    sha256 = hashlib.sha256(content).hexdigest()
    before = imported_before(council, sha256, plan)
    if before is not None and not again:
        raise RuleBroken({"again": [before_sentence(before)]})
    original = ImportedFile.objects.create(
        council=council, kind=kind, name=safe_name(name), content=content, size=len(content), sha256=sha256,
        given_at=now, given_by=by,
    )  # fmt: skip
    with acting(by, council):
        started = PlanImport.objects.create(
            council=council, plan=plan, makes_plan=plan is None, original=original, started_at=now, started_by=by
        )
    start_job(kind=WORK, subject=started.public_id, by=by)
    return started


def _check_content(kind: str, content: bytes) -> None:
    field = "file" if kind == ImportKind.UPLOAD else "text"
    if len(content) > MAX_BYTES:
        raise RuleBroken({field: [TOO_LARGE]})
    if not content.strip():
        raise RuleBroken({field: [EMPTY if field == "file" else NOTHING_PASTED]})


def safe_name(name: str) -> str:
    """Return a file's name as it was given, on one line, without characters that hide what it is."""
    words = " ".join(clean(name).split()).replace("/", "∕").replace("\\", "∕")
    return words[-LONGEST_NAME:] or "A file without a name"


def imported_before(
    council: Council, sha256: str, plan: Plan | None, *, but: PlanImport | None = None
) -> PlanImport | None:
    """Return an import of the very same document that is in a plan, or on its way to one; None when there is none."""
    standing = [ImportState.APPLIED, ImportState.REVIEW, ImportState.READING]
    found = PlanImport.objects.filter(council=council, original__sha256=sha256, state__in=standing)
    found = found.filter(plan=plan) if plan is not None else found.filter(makes_plan=True)
    if but is not None:
        found = found.exclude(pk=but.pk)
    rows = found.select_related("original", "plan", "started_by", "applied_by").defer(*HEAVY)
    return min(rows, key=lambda row: (row.state != ImportState.APPLIED, -row.pk), default=None)


HEAVY = ("document", "draft", "base", "original__content")


def before_sentence(before: PlanImport) -> str:
    """Return in words when, by whom and into which plan a document was imported before."""
    if before.state == ImportState.APPLIED:
        when = moment_words(before.applied_at)
        return f"This file was already imported on {when} by {before.applied_by}, into “{before.plan}”."
    return f"{before.started_by} gave the same file on {moment_words(before.started_at)}, and it is waiting for review."


def imports_of(council: Council) -> QuerySet[PlanImport]:
    """Return the council's imports, newest first, without their contents."""
    rows = PlanImport.objects.filter(council=council).select_related("original", "plan", "started_by", "applied_by")
    return rows.defer(*HEAVY)


@transaction.atomic
def read_again(*, one: PlanImport, by: User) -> Job:
    """Enqueue the reading once more, after a worker was lost. Raises Refused, RuleBroken (it has been read)."""
    allow(by, "review", one)
    one = PlanImport.objects.select_for_update().get(pk=one.pk)
    if one.state != ImportState.READING:
        raise RuleBroken("The document has been read.")
    return start_job(kind=WORK, subject=one.public_id, by=by)


# --- What is understood so far ---------------------------------------------------------------------------------------


def draft_of(one: PlanImport) -> DraftPlan:
    """Return what was understood of the document."""
    return DraftPlan.from_json(one.draft or {})


def document_of(one: PlanImport) -> Document:
    """Return the document as it was read."""
    return Document.from_json(one.document or {})


def owners_of(one: PlanImport, draft: DraftPlan) -> list[OwnerFound]:
    """Return every owner of the draft with what it was found to be, matched or proposed."""
    return check_owners(draft, parties_of(one.council), said_owners(one))


def said_owners(one: PlanImport) -> dict[str, str]:
    """Return {owner key: target} as people said: here, for the council before, in the export it came from."""
    remembered = RememberedAnswer.objects.filter(council=one.council, kind=AnswerKind.OWNER)
    said = {owner_key(row.words): row.answer for row in remembered}
    exported = _exported_owners(export_of(one.council, document_of(one)))
    return said | {key: owner.target for key, owner in exported.items()} | one.owners


def rows_of_import(one: PlanImport, draft: DraftPlan | None = None) -> DraftRows:
    """Return the plan that the import would make, with every owner that is known or was said."""
    matcher = Matcher(parties_of(one.council), said_owners(one))
    document = document_of(one)
    exported = _exported_owners(export_of(one.council, document))

    def owner(label: str) -> OwnerRow:
        found = OwnerRow(label, matcher.match(label).applied)
        before = exported.get(owner_key(label))
        if before is None or before.target != found.target:
            return found
        return replace(found, kind=before.kind, part=before.part if before.part == OwnerPart.SUPPORTING else "")

    return rows_of_draft(draft or draft_of(one), owner, read_about(document))


def _exported_owners(export: PlanExport | None) -> dict[str, OwnerRow]:
    """Return the owners of an export by their keys: what they are is kept when the workbook comes back."""
    rows = map(PlanRow.from_json, export.rows) if export is not None else ()
    return {owner_key(owner.label): owner for row in rows for owner in row.owners}


def findings_of(draft: DraftPlan) -> list[tuple[str, Finding]]:
    """Return (place, what was found) wherever the document's words look like the details of a person's case."""
    found = []
    for action in draft.actions:
        words = (
            action.text,
            action.owner_text,
            action.timescale_text,
            action.measure,
            action.progress,
            *action.extra.values(),
        )
        texts = dict.fromkeys(text for text in words if text)
        found += [(action.source.place, finding) for text in texts for finding in case_details(text, vocabulary=False)]
    return list(dict.fromkeys(found))


# --- Answering -------------------------------------------------------------------------------------------------------


@transaction.atomic
def answer_import(*, one: PlanImport, answer: Mapping[str, Any], by: User) -> PlanImport:
    """Understand the document again with one more answer (of `Answers`); what holds for other documents is remembered.

    Two people may answer at once: their answers add up. Raises Refused, RuleBroken (not waiting for review, or the
    answer makes more of the document than can be taken).
    """
    one = claim_review(one, by)
    answers = Answers.from_json(one.answers).with_choice(dict(answer))
    return _understand_again(one, answers, by, learn=answer)


@transaction.atomic
def forget_answers(*, one: PlanImport, by: User) -> PlanImport:
    """Begin the review again: as it was read, with what the council had answered before. Raises Refused, RuleBroken."""
    one = claim_review(one, by)
    one.owners, one.answers = {}, {}
    document, answers = document_of(one), first_answers(one.council, before=one.started_at)
    _, answers = with_memory(one, document, understand(document, answers), answers, before=one.started_at)
    return _understand_again(one, answers, by, learn={})


def _understand_again(one: PlanImport, answers: Answers, by: User, *, learn: Mapping[str, Any]) -> PlanImport:
    before = draft_of(one)
    try:
        draft = understand(document_of(one), answers)
    except UnreadableFile as refused:
        raise RuleBroken(refused.sentence) from refused
    settled = list(dict.fromkeys([*one.answers.get(SETTLED, []), *learn.get(SETTLED, [])]))
    one.answers, one.draft = answers.to_json() | {SETTLED: settled}, draft.to_json()
    with acting(by, one.council):
        for words, parties in learn.get("owners", {}).items():
            remember(one.council, AnswerKind.OWNER_CELL, words, parties, by)
        for column in before.columns:
            role = learn.get("columns", {}).get(column.table, {}).get(str(column.column))
            if role and column.heading.strip():
                remember(one.council, AnswerKind.COLUMN, column.heading, role, by)
        save_next(one)
    return one


@transaction.atomic
def say_owners(*, one: PlanImport, targets: Mapping[str, str], by: User) -> PlanImport:
    """Say what owners are: {owner as printed: target}. Remembered for the council. Raises Refused, RuleBroken."""
    one = claim_review(one, by)
    matcher = Matcher(parties_of(one.council), {})
    for target in targets.values():
        if target not in matcher.targets and target not in ("words", "all"):
            raise RuleBroken("Choose one of the council's own partners or bodies.")
    one.owners = one.owners | {owner_key(label): target for label, target in targets.items()}
    with acting(by, one.council):
        for label, target in targets.items():
            remember(one.council, AnswerKind.OWNER, label, target, by)
        save_next(one)
    return one


def proposals(found: list[OwnerFound]) -> dict[str, str]:
    """Return {owner: target} of everything proposed, to be taken up at once."""
    return {owner.label: owner.match.target for owner in found if owner.match.certainty == PROPOSED}


def are_settled(found: list[OwnerFound]) -> int:
    """Return how many owners are known or were said."""
    return sum(owner.match.certainty in (KNOWN, SAID) for owner in found)


def remember(council: Council, kind: str, words: str, answer: Any, by: User) -> RememberedAnswer:
    """Keep an answer for the council's next document. Call inside `acting`."""
    told = {"words": words, "answer": answer, "given_at": clock.now(), "given_by": by}
    return RememberedAnswer.objects.update_or_create(council=council, kind=kind, key=key_of(words), defaults=told)[0]


@transaction.atomic
def discard_import(*, one: PlanImport, by: User) -> PlanImport:
    """Say that nobody wants the document in a plan; it is kept. Raises Refused, RuleBroken (it is in a plan)."""
    allow(by, "review", one)
    one = PlanImport.objects.select_for_update(of=("self",)).select_related("council").get(pk=one.pk)
    move(one, "discard", "discarded")
    with acting(by, one.council):
        save_next(one)
    return one


def claim_review(one: PlanImport, by: User) -> PlanImport:
    """Return the import locked for the rest of the transaction. Raises Refused, RuleBroken (not waiting for review)."""
    allow(by, "review", one)
    rows = PlanImport.objects.select_for_update(of=("self",)).select_related("council", "plan__council", "original")
    one = rows.get(pk=one.pk)
    if one.state != ImportState.REVIEW:
        state = one.get_state_display().lower()  # type: ignore[attr-defined]
        raise RuleBroken(NOT_IN_REVIEW.format(state=state))
    return one

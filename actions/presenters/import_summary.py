"""What the end of a review shows: what a new plan would be called, and the differences from one that is there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from actions.domain.differences import Changed, value_of
from actions.domain.import_applying import Comparison
from actions.domain.imports import document_of
from actions.domain.plan_rows import PlanRow
from actions.importing.draft import DraftPlan
from actions.importing.own_workbook import read_about
from actions.importing.understanding.title import read_title
from actions.models import PlanImport
from prevent_tracker.core.words import counted

SHOWN_OF_ADDED = ("heading", "owner_text", "timescale_text", "measure")
NAMES = {"heading": "Heading", "owner_text": "Owner", "timescale_text": "Timescale", "measure": "Success measure"}


def initial_facts(one: PlanImport, draft: DraftPlan) -> dict[str, Any]:
    """Return title, period and days as the document says them."""
    document = document_of(one)
    about = read_about(document)
    title = draft.title or one.original.name.rpartition(".")[0] or one.original.name
    if about is not None:
        starts, ends = about.starts_on, about.ends_on
    else:
        read = read_title(document)
        starts, ends = read.start, read.end
    return {
        "version": one.version,
        "title": title[:200],
        "period_text": (draft.period_text or "")[:100],
        "starts_on": starts,
        "ends_on": ends,
    }


@dataclass(frozen=True)
class FieldShown:
    name: str
    label: str
    plan: str
    file: str
    base: str
    conflict: bool


@dataclass(frozen=True)
class ChangedShown:
    title: str
    where: str
    fields: list[FieldShown]


@dataclass(frozen=True)
class RowShown:
    name: str
    title: str
    where: str
    lines: list[tuple[str, str]]


@dataclass
class DifferencesShown:
    """The differences in words. `offered` are the names of everything that may be ticked, `ticked` what is at first."""

    changed: list[ChangedShown] = field(default_factory=list)
    added: list[RowShown] = field(default_factory=list)
    missing: list[RowShown] = field(default_factory=list)
    kept: int = 0
    same: int = 0
    conflicts: int = 0
    offered: list[str] = field(default_factory=list)
    ticked: list[str] = field(default_factory=list)


def differences_shown(compared: Comparison) -> DifferencesShown:
    """Return the differences for the page. Changes and additions are ticked at first; conflicts and withdrawals not."""
    found = compared.differences
    shown = DifferencesShown(kept=len(found.kept), same=found.same, conflicts=found.conflicts)
    for changed in found.changed:
        shown.changed.append(_changed(changed, compared.rows[changed.file_index], shown))
    for at in found.added:
        row = compared.rows[at]
        shown.added.append(RowShown(f"add:{at}", title_of(row), row.where, _lines(row)))
        shown.ticked.append(f"add:{at}")
    for row in found.missing:
        shown.missing.append(RowShown(f"withdraw:{row.id}", title_of(row), "", _lines(row)))
    shown.offered += [each.name for each in (*shown.added, *shown.missing)]
    return shown


def _changed(changed: Changed, file: PlanRow, shown: DifferencesShown) -> ChangedShown:
    fields = []
    for each in changed.fields:
        name = f"change:{changed.row.id}:{each.name}"
        fields.append(FieldShown(name, each.label, each.plan, each.file, each.base or "", each.conflict))
        shown.offered.append(name)
        if not each.conflict:
            shown.ticked.append(name)
    return ChangedShown(title_of(changed.row), file.where, fields)


def _lines(row: PlanRow) -> list[tuple[str, str]]:
    values = [(NAMES[name], value_of(row, name)) for name in SHOWN_OF_ADDED] + list(row.extra.items())
    return [(label, words) for label, words in values if words]


def title_of(row: PlanRow) -> str:
    return f"{row.ref}. {row.text}" if row.ref else row.text


def made_words(made: Mapping[str, Any]) -> str:
    """Return what an import into an existing plan did, as a sentence; empty for one that made a plan."""
    verbs = {"added": "added", "changed": "changed", "withdrawn": "withdrew"}
    done = [f"{verb} {counted(len(made[name]), 'action')}" for name, verb in verbs.items() if made.get(name)]
    return f"It {', '.join(done)}." if done else ""

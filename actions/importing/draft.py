"""The draft plan: what was understood, where each part came from, why, and what needs a person.

Plain data that goes to JSON and back (`DraftPlan.to_json`, `DraftPlan.from_json`), so that it can cross the pipe from
the child process, rest in the database while somebody looks at it, and be shown by the review page.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import asdict, dataclass, field, fields
from typing import Any


@dataclass(slots=True)
class Source:
    """Where a reading came from and why it was read so. `key` names the row or table for an answer."""

    place: str
    why: str = ""
    key: str = ""


@dataclass(slots=True)
class Reading:
    """What a timescale's words mean. Dates are ISO days or None; they are never made up."""

    kind: str = "none"
    start: str | None = None
    end: str | None = None
    precision: str | None = None
    recurrence: str | None = None
    ongoing: bool = False
    ambiguous: bool = False
    reason: str = ""
    milestones: list[dict[str, Any]] = field(default_factory=list)
    alternatives: list[dict[str, Any]] = field(default_factory=list)


@dataclass(slots=True)
class DraftGroup:
    """A heading of the plan. `path` runs from the outermost label down to its own."""

    label: str
    level: str
    path: list[str]
    ref: str | None = None
    owner_text: str | None = None
    note: str | None = None
    source: Source = field(default_factory=lambda: Source(""))


@dataclass(slots=True)
class DraftAction:
    """One action with its words as they stand. `group` is the path of the heading it hangs from."""

    text: str
    ref: str | None = None
    group: list[str] = field(default_factory=list)
    owners: list[str] = field(default_factory=list)
    owner_text: str | None = None
    timescale_text: str | None = None
    reading: Reading = field(default_factory=Reading)
    rag: str | None = None
    measure: str | None = None
    progress: str | None = None
    extra: dict[str, str] = field(default_factory=dict)
    source: Source = field(default_factory=lambda: Source(""))

    def everything(self) -> str:
        """All its words, those of every field."""
        texts = (self.text, self.owner_text, self.timescale_text, self.measure, self.progress, *self.extra.values())
        return " ".join(filter(None, texts))

    def tells(self, words: str) -> bool:
        """Whether it says all the words of a cell or line; a label before them ("Lead:") may name a field by now."""
        _, _, value = words.rpartition(": ")
        said = re.findall(r"\w+", f"{self.ref or ''} {self.everything()}")
        return set(re.findall(r"\w+", value or words)) <= set(said)


@dataclass(slots=True)
class Decoy:
    """A table that was set aside, and why."""

    kind: str
    why: str
    source: Source


@dataclass(slots=True)
class ApprovalStage:
    """One row of a document-control table: a step of the approval route."""

    date_text: str | None
    status: str | None
    bodies: list[str]
    version: str | None = None
    note: str | None = None
    reading: Reading = field(default_factory=Reading)
    source: Source = field(default_factory=lambda: Source(""))


@dataclass(slots=True)
class Choice:
    """One other way to read a doubtful place: its label and the answer that would choose it."""

    label: str
    answer: dict[str, Any]


@dataclass(slots=True)
class Doubt:
    """Something a person should look at. It never blocks."""

    code: str
    what: str
    why: str
    source: Source
    choices: list[Choice] = field(default_factory=list)
    action: int | None = None
    """Which action it is about (its place in `DraftPlan.actions`), when it is about one."""


@dataclass(slots=True)
class ColumnReading:
    """What one column of a plan table was taken to be, for the review page to show and change."""

    table: str
    column: int
    heading: str
    role: str
    why: str


@dataclass(slots=True)
class DraftPlan:
    """A whole plan as understood."""

    title: str | None = None
    period_text: str | None = None
    groups: list[DraftGroup] = field(default_factory=list)
    actions: list[DraftAction] = field(default_factory=list)
    decoys: list[Decoy] = field(default_factory=list)
    approval_route: list[ApprovalStage] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    columns: list[ColumnReading] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """Everything, as plain data."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> DraftPlan:
        """The draft back from `to_json`."""
        return cls(
            title=data["title"],
            period_text=data["period_text"],
            warnings=list(data["warnings"]),
            groups=[DraftGroup(**_sourced(group)) for group in data["groups"]],
            actions=[DraftAction(**_read(_sourced(action))) for action in data["actions"]],
            decoys=[Decoy(**_sourced(decoy)) for decoy in data["decoys"]],
            approval_route=[ApprovalStage(**_read(_sourced(stage))) for stage in data["approval_route"]],
            doubts=[
                Doubt(**{**_sourced(doubt), "choices": [Choice(**choice) for choice in doubt["choices"]]})
                for doubt in data["doubts"]
            ],
            columns=[ColumnReading(**column) for column in data["columns"]],
        )

    def summary(self) -> dict[str, Any]:
        """The published form of a reading: what `read_plan --json` prints."""
        return {
            "title": self.title,
            "period_text": self.period_text,
            "groups": [{"label": group.label, "level": group.level} for group in self.groups],
            "actions": [_action_summary(action) for action in self.actions],
            "warnings": self.warnings,
        }


def _sourced(data: dict[str, Any]) -> dict[str, Any]:
    return {**data, "source": Source(**data["source"])}


def _read(data: dict[str, Any]) -> dict[str, Any]:
    return {**data, "reading": Reading(**data["reading"])}


def _action_summary(action: DraftAction) -> dict[str, Any]:
    reading = action.reading
    return {
        "ref": action.ref,
        "text": action.text,
        "group": action.group,
        "owners": action.owners,
        "owner_text": action.owner_text,
        "timescale_text": action.timescale_text,
        "kind": reading.kind,
        "start": reading.start,
        "end": reading.end,
        "ongoing": reading.ongoing,
        "ambiguous": reading.ambiguous,
        "rag": action.rag,
        "measure": action.measure,
        "progress": action.progress,
        "extra": action.extra,
        "source": f"{action.source.place}: {action.source.why}" if action.source.why else action.source.place,
    }


def iso(day: dt.date | None) -> str | None:
    """A day as YYYY-MM-DD, None as None."""
    return day.isoformat() if day else None


@dataclass(slots=True)
class Answers:
    """What a person has said about a document, to understand it again.

    Tables are named by their key ("t2"), rows by "t2:5" (the fifth row of the table's grid), columns by their place
    in the grid from 0. Everything is optional; what is not answered is understood from the document.
    """

    tables: dict[str, str] = field(default_factory=dict)
    """Table key to "plan", "not_plan" or "approval"."""
    header_rows: dict[str, list[int]] = field(default_factory=dict)
    """Table key to the rows (from 1) that are its header; an empty list says there is none."""
    columns: dict[str, dict[str, str]] = field(default_factory=dict)
    """Table key to column (from 0, as text) to role: see `understanding.headers.ROLES`."""
    rows: dict[str, str] = field(default_factory=dict)
    """Row key to "action", "heading", "continuation", "progress", "header" or "ignore"; lines of text ("p3", the third
    paragraph outside tables) to "action", "heading", "continuation" or "ignore"."""
    splits: dict[str, str] = field(default_factory=dict)
    """Row key to "split" (each paragraph is an action) or "join" (one action)."""
    owners: dict[str, list[str]] = field(default_factory=dict)
    """An owner cell's exact words to the parties in it."""
    timescales: dict[str, dict[str, Any]] = field(default_factory=dict)
    """A timescale's exact words to the reading that a person chose (fields of `Reading`)."""
    ratings: dict[str, str] = field(default_factory=dict)
    """A rating cell's words (lower case) to the code of the rating they stand for, "" for none."""
    known_parties: list[str] = field(default_factory=list)
    """Names and abbreviations of the council's partners and roles."""
    year: int | None = None
    """The year that short dates belong to, when the document does not say."""

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Answers:
        names = {each.name for each in fields(cls)}
        return cls(**{name: value for name, value in data.items() if name in names})

    def with_choice(self, answer: dict[str, Any]) -> Answers:
        """These answers and one more (the `answer` of a `Choice`)."""
        merged = self.to_json()
        for name, value in answer.items():
            if isinstance(value, dict) and isinstance(merged.get(name), dict):
                for key, inner in value.items():
                    both = isinstance(inner, dict) and isinstance(merged[name].get(key), dict)
                    merged[name][key] = {**merged[name][key], **inner} if both else inner
            else:
                merged[name] = value
        return Answers.from_json(merged)

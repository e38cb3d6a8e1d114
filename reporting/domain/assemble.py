"""Makes one `BoardReport` from a snapshot, or from the live position for a preview marked DRAFT.

A restricted action is counted in every figure, but its words go only into papers of a body that is named for it.
The paper takes the highest protective marking of anything inside it.
"""

import datetime
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.utils import timezone

from actions.enums import ReturnState
from partners.models import GovernanceBody
from plans.domain.quarters import next_quarter, quarter_of
from plans.enums import Marking
from plans.models import ReportingPeriod
from reporting.domain import figures
from reporting.domain.board_report import (
    ActionLine,
    BoardReport,
    Column,
    Control,
    HeadingLine,
    KeyLine,
    Narrative,
    ReturnLine,
    content_fingerprint,
)
from reporting.domain.position import Position, previous_snapshot, read_position
from reporting.domain.snapshot import position_of
from reporting.domain.trend import quarter_line, short_name, trend_before
from reporting.enums import Purpose
from reporting.models import Report, SnapshotAction

WITHHELD = "Restricted action: counted here, its words are kept for the bodies named for it."
NARRATIVE = tuple(Narrative.__dataclass_fields__)
COPIED = (
    "ref", "timescale_text", "start_on", "due_on", "original_due", "forecast_due", "times_redated", "is_overdue",
    "is_redated", "state", "closed_reason", "rating", "previous_rating", "suggested", "suggested_because",
    "override_reason", "is_updated", "is_nil", "is_on_behalf", "update_text", "update_from", "issue", "impact",
    "recovery", "ask", "completed_on", "evidence_note", "measure", "extra", "marking", "text", "accountable",
)  # fmt: skip
KEPT_WHEN_WITHHELD = {
    "ref", "start_on", "due_on", "original_due", "forecast_due", "times_redated", "is_overdue", "is_redated", "state",
    "rating", "previous_rating", "is_updated", "is_nil", "is_on_behalf", "completed_on", "extra",
}  # fmt: skip


def report_of(report: Report) -> BoardReport:
    """Return what a report says: its snapshot's figures around its narrative. DRAFT until it has been issued.

    Five queries, however many actions.
    """
    position = position_of(report.snapshot)
    superseded = report.supersedes
    return board_report(
        position,
        period=report.snapshot.period,
        body=report.body,
        narrative=Narrative(**{name: getattr(report, name) for name in NARRATIVE}),
        control={
            "title": report.title,
            "purpose": Purpose(report.purpose).label,
            "author_role": report.author_role,
            "meeting_on": report.meeting_on,
            "number": report.public_id,
            "edition": report.edition,
            "issued_at": report.issued_at,
            "supersedes": f"Edition {superseded.edition}, report {superseded.public_id}" if superseded else "",
            "reissue_reason": report.reissue_reason,
        },
        marking=report.marking,
    )


def preview_of(period: ReportingPeriod, *, today: datetime.date, now: datetime.datetime) -> BoardReport:
    """Return a DRAFT report of the live position, for the coordinator's eyes before the quarter is locked."""
    position = read_position(period=period, today=today, now=now)
    title = f"{position.plan['title']}: {period.name}"
    control = {"title": title, "purpose": "Preview", "author_role": "", "meeting_on": None, "number": "preview",
               "edition": 0, "issued_at": None}  # fmt: skip
    return board_report(
        position, period=period, body=None, narrative=Narrative(), control=control, marking=Marking.OFFICIAL
    )


def board_report(
    position: Position,
    *,
    period: ReportingPeriod,
    body: GovernanceBody | None,
    narrative: Narrative,
    control: dict[str, Any],
    marking: str,
) -> BoardReport:
    """Return the whole report of a position, compared with the last quarter locked before it was taken.

    `body` None withholds nothing.
    """
    earlier = previous_snapshot(period, position.taken_at)
    actions = action_lines(position.actions, body)
    before = action_lines(earlier.actions.all(), body) if earlier else None
    header, headings, key = position.plan, heading_lines(position), key_lines(position)
    groups = figures.outermost_groups(headings, actions)
    following = next_quarter(quarter_of(period.starts_on))
    report = BoardReport(
        control=Control(
            council=header["council"],
            brand_colour=header["brand_colour"],
            body=body.name if body else "",
            plan=header["title"],
            plan_period=header["period_text"],
            quarter=header["quarter"],
            quarter_ends_on=datetime.date.fromisoformat(header["ends_on"]),
            position_as_at=position.as_at,
            marking=highest_marking([marking, header["marking"], *(a.marking for a in actions)]),
            **control,
        ),
        narrative=narrative,
        figures=figures.summary_figures(actions, before),
        ratings=figures.rating_lines(
            key, position.rating_counts, figures.counts_of(before) if before is not None else None
        ),
        by_heading=tuple(figures.count_line(label, rows) for label, rows in groups),
        by_partner=figures.by_partner(actions),
        heading_word=figures.outermost_word(headings, actions),
        trend=(*trend_before(period, position.taken_at), quarter_line(header["quarter"], position.rating_counts)),
        exceptions=figures.exceptions_of(actions),
        progress=tuple(figures.progress_of(label, rows) for label, rows in groups),
        returns=return_lines(position),
        changes=figures.changes_between(before, actions, key) if before is not None else (),
        has_previous=before is not None,
        previous_quarter=short_name(earlier.period.name) if earlier else "",
        due_next=figures.due_between(actions, following.starts_on, following.ends_on),
        next_quarter=following.name,
        columns=tuple(Column(column["field"], column["heading"]) for column in header["columns"]),
        headings=headings,
        actions=actions,
        key=key,
        withheld=sum(action.withheld for action in actions),
    )
    return replace(report, fingerprint=content_fingerprint(report))


def highest_marking(markings: Iterable[str]) -> str:
    """Return the highest of the protective markings (OFFICIAL-SENSITIVE over OFFICIAL)."""
    order = list(Marking.values)
    return max(markings, key=order.index, default=order[0])


def content_marking(report: Report) -> str:
    """Return the highest marking of what goes into the report, whatever was chosen for the report itself."""
    lines = action_lines(report.snapshot.actions.all(), report.body)
    return highest_marking([report.snapshot.plan["marking"], *(line.marking for line in lines)])


def action_lines(rows: Iterable[SnapshotAction], body: GovernanceBody | None) -> tuple[ActionLine, ...]:
    """Return the rows as lines of the report; restricted ones without words unless the body is named for them."""
    return tuple(
        _line(row, withheld=row.is_restricted and body is not None and body.public_id not in row.named_bodies)
        for row in rows
    )


def _line(row: SnapshotAction, *, withheld: bool) -> ActionLine:
    values = {name: getattr(row, name) for name in COPIED}
    values["extra"] = {str(name): str(value) for name, value in (row.extra or {}).items()}
    if withheld:
        values = {name: value if name in KEPT_WHEN_WITHHELD else "" for name, value in values.items()}
        values |= {"text": WITHHELD, "marking": Marking.OFFICIAL, "suggested": row.suggested, "extra": {}}
    return ActionLine(
        id=row.action_public_id,
        heading_id=row.heading_public_id,
        heading_path=tuple(row.heading_path),
        owner="" if withheld else row.owner_text,
        partner="" if withheld else row.partner_name,
        timescale=values.pop("timescale_text"),
        withheld=withheld,
        **values,
    )


def heading_lines(position: Position) -> tuple[HeadingLine, ...]:
    """Return the headings in reading order; a withdrawn one only while actions hang from it."""
    used = {row.heading_public_id for row in position.actions}
    return tuple(
        HeadingLine(h["id"], h["level"], h["level_label"], h["ref"], h["label"], h["level_printed"])
        for h in position.headings
        if not h["withdrawn"] or h["id"] in used
    )


def key_lines(position: Position) -> tuple[KeyLine, ...]:
    """Return the RAG key in force when the position was taken, in printed order."""
    entries = {entry["code"]: entry for entry in position.plan["rag_key"]}
    return tuple(
        KeyLine(code, entry["colour"], entry["label"], entry["wording"])
        for code in map(str, figures.PRINTED_ORDER)
        if (entry := entries.get(code))
    )


def return_lines(position: Position) -> tuple[ReturnLine, ...]:
    """Return the partners' returns, each with its state in words."""
    return tuple(
        ReturnLine(
            r["partner"],
            return_words(r),
            r["done"],
            r["total"],
            r["signed_as"],
            _local_day(r["signed_at"]),
            r["statement"],
        )
        for r in position.returns
    )


def return_words(line: dict[str, Any]) -> str:
    """Return the state of a return as the board reads it: fair, factual words."""
    if line["stale"]:
        return "Signed off, then changed"
    return ReturnState(line["state"]).label


def _local_day(moment: str) -> datetime.date | None:
    return timezone.localdate(datetime.datetime.fromisoformat(moment)) if moment else None

"""Board reports made without a database: for the tests of the writers and for the benchmarks."""

import datetime
import random
from dataclasses import replace
from itertools import cycle

from actions.enums import ActionState, Rating
from reporting.domain import figures
from reporting.domain.board_report import (
    ActionLine,
    BoardReport,
    Column,
    Control,
    HeadingLine,
    KeyLine,
    Narrative,
    QuarterLine,
    ReturnLine,
    content_fingerprint,
)

KEY = (
    KeyLine("complete", "Blue", "Complete", "Action delivered and evidence accepted."),
    KeyLine("on_track", "Green", "On track", "Progress is as planned; expected to be delivered by the agreed date."),
    KeyLine("at_risk", "Amber", "At risk", "Some slippage or risk; recovery is in hand within the partnership."),
    KeyLine("off_track", "Red", "Off track", "Will not be delivered by the agreed date without help or a decision."),
    KeyLine("not_started", "Grey", "Not started", "Start date or quarter not yet reached."),
    KeyLine("not_rated", "White", "Not rated", "No rating given this period."),
)
WORDS = [
    "partners", "training", "schools", "referral", "safeguarding", "venues", "community", "board", "review",
    "briefing", "staff", "council", "police", "health", "probation", "education", "providers", "local", "risk",
    "assessment", "guidance", "policy", "delivered", "completed", "quarter", "sessions", "awareness", "online",
    "faith", "groups", "youth", "services", "governance", "campaign", "resilience", "support", "officers",
    "members", "lead", "profile", "pathway", "information", "sharing", "agreement", "audit", "compliance",
    "target", "evidence", "outcome", "steering", "group", "strategy", "plan", "update", "published", "attended",
    "cohort", "survey", "feedback",
]  # fmt: skip
PARTNERS = ("Northbridge Council", "Northbridge Police", "Northbridge NHS Trust", "Vale Probation", "Hill College")
RATINGS = ("on_track",) * 5 + ("at_risk", "off_track", "complete", "complete", "not_started", "not_rated")


def words(chance: random.Random, length: int) -> str:
    text = ""
    while len(text) < length:
        text += (" " if text else "") + chance.choice(WORDS)
    return text.capitalize() + "."


def make_line(number: int, heading: HeadingLine, chance: random.Random, **values) -> ActionLine:
    rating = values.pop("rating", None) or chance.choice(RATINGS)
    worried = rating in ("at_risk", "off_track")
    due = datetime.date(2026, 9, 30) + datetime.timedelta(days=chance.randrange(-60, 400))
    owner = chance.choice(PARTNERS)
    line = ActionLine(
        id=f"action{number:06}", ref=str(number), text=words(chance, chance.randrange(70, 300)), heading_id=heading.id,
        heading_path=(str(heading),), owner=f"{owner}: {words(chance, 24)}", accountable=owner, partner=owner,
        timescale=f"{due:%B %Y}", start_on=None, due_on=due, original_due=due, forecast_due=None,
        times_redated=0, is_overdue=worried and due < datetime.date(2026, 9, 30), is_redated=False,
        state=ActionState.COMPLETE if rating == "complete" else ActionState.IN_PROGRESS, closed_reason="",
        rating=rating, previous_rating=chance.choice(RATINGS), suggested=rating, suggested_because="",
        override_reason="", is_updated=chance.random() < 0.85, is_nil=False, is_on_behalf=False,
        update_text=words(chance, 240), update_from="Quarter 1 (April to June) 2026/27",
        issue=words(chance, 120) if worried else "", impact="", recovery=words(chance, 90) if worried else "",
        ask=words(chance, 80) if rating == "off_track" else "",
        completed_on=datetime.date(2026, 9, 1) if rating == "complete" else None, evidence_note="", measure="",
        extra={}, marking="OFFICIAL",
    )  # fmt: skip
    return replace(line, **values)


def make_report(
    actions: int = 38, *, seed: int = 1, lines: tuple[ActionLine, ...] | None = None, **control
) -> BoardReport:
    """A whole report with `actions` actions under priorities of ten and objectives of four."""
    chance = random.Random(seed)
    headings, made = [], []
    for number in range(1, actions + 1):
        if number % 10 == 1:
            headings.append(HeadingLine(f"p{number}", 1, "Priority", str(number // 10 + 1), words(chance, 60)))
        if number % 5 == 1:
            headings.append(HeadingLine(f"o{number}", 2, "Objective", "", words(chance, 90)))
        made.append(make_line(number, headings[-1], chance))
    rows = tuple(made) if lines is None else lines
    before = tuple(replace(line, rating=line.previous_rating, is_overdue=False) for line in rows)
    counts = figures.counts_of(rows)
    groups = figures.outermost_groups(headings, rows)
    quarters = ("Quarter 3 2025/26", "Quarter 4 2025/26", "Quarter 1 2026/27", "Quarter 2 2026/27")
    trend = tuple(QuarterLine(name, name, counts) for name in quarters)
    partners = cycle(("Signed off", "Signed off", "Not received"))
    report = BoardReport(
        control=Control(
            **{
                "council": "Northbridge Council", "brand_colour": "#1d70b8", "body": "Prevent Delivery Group",
                "plan": "Northbridge Prevent delivery plan", "plan_period": "2026-2028",
                "title": "Northbridge Prevent delivery plan: Quarter 2 2026/27",
                "quarter": "Quarter 2 (July to September) 2026/27",
                "quarter_ends_on": datetime.date(2026, 9, 30), "position_as_at": datetime.date(2026, 10, 14),
                "purpose": "Assurance", "author_role": "Prevent coordinator",
                "meeting_on": datetime.date(2026, 11, 4), "marking": "OFFICIAL", "number": "abcd2345efgh",
                "edition": 1, "issued_at": datetime.datetime(2026, 10, 20, 9, 30, tzinfo=datetime.UTC),
            }
            | control
        ),
        narrative=Narrative(
            recommendation="Note the position of the plan.\nAgree the two asks in the exceptions.",
            position_summary=words(chance, 500),
            achievements="\n".join(words(chance, 90) for _ in range(3)),
            concerns="\n".join(words(chance, 90) for _ in range(3)),
            decisions_sought=words(chance, 80),
            forward_look=words(chance, 120),
        ),
        figures=figures.summary_figures(rows, before),
        ratings=figures.rating_lines(KEY, counts, figures.counts_of(before)),
        by_heading=tuple(figures.count_line(label, group) for label, group in groups),
        by_partner=figures.by_partner(rows),
        heading_word=figures.outermost_word(headings, rows),
        trend=trend,
        exceptions=figures.exceptions_of(rows),
        progress=tuple(figures.progress_of(label, group) for label, group in groups),
        returns=tuple(
            ReturnLine(name, state, 4, 5, f"Partner lead, {name}" if state == "Signed off" else "",
                       datetime.date(2026, 10, 9) if state == "Signed off" else None, "")
            for name, state in zip(PARTNERS, partners, strict=False)
        ),
        changes=figures.changes_between(before, rows, KEY),
        has_previous=True,
        previous_quarter="Quarter 1 2026/27",
        due_next=figures.due_between(rows, datetime.date(2026, 10, 1), datetime.date(2026, 12, 31)),
        next_quarter="Quarter 3 (October to December) 2026/27",
        columns=(Column("ref", "#"), Column("text", "Action"), Column("owner_text", "Owner")),
        headings=tuple(headings),
        actions=rows,
        key=KEY,
    )  # fmt: skip
    return replace(report, fingerprint=content_fingerprint(report))


ALL_RATINGS = tuple(Rating.values)

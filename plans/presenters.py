"""What the pages about a plan show, as finished strings."""

from collections.abc import Iterable
from dataclasses import dataclass

from partners.models import GovernanceBody, ReportingLine
from plans.enums import DocumentKind
from plans.models import ApprovalStage, Implication, Objective, Plan, Project
from plans.queries import bodies_of, headings_of
from prevent_tracker.core.words import day_words

INDENT = "\N{NO-BREAK SPACE}" * 4


@dataclass(frozen=True)
class Heading:
    """A heading as the plan prints it: "Priority 1: Understanding"."""

    title: str
    level: int
    public_id: str
    withdrawn: str = ""


@dataclass(frozen=True)
class Body:
    """A governance body: what it is, its chair, members and rhythm, and to whom it reports."""

    name: str
    facts: list[tuple[str, str]]
    lines: list[str]


@dataclass(frozen=True)
class AboutPlan:
    """Everything a plan holds besides its actions."""

    facts: list[tuple[str, str]]
    headings: list[Heading]
    bodies: list[Body]
    stages: list[ApprovalStage]
    projects: list[Project]
    implications: list[Implication]


def about_plan(plan: Plan) -> AboutPlan:
    """Return everything a plan holds besides its actions. Six queries, however much there is."""
    return AboutPlan(
        facts=plan_facts(plan),
        headings=[present_heading(heading) for heading in headings_of(plan)],
        bodies=[_body(body) for body in bodies_of(plan)],
        stages=list(plan.approval_stages.all()),
        projects=list(plan.projects.all()),
        implications=list(plan.implications.all()),
    )


def plan_facts(plan: Plan) -> list[tuple[str, str]]:
    """Return (label, words) rows about the plan itself; those with nothing to say are left out."""
    rows = [
        ("Kind of document", DocumentKind(plan.kind).label),
        ("Period, as printed", plan.period_text),
        ("Starts", day_words(plan.starts_on)),
        ("Ends", day_words(plan.ends_on)),
        ("State", plan.get_state_display()),
        ("Protective marking", plan.marking),
        ("First published as", plan.published_text),
        ("Parent plan", plan.parent_text or (str(plan.parent) if plan.parent_id else "")),
        ("Note", plan.note),
    ]
    return [(label, words) for label, words in rows if words]


def heading_title(heading: Objective) -> str:
    """Return a heading in one line as the plan prints it: "Priority 1: Understand the risk".

    A level that the plan prints no word for goes by its ref alone, and words that say their level themselves stay so.
    """
    name = " ".join(filter(None, [printed_level(heading), heading.ref]))
    if not name or heading.label.casefold().startswith(name.casefold()):
        return heading.label
    return f"{name}: {heading.label}"


def printed_level(heading: Objective) -> str:
    """Return the word that the plan prints for the heading's level; empty where the level says `"printed": false`."""
    levels = heading.plan.level_labels
    level = levels[heading.level - 1] if 0 < heading.level <= len(levels) else {}
    return heading.level_label or (heading.own_level_label if level.get("printed", True) else "")


def heading_choices(headings: Iterable[Objective]) -> list[tuple[str, str, Objective]]:
    """Return (public id, indented title, heading) to choose from, in reading order; withdrawn ones are left out."""
    return [
        (heading.public_id, f"{INDENT * (heading.level - 1)}{shortened(heading_title(heading))}", heading)
        for heading in headings
        if not heading.withdrawn_at
    ]


def shortened(words: str, length: int = 80) -> str:
    """Return the start of long words, for a list to choose from."""
    return words if len(words) <= length else f"{words[: length - 1].rstrip()}…"


def present_heading(heading: Objective) -> Heading:
    """Return a heading for a page; a withdrawn one says why."""
    withdrawn = ""
    if heading.withdrawn_at:
        withdrawn = f"Withdrawn: {heading.withdrawn_reason}" if heading.withdrawn_reason else "Withdrawn"
    return Heading(heading_title(heading), heading.level, heading.public_id, withdrawn)


def _body(body: GovernanceBody) -> Body:
    facts = [
        ("Kind", body.get_kind_display()),
        ("Chair", body.chair_role),
        ("Meets", body.meets),
        ("Members", ", ".join(body.members_text)),
    ]
    lines = [line_sentence(line) for line in body.lines_up.all()]
    return Body(body.name, [(label, words) for label, words in facts if words], lines)


def line_sentence(line: ReportingLine) -> str:
    """Return a reporting line in words: "Reports annually to the Community Safety Partnership: success measures."."""
    rhythm = line.frequency_text or line.get_frequency_display()
    how_often = f", {rhythm[:1].lower()}{rhythm[1:]}" if rhythm else ""
    purpose = f": {line.purpose}" if line.purpose else ""
    return f"Reports to {line.to_body}{how_often}{purpose}"


# --- Two people at once: what a form asks beyond the fields of the row ------------------------------------------------

Differences = list[tuple[str, str, str]]


def column_differences(mine: Iterable[dict[str, str]], current: Plan) -> Differences:
    """Return the columns as typed and as saved now, one on a line."""
    return [("Columns", _lines(column["heading"] for column in mine), _lines(c["heading"] for c in current.columns))]


def level_differences(mine: Iterable[dict[str, str]], current: Plan) -> Differences:
    """Return the names of the levels as typed and as saved now, one on a line."""
    return [
        (
            "Names of the levels",
            _lines(each["label"] for each in mine),
            _lines(e["label"] for e in current.level_labels),
        )
    ]


def place_differences(mine: Objective | None, current: Objective) -> Differences:
    """Return the heading that one goes below, as typed and as saved now."""
    return [
        (
            "Where it goes",
            *(heading_title(each) if each else "At the outermost level" for each in (mine, current.parent)),
        )
    ]


def _lines(words: Iterable[str]) -> str:
    return "\n".join(words)

"""The data files as dataclasses. A word that is not known in a file is a TypeError, so that no fact is lost unseen."""

import datetime
import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from prevent_tracker.demo.stories import Story, story_of

DATA = Path(__file__).parent / "data"
COUNCILS = ("barking-and-dagenham", "south-staffordshire", "dudley", "thurrock", "derby")
TOLD = ("barking-and-dagenham", "south-staffordshire")  # the two that publish actions


@dataclass(frozen=True)
class OrganisationFacts:
    name: str
    sector: str
    short_name: str = ""
    specified: bool | None = None


@dataclass(frozen=True)
class CouncilFacts:
    slug: str
    organisation: str
    name: str
    kind: str
    gss_code: str
    brand_colour: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlanFacts:
    """The plan as published. `levels` are its labels, outermost first; `columns` are its own, in printed order."""

    title: str
    kind: str
    levels: list[dict[str, Any]]
    reported_to: list[str]
    note: str
    period_text: str = ""
    starts_on: datetime.date | None = None
    ends_on: datetime.date | None = None
    columns: list[dict[str, str]] = field(default_factory=list)
    parent_text: str = ""


@dataclass(frozen=True)
class HeadingFacts:
    """`key` is how the file points to it, `under` the key of the heading above."""

    label: str
    ref: str = ""
    level_label: str = ""
    key: str = ""
    under: str = ""


@dataclass(frozen=True)
class OwnerFacts:
    """What kind of party a printed owner is; the partner that answers for it ("": the council) and the body it is."""

    kind: str
    partner: str = ""
    body: str = ""


@dataclass(frozen=True)
class ActionFacts:
    """An action: facts as printed, `text` in our words. `printed_owner` is the owner cell."""

    under: str
    text: str
    owners: list[str]
    ref: str = ""
    owner_text: str = ""
    timescale: str = ""
    measure: str = ""
    target: int | None = None
    unit: str = ""

    @property
    def printed_owner(self) -> str:
        return self.owner_text or self.owners[0]


@dataclass(frozen=True)
class PartnerFacts:
    """An organisation's seat, and every way in which the document names it."""

    organisation: str
    printed: list[str]


@dataclass(frozen=True)
class BodyFacts:
    name: str
    kind: str
    aliases: list[str] = field(default_factory=list)
    chair: str = ""
    members: list[str] = field(default_factory=list)
    meets: str = ""


@dataclass(frozen=True)
class LineFacts:
    """One body reports to another."""

    source: str
    target: str
    purpose: str = ""
    frequency: str = ""
    frequency_text: str = ""


@dataclass(frozen=True)
class CycleFacts:
    """A rhythm that the document states for something it does."""

    what: str
    frequency: str
    text: str


@dataclass(frozen=True)
class StageFacts:
    """A row of the document-control table."""

    status: str
    bodies: list[str]
    date_text: str = ""
    date: datetime.date | None = None
    precision: str = ""


@dataclass(frozen=True)
class ProjectFacts:
    name: str
    kind: str
    delivered_by: str = ""
    note: str = ""


@dataclass(frozen=True)
class ImplicationFacts:
    heading: str
    text: str = ""


@dataclass(frozen=True)
class CouncilFile:
    """Everything that one published document says."""

    council: CouncilFacts
    plan: PlanFacts
    headings: list[HeadingFacts]
    owners: dict[str, OwnerFacts]
    actions: list[ActionFacts]
    partners: list[PartnerFacts]
    bodies: list[BodyFacts]
    lines: list[LineFacts]
    cycles: list[CycleFacts]
    stages: list[StageFacts]
    projects: list[ProjectFacts]
    implications: list[ImplicationFacts]


@dataclass(frozen=True)
class QuarterStory:
    """What is said around the updates of one reported quarter."""

    asked: str
    recommendation: str
    position_summary: str
    achievements: str
    concerns: str
    decisions_sought: str
    forward_look: str
    late: list[str] = field(default_factory=list)
    changed: dict[int, str] = field(default_factory=dict)

    @property
    def narrative(self) -> dict[str, str]:
        names = ("recommendation", "position_summary", "achievements", "concerns", "decisions_sought", "forward_look")
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True)
class OpenStory:
    """How far each action (by its order in the plan) and partner has come in the open quarter."""

    asked: str
    submitted: list[int]
    drafts: list[int]
    returned: dict[int, str]
    accepted: list[int]
    signed: list[str]
    changed: dict[int, str]


@dataclass(frozen=True)
class ReportStory:
    """Which body the reports are written for, by whom, and how many days after issue it meets."""

    body: str
    author_role: str
    meeting_after: int


@dataclass(frozen=True)
class StoryFile:
    """Four invented quarters and an open one. `stories` are by the action's order in the plan, from 1."""

    report: ReportStory
    quarters: list[QuarterStory]
    open: OpenStory
    stories: dict[int, Story]


@dataclass(frozen=True)
class SeatFacts:
    role: str
    council: str
    partner: str = ""
    body: str = ""


@dataclass(frozen=True)
class PersonFacts:
    """Somebody who can sign in: `look` says what there is to see."""

    email: str
    name: str
    look: str
    seats: list[SeatFacts]


@cache
def organisations() -> dict[str, OrganisationFacts]:
    """Return every organisation of the demo by its key."""
    return {key: OrganisationFacts(**facts) for key, facts in _load("organisations").items()}


@cache
def people() -> list[PersonFacts]:
    """Return the people who can sign in, in the order in which they are listed."""
    return [
        PersonFacts(**{**facts, "seats": [SeatFacts(**seat) for seat in facts["seats"]]})
        for facts in _load("people")["people"]
    ]


@cache
def council_file(slug: str) -> CouncilFile:
    """Return the facts of one council's document."""
    found = _load(slug)
    return CouncilFile(
        council=CouncilFacts(**found.pop("council")),
        plan=PlanFacts(**found.pop("plan")),
        headings=[HeadingFacts(**row) for row in found.pop("headings")],
        owners={label: OwnerFacts(**row) for label, row in found.pop("owners", {}).items()},
        actions=[ActionFacts(**row) for row in found.pop("actions", [])],
        partners=[PartnerFacts(**row) for row in found.pop("partners")],
        bodies=[BodyFacts(**row) for row in found.pop("bodies")],
        lines=[LineFacts(row.pop("from"), row.pop("to"), **row) for row in found.pop("lines", [])],
        cycles=[CycleFacts(**row) for row in found.pop("cycles", [])],
        stages=[StageFacts(**row) for row in found.pop("stages", [])],
        projects=[ProjectFacts(**row) for row in found.pop("projects", [])],
        implications=[ImplicationFacts(**row) for row in found.pop("implications", [])],
        **found,
    )


@cache
def story_file(slug: str) -> StoryFile:
    """Return the invented quarters of one council."""
    found = _load(f"stories/{slug}")
    return StoryFile(
        report=ReportStory(**found.pop("report")),
        quarters=[QuarterStory(**_by_order(row)) for row in found.pop("quarters")],
        open=OpenStory(**_by_order(found.pop("open"))),
        stories={row["action"]: story_of(row) for row in found.pop("stories")},
        **found,
    )


def _by_order(row: dict[str, Any]) -> dict[str, Any]:
    """Return the row with every table in it keyed by an action's order, which TOML can only write as words."""
    return {
        name: {int(order): words for order, words in value.items()} if isinstance(value, dict) else value
        for name, value in row.items()
    }


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))

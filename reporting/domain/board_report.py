"""The board report as data: everything that is printed, in the order it is printed, and nothing that looks it up.

The order is the board's own: control block, summary, dashboard, exceptions, progress by heading, returns, forward
look, the full plan and the RAG key. Dates stay dates, so that a workbook can hold them as such.
"""

import datetime
from dataclasses import asdict, dataclass, field, replace

from actions.enums import ENDED_WITHOUT_DELIVERY, ActionState, Rating
from prevent_tracker.core.fingerprint import fingerprint

Counts = dict[str, int]  # actions by rating code


@dataclass(frozen=True)
class Share:
    """A number of actions out of all of them: never printed without its denominator."""

    count: int
    out_of: int

    def __str__(self) -> str:
        return f"{self.count} of {self.out_of}"


@dataclass(frozen=True)
class KeyLine:
    """One line of the RAG key in force: the council's own colour, label and wording for a rating."""

    code: str
    colour: str
    label: str
    wording: str

    @property
    def word(self) -> str:
        """The one word used for the rating in tables: its colour; its label where grey and white would say little."""
        return self.label if self.code in (Rating.NOT_STARTED, Rating.NOT_RATED) else self.colour


@dataclass(frozen=True)
class Control:
    """The control block: which paper this is."""

    council: str
    brand_colour: str
    body: str
    plan: str
    plan_period: str
    title: str
    quarter: str
    quarter_ends_on: datetime.date
    position_as_at: datetime.date
    purpose: str
    author_role: str
    meeting_on: datetime.date | None
    marking: str
    number: str
    edition: int
    issued_at: datetime.datetime | None
    supersedes: str = ""
    reissue_reason: str = ""

    @property
    def is_draft(self) -> bool:
        return self.issued_at is None

    @property
    def version(self) -> str:
        return "DRAFT, not issued" if self.is_draft else f"Edition {self.edition}"


@dataclass(frozen=True)
class Narrative:
    """What a person wrote. The figures beside it are put in by the system."""

    recommendation: str = ""
    position_summary: str = ""
    achievements: str = ""
    concerns: str = ""
    decisions_sought: str = ""
    forward_look: str = ""


@dataclass(frozen=True)
class Figure:
    """A figure of the summary, now and last quarter (None where there is no last quarter)."""

    label: str
    now: Share
    before: Share | None = None


@dataclass(frozen=True)
class RatingLine:
    """How many actions have a rating, now and last quarter."""

    key: KeyLine
    now: Share
    before: Share | None = None


@dataclass(frozen=True)
class CountLine:
    """The ratings of a heading's or a partner's actions."""

    label: str
    total: int
    counts: Counts
    overdue: int
    not_updated: int


@dataclass(frozen=True)
class QuarterLine:
    """One quarter of the trend."""

    name: str
    short_name: str
    counts: Counts

    @property
    def total(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True)
class ActionLine:
    """One action as it stood. `withheld` means that its words are restricted and this body is not named for it."""

    id: str
    ref: str
    text: str
    heading_id: str
    heading_path: tuple[str, ...]
    owner: str
    accountable: str
    partner: str
    timescale: str
    start_on: datetime.date | None
    due_on: datetime.date | None
    original_due: datetime.date | None
    forecast_due: datetime.date | None
    times_redated: int
    is_overdue: bool
    is_redated: bool
    state: str
    closed_reason: str
    rating: str
    previous_rating: str
    suggested: str
    suggested_because: str
    override_reason: str
    is_updated: bool
    is_nil: bool
    is_on_behalf: bool
    update_text: str
    update_from: str
    issue: str
    impact: str
    recovery: str
    ask: str
    completed_on: datetime.date | None
    evidence_note: str
    measure: str
    extra: dict[str, str]
    marking: str
    withheld: bool = False

    @property
    def counts(self) -> bool:
        """Whether the action is in the denominators: those that ended without delivery are printed, not counted."""
        return self.state not in ENDED_WITHOUT_DELIVERY

    @property
    def is_closed(self) -> bool:
        return self.state == ActionState.COMPLETE or not self.counts

    @property
    def is_not_updated(self) -> bool:
        return not self.is_closed and not self.is_updated

    @property
    def state_words(self) -> str:
        return ActionState(self.state).label

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why the action is an exception, in words; empty when it is not one."""
        if self.is_closed:
            return ()
        found = (
            (self.rating == Rating.OFF_TRACK, "Off track"),
            (self.rating == Rating.AT_RISK, "At risk"),
            (self.is_overdue, "Overdue"),
            (self.is_redated, "Re-dated"),
            (self.is_not_updated, "Not updated"),
        )
        return tuple(word for true, word in found if true)

    @property
    def progress(self) -> str:
        """What was said this quarter, or plainly that nothing was, with the last words and where they are from."""
        if self.withheld:
            return ""
        if self.is_updated:
            said = self.update_text or "No change (nil return)."
            return f"{said}\n(Written by the coordinator for the partner.)" if self.is_on_behalf else said
        if self.is_closed:
            return self.closed_reason or self.evidence_note
        if self.update_text:
            return f"No update received. Last said, {self.update_from}: {self.update_text}"
        return "No update received."


@dataclass(frozen=True)
class HeadingLine:
    """A heading of the plan, in reading order."""

    id: str
    level: int
    level_label: str
    ref: str
    label: str
    is_level_printed: bool = True

    def __str__(self) -> str:
        """The heading as the plan prints it: "Priority 1: Keep people safe". Words that say their level stay so."""
        name = " ".join(filter(None, [self.level_label if self.is_level_printed else "", self.ref]))
        if not name or self.label.casefold().startswith(name.casefold()):
            return self.label
        return f"{name}: {self.label}"


@dataclass(frozen=True)
class HeadingProgress:
    """Progress under one outermost heading: its counts, what was delivered and what moved this quarter."""

    heading: str
    line: CountLine
    delivered: tuple[ActionLine, ...]
    better: tuple[ActionLine, ...]
    worse: tuple[ActionLine, ...]


@dataclass(frozen=True)
class ReturnLine:
    """One partner's return: how many of its actions were updated, and who signed it off (role, never a name)."""

    partner: str
    state: str
    done: int
    total: int
    signed_as: str
    signed_on: datetime.date | None
    statement: str


@dataclass(frozen=True)
class ChangeLine:
    """One thing that differs from the last quarter's report."""

    ref: str
    action: str
    what: str
    before: str
    after: str
    is_rating: bool = False


@dataclass(frozen=True)
class Column:
    """A column of the plan as the council prints it."""

    field: str
    heading: str


@dataclass(frozen=True)
class BoardReport:
    """Everything that a board report says."""

    control: Control
    narrative: Narrative
    figures: tuple[Figure, ...]
    ratings: tuple[RatingLine, ...]
    by_heading: tuple[CountLine, ...]
    by_partner: tuple[CountLine, ...]
    heading_word: str
    trend: tuple[QuarterLine, ...]
    exceptions: tuple[ActionLine, ...]
    progress: tuple[HeadingProgress, ...]
    returns: tuple[ReturnLine, ...]
    changes: tuple[ChangeLine, ...]
    has_previous: bool
    previous_quarter: str
    due_next: tuple[ActionLine, ...]
    next_quarter: str
    columns: tuple[Column, ...]
    headings: tuple[HeadingLine, ...]
    actions: tuple[ActionLine, ...]
    key: tuple[KeyLine, ...]
    withheld: int = 0
    fingerprint: str = field(default="", compare=False)

    @property
    def total(self) -> int:
        """The denominator: every action except those that ended without delivery."""
        return sum(1 for action in self.actions if action.counts)

    def word(self, rating: str) -> str:
        """Return the word for a rating code in this report's key ("Amber"); empty for no rating at all."""
        return next((line.word for line in self.key if line.code == rating), "")

    def label(self, rating: str) -> str:
        """Return the label for a rating code in this report's key ("At risk")."""
        return next((line.label for line in self.key if line.code == rating), "")


def content_fingerprint(report: BoardReport) -> str:
    """Return the SHA-256 of everything the report says: printed on it, and the same for the same words."""
    return fingerprint(asdict(replace(report, fingerprint="")))

"""The plan page: the plan in the council's own shape, one row for each action."""

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.core.paginator import Page
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from actions.domain.rag import KeyEntry
from actions.enums import CLOSED_STATES, Rating, UpdateState
from actions.models import Action, ProgressUpdate
from actions.presenters.words import (
    NO_OWNER,
    NO_TIMESCALE,
    ended_words,
    grey_tag,
    overdue_words,
    rag_tag,
    red_tag,
    timescale_reading,
)
from actions.queries import ENDED
from plans.columns import own_name
from plans.models import Objective, Plan, ReportingPeriod
from plans.presenters import heading_title
from plans.queries import heading_path
from prevent_tracker.core.words import moment_day

EMPTY = SafeString("")
# htmx puts the answer in place of the row; without it the link is just a link.
QUICK = SafeString(' hx-target="closest tr" hx-swap="outerHTML show:none"')
QUICK_FOCUS = SafeString(f"{QUICK} autofocus")


@dataclass(frozen=True)
class Column:
    """A column of the table: the council's own heading, and the key it sorts by, if it does."""

    field: str
    heading: str
    sort: str = ""
    css: str = ""


@dataclass(frozen=True)
class Cell:
    label: str
    css: str
    html: SafeString


@dataclass(frozen=True)
class Row:
    anchor: str
    cells: list[Cell]


@dataclass
class Group:
    """A heading and the actions that hang directly from it. Without a title: actions of the plan itself."""

    title: str = ""
    level: int = 1
    note: str = ""
    rows: list[Row] = field(default_factory=list)


@dataclass(frozen=True)
class Figure:
    """A count by rating with its denominator; the link shows exactly those actions."""

    words: str
    code: str
    number: int
    total: int
    href: str


@dataclass(frozen=True)
class Reader:
    """Who reads the plan page and from where: what their rows offer, and where an edit brings them back to.

    `focus` is the action whose rating has just been changed in place: the keyboard goes on from there.
    """

    may_edit: bool
    my_partner_ids: frozenset[int]
    address: str
    today: datetime.date
    focus: int = 0


# The columns that every plan needs, put after the council's own where it prints none of the kind.
ALWAYS = (("timescale_text", "Timescale"), ("rating", "RAG"), ("last_update", "Last update"))
SORTED_BY = {"timescale_text": "due", "rating": "rating", "last_update": "updated"}
CSS = {"ref": "app-table__ref", "rating": "app-table__rag", "text": "app-plan__text"}


def columns_of(plan: Plan) -> list[Column]:
    """Return the council's own columns in its order, then those that every plan needs."""
    own = [(column["field"], column["heading"]) for column in plan.columns]
    own = [(name, heading) for name, heading in own if name != "objective"]  # the group rows say it
    printed = {name for name, _ in own}
    pairs = own + [(name, heading) for name, heading in ALWAYS if name not in printed]
    return [Column(name, heading, SORTED_BY.get(name, ""), CSS.get(name, "")) for name, heading in pairs]


class PlanTable:
    """Makes the rows of one plan. Everything it needs is fetched before; it asks the database for nothing."""

    def __init__(
        self,
        plan: Plan,
        *,
        headings: Sequence[Objective],
        key: Mapping[str, KeyEntry],
        period: ReportingPeriod | None,
        updates: Mapping[int, ProgressUpdate],
        reader: Reader,
    ):
        self.plan, self.key, self.period, self.updates, self.reader = plan, key, period, updates, reader
        self.columns = columns_of(plan)
        self.in_order = headings
        self.headings = {heading.pk: heading for heading in headings}

    def groups(self, actions: Iterable[Action], *, every_heading: bool) -> list[Group]:
        """Return the rows under their headings; with `every_heading` those without a row as well."""
        rows: dict[int | None, list[Row]] = {}
        for action in actions:
            rows.setdefault(action.objective_id, []).append(self.row(action))
        shown = {heading.pk for pk in rows for heading in heading_path(self.headings, pk)}
        groups = [Group(rows=rows[None])] if None in rows else []
        for heading in self.in_order:
            if heading.pk in shown or (every_heading and not heading.withdrawn_at):
                note = "Withdrawn" if heading.withdrawn_at else ""
                groups.append(Group(heading_title(heading), heading.level, note, rows.get(heading.pk, [])))
        return groups

    def flat(self, actions: Iterable[Action]) -> list[Group]:
        """Return the rows in the order given, each saying which heading it is from."""
        return [Group(rows=[self.row(action, says_heading=True) for action in actions])]

    def row(self, action: Action, *, says_heading: bool = False) -> Row:
        cells = [Cell(c.heading, c.css, self._cell(c.field, action, says_heading)) for c in self.columns]
        return Row(anchor_of(action), cells)

    def _cell(self, name: str, action: Action, says_heading: bool) -> SafeString:
        if name == "text":
            return self._text(action, says_heading)
        make: Callable[[Action], SafeString] | None = getattr(self, f"_{name}", None) if name in OWN_CELLS else None
        return make(action) if make else format_html("{}", plain_value(action, name))

    def _text(self, action: Action, says_heading: bool) -> SafeString:
        href = reverse("actions:action_page", args=[action.public_id])
        link = format_html(
            '<a class="govuk-link govuk-link--no-underline app-prose" href="{}">{}</a>', href, action.text
        )
        path = heading_path(self.headings, action.objective_id) if says_heading else []
        notes = [heading_title(heading) for heading in path[-1:]]
        if action.is_restricted:
            notes.append("Restricted: seen only by its owners and the council")
        ended = ended_words(action)
        return format_html(
            "{}{}{}",
            link,
            format_html_join("", '<span class="app-note">{}</span>', ((note,) for note in notes)),
            format_html('<span class="app-note">{}</span>', grey_tag(ended)) if ended else EMPTY,
        )

    def _owner_text(self, action: Action) -> SafeString:
        if not action.owner_text.strip():
            return format_html('<span class="app-absent">{}</span>', NO_OWNER)
        return format_html('<span class="app-prose">{}</span>', action.owner_text)

    def _timescale_text(self, action: Action) -> SafeString:
        printed, reading = action.timescale_text.strip(), timescale_reading(action)
        words = (
            format_html('<span class="app-prose">{}</span>', printed)
            if printed
            else format_html('<span class="app-absent">{}</span>', NO_TIMESCALE)
        )
        late = overdue_words(action, self.reader.today)
        return format_html(
            "{}{}{}",
            words,
            format_html('<span class="app-note">{}</span>', reading) if reading else EMPTY,
            format_html('<span class="app-note">{}</span>', red_tag(late)) if late else EMPTY,
        )

    def _rating(self, action: Action) -> SafeString:
        tag = rag_tag(action.rating, self.key)
        if not self.reader.may_edit or action.is_closed:
            return tag
        quick = QUICK_FOCUS if action.pk == self.reader.focus else QUICK
        return format_html("{}{}", tag, self._link("actions:rate_action", action, "Change", "the RAG rating of", quick))

    def _last_update(self, action: Action) -> SafeString:
        update = self.updates.get(action.pk)
        when = moment_day(update.submitted_at if update and update.is_said else action.last_update_at)
        words = format_html("{}", when or "No update yet")
        if self.period and action.state not in CLOSED_STATES and not (update and update.is_said):
            words = format_html('{}<span class="app-note">{}</span>', words, missing_update(update, self.period))
        if self._may_update(action):
            return format_html("{}{}", words, self._link("actions:update_action", action, "Update", ""))
        return words

    def _may_update(self, action: Action) -> bool:
        if not (self.period and self.period.is_open) or action.is_closed:
            return False
        return any(owner.partner_id in self.reader.my_partner_ids for owner in action.owners.all())

    def _link(self, name: str, action: Action, words: str, of: str, more: SafeString = EMPTY) -> SafeString:
        back = urlencode({"next": f"{self.reader.address}#{anchor_of(action)}"})
        hidden = f" {of} {action}" if of else f" {action}"
        address = f"{reverse(name, args=[action.public_id])}?{back}"
        quick = format_html(' hx-get="{}"{}', address, more) if more else EMPTY
        return format_html(
            '<a class="govuk-link app-row-link" href="{}"{}>{}<span class="govuk-visually-hidden">{}</span></a>',
            address, quick, words, hidden,
        )  # fmt: skip


OWN_CELLS = frozenset({"owner_text", "timescale_text", "rating", "last_update"})
PLAIN_FIELDS = frozenset({"ref", "measure"})


def plain_value(action: Action, name: str) -> str:
    """Return the words of a column that is printed as it is: a field of the action, or one of its extra columns."""
    if name in PLAIN_FIELDS:
        return str(getattr(action, name))
    return str(action.extra.get(own_name(name), ""))


def anchor_of(action: Action) -> str:
    """Return the id of an action's row, where an edit brings people back to."""
    return f"action-{action.public_id}"


def missing_update(update: ProgressUpdate | None, period: ReportingPeriod) -> str:
    """Return why a period has no update of an action yet."""
    if update is not None and update.state == UpdateState.RETURNED:
        return "Sent back for more"
    if update is not None:
        return "Drafted, not submitted"
    return "Not updated this quarter" if period.is_open else f"No update received in {period}"


def figures(counts: Mapping[str, int], key: Mapping[str, KeyEntry]) -> list[Figure]:
    """Return the counts by rating in the key's order; of those that are nought only the four colours are kept."""
    total = sum(counts.values())
    shown = [(code, entry.label) for code, entry in key.items()]
    if counts[ENDED]:
        shown.append((ENDED, "Ended without delivery"))
    always = (Rating.COMPLETE, Rating.ON_TRACK, Rating.AT_RISK, Rating.OFF_TRACK)
    return [
        Figure(words, code, counts[code], total, f"?{urlencode({'rating': code})}")
        for code, words in shown
        if counts[code] or code in always
    ]


def results_words(page: Page, total: int) -> str:
    """Return "7 of 38 actions", or "Actions 151 to 300 of 420 found, of 500 in the plan" on a later page."""
    found = page.paginator.count
    noun = "action" if total == 1 else "actions"
    if page.paginator.num_pages == 1:
        return f"{found} of {total} {noun}" if found != total else f"{total} {noun}"
    rest = f" ({total} in the plan)" if found != total else ""
    return f"{page.start_index()} to {page.end_index()} of {found} {noun}{rest}"

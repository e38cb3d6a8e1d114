"""The action itself: its words, place, owners and timescale."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.http import QueryDict

from actions.domain.actions import MilestoneSpec
from actions.domain.owners import OwnerSpec
from actions.domain.timescales import Milestone, TimescaleReading, read_timescale
from actions.enums import OwnerKind, OwnerPart, TimescaleKind
from actions.models import Action, ActionOwner
from partners.models import GovernanceBody, Partner
from plans.columns import is_own, own_name
from plans.enums import Marking, Precision
from plans.models import Objective, Plan
from plans.presenters import heading_choices
from plans.queries import headings_of
from prevent_tracker.core.forms import DateWidget, GovukDateField, LineField, ProseField, tidy_text
from prevent_tracker.core.guarded_forms import GuardedForm, VersionedForm

MOST_OWNERS = 20
LONGEST_OWN = 10_000  # a cell of an imported document may hold a page


def date_field(label: str, hint: str = "") -> GovukDateField:
    return GovukDateField(label=label, help_text=hint, required=False)


class ActionForm(VersionedForm, GuardedForm):
    """An action as the plan prints it. The timescale keeps its words; what they were read to mean is beside them."""

    vocabulary = False  # a plan's own wording says "referral" rightly

    objective = forms.ChoiceField(label="Heading", required=False)
    ref = LineField(
        label="Number, as it is to be printed",
        max_length=30,
        required=False,
        help_text="Leave it empty when the plan prints none. Two actions may have the same number.",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}),
    )
    text = ProseField(label="Action", max_length=4000)
    owner_text = ProseField(
        label="Owner, as it is to be printed", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    timescale_text = ProseField(
        label="Timescale, as it is to be printed",
        max_length=300,
        required=False,
        help_text="Any words: “March 2027”, “Ongoing”, “Feb 2027 to March 2028”. Leave it empty when there is none.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    kind = forms.ChoiceField(label="What the timescale means", required=False, choices=TimescaleKind.choices)
    start_on = date_field("Starts")
    due_on = date_field("Due")
    precision = forms.ChoiceField(
        label="How exactly the due date is known", required=False, choices=[("", "Not dated"), *Precision.choices]
    )
    recurrence = LineField(label="How often it repeats", max_length=30, required=False)
    review_by = date_field("Look again by", "For ongoing work: when the group decides whether to go on.")
    measure = ProseField(
        label="Success measure or target", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    read_words = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)
    marking = forms.ChoiceField(label="Protective marking", choices=Marking.choices)
    is_restricted = forms.BooleanField(
        label="Restricted: show it only to its owners’ organisations, the coordinator and the auditor", required=False
    )

    def __init__(
        self,
        data: Any = None,
        *,
        plan: Plan,
        headings: list[tuple[str, str, Objective]],
        action: Action | None = None,
        **kwargs: Any,
    ):
        initial: dict[str, Any] = {"marking": Marking.OFFICIAL, "kind": TimescaleKind.NONE, "version": 0}
        if action:
            initial |= {name: getattr(action, name) for name in self.base_fields if hasattr(action, name)}
            initial["objective"] = action.objective.public_id if action.objective else ""
            initial["read_words"] = action.timescale_text
        super().__init__(data, initial=initial | kwargs.pop("initial", {}), **kwargs)
        self.kept = dict(action.extra) if action else {}
        self.own = own_columns(plan)
        for number, (name, heading) in enumerate(self.own):
            self.fields[f"own_{number}"] = ProseField(
                label=heading, max_length=LONGEST_OWN, required=False, initial=self.kept.get(name, ""),
                widget=forms.Textarea(attrs={"rows": 2}),
            )  # fmt: skip
        self.headings = {key: heading for key, _, heading in headings}
        self.fields["objective"].choices = [("", "The plan itself"), *((key, words) for key, words, _ in headings)]

    def own_fields(self) -> list[BoundField]:
        """Return the fields of the council's own columns, in their order."""
        return [self[f"own_{number}"] for number in range(len(self.own))]

    def clean_objective(self) -> Objective | None:
        return self.headings.get(self.cleaned_data["objective"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        starts, due = cleaned.get("start_on"), cleaned.get("due_on")
        if starts and due and due < starts:
            self.add_error("due_on", "The due date must be the same as or after the start date.")
        return cleaned

    @property
    def needs_reading(self) -> bool:
        """Whether the timescale words are others than those whose reading is on the page."""
        return tidy_text(self.data.get("timescale_text", "")) != tidy_text(self.data.get("read_words", ""))

    def entered(self) -> dict[str, Any]:
        """Return what was entered, as `add_action` and `edit_action` take it."""
        entered = super().entered()
        entered.pop("read_words")
        said = {name: entered.pop(f"own_{number}") for number, (name, _) in enumerate(self.own)}
        return entered | {"extra": {name: words for name, words in (self.kept | said).items() if words}}


def own_columns(plan: Plan) -> list[tuple[str, str]]:
    """Return (name in `Action.extra`, heading) of the council's own further columns, in printed order."""
    return [(own_name(column["field"]), column["heading"]) for column in plan.columns if is_own(column["field"])]


def read_words(words: str, plan: Plan) -> TimescaleReading:
    """Return what the words of a timescale mean in a plan."""
    year = plan.starts_on.year if plan.starts_on else None
    return read_timescale(words, year=year, plan_start=plan.starts_on, plan_end=plan.ends_on)


def with_reading(data: QueryDict, plan: Plan) -> tuple[QueryDict, str]:
    """Return the data of the page with its timescale words read, and the reader's reason. The person confirms both."""
    words = data.get("timescale_text", "")
    read = read_words(words, plan)
    more = data.copy()
    more["read_words"] = words
    for name, value in (("kind", read.kind), ("precision", read.precision), ("recurrence", read.recurrence)):
        more[name] = value
    for name, day in (("start_on", read.start), ("due_on", read.due)):
        for part, number in enumerate(DateWidget().boxes(day)):
            more[f"{name}_{part}"] = number
    return more, read.reason


Seat = Partner | GovernanceBody


class OwnerForm(GuardedForm):
    """One owner of an action: the party as printed, what it is, the seat it stands for, and its part."""

    vocabulary = False

    label = LineField(label="In words", max_length=300, required=False)
    kind = forms.ChoiceField(
        label="What it is", choices=OwnerKind.choices, required=False, initial=OwnerKind.ORGANISATION
    )
    seat = forms.ChoiceField(label="Stands for", required=False)
    part = forms.ChoiceField(
        label="Part in the action", choices=OwnerPart.choices, required=False, initial=OwnerPart.JOINT
    )

    def __init__(self, *args: Any, seats: dict[str, Seat], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.seats = seats
        choices = [(key, str(seat)) for key, seat in seats.items()]
        self.fields["seat"].choices = [("", "None: a role, team or group"), *choices]

    def clean_seat(self) -> Seat | None:
        return self.seats.get(self.cleaned_data["seat"])

    def clean(self) -> dict[str, Any]:
        """A row with a seat but no words is called by the seat's name; an empty row is no owner."""
        cleaned = self.cleaned_data
        if not cleaned.get("label") and cleaned.get("seat"):
            cleaned["label"] = str(cleaned["seat"])
        return cleaned

    @property
    def owner(self) -> OwnerSpec | None:
        entered = getattr(self, "cleaned_data", {})
        if not entered.get("label"):
            return None
        seat = entered.get("seat")
        return OwnerSpec(
            kind=entered.get("kind") or OwnerKind.OTHER,
            label=entered["label"],
            part=entered.get("part") or OwnerPart.JOINT,
            partner=seat if isinstance(seat, Partner) else None,
            body=seat if isinstance(seat, GovernanceBody) else None,
        )


class BaseOwnerFormSet(forms.BaseFormSet):
    """The owners of an action in printed order. One of them, and only one, is accountable."""

    default_error_messages = {
        "missing_management_form": "The list of owners did not arrive whole. Go back, reload the page and try again.",
        "too_many_forms": f"An action can have up to {MOST_OWNERS} owners.",
    }

    def clean(self) -> None:
        accountable = [owner for owner in self.owners if owner.part == OwnerPart.ACCOUNTABLE]
        if len(accountable) > 1:
            raise ValidationError("Only one owner is accountable. Make the others joint or supporting.")
        if self.owners and not accountable:
            raise ValidationError("Say which owner is accountable.")

    @property
    def owners(self) -> list[OwnerSpec]:
        """The owners that were entered, in order."""
        return [form.owner for form in self.forms if form.owner]


def owner_forms(data: QueryDict | None, *, plan: Plan, action: Action | None = None) -> BaseOwnerFormSet:
    """Return one row for each owner of the action, and one to add another in; two queries for the choices."""
    present = [_initial(owner) for owner in action.owners.all()] if action else []
    factory = forms.formset_factory(
        OwnerForm, formset=BaseOwnerFormSet, extra=1, max_num=MOST_OWNERS, absolute_max=MOST_OWNERS, validate_max=True
    )
    if data is None:
        new = {"part": OwnerPart.JOINT if present else OwnerPart.ACCOUNTABLE, "kind": OwnerKind.ORGANISATION}
        factory.extra = 0
        return factory(prefix="owners", initial=[*present, new], form_kwargs={"seats": seats_of(plan)})
    return factory(data, prefix="owners", form_kwargs={"seats": seats_of(plan)})


@dataclass
class ActionEntry:
    """The form of an action with its owners, as the page was sent: to be saved, for one more owner row, or with a
    timescale whose words are new, so that the person confirms how they were read."""

    plan: Plan
    action: Action | None
    form: ActionForm
    owners: BaseOwnerFormSet
    adds_row: bool = False
    reason: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether the page was sent to be saved, with a reading that the person has seen."""
        return not self.adds_row and not self.reason

    def entered(self) -> dict[str, Any]:
        """Return what was entered, as `add_action` and `edit_action` take it. Other words have other milestones."""
        entered: dict[str, Any] = self.form.entered() | {"owners": self.owners.owners}
        if self.action is None:
            entered.pop("version")
        words = entered["timescale_text"]
        if words != (self.action.timescale_text if self.action else ""):
            entered["milestones"] = [_milestone(found) for found in read_words(words, self.plan).milestones]
        return entered


def entry_of(
    data: QueryDict | None, *, plan: Plan, action: Action | None = None, initial: dict[str, Any] | None = None
) -> ActionEntry:
    """Return the entry that a page was sent with (None: not sent yet)."""
    adds_row = data is not None and "add_owner" in data
    entry = _entry(one_more_row(data) if data is not None and adds_row else data, plan, action, initial or {})
    entry.adds_row = adds_row
    if data is not None and not adds_row and entry.form.needs_reading and entry.form.is_valid():
        read, reason = with_reading(data, plan)
        entry = _entry(read, plan, action, {})
        entry.reason = reason
    return entry


def _entry(data: QueryDict | None, plan: Plan, action: Action | None, initial: dict[str, Any]) -> ActionEntry:
    choices = heading_choices(headings_of(plan))
    form = ActionForm(data, plan=plan, headings=choices, action=action, initial=initial)
    return ActionEntry(plan, action, form, owner_forms(data, plan=plan, action=action))


def _milestone(found: Milestone) -> MilestoneSpec:
    return MilestoneSpec(timescale_text=found.text, start_on=found.start, due_on=found.due, precision=found.precision)


def one_more_row(data: QueryDict) -> QueryDict:
    """Return the data of the page with room for one more owner."""
    more = data.copy()
    rows = more.get("owners-TOTAL_FORMS", "")
    number = int(rows) if rows.isascii() and rows.isdigit() and len(rows) < 4 else 0
    more["owners-TOTAL_FORMS"] = str(min(number + 1, MOST_OWNERS))
    return more


def seats_of(plan: Plan) -> dict[str, Seat]:
    """Return every partner seat and governance body that an owner may stand for, by the key of its choice."""
    partners = Partner.objects.filter(council=plan.council_id, left_on=None).select_related("organisation", "council")
    bodies = GovernanceBody.objects.filter(council=plan.council_id)
    seats: list[Seat] = [*partners, *bodies]
    return {seat_key(seat): seat for seat in seats}


def seat_key(seat: Seat) -> str:
    return f"{type(seat).__name__.lower()}-{seat.public_id}"


def _initial(owner: ActionOwner) -> dict[str, Any]:
    seat = owner.partner or owner.body
    return {"label": owner.label, "kind": owner.kind, "part": owner.part, "seat": seat_key(seat) if seat else ""}

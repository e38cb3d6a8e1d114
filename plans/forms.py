"""Forms about plans and headings."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField

from plans.columns import own_field
from plans.enums import DocumentKind, Marking
from plans.models import Objective, Plan
from plans.queries import with_descendants
from prevent_tracker.core.forms import GovukDateField, LineField, ProseField
from prevent_tracker.core.guarded_forms import GuardedForm, VersionedForm

LEVELS = 4


class PlanForm(VersionedForm, GuardedForm):
    """The words about a plan: title, kind, period, level labels, marking, note."""

    vocabulary = False

    title = LineField(max_length=200)
    kind = forms.ChoiceField(label="Kind of document", choices=DocumentKind.choices)
    period_text = LineField(label="Period, as the plan prints it", max_length=100, required=False)
    starts_on = GovukDateField(label="Start date", required=False)
    ends_on = GovukDateField(label="End date", required=False)
    levels = ProseField(
        label="Names of the levels of headings",
        max_length=300,
        help_text="One a line, outermost first, up to four. For example: Priority, then Objective.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    marking = forms.ChoiceField(label="Protective marking", choices=Marking.choices)
    parent_text = LineField(label="Parent plan, if it has one", max_length=200, required=False)
    note = ProseField(label="What a reader should know about this plan", max_length=2000, required=False)

    def __init__(self, data: Any = None, *, plan: Plan | None = None):
        initial: dict[str, Any] = {"levels": "Priority\nObjective", "marking": Marking.OFFICIAL, "version": 0}
        if plan:
            initial = {name: getattr(plan, name, None) for name in self.base_fields}
            initial["levels"] = "\n".join(level["label"] for level in plan.level_labels)
        super().__init__(data, initial=initial)
        self.known = {level["label"]: level for level in plan.level_labels} if plan else {}

    def clean_levels(self) -> list[dict[str, str]]:
        labels = [line.strip() for line in self.cleaned_data["levels"].splitlines() if line.strip()]
        if len(labels) > LEVELS:
            raise ValidationError(f"A plan has up to four levels of headings. You entered {len(labels)}.")
        if any(len(label) > 60 for label in labels):
            raise ValidationError("The name of a level must be 60 characters or fewer.")
        return [self.known.get(label, {"label": label, "plural": ""}) for label in labels]

    def clean(self) -> dict[str, Any]:
        starts, ends = self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", "The end date must be the same as or after the start date.")
        return self.cleaned_data

    def fields_of_plan(self) -> dict[str, Any]:
        """Return the plan's fields as they were entered."""
        entered = dict(self.cleaned_data)
        entered.pop("version")
        return entered | {"level_labels": entered.pop("levels")}

    def version_and_fields(self) -> dict[str, Any]:
        return self.fields_of_plan() | {"version": self.cleaned_data["version"]}


COLUMNS = {
    "ref": "Ref",
    "objective": "Heading",
    "text": "Action",
    "owner_text": "Owner",
    "timescale_text": "Timescale",
    "measure": "Success measure",
    "rating": "RAG",
}
LONGEST_COLUMN = 60


class ColumnsForm(VersionedForm, GuardedForm):
    """The columns of the plan's table: what each is called, and its place; the last row is for a new one."""

    vocabulary = False

    def __init__(self, data: Any = None, *, plan: Plan):
        super().__init__(data, initial={"version": plan.version})
        printed = {column["field"]: column["heading"] for column in plan.columns}
        usual = {field: heading for field, heading in COLUMNS.items() if field not in printed}
        self.columns = [*printed, *usual, ""]
        checked = self.fields.pop("checked")
        for number, field in enumerate(self.columns):
            self.fields[f"heading_{number}"] = LineField(
                label="What it is called",
                max_length=LONGEST_COLUMN,
                required=False,
                initial=(printed | usual).get(field),
            )
            self.fields[f"place_{number}"] = forms.IntegerField(
                label="Place", min_value=1, max_value=99, required=False,
                initial=number + 1 if field in printed else None,
                widget=forms.NumberInput(attrs={"class": "govuk-input--width-2"}),
            )  # fmt: skip
        self.fields["checked"] = checked

    def rows(self) -> list[tuple[str, BoundField, BoundField]]:
        """Return (what the column holds, its heading, its place) for the page."""
        return [
            (column_holds(field), self[f"heading_{number}"], self[f"place_{number}"])
            for number, field in enumerate(self.columns)
        ]

    def clean(self) -> dict[str, Any]:
        """Every column that has a place needs a heading, and the words of the actions always have a place."""
        for number, field in enumerate(self.columns):
            heading, place = self.cleaned_data.get(f"heading_{number}"), self.cleaned_data.get(f"place_{number}")
            if place and not heading:
                self.add_error(f"heading_{number}", "Say what this column is called, or empty its place.")
            if heading and not place and not field:
                self.add_error(f"place_{number}", "Say which place the new column has.")
            if field == "text" and not place and f"place_{number}" not in self.errors:
                self.add_error(f"place_{number}", "The plan always prints its actions. Give this column a place.")
        return self.cleaned_data

    def entered(self) -> dict[str, Any]:
        """Return what was entered, as `edit_plan` takes it."""
        placed = []
        for number, field in enumerate(self.columns):
            heading, place = self.cleaned_data[f"heading_{number}"], self.cleaned_data[f"place_{number}"]
            if place:
                placed.append((place, number, {"field": field or own_field(heading), "heading": heading}))
        return {
            "version": self.cleaned_data["version"],
            "columns": [column for *_, column in sorted(placed, key=_in_place)],
        }


def _in_place(placed: tuple[int, int, dict[str, str]]) -> tuple[int, int]:
    return placed[:2]


def column_holds(field: str) -> str:
    """Return what a column holds, in words: "" is the one that is new."""
    if not field:
        return "A new column of the council’s own"
    return COLUMNS.get(field, "The council’s own words")


class HeadingForm(VersionedForm, GuardedForm):
    """A heading: its printed number, its words and, when new, where it goes."""

    vocabulary = False

    ref = LineField(
        label="Number, as it is to be printed",
        max_length=30,
        required=False,
        help_text="Leave it empty when the plan prints none. Two headings may have the same number.",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}),
    )
    label = ProseField(label="Heading", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class NewHeadingForm(HeadingForm):
    """A heading that is new: it also says below which other heading it goes."""

    parent = forms.ChoiceField(label="Where it goes", required=False)
    outermost = "At the outermost level, as the last"
    level_label = LineField(
        label="What this heading is called",
        max_length=60,
        required=False,
        help_text="Only where it differs from the plan’s own word for the level.",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
    )
    field_order = ("parent", "ref", "label", "level_label")

    def __init__(self, data: Any = None, *, headings: list[tuple[str, str, Objective]], **kwargs: Any):
        super().__init__(data, **kwargs)
        self.headings = {key: heading for key, _, heading in headings}
        choices = [(key, words) for key, words, heading in headings if heading.level < LEVELS]
        self.fields["parent"].choices = [("", self.outermost), *choices]

    def clean_parent(self) -> Objective | None:
        return self.headings.get(self.cleaned_data["parent"])

    def entered(self) -> dict[str, Any]:
        """Return what was entered, as `add_heading` takes it."""
        return {name: self.cleaned_data[name] for name in ("parent", "ref", "label", "level_label")}


class EditHeadingForm(NewHeadingForm):
    """A heading that is there: another place takes it, with all that stands under it, to the end of that place."""

    outermost = "At the outermost level"
    field_order = ("ref", "label", "level_label", "parent")

    def __init__(self, data: Any = None, *, heading: Objective, headings: list[tuple[str, str, Objective]]):
        initial = {name: getattr(heading, name) for name in ("ref", "label", "level_label", "version")}
        below = with_descendants([each for *_, each in headings], heading)
        places = [row for row in headings if row[2].pk not in below]
        initial["parent"] = heading.parent.public_id if heading.parent else ""
        super().__init__(data, headings=places, initial=initial)
        self.fields["parent"].help_text = "In another place it stands last, with everything under it."

    def entered(self) -> dict[str, Any]:
        """Return what was entered, as `edit_heading` takes it."""
        return super().entered() | {"version": self.cleaned_data["version"]}


class ReasonForm(VersionedForm, GuardedForm):
    """A reason, asked for before something is withdrawn."""

    reason = ProseField(label="Why is it withdrawn?", max_length=1000, help_text="The reason is printed with it.")

"""Forms of imports: the document, who its owners are, what its columns are, and what becomes of it."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from actions.domain.draft_rows import plural_of
from actions.enums import ImportKind
from actions.forms.actions import date_field
from actions.importing.checking import ALL, PROPOSED, WORDS, OwnerFound, Party
from actions.importing.draft import ColumnReading
from actions.importing.gate import MAX_BYTES
from prevent_tracker.core.forms import ProseField
from prevent_tracker.core.guarded_forms import VersionedForm

NOTHING = "Choose a file, or paste the text of the plan."
BOTH = "Choose a file or paste the text, not both."
SEVERAL = "Choose one file at a time."
NO_CHECK = "I have checked: none of this is about a person of concern"


class StartForm(forms.Form):
    """The plan as the council has it: a file, or its text."""

    file = forms.FileField(
        label="The file of the plan",
        required=False,
        allow_empty_file=True,
        max_length=None,
        help_text="Word (.docx), Excel (.xlsx), .csv or .txt, up to 10 MB. Nothing is changed until you have looked at "
        "what was understood.",
    )
    text = ProseField(
        label="Or paste the text of the plan",
        required=False,
        strip=False,
        help_text="Copy the table from Word, Excel or a web page and paste it here.",
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    again = forms.BooleanField(label="I know. Import it once more", required=False)

    def __init__(self, data: Any = None, files: Any = None, **kwargs: Any):
        super().__init__(data, files, **kwargs)
        self.several = files is not None and len(files.getlist("file")) > 1

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        upload, text = cleaned.get("file"), cleaned.get("text", "")
        if self.several:
            self.add_error("file", SEVERAL)
        elif upload and text.strip():
            self.add_error("file", BOTH)
        elif upload is None and "file" not in self.errors and not text.strip():
            self.add_error("file", NOTHING)
        elif upload is not None and upload.size > MAX_BYTES:
            self.add_error(
                "file", "The file is larger than 10 MB, which is the most: save it without pictures, or split it."
            )
        return cleaned

    def given(self) -> dict[str, Any]:
        """Return kind, name and content of what was given. The file is read only here, after its size was looked at."""
        upload = self.cleaned_data.get("file")
        if upload is not None:
            return {"kind": ImportKind.UPLOAD, "name": upload.name or "", "content": upload.read()}
        text = self.cleaned_data["text"]
        return {"kind": ImportKind.PASTE, "name": "Pasted text.txt", "content": text.encode()}


class OwnersForm(forms.Form):
    """What each owner of the document is. What is proposed is chosen already; saving takes it up."""

    def __init__(self, data: Any = None, *, owners: Sequence[OwnerFound], parties: Sequence[Party]):
        super().__init__(data, auto_id="id_%s")
        self.owners = list(owners)
        choices = owner_choices(parties)
        for number, owner in enumerate(self.owners):
            self.fields[f"owner-{number}"] = forms.ChoiceField(
                label=owner.label, choices=choices, initial=owner.match.target, required=False
            )

    def rows(self) -> list[dict[str, Any]]:
        """Return each owner with its field, for the template."""
        return [
            {"owner": owner, "field": self[f"owner-{number}"], "proposed": owner.match.certainty == PROPOSED}
            for number, owner in enumerate(self.owners)
        ]

    def targets(self) -> dict[str, str]:
        """Return {owner as printed: target}."""
        return {owner.label: self.cleaned_data[f"owner-{number}"] or WORDS for number, owner in enumerate(self.owners)}


def owner_choices(parties: Sequence[Party]) -> list[tuple[str, Any]]:
    """Return everything that an owner can be, in groups."""
    partners = [party for party in parties if party.kind == "organisation"]
    bodies = [party for party in parties if party.kind == "body"]
    return [
        (WORDS, "Keep the words; nobody in particular"),
        (ALL, "All partners"),
        ("A partner", [(party.target, party.name) for party in partners]),
        ("A role or team of a partner", [(f"role:{party.id}", f"Somebody at {party.name}") for party in partners]),
        *([("A group", [(party.target, party.name) for party in bodies])] if bodies else []),
    ]


COLUMN_ROLES = [
    ("ref", "Number or reference"),
    ("group", "Heading, such as a priority"),
    ("text", "Action"),
    ("owners", "Owner"),
    ("support", "Supporting partners"),
    ("timescale", "Timescale"),
    ("start", "Start date"),
    ("due", "Due date"),
    ("rag", "RAG rating"),
    ("status", "Status"),
    ("measure", "Success measure"),
    ("progress", "Progress"),
    ("extra", "A column of our own: keep it as it is"),
    ("ignore", "Leave it out"),
]


class ColumnsForm(forms.Form):
    """What each column of each table of the plan is."""

    def __init__(self, data: Any = None, *, columns: Sequence[ColumnReading]):
        super().__init__(data)
        self.columns = list(columns)
        for column in self.columns:
            self.fields[self._name(column)] = forms.ChoiceField(
                label=" ".join(column.heading.split()) or f"Column {column.column + 1}, without a heading",
                choices=COLUMN_ROLES,
                initial=column.role,
                required=False,
                help_text=f"Read so because {column.why}." if column.why else "",
            )

    @staticmethod
    def _name(column: ColumnReading) -> str:
        return f"{column.table}-{column.column}"

    def tables(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Return (table key, fields) in order."""
        tables: dict[str, list[forms.BoundField]] = {}
        for column in self.columns:
            tables.setdefault(column.table, []).append(self[self._name(column)])
        return list(tables.items())

    def answer(self) -> dict[str, Any]:
        """Return the answer: the columns that were changed."""
        said: dict[str, dict[str, str]] = {}
        for column in self.columns:
            role = self.cleaned_data.get(self._name(column))
            if role and role != column.role:
                said.setdefault(column.table, {})[str(column.column)] = role
        return {"columns": said}


class PartiesForm(forms.Form):
    """The owners that a cell names, one on a line."""

    words = forms.CharField(widget=forms.HiddenInput, strip=False)
    parties = ProseField(label="Owners, one on each line", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))

    def answer(self) -> dict[str, Any]:
        lines = [" ".join(line.split()) for line in self.cleaned_data["parties"].split("\n")]
        return {"owners": {self.cleaned_data["words"]: [line for line in lines if line]}}


class ConfirmForm(VersionedForm):
    """What every applying asks: that what looks like a person's details was looked at."""

    checked = forms.BooleanField(label=NO_CHECK, required=False)


class NewPlanForm(ConfirmForm):
    """What the plan that is made is called."""

    title = forms.CharField(label="Title of the plan", max_length=200)
    period_text = forms.CharField(
        label="Period, as it is printed", max_length=100, required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
    )  # fmt: skip
    starts_on = date_field("The plan starts")
    ends_on = date_field("The plan ends")
    again = forms.BooleanField(label="I know. Make another plan of it", required=False)

    def __init__(self, data: Any = None, *, levels: Sequence[Mapping[str, str]], **kwargs: Any):
        super().__init__(data, **kwargs)
        self.levels = list(levels)
        names = ("outermost headings", "headings below them", "third level", "fourth level")
        for number, level in enumerate(self.levels):
            self.fields[f"level_{number}"] = forms.CharField(
                label=f"What the {names[number]} are called", max_length=60, initial=level["label"],
                widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
            )  # fmt: skip

    def level_fields(self) -> list[forms.BoundField]:
        return [self[f"level_{number}"] for number in range(len(self.levels))]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        starts, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if isinstance(starts, datetime.date) and isinstance(ends, datetime.date) and ends < starts:
            self.add_error("ends_on", "The plan must end after it starts.")
        return cleaned

    def fields_of_plan(self) -> dict[str, Any]:
        """Return what `apply_as_plan` takes."""
        cleaned = self.cleaned_data
        labels = [cleaned[f"level_{number}"].strip() for number in range(len(self.levels))]
        kept = {
            name: cleaned[name]
            for name in ("version", "title", "period_text", "starts_on", "ends_on", "checked", "again")
        }
        pairs = zip(labels, self.levels, strict=True)
        return kept | {
            "level_labels": [
                dict(level) if level["label"] == label else {"label": label, "plural": plural_of(label)}
                for label, level in pairs
            ]
        }


class TakeForm(ConfirmForm):
    """Which differences are taken over."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    take = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: Any = None, *, offered: Sequence[str], **kwargs: Any):
        super().__init__(data, **kwargs)
        self.fields["take"].choices = [(name, name) for name in offered]

"""Forms of imports: the document, who its owners are, what its columns are, and what becomes of it."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms

from actions.domain.draft_rows import plural_of
from actions.domain.import_parties import shortened
from actions.enums import ImportKind, TimescaleKind
from actions.forms.actions import date_field
from actions.importing.checking import ALL, KNOWN, PROPOSED, SAID, WORDS, OwnerFound, Party
from actions.importing.draft import ColumnReading
from actions.importing.gate import MAX_BYTES
from prevent_tracker.core.fingerprint import fingerprint
from prevent_tracker.core.forms import GovukDateField, LineField, ProseField
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
    """What each owner of the document is, those that need a person first.

    What is proposed is chosen already; saving takes it up. A field is named by its owner's words, so that an answer
    given meanwhile by somebody else, which changes how many owners there are, never moves a choice to another owner.
    """

    def __init__(self, data: Any = None, *, owners: Sequence[OwnerFound], parties: Sequence[Party]):
        super().__init__(data, auto_id="id_%s")
        self.owners = sorted(owners, key=lambda owner: owner.match.certainty in (KNOWN, SAID))
        choices = owner_choices(parties)
        for owner in self.owners:
            self.fields[self.name_of(owner)] = forms.ChoiceField(
                label=owner.label, choices=choices, initial=owner.match.target, required=False
            )

    @staticmethod
    def name_of(owner: OwnerFound) -> str:
        return f"owner-{fingerprint(owner.label)[:16]}"

    def rows(self) -> list[dict[str, Any]]:
        """Return each owner with its field, for the template."""
        return [
            {"owner": owner, "field": self[self.name_of(owner)], "proposed": owner.match.certainty == PROPOSED}
            for owner in self.owners
        ]

    def targets(self) -> dict[str, str]:
        """Return {owner as printed: target}, of every owner that was on the page."""
        said = {owner.label: self.name_of(owner) for owner in self.owners}
        return {label: self.cleaned_data[name] or WORDS for label, name in said.items() if name in self.data}


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
    """What each column of the plan's tables is. Tables with the same columns are asked about once, together."""

    def __init__(self, data: Any = None, *, columns: Sequence[ColumnReading],
                 places: Mapping[str, str], examples: Mapping[str, str]):  # fmt: skip
        super().__init__(data)
        self.groups, self.places = alike(columns), places
        for group in self.groups:
            for column in group[0]:
                example = examples.get(self.name_of(column), "")
                self.fields[self.name_of(column)] = forms.ChoiceField(
                    label=" ".join(column.heading.split()) or f"Column {column.column + 1}, without a heading",
                    choices=COLUMN_ROLES,
                    initial=column.role,
                    required=False,
                    help_text=" ".join(filter(None, (column.why and f"Read so because {column.why}.", example))),
                )

    @staticmethod
    def name_of(column: ColumnReading) -> str:
        return f"{column.table}-{column.column}"

    def tables(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Return (which tables, fields) in order."""
        return [
            (
                places_words([self.places[each[0].table] for each in group]),
                [self[self.name_of(column)] for column in group[0]],
            )
            for group in self.groups
        ]

    def answer(self) -> dict[str, Any]:
        """Return the answer: the columns that were changed."""
        said: dict[str, dict[str, str]] = {}
        for group in self.groups:
            for columns in group:
                for first, column in zip(group[0], columns, strict=True):
                    role = self.cleaned_data.get(self.name_of(first))
                    if role and role != column.role:
                        said.setdefault(column.table, {})[str(column.column)] = role
        return {"columns": said}


def alike(columns: Iterable[ColumnReading]) -> list[list[list[ColumnReading]]]:
    """Return the tables' columns with tables together whose columns have the same places, headings and readings."""
    tables: dict[str, list[ColumnReading]] = {}
    for column in columns:
        tables.setdefault(column.table, []).append(column)
    groups: dict[tuple, list[list[ColumnReading]]] = {}
    for each in tables.values():
        groups.setdefault(tuple((c.column, " ".join(c.heading.split()), c.role) for c in each), []).append(each)
    return list(groups.values())


def places_words(places: Sequence[str]) -> str:
    """Return "Table 2, table 3 and table 4" for the places of tables."""
    words = f"{', '.join(places[:-1])} and {places[-1]}" if len(places) > 1 else places[0]
    return words[:1].upper() + words[1:]


class WordsForm(forms.Form):
    """What a person says of the `words` of a cell. A page names them by a fingerprint: browsers change line breaks."""

    about = ""

    def __init__(self, data: Any = None, *, words: str, **kwargs: Any):
        self.words, self.name = words, self.name_of(words)
        mine = data is not None and data.get("cell") == self.name
        super().__init__(data if mine else None, auto_id=f"id_{self.name}_%s", **kwargs)

    @classmethod
    def name_of(cls, words: str) -> str:
        return f"{cls.about}-{fingerprint(words)[:16]}"


class PartiesForm(WordsForm):
    """The owners that a cell names, one on a line."""

    about = "owners"
    parties = ProseField(label="Owners, one on each line", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))

    def question(self) -> str:
        return f"Write the owners in “{shortened(self.words, 60)}” yourself"

    def answer(self) -> dict[str, Any]:
        lines = [" ".join(line.split()) for line in self.cleaned_data["parties"].split("\n")]
        return {"owners": {self.words: [line for line in lines if line]}}


class DayForm(WordsForm):
    """The day by which a timescale's words ask for an action to be done."""

    about = "day"
    due_on = GovukDateField(label="Due date", help_text="It then holds for every action that has these words.")

    def question(self) -> str:
        return f"Give the date that “{shortened(self.words, 60)}” means yourself"

    def answer(self) -> dict[str, Any]:
        day = self.cleaned_data["due_on"].isoformat()
        said = {"kind": TimescaleKind.POINT, "end": day, "precision": "day", "reason": "a person gave the date"}
        return {"timescales": {self.words: said}}


class ConfirmForm(VersionedForm):
    """What every applying asks: that what looks like a person's details was looked at."""

    checked = forms.BooleanField(label=NO_CHECK, required=False)


class NewPlanForm(ConfirmForm):
    """What the plan that is made is called."""

    title = LineField(label="Title of the plan", max_length=200)
    period_text = LineField(
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
            self.fields[f"level_{number}"] = LineField(
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

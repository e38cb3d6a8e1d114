"""Forms of this room: which body, the words of a report, why it is issued anew or reopened, and a file to verify."""

import hashlib

from django import forms

from partners.models import Council, GovernanceBody
from plans.enums import Marking
from prevent_tracker.core.forms import GovukDateField, LineField, ProseField
from prevent_tracker.core.guarded_forms import GuardedForm, VersionedForm
from reporting.enums import Purpose
from reporting.models import Report

LARGEST_TO_VERIFY = 40 * 1024 * 1024
NO_NAMES = "Write roles, not people's names. Never write anything about a person who was referred."


class StartForm(forms.Form):
    """Which governance body the report is for."""

    body = forms.ModelChoiceField(
        GovernanceBody.objects.none(), label="Which body is the report for?", widget=forms.RadioSelect, empty_label=None
    )
    body.error_messages["required"] = "Choose the body that the report is for"

    def __init__(self, *args, council: Council, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = council.bodies.all()  # type: ignore[attr-defined]


class ReportForm(VersionedForm, GuardedForm):
    """What a person writes around the figures. One line for each recommendation, achievement, concern and decision."""

    title = LineField(label="Title", max_length=200)
    purpose = forms.ChoiceField(label="Purpose", choices=Purpose.choices, widget=forms.RadioSelect)
    marking = forms.ChoiceField(
        label="Protective marking",
        choices=Marking.choices,
        widget=forms.RadioSelect,
        help_text="The report always carries at least the highest marking of anything inside it.",
    )
    meeting_on = GovukDateField(label="Date of the meeting", required=False)
    author_role = LineField(label="Author", max_length=200, required=False, help_text="A role, not a name.")
    position_summary = ProseField(label="Overall position", max_length=4000, required=False, help_text=NO_NAMES)
    recommendation = ProseField(
        label="Recommendations", max_length=2000, required=False, help_text="One on each line: note, agree, approve."
    )
    achievements = ProseField(
        label="Achievements", max_length=2000, required=False, help_text="Three, one on each line."
    )
    concerns = ProseField(label="Concerns", max_length=2000, required=False, help_text="Three, one on each line.")
    decisions_sought = ProseField(
        label="Decisions sought", max_length=2000, required=False, help_text="One on each line."
    )
    forward_look = ProseField(
        label="Forward look", max_length=2000, required=False, help_text="One point on each line."
    )

    @classmethod
    def of(cls, report: Report) -> "ReportForm":
        """Return the form filled with the report as it stands."""
        return cls(initial={name: getattr(report, name) for name in cls.base_fields})


class ReasonForm(GuardedForm):
    """Why: kept in the record."""

    reason = ProseField(label="Why?", max_length=1000, required=False)

    def __init__(self, *args, label: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = label


class VerifyForm(forms.Form):
    """A SHA-256, or a file to work it out from."""

    sha256 = forms.CharField(label="SHA-256", required=False, max_length=200, help_text="64 letters and numbers.")
    file = forms.FileField(label="Or choose the file", required=False, help_text="It is read and not kept.")

    def clean(self) -> dict:
        cleaned = super().clean() or {}
        file = cleaned.get("file")
        if file and file.size > LARGEST_TO_VERIFY:
            self.add_error("file", "The file is larger than 40 MB, so it cannot be one of ours.")
        elif not file and not cleaned.get("sha256") and "file" not in self.errors:
            self.add_error("sha256", "Enter a SHA-256 or choose a file")
        return cleaned

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of the file where one was chosen, else what was typed."""
        file = self.cleaned_data.get("file")
        if not file:
            return self.cleaned_data["sha256"]
        digest = hashlib.sha256()
        for chunk in file.chunks():
            digest.update(chunk)
        return digest.hexdigest()

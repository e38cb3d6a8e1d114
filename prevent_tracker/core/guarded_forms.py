"""Forms with free text: they say what never to write, and ask to check what looks like a person's details."""

import logging
from typing import Any

from django import forms

from prevent_tracker.core.addresses import version_of
from prevent_tracker.core.case_details import Finding, case_details
from prevent_tracker.core.forms import ProseField

NEVER = "Never write about a person of concern: no names, referrals or cases. Those belong in other systems."
CHECK = "Check the words named below. If they are not about a person of concern, say that you have checked."
log = logging.getLogger(__name__)


class VersionField(forms.Field):
    """The version of the row that was read. A missing or unreadable one is an old one, so the save is told as stale."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> int:
        return version_of(str(value or ""))


class VersionedForm(forms.Form):
    """A form that carries the version of the row it was read at, so that a stale save is told and not lost."""

    version = VersionField(required=False)


class GuardedForm(VersionedForm):
    """A form whose long texts are read by the guard. It warns and asks; it never keeps anybody from saving."""

    vocabulary = True
    checked = forms.BooleanField(label="I have checked: none of this is about a person of concern", required=False)

    findings: list[Finding] = []

    def clean(self) -> dict[str, Any]:
        """Ask for a check where words look like somebody's details; log that it was given, without the words."""
        cleaned = super().clean() or self.cleaned_data
        texts = [str(cleaned.get(name, "")) for name, field in self.fields.items() if isinstance(field, ProseField)]
        self.findings = [finding for text in texts for finding in case_details(text, vocabulary=self.vocabulary)]
        if self.findings and not cleaned.get("checked"):
            self.add_error("checked", CHECK)
        elif self.findings:
            log.info("Checked by its writer: %s", "; ".join(sorted({finding.what for finding in self.findings})))
        return cleaned

    def entered(self) -> dict[str, Any]:
        """Return what was entered, without the parts that are about the form itself."""
        return {name: value for name, value in self.cleaned_data.items() if name != "checked"}

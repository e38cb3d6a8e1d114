"""Forms with free text: they say what never to write, and ask to check what looks like a person's details."""

import logging
from typing import Any

from django import forms

from prevent_tracker.core.addresses import version_of
from prevent_tracker.core.case_details import Finding, case_details

NEVER = "Never write about a person of concern: no names, referrals or cases. Those belong in other systems."
CHECK = "Check the words named below. If they are not about a person of concern, say that you have checked."
CHECKED = "I have checked: none of this is about a person of concern"
log = logging.getLogger(__name__)


class VersionField(forms.Field):
    """The version of the row that was read. A missing or unreadable one is an old one, so the save is told as stale."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> int:
        return version_of(str(value or ""))


class VersionedForm(forms.Form):
    """A form that carries the version of the row it was read at, so that a stale save is told and not lost."""

    version = VersionField(required=False)


class CheckInput(forms.CheckboxInput):
    """The guard's place on the page: it says what never to write, or names what was found beside the checkbox."""


def is_free_text(field: forms.Field) -> bool:
    """Tell whether a person types words of their own into a field: an address is not words."""
    typed = isinstance(field, forms.CharField) and not isinstance(field, forms.EmailField)
    return typed and isinstance(field.widget, forms.TextInput | forms.Textarea)


class GuardedForm(forms.Form):
    """A form whose words are read by the guard. It warns and asks; it never keeps anybody from saving.

    Every form with free text is one. The guard has a field of its own, `checked`, the last of the form.
    """

    vocabulary = True  # a plan's own wording says "referral" rightly: forms about it leave the words of casework out
    findings: list[Finding] = []

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["checked"] = forms.BooleanField(label=CHECKED, required=False, widget=CheckInput)

    def _post_clean(self) -> None:
        """Ask for a check where words look like somebody's details; log that it was given, without the words.

        It comes after every `clean`, so no form can leave it out by forgetting to call the one it inherits.
        """
        super()._post_clean()  # type: ignore[misc]
        checked = self.cleaned_data.pop("checked", False)
        typed = [str(self.cleaned_data.get(name, "")) for name, field in self.fields.items() if is_free_text(field)]
        self.findings = [finding for text in typed for finding in case_details(text, vocabulary=self.vocabulary)]
        if self.findings and not checked:
            self.add_error("checked", CHECK)
        elif self.findings:
            log.info("Checked by its writer: %s", "; ".join(sorted({finding.what for finding in self.findings})))

    @property
    def says_never(self) -> bool:
        """Whether one of its fields says already what never to write."""
        return any(field.help_text == NEVER for field in self.fields.values())

    def entered(self) -> dict[str, Any]:
        """Return what was entered, without the parts that are about the form itself."""
        return dict(self.cleaned_data)

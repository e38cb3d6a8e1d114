"""Forms about the delivery status of an action."""

from django import forms

from plans.forms import ReasonForm
from prevent_tracker.core.forms import GovukDateField, ProseField
from prevent_tracker.core.guarded_forms import VersionedForm


def status_form(question: str) -> type[ReasonForm]:
    """Return a form that asks for a reason with this question."""

    class StatusForm(ReasonForm):
        reason = ProseField(label=question, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))

    return StatusForm


class HoldForm(ReasonForm):
    """Why an action is paused, and by when it is looked at again."""

    reason = ProseField(label="Why is it put on hold?", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    review_by = GovukDateField(label="Look again by")


class MilestoneForm(VersionedForm):
    """On which day a milestone was met."""

    met_on = GovukDateField(
        label="Met on", required=False, help_text="Leave it empty when it has not been met, or not after all."
    )


class ResumeForm(ReasonForm):
    """Why an action is taken up again, if there is something to say."""

    reason = ProseField(
        label="What has changed?", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

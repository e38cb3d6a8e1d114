"""The quarter's update of an action, what the coordinator says back, and the sign-off of a return."""

from typing import Any

from django import forms

from actions.forms.rating import LONGEST, RATING_DETAILS, RatingForm
from prevent_tracker.core.forms import ProseField
from prevent_tracker.core.guarded_forms import NEVER, GuardedForm, VersionedForm


class UpdateForm(RatingForm):
    """What an owner says about an action for the quarter, with their rating."""

    text = ProseField(
        label="What has happened this quarter?",
        help_text=NEVER,
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    field_order = ("text", "rating")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["rating"].required = False  # a draft may wait for its rating; submitting asks for it

    @property
    def has_words(self) -> bool:
        """Whether words were typed, which a page that cannot keep them shows again."""
        return any(str(self.data.get(name, "")).strip() for name in ("text", *RATING_DETAILS))

    def leave_out_rating(self) -> None:
        """Keep only the words: a joint owner adds words and leaves the rating to the accountable one."""
        for name in ("rating", "override_reason", *RATING_DETAILS):
            del self.fields[name]


class SendBackForm(VersionedForm, GuardedForm):
    """Why an update goes back to its partner."""

    comment = ProseField(
        label="What do you ask the partner to change?", max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )


class SignOffForm(GuardedForm):
    """A statement about exactly what is on the page. `shown` is the fingerprint of it."""

    STATEMENT = (
        "These updates are accurate and complete to the best of my knowledge, and I sign them off for my organisation."
    )

    shown = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
    statement = ProseField(
        label="Statement",
        help_text="You can change the words. They are kept with your role, your organisation and the time.",
        max_length=1000,
        initial=STATEMENT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    confirm = forms.BooleanField(
        label="I have read every update above and sign this return off",
        error_messages={"required": "Confirm that you have read every update above."},
    )

    def entered(self) -> dict[str, str]:
        """Return what `sign_off_return` takes."""
        return {"shown": self.cleaned_data["shown"], "statement": self.cleaned_data["statement"]}

    def show_again(self, fingerprint: str) -> None:
        """Carry the fingerprint of what the page shows now, and ask for the confirmation anew."""
        if self.is_bound:
            self.data = self.data.copy()
            self.data["shown"] = fingerprint
            self.data.pop("confirm", None)

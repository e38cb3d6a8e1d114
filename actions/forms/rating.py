"""The rating and what it has to be told with: shared by the coordinator's form and the partner's update."""

from collections.abc import Mapping
from typing import Any

from django import forms

from actions.domain.rag import KeyEntry, RatingFacts, Suggestion, is_override
from actions.enums import Rating
from actions.presenters.words import rating_words
from prevent_tracker.core.forms import GovukDateField, HintedRadios, ProseField
from prevent_tracker.core.guarded_forms import GuardedForm, VersionedForm

AMBER_AND_RED = "Asked for Amber and Red."
RED = "Asked for Red."
BLUE = "Asked for Blue."
LONGEST = 4000


def asks_reason(rating: str, facts: RatingFacts, suggestion: Suggestion) -> bool:
    """Whether a rating needs a reason: it is not the partner's own, or not the suggested one."""
    return bool(facts.said_rating and facts.said_rating != rating) or is_override(rating, suggestion)


def prose(label: str, hint: str = "", rows: int = 3, **kwargs: Any) -> ProseField:
    """Return a field for long text that is asked for only with some ratings."""
    return ProseField(
        label=label,
        help_text=hint,
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": rows}),
        **kwargs,
    )


class RatingForm(VersionedForm, GuardedForm):
    """A rating, what Amber, Red and Blue are told with, and the reason when it is not the suggested one."""

    rating = forms.ChoiceField(label="RAG rating")
    issue = prose("What is the issue?", AMBER_AND_RED)
    recovery = prose("What is being done to recover?", AMBER_AND_RED)
    forecast_due = GovukDateField(
        label="New forecast date", help_text=f"{AMBER_AND_RED} For example, 30 6 2027.", required=False
    )
    impact = prose("What does it mean for the plan?", RED)
    ask = prose("What do you ask of the board?", f"{RED} The help or decision that is needed.")
    completed_on = GovukDateField(label="Completion date", help_text=BLUE, required=False)
    evidence_note = prose("What shows that it is done?", f"{BLUE} Say where the evidence is; do not paste it.")
    override_reason = prose(
        "Why this rating?", "Asked for when it is not the suggested rating, or not the one the partner gave."
    )

    def __init__(
        self,
        data: Any = None,
        *,
        facts: RatingFacts,
        suggestion: Suggestion,
        key: Mapping[str, KeyEntry],
        initial: dict[str, Any] | None = None,
        auto_id: str = "id_%s",
    ):
        super().__init__(data, initial=initial, auto_id=auto_id)
        self.facts, self.suggestion = facts, suggestion
        choices = [(code, rating_words(code, key)) for code in Rating.values]
        hints = {code: self._hint(code, key[code].wording) for code in Rating.values}
        self.fields["rating"].widget = HintedRadios(hints=hints)
        self.fields["rating"].choices = choices

    @property
    def free_ratings(self) -> str:
        """The ratings that may be chosen without a reason, for the page to hide the question then."""
        return " ".join(code for code in Rating.values if not asks_reason(code, self.facts, self.suggestion))

    def _hint(self, code: str, wording: str) -> str:
        suggested = code == self.suggestion.rating != Rating.NOT_RATED
        return f"Suggested. {wording}" if suggested else wording


class RateActionForm(RatingForm):
    """The coordinator's rating of an action; with the quarter's update on behalf of the partner where there is none."""

    update_text = prose(
        "This quarter’s progress, on behalf of the accountable partner",
        "No update has been received. A rating needs one; it is marked as written by you.",
    )

    def __init__(self, *args: Any, needs_update: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not needs_update:
            del self.fields["update_text"]


RATING_DETAILS = ("issue", "recovery", "forecast_due", "impact", "ask", "completed_on", "evidence_note")

"""Forms about the reporting quarter."""

import datetime
from typing import Any

from django import forms

from plans.domain.quarters import Quarter, next_quarter, previous_quarter, quarter_of
from prevent_tracker.core.forms import GovukDateField, ProseField
from prevent_tracker.core.guarded_forms import GuardedForm

QUARTERS_OFFERED = 6


class ScheduleForm(forms.Form):
    """Which quarter is put in the plan's calendar."""

    quarter = forms.ChoiceField(label="Quarter")

    def __init__(self, data: Any = None, *, today: datetime.date, taken: set[datetime.date]):
        super().__init__(data)
        self.quarters = {f"{q.year}-{q.number}": q for q in offered(today) if q.starts_on not in taken}
        self.fields["quarter"].choices = [(key, quarter.name) for key, quarter in self.quarters.items()]

    @property
    def chosen(self) -> Quarter:
        return self.quarters[self.cleaned_data["quarter"]]


def offered(today: datetime.date) -> list[Quarter]:
    """Return the quarter before today's, today's and the next few."""
    quarters = [previous_quarter(quarter_of(today))]
    while len(quarters) < QUARTERS_OFFERED:
        quarters.append(next_quarter(quarters[-1]))
    return quarters


class OpenForm(GuardedForm):
    """What is asked of partners when the quarter opens, and by when."""

    vocabulary = False

    asked = ProseField(
        label="What do you ask of partners?",
        max_length=2000,
        initial="Please update every action that your organisation owns, and sign off your return.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    returns_due_on = GovukDateField(label="Returns are due on")

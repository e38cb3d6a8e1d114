"""The filters of the plan page: a GET form whose address can be shared."""

from collections.abc import Iterable
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from actions.models import Action
from actions.queries import ENDED, SORTS, in_order, matching, partners_of, with_rating
from partners.models import Partner
from plans.models import Objective, Plan, ReportingPeriod
from plans.presenters import heading_choices
from plans.queries import with_descendants

OVERDUE, NOT_UPDATED = "overdue", "not_updated"


class PlanFilter(django_filters.FilterSet):
    """Rating, heading, partner, text, overdue, not updated, sort order. A value it does not know is told, not used."""

    q = django_filters.CharFilter(label="Search", method="search", max_length=200)
    rating = django_filters.ChoiceFilter(label="RAG rating", empty_label="Any", method="by_rating")
    heading = django_filters.ChoiceFilter(label="Heading", empty_label="Any", method="by_heading")
    partner = django_filters.ChoiceFilter(label="Partner", empty_label="Any", method="by_partner")
    show = django_filters.MultipleChoiceFilter(
        label="Only show", method="only", widget=forms.CheckboxSelectMultiple, choices=[(OVERDUE, "Overdue")]
    )

    class Meta:
        model = Action
        fields: list[str] = []

    def __init__(
        self,
        data: QueryDict,
        actions: QuerySet[Action],
        *,
        plan: Plan,
        headings: Iterable[Objective],
        period: ReportingPeriod | None,
        ratings: list[tuple[str, str]],
        today: Any,
    ):
        super().__init__(data, actions)
        self.period, self.today = period, today
        self.headings = {heading.public_id: heading for heading in headings}
        choices = self.form.fields
        choices["rating"].choices = [*ratings, (ENDED, "Ended without delivery")]
        choices["heading"].choices = [(key, words) for key, words, _ in heading_choices(self.headings.values())]
        choices["partner"].choices = partners_of(plan)
        if period:
            choices["show"].choices = [(OVERDUE, "Overdue"), (NOT_UPDATED, f"Not updated in {period}")]

    def search(self, actions: QuerySet[Action], name: str, words: str) -> QuerySet[Action]:
        return matching(actions, words)

    def by_rating(self, actions: QuerySet[Action], name: str, rating: str) -> QuerySet[Action]:
        return with_rating(actions, rating)

    def by_heading(self, actions: QuerySet[Action], name: str, key: str) -> QuerySet[Action]:
        """A heading stands for everything below it."""
        return actions.filter(objective__in=with_descendants(self.headings.values(), self.headings[key]))

    def by_partner(self, actions: QuerySet[Action], name: str, key: str) -> QuerySet[Action]:
        """Every action in which the partner has any part."""
        return actions.owned_by(Partner.objects.filter(public_id=key).values("pk"))

    def only(self, actions: QuerySet[Action], name: str, chosen: list[str]) -> QuerySet[Action]:
        if OVERDUE in chosen:
            actions = actions.overdue(on=self.today)
        if NOT_UPDATED in chosen and self.period:
            actions = actions.not_updated_in(self.period)
        return actions

    @property
    def sort(self) -> str:
        """The key the rows are sorted by; empty for the printed order."""
        asked = self.data.get("sort", "")
        return asked if asked in SORTS else ""

    @property
    def found(self) -> QuerySet[Action]:
        """The actions asked for, in the order asked for."""
        return in_order(self.qs, self.sort)

    @property
    def chosen(self) -> list[tuple[str, str]]:
        """What is filtered by: (words, the address without it)."""
        return [
            (self._words(name, value), self._address_without(name, value))
            for name in self.form.fields
            for value in self._values(name)
        ]

    def _values(self, name: str) -> list[str]:
        self.form.is_valid()
        value = self.form.cleaned_data.get(name)
        return value if isinstance(value, list) else [value] if value else []

    def _words(self, name: str, value: str) -> str:
        choices = dict(getattr(self.form.fields[name], "choices", ()))
        return str(choices.get(value, f"“{value}”"))

    def _address_without(self, name: str, value: str) -> str:
        rest = self.data.copy()
        rest.setlist(name, [kept for kept in rest.getlist(name) if kept.strip() != value])
        rest.pop("page", None)
        return f"?{rest.urlencode()}"

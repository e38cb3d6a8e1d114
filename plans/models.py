"""Plans, headings, approval stages, projects and reporting periods."""

import datetime

from django.db import models
from django_fsm import FSMField, transition

from partners.models import Council, GovernanceBody, User
from plans.enums import DocumentKind, Marking, PeriodState, PlanState, Precision
from prevent_tracker.core.audit import tracked
from prevent_tracker.core.models import PublicId, Versioned
from prevent_tracker.core.states import Stateful


def default_levels() -> list[dict[str, str]]:
    """Return the level labels of a plan that has not said its own, outermost first."""
    return [{"label": "Priority", "plural": "Priorities"}, {"label": "Objective", "plural": "Objectives"}]


def default_columns() -> list[dict[str, str]]:
    """Return the columns of a plan that has not said its own: {"field", "heading"} in printed order."""
    return [
        {"field": "ref", "heading": "Ref"},
        {"field": "text", "heading": "Action"},
        {"field": "owner_text", "heading": "Owner"},
        {"field": "timescale_text", "heading": "Timescale"},
        {"field": "rating", "heading": "RAG"},
    ]


class Plan(Stateful, PublicId, Versioned):
    """A council's plan, in its own words: level labels, columns and printed period are the council's."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="plans")
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=DocumentKind.choices, default=DocumentKind.DELIVERY_PLAN)
    period_text = models.CharField(max_length=100, blank=True, help_text="The period as the plan prints it.")
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    level_labels = models.JSONField(default=default_levels, help_text="One to four levels, outermost first.")
    columns = models.JSONField(default=default_columns, help_text="The council's own columns, in its order.")
    marking = models.CharField(max_length=20, choices=Marking.choices, default=Marking.OFFICIAL)
    state = FSMField(choices=PlanState.choices, default=PlanState.DRAFT, protected=True)
    published_text = models.CharField(
        max_length=200, blank=True, help_text="Title and period as first published, where the plan was moved in time."
    )
    note = models.TextField(blank=True, help_text="What a reader should know about this plan.")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    parent_text = models.CharField(max_length=200, blank=True, help_text="A parent plan that is not kept here.")
    history = tracked()

    class Meta:
        ordering = ["council__name", "-starts_on", "title", "pk"]

    def __str__(self) -> str:
        return self.title

    @transition(state, source=PlanState.DRAFT, target=PlanState.LIVE)
    def go_live(self) -> None:
        """The approved plan is now the one being delivered."""

    @transition(state, source=PlanState.LIVE, target=PlanState.CLOSED)
    def close(self) -> None:
        """Delivery has ended; the plan is read-only for ever."""

    @transition(state, source=PlanState.LIVE, target=PlanState.SUPERSEDED)
    def supersede(self) -> None:
        """A newer version has gone live."""

    @transition(state, source=PlanState.DRAFT, target=PlanState.WITHDRAWN)
    def withdraw(self) -> None:
        """It should never have been: the import that made it was taken back before anything else was done to it."""

    @property
    def is_editable(self) -> bool:
        return self.state in (PlanState.DRAFT, PlanState.LIVE)

    def level_label(self, level: int) -> str:
        """Return the council's own word for a level (1 is outermost); "Heading" where it has none."""
        return self.level_labels[level - 1]["label"] if 0 < level <= len(self.level_labels) else "Heading"


class Objective(PublicId, Versioned):
    """A heading of a plan, at any level. `ref` is printed text: never unique, never renumbered."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="objectives")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    level = models.PositiveSmallIntegerField(default=1)
    level_label = models.CharField(max_length=60, blank=True, help_text="Only where it differs from the plan's label.")
    position = models.PositiveIntegerField(help_text="Reading order within the whole plan.")
    ref = models.CharField(max_length=30, blank=True)
    label = models.TextField()
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_reason = models.TextField(blank=True)
    history = tracked()

    class Meta:
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["plan", "position"])]

    def __str__(self) -> str:
        return self.label

    @property
    def own_level_label(self) -> str:
        return self.level_label or self.plan.level_label(self.level)


class ApprovalStage(models.Model):
    """One stage of a plan's approval route, as its document-control table prints it."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="approval_stages")
    position = models.PositiveIntegerField()
    date_text = models.CharField(max_length=60, blank=True)
    date = models.DateField(null=True, blank=True)
    precision = models.CharField(max_length=10, choices=Precision.choices, blank=True)
    status = models.CharField(max_length=100, blank=True, help_text="Draft, approval, information, sign off ...")
    bodies = models.JSONField(default=list, help_text="The bodies as printed.")
    history = tracked()

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.status} {self.date_text}".strip()


class Project(models.Model):
    """A project or funding stream that the plan names."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="projects")
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=40, blank=True, help_text="local, national, funding ...")
    delivered_by = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    history = tracked()

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name


class Implication(models.Model):
    """An implications heading of the council's committee reports, with the text it has in this plan (blank: none)."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="implications")
    position = models.PositiveIntegerField()
    heading = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    history = tracked()

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.heading


class PeriodQuerySet(models.QuerySet):
    def open(self) -> "PeriodQuerySet":
        return self.filter(state=PeriodState.OPEN)

    def finished(self) -> "PeriodQuerySet":
        """Periods that have been locked (reported and closed ones included), newest first."""
        return self.filter(state__in=[PeriodState.LOCKED, PeriodState.REPORTED, PeriodState.CLOSED]).order_by(
            "-starts_on"
        )


class ReportingPeriod(Stateful, PublicId, Versioned):
    """A quarter of a plan: opens for updates, locks, is reported. At most one is open at a time."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="periods")
    name = models.CharField(max_length=60, help_text="Quarter 2 (July to September) 2026/27")
    starts_on = models.DateField()
    ends_on = models.DateField()
    returns_due_on = models.DateField()
    asked = models.TextField("what is asked of partners", blank=True)
    state = FSMField(choices=PeriodState.choices, default=PeriodState.SCHEDULED, protected=True)
    opened_at = models.DateTimeField(null=True, editable=False)
    locked_at = models.DateTimeField(null=True, editable=False)
    times_reopened = models.PositiveSmallIntegerField(
        default=0, editable=False, help_text="Part of every sign-off's fingerprint, so that reopening voids them."
    )
    locked_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+", editable=False)
    objects = PeriodQuerySet.as_manager()
    history = tracked()

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "starts_on"], name="one_period_per_start"),
            models.UniqueConstraint(
                fields=["plan"], condition=models.Q(state=PeriodState.OPEN), name="one_open_period_per_plan"
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gt=models.F("starts_on")), name="period_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @transition(state, source=PeriodState.SCHEDULED, target=PeriodState.OPEN)
    def open(self) -> None:
        """Updates are asked for."""

    @transition(state, source=PeriodState.OPEN, target=PeriodState.LOCKED)
    def lock(self) -> None:
        """Updates, ratings and sign-offs stand as they are."""

    @transition(state, source=PeriodState.LOCKED, target=PeriodState.OPEN)
    def reopen(self) -> None:
        """Before the report is issued, with a reason; sign-offs given for it no longer count."""

    @transition(state, source=PeriodState.LOCKED, target=PeriodState.REPORTED)
    def report(self) -> None:
        """A report was issued from its snapshot."""

    @transition(state, source=PeriodState.REPORTED, target=PeriodState.CLOSED)
    def close(self) -> None:
        """The board met; later corrections go into the next period."""

    @property
    def is_open(self) -> bool:
        return self.state == PeriodState.OPEN

    def is_overdue_for_returns(self, today: datetime.date) -> bool:
        return self.is_open and today > self.returns_due_on


class PlanBody(models.Model):
    """A governance body that a plan is reported to."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="plan_bodies")
    body = models.ForeignKey(GovernanceBody, on_delete=models.PROTECT, related_name="plan_bodies")
    history = tracked()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "body"], name="plan_reported_once_to_body")]

    def __str__(self) -> str:
        return f"{self.plan} to {self.body}"

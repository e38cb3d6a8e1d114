"""Actions, owners, milestones, ratings, progress updates, returns and sign-offs."""

import datetime

from django.db import models
from django.db.models import Q
from django_fsm import FSMField, transition

from actions.enums import (
    CLOSED_STATES,
    ActionState,
    OwnerKind,
    OwnerPart,
    Rating,
    RatingSource,
    TimescaleKind,
    UpdateState,
)
from partners.models import GovernanceBody, Partner, User
from plans.enums import Marking, Precision
from plans.models import Objective, Plan, ReportingPeriod
from prevent_tracker.core.audit import append_only, tracked
from prevent_tracker.core.models import PublicId, Versioned
from prevent_tracker.core.states import Stateful


class Timescale(models.Model):
    """When: the words as printed, which are never changed by reading them, and what they were read to mean."""

    timescale_text = models.TextField("timescale", blank=True)
    kind = models.CharField(max_length=12, choices=TimescaleKind.choices, default=TimescaleKind.NONE)
    start_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    precision = models.CharField(max_length=10, choices=Precision.choices, blank=True)
    recurrence = models.CharField(max_length=30, blank=True)
    review_by = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True


OPEN = ~Q(state__in=CLOSED_STATES)


class ActionQuerySet(models.QuerySet):
    def open(self) -> "ActionQuerySet":
        """Actions still to be delivered."""
        return self.filter(OPEN)

    def overdue(self, *, on: datetime.date) -> "ActionQuerySet":
        """Open actions whose due date has passed by the day `on`."""
        return self.filter(OPEN, due_on__lt=on)

    def owned_by(self, partner_ids) -> "ActionQuerySet":
        """Actions in which any of these seats has a part."""
        owners = ActionOwner.objects.filter(partner__in=partner_ids)
        return self.filter(pk__in=owners.values("action"))

    def updated_in(self, period: ReportingPeriod) -> "ActionQuerySet":
        return self.filter(updates__period=period, updates__state__in=SAID)

    def not_updated_in(self, period: ReportingPeriod) -> "ActionQuerySet":
        """Open actions without a submitted update for the period."""
        said = ProgressUpdate.objects.filter(period=period, state__in=SAID)
        return self.filter(OPEN).exclude(pk__in=said.values("action"))


class Action(Stateful, PublicId, Versioned, Timescale):
    """A commitment of the plan. `ref` is printed text: it may be blank and may repeat."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="actions")
    objective = models.ForeignKey(Objective, null=True, blank=True, on_delete=models.PROTECT, related_name="actions")
    position = models.PositiveIntegerField(help_text="Reading order within the whole plan.")
    ref = models.CharField(max_length=30, blank=True)
    text = models.TextField("action")
    owner_text = models.TextField("owner, as printed", blank=True)
    measure = models.TextField("success measure", blank=True)
    target_value = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    target_unit = models.CharField(max_length=20, blank=True)
    extra = models.JSONField(default=dict, blank=True, help_text="The council's own further columns.")
    published_timescale = models.TextField(blank=True, help_text="Words as first published, where moved in time.")

    state = FSMField(choices=ActionState.choices, default=ActionState.AGREED, protected=True)
    closed_reason = models.TextField(blank=True)
    original_due = models.DateField(null=True, blank=True, help_text="The first agreed date; never overwritten.")
    forecast_due = models.DateField(null=True, blank=True)
    times_redated = models.PositiveSmallIntegerField(default=0)
    completed_on = models.DateField(null=True, blank=True)

    rating = models.CharField(max_length=12, choices=Rating.choices, default=Rating.NOT_RATED)
    rated_at = models.DateTimeField(null=True, blank=True)
    last_update_at = models.DateTimeField(null=True, blank=True)

    is_restricted = models.BooleanField(default=False, help_text="Seen only by its owners and the council.")
    marking = models.CharField(max_length=20, choices=Marking.choices, default=Marking.OFFICIAL)
    objects = ActionQuerySet.as_manager()
    history = tracked()

    class Meta:
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["plan", "position"])]

    def __str__(self) -> str:
        return f"{self.ref}. {self.text}" if self.ref else self.text

    @transition(state, source=[ActionState.PROPOSED], target=ActionState.AGREED)
    def agree(self) -> None:
        """The group agreed to it."""

    @transition(state, source=[ActionState.AGREED, ActionState.ON_HOLD], target=ActionState.IN_PROGRESS)
    def start(self) -> None:
        """The first real update was given, or work resumed."""

    @transition(
        state,
        source=[ActionState.AGREED, ActionState.IN_PROGRESS, ActionState.ON_HOLD],
        target=ActionState.COMPLETION_CLAIMED,
    )
    def claim_completion(self) -> None:
        """An owner says it is delivered, with a date and an evidence note."""

    @transition(
        state,
        source=[
            ActionState.AGREED,
            ActionState.IN_PROGRESS,
            ActionState.ON_HOLD,
            ActionState.COMPLETION_CLAIMED,
        ],
        target=ActionState.COMPLETE,
    )
    def complete(self) -> None:
        """The coordinator accepts that it is delivered."""

    @transition(state, source=[ActionState.COMPLETION_CLAIMED, ActionState.COMPLETE], target=ActionState.IN_PROGRESS)
    def reopen(self) -> None:
        """The claim was not accepted, or the work has to be done again."""

    @transition(state, source=[ActionState.AGREED, ActionState.IN_PROGRESS], target=ActionState.ON_HOLD)
    def hold(self) -> None:
        """Paused, with a date by which to look again."""

    @transition(
        state,
        source=[
            ActionState.PROPOSED,
            ActionState.AGREED,
            ActionState.IN_PROGRESS,
            ActionState.COMPLETION_CLAIMED,
            ActionState.ON_HOLD,
        ],
        target=ActionState.WITHDRAWN,
    )
    def withdraw(self) -> None:
        """Ended without delivery, with a reason; still printed."""

    @transition(state, source=ActionState.WITHDRAWN, target=ActionState.AGREED)
    def reinstate(self) -> None:
        """It was withdrawn by mistake, or by an import that was taken back."""

    @property
    def is_closed(self) -> bool:
        return self.state in CLOSED_STATES

    def is_overdue(self, today: datetime.date) -> bool:
        """Whether the due date has passed and the action is still to be delivered."""
        return not self.is_closed and self.due_on is not None and self.due_on < today


class ActionOwner(models.Model):
    """A party that owns an action, in printed order. One table for every part, so that one join finds my actions."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="owners")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=OwnerKind.choices, default=OwnerKind.ROLE)
    label = models.CharField(max_length=300, help_text="The party as printed.")
    part = models.CharField(max_length=12, choices=OwnerPart.choices, default=OwnerPart.JOINT)
    partner = models.ForeignKey(Partner, null=True, blank=True, on_delete=models.PROTECT, related_name="owned")
    body = models.ForeignKey(GovernanceBody, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    history = tracked()

    class Meta:
        ordering = ["position"]
        indexes = [models.Index(fields=["partner", "plan"]), models.Index(fields=["plan", "action"])]
        constraints = [
            models.UniqueConstraint(
                fields=["action"], condition=Q(part=OwnerPart.ACCOUNTABLE), name="one_accountable_owner"
            ),
            models.UniqueConstraint(fields=["action", "position"], name="owners_in_order"),
        ]

    def __str__(self) -> str:
        return self.label


class Milestone(PublicId, Versioned, Timescale):
    """One of several dates of an action."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="milestones")
    position = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True)
    met_on = models.DateField(null=True, blank=True)
    history = tracked()

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.text or self.timescale_text


SAID = (UpdateState.SUBMITTED, UpdateState.ACCEPTED, UpdateState.FROZEN)


class RatingDetail(models.Model):
    """What a rating has to be told with. Amber and Red ask for the first three, Red also for impact and the ask."""

    issue = models.TextField(blank=True)
    recovery = models.TextField("recovery action", blank=True)
    forecast_due = models.DateField("new forecast date", null=True, blank=True)
    impact = models.TextField(blank=True)
    ask = models.TextField("ask of the board", blank=True)
    completed_on = models.DateField("completion date", null=True, blank=True)
    evidence_note = models.TextField(blank=True)

    class Meta:
        abstract = True


class ProgressUpdate(Stateful, PublicId, Versioned, RatingDetail):
    """What an owner said about an action for a period. Frozen when the period locks."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="updates")
    period = models.ForeignKey(ReportingPeriod, on_delete=models.PROTECT, related_name="updates")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="updates")
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    on_behalf = models.BooleanField(default=False, help_text="Written by the coordinator for the partner.")
    state = FSMField(choices=UpdateState.choices, default=UpdateState.DRAFT, protected=True)
    is_nil = models.BooleanField("nil return", default=False)
    text = models.TextField("progress this quarter", blank=True)
    rating = models.CharField(max_length=12, choices=Rating.choices, default=Rating.NOT_RATED)
    override_reason = models.TextField(blank=True)
    comment = models.TextField(blank=True, help_text="The coordinator's question when the update is returned.")
    submitted_at = models.DateTimeField(null=True, blank=True)
    history = tracked()

    class Meta:
        ordering = ["-period__starts_on"]
        indexes = [models.Index(fields=["period", "partner"])]
        constraints = [
            models.UniqueConstraint(fields=["action", "period"], name="one_update_per_action_and_period"),
        ]

    def __str__(self) -> str:
        return f"{self.period}: {self.text[:60]}"

    @transition(state, source=[UpdateState.DRAFT, UpdateState.RETURNED], target=UpdateState.SUBMITTED)
    def submit(self) -> None:
        """The owner says this is their update."""

    @transition(
        state, source=[UpdateState.SUBMITTED, UpdateState.RETURNED, UpdateState.ACCEPTED], target=UpdateState.DRAFT
    )
    def revise(self) -> None:
        """An owner opens it again; a sign-off that covered it goes stale once the words change."""

    @transition(state, source=UpdateState.SUBMITTED, target=UpdateState.RETURNED)
    def send_back(self) -> None:
        """The partner lead or coordinator asks for more, with a comment."""

    @transition(state, source=UpdateState.SUBMITTED, target=UpdateState.ACCEPTED)
    def accept(self) -> None:
        """The coordinator accepts it as it stands."""

    @transition(state, source=[UpdateState.SUBMITTED, UpdateState.ACCEPTED], target=UpdateState.FROZEN)
    def freeze(self) -> None:
        """The period locked."""

    @transition(state, source=UpdateState.FROZEN, target=UpdateState.SUBMITTED)
    def thaw(self) -> None:
        """The period was reopened."""

    @property
    def is_said(self) -> bool:
        """Whether the update counts: submitted, accepted or frozen."""
        return self.state in SAID


@append_only
class RatingDecision(RatingDetail):
    """One rating of an action: who set it, what was suggested and why it differs. Written once."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="rating_decisions")
    period = models.ForeignKey(ReportingPeriod, null=True, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=12, choices=RatingSource.choices)
    rating = models.CharField(max_length=12, choices=Rating.choices)
    previous = models.CharField(max_length=12, choices=Rating.choices)
    suggested = models.CharField(max_length=12, choices=Rating.choices)
    suggested_because = models.TextField()
    override_reason = models.TextField(blank=True)
    self_certified = models.BooleanField(
        default=False, help_text="Completion was claimed and accepted by the same person, or accepted without a claim."
    )
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_as = models.CharField(max_length=300, help_text="The role and seat, in words, at the time.")

    class Meta:
        ordering = ["-decided_at", "-pk"]
        indexes = [models.Index(fields=["action", "-decided_at"])]

    def __str__(self) -> str:
        return f"{self.get_rating_display()} at {self.decided_at:%d %B %Y}"


class PartnerReturn(PublicId):
    """One partner's whole set of updates for a period, asked for when the period opened."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="returns")
    period = models.ForeignKey(ReportingPeriod, on_delete=models.PROTECT, related_name="returns")
    asked_at = models.DateTimeField(auto_now_add=True)
    locked_content = models.JSONField(
        null=True, editable=False, help_text="The content as it stood when the period locked; none while it is open."
    )
    history = tracked(excluded_fields=["locked_content"])  # the sign-off and the snapshot keep it

    class Meta:
        ordering = ["partner__position", "partner__organisation__name"]
        constraints = [models.UniqueConstraint(fields=["partner", "period"], name="one_return_per_partner_and_period")]

    def __str__(self) -> str:
        return f"{self.partner}, {self.period}"


@append_only
class SignOff(models.Model):
    """A partner lead's sign-off of a return: bound to the fingerprint of exactly what was shown. Written once.

    Whether it is still valid is worked out (`domain/returns.py`), never stored.
    """

    partner_return = models.ForeignKey(PartnerReturn, on_delete=models.PROTECT, related_name="sign_offs")
    signed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    signed_as = models.CharField(max_length=300, help_text="The role and organisation, in words, at the time.")
    signed_at = models.DateTimeField()
    statement = models.TextField()
    content = models.JSONField(help_text="Exactly what was on the screen, in canonical form.")
    fingerprint = models.CharField(max_length=64)

    class Meta:
        ordering = ["-signed_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.signed_as}, {self.signed_at:%d %B %Y}"


# The models of imports are long enough for a module of their own; Django looks for every model here.
from actions.import_models import ImportedFile, PlanExport, PlanImport, RememberedAnswer  # noqa: E402, F401

"""Snapshots, reports, issued files and the log of downloads."""

from django.db import models
from django_fsm import FSMField, transition

from actions.enums import ActionState, Rating
from partners.models import GovernanceBody, User
from plans.enums import Marking
from plans.models import ReportingPeriod
from prevent_tracker.core.audit import append_only, tracked
from prevent_tracker.core.models import PublicId, Versioned
from prevent_tracker.core.states import Stateful
from reporting.enums import FileKind, Purpose, ReportState


@append_only
class Snapshot(PublicId):
    """The position of a plan when its quarter was locked. A reopened and relocked quarter gets a new one."""

    period = models.ForeignKey(ReportingPeriod, on_delete=models.PROTECT, related_name="snapshots")
    number = models.PositiveSmallIntegerField(help_text="1 for the first lock of the period.")
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    plan = models.JSONField(help_text="Council, title, period, marking, level labels, columns, RAG key: as they stood.")
    headings = models.JSONField(help_text="Every heading in reading order: level, label, ref.")
    returns = models.JSONField(help_text="Each partner's return: state, signed off by role, when, statement.")
    rating_counts = models.JSONField(help_text="Actions by rating, counted once so that trends need no rows.")
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 of the header and all rows in canonical form.")

    class Meta:
        ordering = ["-taken_at"]
        constraints = [models.UniqueConstraint(fields=["period", "number"], name="snapshots_numbered_by_period")]

    def __str__(self) -> str:
        return f"{self.period}, snapshot {self.number}"


@append_only
class SnapshotAction(models.Model):
    """One action as it stood: values copied as text, so that nothing said later changes it."""

    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="actions")
    action_public_id = models.CharField(max_length=12)
    position = models.PositiveIntegerField()
    heading_public_id = models.CharField(max_length=12, blank=True)
    heading_path = models.JSONField(help_text="Labels, outermost first.")
    ref = models.CharField(max_length=30, blank=True)
    text = models.TextField()
    owner_text = models.TextField(blank=True)
    accountable = models.CharField(max_length=300, blank=True)
    partner_name = models.CharField(max_length=200, blank=True, help_text="Organisation of the accountable owner.")
    timescale_text = models.TextField(blank=True)
    timescale_kind = models.CharField(max_length=12, blank=True)
    start_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    original_due = models.DateField(null=True)
    forecast_due = models.DateField(null=True)
    times_redated = models.PositiveSmallIntegerField(default=0)
    is_overdue = models.BooleanField(default=False)
    is_redated = models.BooleanField(default=False, help_text="Re-dated since the last snapshot.")
    state = models.CharField(max_length=20, choices=ActionState.choices)
    closed_reason = models.TextField(blank=True)
    rating = models.CharField(max_length=12, choices=Rating.choices)
    previous_rating = models.CharField(max_length=12, choices=Rating.choices, blank=True)
    suggested = models.CharField(max_length=12, choices=Rating.choices)
    suggested_because = models.TextField(blank=True)
    override_reason = models.TextField(blank=True)
    is_updated = models.BooleanField(default=False, help_text="An update was received for the period.")
    is_nil = models.BooleanField(default=False)
    is_on_behalf = models.BooleanField(default=False, help_text="The update was written by the coordinator.")
    update_text = models.TextField(blank=True, help_text="The period's update, or the last one before it.")
    update_from = models.CharField(max_length=60, blank=True, help_text="The period the text is from.")
    issue = models.TextField(blank=True)
    impact = models.TextField(blank=True)
    recovery = models.TextField(blank=True)
    ask = models.TextField(blank=True)
    completed_on = models.DateField(null=True)
    evidence_note = models.TextField(blank=True)
    measure = models.TextField(blank=True)
    extra = models.JSONField(default=dict)
    marking = models.CharField(max_length=20, choices=Marking.choices)
    is_restricted = models.BooleanField(default=False)
    named_bodies = models.JSONField(default=list, help_text="Public ids of the bodies that may read it if restricted.")

    class Meta:
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["snapshot", "position"])]

    def __str__(self) -> str:
        return f"{self.ref}. {self.text}" if self.ref else self.text


class Report(Stateful, PublicId, Versioned):
    """A board report on a locked quarter: a person's narrative around the snapshot's figures."""

    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="reports")
    body = models.ForeignKey(GovernanceBody, on_delete=models.PROTECT, related_name="reports")
    edition = models.PositiveSmallIntegerField(default=1, help_text="1, then 2 for a re-issue, and so on.")
    title = models.CharField(max_length=200)
    purpose = models.CharField(max_length=12, choices=Purpose.choices, default=Purpose.ASSURANCE)
    marking = models.CharField(max_length=20, choices=Marking.choices, default=Marking.OFFICIAL)
    meeting_on = models.DateField("date of the meeting", null=True, blank=True)
    author_role = models.CharField(max_length=200, blank=True)
    recommendation = models.TextField(blank=True)
    position_summary = models.TextField("overall position", blank=True)
    achievements = models.TextField("three achievements", blank=True)
    concerns = models.TextField("three concerns", blank=True)
    decisions_sought = models.TextField(blank=True)
    forward_look = models.TextField(blank=True)
    reissue_reason = models.TextField(blank=True)
    supersedes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    state = FSMField(choices=ReportState.choices, default=ReportState.DRAFT, protected=True)
    created_at = models.DateTimeField(auto_now_add=True)
    issued_at = models.DateTimeField(null=True, editable=False)
    issued_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+", editable=False)
    history = tracked()

    class Meta:
        ordering = ["-issued_at", "-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["snapshot", "body", "edition"], name="editions_numbered"),
        ]

    def __str__(self) -> str:
        return self.title

    @transition(state, source=ReportState.DRAFT, target=ReportState.ISSUING)
    def start_issuing(self) -> None:
        """The coordinator issued it; its files are being made."""

    @transition(state, source=ReportState.ISSUING, target=ReportState.DRAFT)
    def fall_back(self) -> None:
        """The files could not be made; nothing was issued."""

    @transition(state, source=ReportState.ISSUING, target=ReportState.ISSUED)
    def finish_issuing(self) -> None:
        """The files are stored with their fingerprints."""

    @transition(state, source=ReportState.ISSUED, target=ReportState.SUPERSEDED)
    def supersede(self) -> None:
        """A newer edition was issued; this one stays readable and is marked so."""

    @property
    def is_draft(self) -> bool:
        return self.state == ReportState.DRAFT


@append_only
class IssuedFile(models.Model):
    """The exact bytes that were issued. A download serves these and nothing else."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="files")
    kind = models.CharField(max_length=5, choices=FileKind.choices)
    name = models.CharField(max_length=200, help_text="The file name offered to a reader.")
    content = models.BinaryField()
    size = models.PositiveIntegerField(help_text="Bytes.")
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "kind"], name="one_file_of_each_kind")]

    def __str__(self) -> str:
        return self.name


@append_only
class Download(models.Model):
    """Who downloaded which issued file, and when."""

    file = models.ForeignKey(IssuedFile, on_delete=models.PROTECT, related_name="downloads")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.file} by {self.user} at {self.at:%d %B %Y %H:%M}"

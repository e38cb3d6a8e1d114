"""Imports: the document as it was given, what was made of it, what people answered, and exports to compare with."""

from django.db import models
from django_fsm import FSMField, transition

from actions.enums import AnswerKind, ImportKind, ImportState
from partners.models import Council, User
from plans.models import Plan
from prevent_tracker.core.audit import append_only, tracked
from prevent_tracker.core.models import PublicId, Versioned
from prevent_tracker.core.states import Stateful


@append_only
class ImportedFile(models.Model):
    """The document exactly as it was given, and its SHA-256. Evidence: written once. Its name is never used on disk."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=ImportKind.choices)
    name = models.CharField(max_length=300)
    content = models.BinaryField()
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-given_at", "-pk"]
        indexes = [models.Index(fields=["council", "sha256"])]

    def __str__(self) -> str:
        return self.name


class PlanImport(Stateful, PublicId, Versioned):
    """A document on its way into a plan: read, reviewed, applied; perhaps taken back.

    `document` is the neutral grid, `draft` what was understood of it with the `answers` so far, `made` what applying
    changed (for taking back), `base` the plan's rows right after (for the next comparison).
    """

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="imports")
    plan = models.ForeignKey(Plan, null=True, blank=True, on_delete=models.PROTECT, related_name="imports")
    makes_plan = models.BooleanField(default=True, help_text="Whether it makes a new plan or changes one.")
    original = models.ForeignKey(ImportedFile, on_delete=models.PROTECT, related_name="imports")
    state = FSMField(choices=ImportState.choices, default=ImportState.READING, protected=True)
    problem = models.TextField(blank=True, help_text="Why the document could not be read, and what to do instead.")
    document = models.JSONField(null=True, editable=False)
    draft = models.JSONField(null=True, editable=False)
    answers = models.JSONField(default=dict, editable=False)
    owners = models.JSONField(default=dict, editable=False, help_text="Who each owner is, as a person said here.")
    made = models.JSONField(default=dict, editable=False)
    base = models.JSONField(null=True, editable=False)
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    applied_at = models.DateTimeField(null=True, blank=True, editable=False)
    applied_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    taken_back_at = models.DateTimeField(null=True, blank=True, editable=False)
    taken_back_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    history = tracked(excluded_fields=["document", "draft", "base"])

    class Meta:
        verbose_name = "import"
        ordering = ["-started_at", "-pk"]
        indexes = [models.Index(fields=["council", "-started_at"])]

    def __str__(self) -> str:
        return f"Import of {self.original}"

    @transition(state, source=ImportState.READING, target=ImportState.REVIEW)
    def wait_for_review(self) -> None:
        """The document was read; a person looks at what was understood."""

    @transition(state, source=ImportState.READING, target=ImportState.UNREADABLE)
    def give_up(self) -> None:
        """The document cannot be read; it is kept, with a sentence that says what to do instead."""

    @transition(state, source=ImportState.REVIEW, target=ImportState.APPLIED)
    def apply(self) -> None:
        """What was reviewed is in the plan, all of it."""

    @transition(state, source=ImportState.APPLIED, target=ImportState.TAKEN_BACK)
    def take_back(self) -> None:
        """Everything the import did was undone, as nothing had changed since."""

    @transition(
        state, source=[ImportState.READING, ImportState.UNREADABLE, ImportState.REVIEW], target=ImportState.DISCARDED
    )
    def discard(self) -> None:
        """Nobody wants it in the plan; the document is kept as evidence."""

    @property
    def is_over(self) -> bool:
        return self.state in (ImportState.APPLIED, ImportState.TAKEN_BACK, ImportState.DISCARDED)


class RememberedAnswer(models.Model):
    """What a council answered once about the words of its documents, so that it is not asked again."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="remembered_answers")
    kind = models.CharField(max_length=12, choices=AnswerKind.choices)
    key = models.CharField(max_length=64, help_text="SHA-256 of the words, case and spaces apart.")
    words = models.TextField()
    answer = models.JSONField()
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    history = tracked()

    class Meta:
        ordering = ["kind", "pk"]
        constraints = [models.UniqueConstraint(fields=["council", "kind", "key"], name="one_answer_per_wording")]

    def __str__(self) -> str:
        return self.words


@append_only
class PlanExport(PublicId):
    """A plan as it was when somebody exported it: what a workbook that comes back is compared with. Written once."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="exports")
    rows = models.JSONField()
    exported_at = models.DateTimeField()
    exported_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-exported_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.plan}, {self.exported_at:%d %B %Y}"

"""Abstract shapes shared by the rooms, and jobs."""

import secrets

from django.conf import settings
from django.db import models

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # no i, l, o, 0, 1: ids are read over the telephone


def new_public_id() -> str:
    """Return 12 random characters (about 59 bits): an id that gives away neither order nor count."""
    return "".join(secrets.choice(ALPHABET) for _ in range(12))


class PublicId(models.Model):
    """A row that appears in URLs: by a random id, never by its sequence number."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)

    class Meta:
        abstract = True


class Versioned(models.Model):
    """A row that people edit: see `versions.claim` for how a stale save is refused."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


class JobState(models.TextChoices):
    WAITING = "waiting", "Waiting"
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"


class Job(PublicId):
    """A piece of long work that a person waits for: its progress, and the sentence that ended it.

    `subject` is the public id of what it is about, `kind` the name of the work; one unfinished job per pair.
    """

    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=40)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message = models.TextField(blank=True)
    heartbeat_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject"],
                condition=models.Q(state__in=["waiting", "running"]),
                name="one_unfinished_job_per_subject",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.subject}: {self.get_state_display()}"

    @property
    def unfinished(self) -> bool:
        return self.state in (JobState.WAITING, JobState.RUNNING)

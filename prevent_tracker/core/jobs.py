"""Long work that a person waits for: enqueued with its data, with progress, a heartbeat and an end in words.

A room registers its work with `@work(kind)`: a function that takes a `Progress` and returns the sentence that ends it.
`start_job` writes the row and enqueues it in the caller's transaction. Work must be idempotent: a worker may be killed
at any moment, and then nobody hears of it but `reap`, which ends jobs whose heartbeat has stopped.
"""

import datetime
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from prevent_tracker.core.models import Job, JobState
from prevent_tracker.core.refusals import Refused, RuleBroken

STALE_AFTER = datetime.timedelta(minutes=5)
STOPPED = "It stopped half-way. Nothing was lost and nothing was half done: please try again."
FAILED = "Something went wrong, and it was not done. Please try again; if it happens again, tell your administrator."
log = logging.getLogger(__name__)


class Progress:
    """What work holds while it runs: the job, and a way to say how far it has come. Call outside transactions."""

    def __init__(self, job: Job):
        self.job = job

    @property
    def subject(self) -> str:
        """The public id of what the job is about."""
        return self.job.subject

    def step(self, message: str, *, total: int | None = None) -> None:
        """Say what is being done now: one step further, and still alive."""
        self.job.done += 1
        self.job.total = max(self.job.done, total or self.job.total)
        self.job.message = message
        _save(self.job, done=self.job.done, total=self.job.total, message=message, heartbeat_at=timezone.now())


@dataclass(frozen=True)
class Work:
    """A kind of work: what runs, what sets things right when it could not be done, and where its result is."""

    title: str
    run: Callable[[Progress], str]
    give_up: Callable[[str], Any] | None
    page: Callable[[str], str]


_works: dict[str, Work] = {}


def work(
    kind: str, *, title: str, page: Callable[[str], str], give_up: Callable[[str], Any] | None = None
) -> Callable[[Callable[[Progress], str]], Callable[[Progress], str]]:
    """Register a function as the work of a kind. `page` and `give_up` are given the subject's public id."""

    def register(function: Callable[[Progress], str]) -> Callable[[Progress], str]:
        assert kind not in _works, f"two functions do the work {kind}"
        _works[kind] = Work(title, function, give_up, page)
        return function

    return register


def work_of(job: Job) -> Work:
    """Return the registered work of a job."""
    return _works[job.kind]


@transaction.atomic
def start_job(*, kind: str, subject: str, by: Any, enqueue: bool = True) -> Job:
    """Write the job and enqueue it, both in the caller's transaction. An unfinished one of the subject is returned.

    `enqueue=False` is for commands that run the job themselves.
    """
    job = Job.objects.filter(kind=kind, subject=subject, state__in=(JobState.WAITING, JobState.RUNNING)).first()
    if job is None:
        job = Job.objects.create(kind=kind, subject=subject, asked_by=by, message="Waiting to start.")
        if enqueue:
            run_job.enqueue(job.public_id)
    return job


@task()
def run_job(public_id: str) -> None:
    """Run a job that is waiting. Running it again after it has ended changes nothing."""
    job = Job.objects.get(public_id=public_id)
    if not _claim(job):
        return
    try:
        message = work_of(job).run(Progress(job))
    except (Refused, RuleBroken) as told:
        _end_badly(job, str(told))
    except Exception:
        log.exception("job %s (%s) failed", job.public_id, job.kind)
        _end_badly(job, FAILED)
    else:
        _save(job, state=JobState.DONE, message=message, heartbeat_at=timezone.now())


def reap(*, now: datetime.datetime | None = None) -> int:
    """End every running job whose heartbeat has stopped. Returns how many. Safe to run at any time, by anyone."""
    before = (now or timezone.now()) - STALE_AFTER
    stopped = Job.objects.filter(state=JobState.RUNNING, heartbeat_at__lt=before)
    return sum(_end_badly(job, STOPPED) for job in stopped)


def _claim(job: Job) -> bool:
    """Take a waiting job. False when it has ended or another worker has it."""
    now = timezone.now()
    taken = Job.objects.filter(pk=job.pk, state=JobState.WAITING).update(state=JobState.RUNNING, heartbeat_at=now)
    job.refresh_from_db()
    return bool(taken)


@transaction.atomic
def _end_badly(job: Job, message: str) -> bool:
    """End the job and set right what it was about, in one transaction. False when somebody else has ended it."""
    current = Job.objects.select_for_update().get(pk=job.pk)
    if current.state != JobState.RUNNING:
        return False
    _save(current, state=JobState.FAILED, message=message)
    give_up = work_of(current).give_up
    if give_up:
        give_up(current.subject)
    return True


def _save(job: Job, **values: Any) -> None:
    Job.objects.filter(pk=job.pk).update(**values)


def last_job(*, kind: str, subject: str) -> Job | None:
    """Return the newest job of a subject; None when there was none. One query."""
    return Job.objects.filter(kind=kind, subject=subject).order_by("-asked_at", "-pk").first()

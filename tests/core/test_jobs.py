"""Jobs: one at a time for a subject, ended in words, and reaped when their heartbeat stops."""

import datetime

import pytest
from django.utils import timezone

from prevent_tracker.core import jobs
from prevent_tracker.core.models import Job
from prevent_tracker.core.refusals import RuleBroken
from tests.builders import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def given_up(monkeypatch):
    """A kind of work for the test, and the subjects that it gave up."""
    monkeypatch.setattr(jobs, "_works", {})
    subjects: list[str] = []

    @jobs.work("bake", title="Baking", page=lambda subject: f"/bread/{subject}/", give_up=subjects.append)
    def bake(progress: jobs.Progress) -> str:
        progress.step("Kneading", total=2)
        if progress.subject == "stone":
            raise RuleBroken("A stone cannot be baked.")
        progress.step("Baking" if progress.subject == "bread" else str(1 / 0))
        return "It is bread."

    return subjects


def run(subject: str) -> Job:
    job = jobs.start_job(kind="bake", subject=subject, by=make_person(), enqueue=False)
    jobs.run_job.call(job.public_id)
    job.refresh_from_db()
    return job


def test_a_job_says_how_far_it_came_and_how_it_ended(given_up):
    job = run("bread")
    assert (job.state, job.done, job.total, job.message, given_up) == ("done", 2, 2, "It is bread.", [])


@pytest.mark.parametrize(("subject", "sentence"), [("stone", "A stone cannot be baked."), ("dough", jobs.FAILED)])
def test_a_failure_is_told_in_words_and_set_right(given_up, subject, sentence):
    job = run(subject)
    assert (job.state, job.message, given_up) == ("failed", sentence, [subject])


def test_one_unfinished_job_for_a_subject(given_up):
    baker = make_person()
    first = jobs.start_job(kind="bake", subject="bread", by=baker)
    assert jobs.start_job(kind="bake", subject="bread", by=baker) == first
    assert jobs.start_job(kind="bake", subject="cake", by=baker) != first


def test_a_job_that_another_worker_has_is_left_alone(given_up):
    job = jobs.start_job(kind="bake", subject="bread", by=make_person(), enqueue=False)
    Job.objects.update(state="running", heartbeat_at=timezone.now())
    jobs.run_job.call(job.public_id)
    assert Job.objects.get().done == 0


@pytest.mark.parametrize(("late", "ended"), [(-1, 0), (0, 0), (1, 1)])
def test_a_heartbeat_may_be_as_old_as_the_limit_and_no_older(given_up, late, ended):
    now = timezone.now()
    jobs.start_job(kind="bake", subject="bread", by=make_person(), enqueue=False)
    Job.objects.update(state="running", heartbeat_at=now - jobs.STALE_AFTER)
    assert jobs.reap(now=now + datetime.timedelta(seconds=late)) == ended
    assert given_up == ["bread"] * ended


def test_a_waiting_job_is_not_reaped(given_up):
    jobs.start_job(kind="bake", subject="bread", by=make_person(), enqueue=False)
    assert jobs.reap(now=timezone.now() + datetime.timedelta(days=1)) == 0

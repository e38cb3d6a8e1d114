"""The page of a job: how far it has come, and what came of it. Only the person who asked for it sees it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from prevent_tracker.core.jobs import reap, work_of
from prevent_tracker.core.models import Job, JobState

STOP_ASKING = 286  # htmx stops polling at this answer


@require_safe
def job(request: HttpRequest, job_id: str) -> HttpResponse:
    """How far the job has come; once it is done, the page of what it made."""
    found = _job(request, job_id)
    if found.state == JobState.DONE:
        return redirect(work_of(found).page(found.subject))
    return render(request, "pages/job.html", _context(found))


@require_safe
def job_progress(request: HttpRequest, job_id: str) -> HttpResponse:
    """The part of the page that changes; asked for every two seconds while the job is unfinished."""
    found = _job(request, job_id)
    response = render(request, "pages/_job_progress.html", _context(found))
    if found.state == JobState.DONE:
        response["HX-Redirect"] = work_of(found).page(found.subject)
    elif not found.unfinished:
        response.status_code = STOP_ASKING
    return response


def _job(request: HttpRequest, job_id: str) -> Job:
    reap()
    found = Job.objects.filter(public_id=job_id, asked_by=request.user.pk).first()
    if found is None:
        raise Http404("Not found")
    return found


def _context(found: Job) -> dict:
    work = work_of(found)
    return {
        "job": found,
        "title": work.title,
        "page": work.page(found.subject),
        "failed": found.state == JobState.FAILED,
    }

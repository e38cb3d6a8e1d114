"""Writing and issuing: once, whole, however often it is tried; a new edition supersedes the old."""

import datetime
import hashlib

import pytest
from django.db import DatabaseError, transaction

from actions.models import Action
from partners.models import Membership
from prevent_tracker.core.jobs import run_job
from prevent_tracker.core.models import Job
from prevent_tracker.core.refusals import Refused, RuleBroken, StaleSave
from reporting.domain import issuing
from reporting.domain.assemble import report_of
from reporting.domain.lock import reopen_quarter
from reporting.domain.reports import (
    issue_report,
    reissue_report,
    save_report,
    start_report,
    still_current,
    what_is_missing,
)
from reporting.domain.verify import verify
from reporting.jobs import STEPS
from reporting.models import Download, IssuedFile, Report
from tests.builders import make_body, make_council, make_person

pytestmark = pytest.mark.django_db


def begin(desk, report) -> Job:
    return issue_report(report=report, by=desk.coordinator, version=report.version, enqueue=False)


def test_issuing_stores_three_files_with_their_sha256(desk, draft):
    report = desk.issue(draft)
    files = {file.kind: file for file in report.files.all()}
    assert set(files) == {"pdf", "xlsx", "html"}
    for file in files.values():
        content = bytes(file.content)
        assert (file.sha256, file.size) == (hashlib.sha256(content).hexdigest(), len(content))
    assert (report.state, report.issued_by, desk.job(report).state) == ("issued", desk.coordinator, "done")
    desk.period.refresh_from_db()
    assert desk.period.state == "reported"


def test_the_job_is_enqueued_in_the_same_transaction(desk, draft):
    from django_tasks_db.models import DBTaskResult

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        issue_report(report=draft, by=desk.coordinator, version=draft.version)
        assert DBTaskResult.objects.count() == 1
        raise ZeroDivisionError
    assert (DBTaskResult.objects.count(), Job.objects.count()) == (0, 0)
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_running_the_job_again_changes_nothing(desk, issued):
    before = list(issued.files.values_list("pk", "sha256"))
    run_job.call(desk.job(issued).public_id)
    assert list(issued.files.values_list("pk", "sha256")) == before


@pytest.mark.parametrize("step", range(1, STEPS + 2))
def test_killed_at_any_step_it_is_issued_once_when_run_again(desk, draft, step, monkeypatch):
    from prevent_tracker.core import jobs

    class Killed(BaseException):
        pass

    job, steps = begin(desk, draft), iter(range(1, 100))
    step_on = jobs.Progress.step

    def die_at_the_step(self, *args, **kwargs):
        step_on(self, *args, **kwargs)
        if next(steps) == step:
            raise Killed

    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(jobs.Progress, "step", die_at_the_step)
        run_job.call(job.public_id)
        raise Killed  # past the last step: killed just after it was stored
    reap_now(job)
    draft.refresh_from_db()
    report = desk.issue(draft) if draft.state == "draft" else draft
    assert (report.state, IssuedFile.objects.filter(report=report).count()) == ("issued", 3)


def reap_now(job):
    import datetime

    from django.utils import timezone

    from prevent_tracker.core.jobs import STALE_AFTER, reap

    reap(now=timezone.now() + STALE_AFTER + datetime.timedelta(seconds=1))


def test_a_killed_job_leaves_a_draft_and_a_sentence(desk, draft):
    job = begin(desk, draft)
    Job.objects.filter(pk=job.pk).update(state="running", heartbeat_at="2026-08-12T00:00Z")
    reap_now(job)
    job.refresh_from_db()
    draft.refresh_from_db()
    assert (job.state, draft.state, draft.issued_at) == ("failed", "draft", None)
    assert "try again" in job.message


def test_a_job_that_fails_leaves_a_draft_and_a_sentence(desk, draft, monkeypatch):
    from reporting import jobs
    from reporting.enums import FileKind

    monkeypatch.setitem(jobs.WRITERS, FileKind.XLSX, ("Making the workbook", lambda paper: 1 / 0))
    report = desk.issue(draft)
    assert (report.state, report.files.count(), desk.job(report).state) == ("draft", 0, "failed")
    assert "ZeroDivision" not in desk.job(report).message


def test_files_made_for_words_that_were_changed_since_are_not_stored(desk, draft):
    job = begin(desk, draft)
    slow = issuing.report_to_make(draft.public_id)
    Job.objects.filter(pk=job.pk).update(state="running", heartbeat_at="2026-08-12T00:00Z")
    reap_now(job)
    draft.refresh_from_db()
    draft = save_report(report=draft, by=desk.coordinator, version=draft.version, position_summary="Changed.")
    begin(desk, draft)
    with pytest.raises(RuleBroken, match="changed while its files"):
        issuing.store_files(report=slow, files={"pdf": ("a.pdf", b"old")}, now=slow.issued_at)
    assert not IssuedFile.objects.exists()


def test_a_second_click_finds_the_report_being_made(desk, draft):
    begin(desk, draft)
    with pytest.raises(StaleSave):
        begin(desk, draft)
    assert Job.objects.count() == 1


def test_an_issued_report_is_changed_no_more(desk, issued):
    with pytest.raises(Refused, match="has been issued"):
        save_report(report=issued, by=desk.coordinator, version=issued.version, concerns="Later.")


@pytest.mark.parametrize("act", ["update", "delete"])
@pytest.mark.parametrize("model", [IssuedFile, Download])
def test_nothing_changes_what_was_issued(desk, issued, model, act):
    issuing.record_download(file=issued.files.first(), by=desk.member)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        if act == "update":
            model.objects.update(**{"name": "x"} if model is IssuedFile else {"user": desk.coordinator})
        else:
            model.objects.all()._raw_delete("default")


def test_bytes_that_are_not_what_was_issued_are_never_served(issued):
    file = issued.files.get(kind="pdf")
    assert issuing.bytes_of(file).startswith(b"%PDF")
    file.content = bytes(file.content) + b" "
    with pytest.raises(RuleBroken, match="fingerprint"):
        issuing.bytes_of(file)


def test_a_new_edition_supersedes_the_old_one_only_when_it_is_issued(desk, issued):
    first = issued
    second = reissue_report(report=first, reason="A figure was wrong.", by=desk.coordinator)
    first.refresh_from_db()
    assert (first.state, second.edition, second.position_summary) == ("issued", 2, "Mostly on track.")
    assert reissue_report(report=first, reason="Again.", by=desk.coordinator) == second
    second = desk.issue(second)
    first.refresh_from_db()
    assert (first.state, second.state, first.files.count()) == ("superseded", "issued", 3)
    paper = report_of(second)
    assert paper.control.reissue_reason == "A figure was wrong." and first.public_id in paper.control.supersedes


def test_a_new_edition_needs_a_reason(desk, issued):
    with pytest.raises(RuleBroken, match="why"):
        reissue_report(report=issued, reason="  ", by=desk.coordinator)


def test_a_report_without_the_overall_position_is_not_issued(desk):
    report = start_report(snapshot=desk.lock(), body=desk.body, by=desk.coordinator)
    assert len(what_is_missing(report)) == 1
    with pytest.raises(RuleBroken, match="overall position"):
        begin(desk, report)


def test_the_marking_is_never_lower_than_what_is_inside(desk):
    Action.objects.filter(pk=desk.actions[0].pk).update(marking="OFFICIAL-SENSITIVE")
    report = start_report(snapshot=desk.lock(), body=desk.body, by=desk.coordinator)
    assert report.marking == "OFFICIAL-SENSITIVE"
    with pytest.raises(RuleBroken) as told:
        save_report(report=report, by=desk.coordinator, version=report.version, marking="OFFICIAL")
    assert "marking" in told.value.problems


def test_one_draft_for_each_body(desk, draft):
    assert start_report(snapshot=draft.snapshot, body=desk.body, by=desk.coordinator) == draft
    other = start_report(snapshot=draft.snapshot, body=make_body(desk.council), by=desk.coordinator)
    assert other != draft
    with pytest.raises(RuleBroken):
        start_report(snapshot=draft.snapshot, body=make_body(make_council("Borset")), by=desk.coordinator)


def test_after_the_quarter_was_locked_again_an_old_draft_is_not_issued(desk, draft):
    reopen_quarter(period=desk.period, reason="Late return.", by=desk.coordinator)
    with pytest.raises(RuleBroken):
        begin(desk, draft)
    desk.lock()
    with pytest.raises(RuleBroken, match="locked again"):
        begin(desk, draft)


def test_a_report_started_again_has_the_words_that_were_written(desk, draft):
    draft = save_report(
        report=draft,
        by=desk.coordinator,
        version=draft.version,
        title="Our quarter",
        concerns="Two.",
        purpose="decision",
    )
    reopen_quarter(period=desk.period, reason="Late return.", by=desk.coordinator)
    Action.objects.filter(pk=desk.actions[0].pk).update(marking="OFFICIAL-SENSITIVE")
    again = start_report(snapshot=desk.lock(), body=desk.body, by=desk.coordinator)
    words = ("title", "purpose", "position_summary", "concerns", "author_role")
    assert [getattr(again, name) for name in words] == [getattr(draft, name) for name in words]
    assert (again.edition, again.marking, again.is_draft) == (1, "OFFICIAL-SENSITIVE", True)
    assert list(still_current(Report.objects.all())) == [again]
    assert desk.issue(again).state == "issued"


def test_a_quarter_is_not_reopened_while_a_report_is_being_made_nor_after(desk, draft):
    begin(desk, draft)
    with pytest.raises(RuleBroken, match="being made"):
        reopen_quarter(period=desk.period, reason="Late return.", by=desk.coordinator)
    run_job.call(desk.job(draft).public_id)
    with pytest.raises(RuleBroken, match="issued"):
        reopen_quarter(period=desk.period, reason="Late return.", by=desk.coordinator)


def test_a_report_is_issued_though_the_role_of_its_issuer_ends_before_its_files_are_made(desk, draft):
    begin(desk, draft)
    Membership.objects.filter(user=desk.coordinator).update(until_on=datetime.date(2020, 12, 31))
    run_job.call(desk.job(draft).public_id)
    assert Report.objects.get().state == "issued"
    desk.period.refresh_from_db()
    assert desk.period.state == "reported"


@pytest.mark.parametrize("role", ["auditor", "council_admin"])
def test_nobody_else_writes_or_issues(desk, draft, role):
    somebody = make_person(role, desk.council)
    for act in (
        lambda: start_report(snapshot=draft.snapshot, body=desk.body, by=somebody),
        lambda: save_report(report=draft, by=somebody, version=draft.version, concerns="x"),
        lambda: issue_report(report=draft, by=somebody, version=draft.version),
        lambda: reissue_report(report=draft, reason="x", by=somebody),
    ):
        with pytest.raises(Refused):
            act()
    assert Report.objects.get().concerns == ""


def test_verification_says_genuine_superseded_or_not_ours_and_no_more(desk, issued):
    first = issued
    sha256 = first.files.get(kind="pdf").sha256
    found = verify(f"  {sha256[:32].upper()} {sha256[32:]} ")
    assert (found.verdict, found.number, found.edition) == ("genuine", first.public_id, 1)
    assert found.issued_on is not None and desk.council.name not in repr(found)
    desk.issue(reissue_report(report=first, reason="A figure was wrong.", by=desk.coordinator))
    assert verify(sha256).verdict == "superseded"
    flipped = ("0" if sha256[0] != "0" else "1") + sha256[1:]
    assert (verify(flipped).verdict, verify(flipped).number) == ("not ours", "")


@pytest.mark.parametrize("text", ["", "abc", "g" * 64, "0" * 63, "0" * 65, "<script>"])
def test_what_is_no_sha256_is_said_to_be_none(text):
    with pytest.raises(RuleBroken, match="64 characters"):
        verify(text)

"""The pages of reports: who sees what, what is downloaded, and what a page costs."""

import hashlib
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from prevent_tracker.core.jobs import run_job
from prevent_tracker.core.models import Job
from reporting.domain.lock import reopen_quarter
from reporting.domain.reports import reissue_report
from reporting.models import Download, IssuedFile, Report, Snapshot
from tests.builders import make_body, make_person
from tests.reporting.desk import LATER, make_desk

pytestmark = pytest.mark.django_db


def at(name, *args):
    return reverse(f"reporting:{name}", args=args)


def words_of(response) -> str:
    return " ".join(response.content.decode().split())


# --- Reading ------------------------------------------------------------------------------------------------------


def test_a_board_member_reads_issued_reports_newest_first_and_no_drafts(client, desk, issued):
    second = desk.issue(desk.draft(desk.lock(desk.next_quarter(), LATER), title="The later report"))
    client.force_login(desk.member)
    page = words_of(client.get(at("reports")))
    assert page.index("The later report") < page.index(issued.title.split(":")[1].strip())
    edition = reissue_report(report=second, reason="Wrong.", by=desk.coordinator)
    assert edition.public_id not in words_of(client.get(at("reports")))
    assert client.get(at("report_page", edition.public_id)).status_code == 404


def test_the_summary_is_the_stored_one(client, desk, issued):
    client.force_login(desk.member)
    stored = bytes(issued.files.get(kind="html").content).decode()
    assert stored in client.get(at("report_page", issued.public_id)).content.decode()


@pytest.mark.parametrize("kind", ["pdf", "xlsx"])
def test_a_download_is_the_stored_bytes_and_is_kept_in_the_record(client, desk, issued, kind):
    client.force_login(desk.member)
    response = client.get(at("download", issued.public_id, kind))
    file = IssuedFile.objects.get(report=issued, kind=kind)
    assert response.content == bytes(file.content)
    assert hashlib.sha256(response.content).hexdigest() == file.sha256
    name = f"avon-prevent-report-quarter-2-2026-27-edition-1.{kind}"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert (response["X-Content-Type-Options"], response["Cache-Control"]) == ("nosniff", "no-store")
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    log = Download.objects.get()
    assert (log.user, log.file) == (desk.member, file)


def test_to_ask_how_large_a_file_is_takes_nothing(client, desk, issued):
    client.force_login(desk.member)
    response = client.head(at("download", issued.public_id, "pdf"))
    assert (response.status_code, int(response["Content-Length"])) == (200, issued.files.get(kind="pdf").size)
    assert not Download.objects.exists()


def test_the_page_gives_size_and_sha256_of_each_file(client, desk, issued):
    client.force_login(desk.member)
    page = words_of(client.get(at("report_page", issued.public_id)))
    for file in issued.files.exclude(kind="html"):
        assert file.sha256 in page


@pytest.mark.parametrize("kind", ["html", "exe", "PDF"])
def test_there_is_nothing_else_to_download(client, desk, issued, kind):
    client.force_login(desk.coordinator)
    assert client.get(at("download", issued.public_id, kind)).status_code == 404


@pytest.mark.parametrize("kind", ["pdf", "xlsx"])
def test_a_draft_has_no_files_to_download(client, desk, draft, kind):
    client.force_login(desk.coordinator)
    assert client.get(at("download", draft.public_id, kind)).status_code == 404


def test_a_member_of_another_body_finds_nothing(client, desk, issued):
    client.force_login(make_person("board_member", make_body(desk.council)))
    for address in (at("report_page", issued.public_id), at("download", issued.public_id, "pdf")):
        assert client.get(address).status_code == 404


def test_a_superseded_report_says_so_and_leads_to_the_newer_one(client, desk, issued):
    newer = desk.issue(reissue_report(report=issued, reason="Wrong.", by=desk.coordinator))
    client.force_login(desk.member)
    page = words_of(client.get(at("report_page", issued.public_id)))
    assert "A newer edition has replaced this one" in page and newer.public_id in page


# --- Writing and issuing ------------------------------------------------------------------------------------------


def test_from_the_lock_to_the_issued_report(client, desk):
    client.force_login(desk.coordinator)
    response = client.post(at("lock_quarter", desk.period.public_id))
    snapshot = Snapshot.objects.get()
    assert response.url == at("start_report", snapshot.public_id)
    response = client.post(response.url, {"body": desk.body.pk})
    report = Report.objects.get()
    assert response.url == at("write_report", report.public_id)
    typed = {
        "title": "Our report",
        "purpose": "decision",
        "marking": "OFFICIAL",
        "position_summary": "Well.",
        "version": 1,
    }
    response = client.post(response.url, typed | {"issue": "1"})
    assert response.url == at("issue_report", report.public_id)
    page = client.get(response.url)
    assert "0 of 1" in words_of(page)
    response = client.post(response.url, {"version": 2})
    job = Job.objects.get()
    assert response.url == reverse("core:job", args=[job.public_id])
    assert "Waiting to start" in words_of(client.get(response.url))
    run_job.call(job.public_id)
    assert client.get(response.url).url == at("report_page", report.public_id)
    assert "Our report" in words_of(client.get(at("report_page", report.public_id)))


def test_a_report_without_a_position_is_not_offered_for_issue(client, desk, draft):
    Report.objects.update(position_summary="")
    client.force_login(desk.coordinator)
    page = words_of(client.get(at("issue_report", draft.public_id)))
    assert "Not ready yet" in page and "Write the overall position" in page
    response = client.post(at("issue_report", draft.public_id), {"version": draft.version})
    assert response.status_code == 422 and not Job.objects.exists()


def test_a_stale_save_keeps_what_was_typed(client, desk, draft):
    client.force_login(desk.coordinator)
    typed = {"title": "T", "purpose": "decision", "marking": "OFFICIAL", "position_summary": "Mine.", "version": 1}
    response = client.post(at("write_report", draft.public_id), typed)
    assert response.status_code == 409 and "Mine." in words_of(response)


@pytest.mark.parametrize("page", ["write_report", "issue_report"])
def test_a_save_without_its_version_is_told_as_stale(client, desk, draft, page):
    client.force_login(desk.coordinator)
    typed = {"title": "Our quarter", "purpose": "decision", "marking": "OFFICIAL", "position_summary": "Good."}
    response = client.post(at(page, draft.public_id), typed)
    assert response.status_code == 409 and "Enter version" not in words_of(response)


def test_the_words_of_one_line_hold_nothing_unseen(client, desk, draft):
    client.force_login(desk.coordinator)
    given = {"title": "Our\u202e quarter\x07", "author_role": "Prevent\ncoordinator", "purpose": "decision",
             "marking": "OFFICIAL", "version": draft.version}  # fmt: skip
    day = {"meeting_on_0": "1", "meeting_on_1": "4", "meeting_on_2": "9999"}
    page = words_of(client.post(at("write_report", draft.public_id), given | day))
    assert "Date of the meeting must be 31 December 2100 or earlier" in page
    client.post(at("write_report", draft.public_id), given)
    draft.refresh_from_db()
    assert (draft.title, draft.author_role) == ("Our quarter", "Prevent coordinator")


def test_too_low_a_marking_is_told_beside_the_field(client, desk):
    desk.plan.marking = "OFFICIAL-SENSITIVE"
    desk.plan.save()
    draft = desk.draft(desk.lock(), marking="OFFICIAL-SENSITIVE")
    client.force_login(desk.coordinator)
    typed = {"title": "T", "purpose": "decision", "marking": "OFFICIAL", "version": draft.version}
    response = client.post(at("write_report", draft.public_id), typed)
    assert response.status_code == 422 and "Mark the report OFFICIAL-SENSITIVE" in words_of(response)


def test_previews_are_drafts_and_store_nothing(client, desk, draft):
    client.force_login(desk.coordinator)
    for address in (at("preview_report", draft.public_id), at("preview_quarter", desk.period.public_id)):
        response = client.get(address)
        assert response.content.startswith(b"%PDF") and "draft" in response["Content-Disposition"]
    assert not IssuedFile.objects.exists()


def test_an_issued_report_has_no_preview(client, desk, issued):
    client.force_login(desk.coordinator)
    assert client.get(at("preview_report", issued.public_id)).status_code == 404


def test_a_new_edition_asks_why(client, desk, issued):
    client.force_login(desk.coordinator)
    address = at("reissue_report", issued.public_id)
    assert "Say why a new edition is needed" in words_of(client.post(address, {"reason": ""}))
    response = client.post(address, {"reason": "A figure was wrong."})
    assert Report.objects.get(edition=2).public_id in response.url


def test_reopening_asks_why(client, desk, draft):
    client.force_login(desk.coordinator)
    address = at("reopen_quarter", desk.period.public_id)
    assert client.post(address, {"reason": " "}).status_code == 422
    assert client.post(address, {"reason": "A late return."}).status_code == 302
    desk.period.refresh_from_db()
    assert desk.period.is_open


def test_a_draft_of_an_older_lock_is_not_offered(client, desk, draft):
    reopen_quarter(period=desk.period, reason="Late return.", by=desk.coordinator)
    client.force_login(desk.coordinator)
    assert at("report_page", draft.public_id) in words_of(client.get(at("reports")))
    again = desk.draft(desk.lock())
    page = words_of(client.get(at("reports")))
    assert at("report_page", again.public_id) in page and at("report_page", draft.public_id) not in page
    home = words_of(client.get("/"))
    assert at("write_report", again.public_id) in home and at("write_report", draft.public_id) not in home


def test_locking_twice_is_told(client, desk, draft):
    client.force_login(desk.coordinator)
    response = client.post(at("lock_quarter", desk.period.public_id), follow=True)
    assert "locked" in words_of(response) and Snapshot.objects.count() == 1


@pytest.mark.parametrize(("role", "status"), [("auditor", 403), ("council_admin", 404), ("partner_lead", 404)])
def test_nobody_else_writes(client, desk, draft, role, status):
    seat = desk.police if role == "partner_lead" else desk.council
    client.force_login(make_person(role, seat))
    for name in ("write_report", "issue_report", "reissue_report"):
        assert client.get(at(name, draft.public_id)).status_code == status
    assert client.get(at("start_report", draft.snapshot.public_id)).status_code == status


def test_somebody_elses_job_is_not_there(client, desk, issued):
    client.force_login(make_person("coordinator", desk.council))
    assert client.get(reverse("core:job", args=[desk.job(issued).public_id])).status_code == 404


def test_the_progress_of_a_job_ends_the_polling(client, desk, issued):
    client.force_login(desk.coordinator)
    address = reverse("core:job_progress", args=[desk.job(issued).public_id])
    assert client.get(address)["HX-Redirect"] == at("report_page", issued.public_id)
    Job.objects.update(state="failed", message="It stopped half-way.")
    response = client.get(address)
    assert response.status_code == 286 and "It stopped half-way." in words_of(response)


# --- Verifying ----------------------------------------------------------------------------------------------------


def test_anyone_may_check_a_fingerprint_and_learns_no_more(client, desk, issued):
    file = issued.files.get(kind="pdf")
    page = words_of(client.post(at("verify"), {"sha256": file.sha256}))
    assert "Genuine" in page and issued.public_id in page
    for secret in (desk.council.name, desk.body.name, issued.title):
        assert secret not in page


def test_a_file_is_checked_by_its_bytes(client, desk, issued):
    content = bytes(issued.files.get(kind="xlsx").content)
    assert "Genuine" in words_of(client.post(at("verify"), {"file": SimpleUploadedFile("a.xlsx", content)}))
    changed = content[:-1] + bytes([content[-1] ^ 1])
    assert "Not ours" in words_of(client.post(at("verify"), {"file": SimpleUploadedFile("a.xlsx", changed)}))


@pytest.mark.parametrize("typed", [{}, {"sha256": "no"}, {"sha256": "<script>alert(1)</script>"}])
def test_what_cannot_be_checked_is_told(client, typed):
    response = client.post(at("verify"), typed)
    assert response.status_code == 422 and b"<script>alert" not in response.content


# --- What it costs ------------------------------------------------------------------------------------------------


def queries_of(client, address) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_the_list_costs_the_same_for_one_report_as_for_three(client, desk, issued):
    client.force_login(desk.member)
    one = queries_of(client, at("reports"))
    client.force_login(desk.coordinator)
    mine = queries_of(client, at("reports"))
    edition = issued
    for _ in range(2):
        edition = desk.issue(reissue_report(report=edition, reason="Wrong.", by=desk.coordinator))
    assert queries_of(client, at("reports")) == mine
    client.force_login(desk.member)
    assert queries_of(client, at("reports")) == one == 7


def test_the_pages_of_a_report_cost_the_same_for_one_action_as_for_three(client):
    counts = []
    for number in (1, 3):
        desk = make_desk(actions=number, name=f"Avon {number}")
        draft = desk.draft(desk.lock())
        client.force_login(desk.coordinator)
        names = ("report_page", "write_report", "issue_report")
        counts.append([queries_of(client, at(name, draft.public_id)) for name in names])
    assert counts[0] == counts[1]


def test_needs_lead_a_coordinator_from_the_lock_to_the_issue_and_a_member_to_the_report(client, desk):
    from partners.policy import access_for
    from reporting.needs import needs_of
    from tests.builders import TODAY

    snapshot = desk.lock()
    assert [n.url for n in needs_of(access_for(desk.coordinator), TODAY)] == [at("start_report", snapshot.public_id)]
    draft = desk.draft(snapshot)
    assert [n.url for n in needs_of(access_for(desk.coordinator), TODAY)] == [at("write_report", draft.public_id)]
    assert needs_of(access_for(desk.member), TODAY) == []
    issued = desk.issue(draft)
    assert needs_of(access_for(desk.coordinator), TODAY) == []
    assert [n.url for n in needs_of(access_for(desk.member), TODAY)] == [at("report_page", issued.public_id)]
    client.force_login(desk.member)
    client.get(at("download", issued.public_id, "pdf"))
    assert needs_of(access_for(desk.member), TODAY) == []


def test_a_very_long_plan_is_not_printed_while_somebody_waits(client, desk, draft, monkeypatch):
    from reporting.views import files

    monkeypatch.setattr(files, "LONGEST_PREVIEW", 1)
    client.force_login(desk.coordinator)
    response = client.get(at("preview_report", draft.public_id))
    assert response.status_code == 403 and "too long to print" in words_of(response)


def test_io_is_not_needed_to_read_a_report(client, desk, issued):
    from pypdf import PdfReader

    client.force_login(desk.member)
    content = client.get(at("download", issued.public_id, "pdf")).content
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    assert "Avon action 1" in text and "Mostly on track." in text and issued.public_id in text

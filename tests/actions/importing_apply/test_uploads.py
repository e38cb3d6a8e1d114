"""Broken, hostile and mistaken uploads: a sentence, nothing changed, nothing lost; and who may not come in at all."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from actions.domain.imports import safe_name
from actions.enums import ImportState
from actions.importing.gate import MAX_BYTES
from actions.models import ImportedFile, PlanImport
from plans.models import Plan
from prevent_tracker.core.jobs import STALE_AFTER, reap
from prevent_tracker.core.models import Job, JobState
from tests.actions.importing_apply.documents import ROWS, SAME, workbook
from tests.builders import make_council, make_partner, make_person, make_plan


def member(name: str, content: bytes) -> bytes:
    """The workbook with one of its parts replaced."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(SAME)) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for each in source.namelist():
            target.writestr(each, content if each == name else source.read(each))
    return packed.getvalue()


HOSTILE = {
    "old.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "Save As"),
    "plan.pdf": (b"%PDF-1.7 ...", "PDF files cannot be read"),
    "plan.xlsm": (SAME, "macros"),
    "cut.xlsx": (SAME[: len(SAME) // 2], "upload"),
    "page.xlsx": (b"<html><table><tr><td>Action</td></tr></table></html>", "web page"),
    "entities.xlsx": (member("xl/workbook.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'), "hidden instructions"),
    "noise.docx": (b"PK\x03\x04" + bytes(range(256)) * 8, "upload"),
    "picture.csv": (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "upload"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_cannot_be_read_is_told_in_a_sentence_and_kept(importer, name):
    content, words = HOSTILE[name]
    one = importer.read(name, content)
    assert one.state == ImportState.UNREADABLE and words in one.problem and one.problem.endswith(".")
    assert bytes(one.original.content) == content
    page = importer.page("import_page", one)
    assert "could not be read" in page and "Give another document" in page
    assert importer.post("apply_import", one).status_code == 302 and not Plan.objects.exists()
    assert Job.objects.get().state == JobState.DONE


def start(importer, data, **extra):
    return importer.client.post(reverse("actions:start_import", args=[importer.council.slug]), data, **extra)


def test_mistakes_are_told_beside_the_field_and_keep_nothing(importer):
    file = SimpleUploadedFile("plan.xlsx", SAME)
    big = SimpleUploadedFile("big.xlsx", b"x" * (MAX_BYTES + 1))
    for data, words in (
        ({}, "Choose a file, or paste the text"),
        ({"text": " \n\t "}, "Choose a file, or paste the text"),
        ({"file": SimpleUploadedFile("empty.docx", b"")}, "The file is empty"),
        ({"file": file, "text": "Action\tOwner"}, "not both"),
        ({"file": [SimpleUploadedFile("a.csv", b"a"), SimpleUploadedFile("b.csv", b"b")]}, "one file at a time"),
        ({"file": big}, "larger than 10 MB"),
    ):
        response = start(importer, data)
        assert response.status_code == 422 and words in response.content.decode(), words
    assert not ImportedFile.objects.exists() and not Job.objects.exists()


def test_a_form_that_is_no_form_is_refused_in_words(importer):
    broken = start(importer, b"no boundary here", content_type="multipart/form-data")
    assert broken.status_code in (400, 422)
    many = start(importer, {f"file{number}": SimpleUploadedFile("a.csv", b"a") for number in range(120)})
    assert many.status_code == 400 and not ImportedFile.objects.exists()


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.csv", "CON.xlsx", "report\u202excod.csv", "a" * 400 + ".csv", 'quote".csv', "\n.csv", ""]
)
def test_a_file_is_kept_under_no_name_of_its_own(name):
    safe = safe_name(name)
    assert 0 < len(safe) <= 300 and not set(safe) & set("/\\\n\u202e")


def test_a_name_that_would_break_a_header_comes_back_escaped(importer):
    one = importer.read('x";filename=evil.exe\n.csv', b"Action,Owner\nDo it,Police\n")
    response = importer.client.get(reverse("actions:original_document", args=[one.public_id]))
    assert "\n" not in response["Content-Disposition"] and response["Content-Type"] == "application/octet-stream"


def test_words_are_shown_as_words(importer):
    rows = [
        (
            "<script>alert(1)</script>",
            "{{ 7*7 }} {% load x %} </textarea>",
            "<img onerror=x>",
            "javascript:1",
            "",
            "=1+1",
        )
    ]
    one = importer.read("plan.xlsx", workbook(rows))
    for name, *args in (
        ("review_import",),
        ("import_owners",),
        ("import_columns",),
        ("apply_import",),
        ("import_row", "t1:3"),
    ):
        page = importer.page(name, one, *args)
        assert "<script>alert" not in page and "<img onerror" not in page
    importer.confirm(one)
    assert Plan.objects.get().actions.get().text == rows[0][1]


def test_a_worker_that_died_loses_nothing(importer):
    importer.give("plan.xlsx", SAME)
    one, job = PlanImport.objects.get(), Job.objects.get()
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, heartbeat_at=one.started_at - STALE_AFTER * 2)
    reap()
    page = importer.page("import_page", one)
    assert "Nothing was lost" in page and "Read it again" in page
    importer.post("read_import_again", one)
    assert importer.work().state == ImportState.REVIEW


def test_reading_twice_changes_nothing(importer):
    importer.give("plan.xlsx", SAME)
    one = importer.work()
    job = Job.objects.get()
    Job.objects.filter(pk=job.pk).update(state=JobState.WAITING)
    again = importer.work()
    assert (again.version, again.draft) == (one.version, one.draft)


def test_another_council_finds_nothing_and_another_role_is_told_why(importer, one):
    stranger, lead = Client(), Client()
    stranger.force_login(make_person("coordinator", make_council("Zedborough")))
    lead.force_login(make_person("partner_lead", make_partner(importer.council)))
    for name in ("import_page", "review_import", "apply_import", "import_owners", "original_document"):
        url = reverse(f"actions:{name}", args=[one.public_id])
        assert stranger.get(url).status_code == 404
        refused = lead.get(url)
        assert refused.status_code == 403 and "coordinator" in refused.content.decode()


def test_the_number_of_queries_does_not_grow_with_the_plan(importer, django_assert_max_num_queries):
    few = importer.read("few.xlsx", workbook(ROWS))
    many = importer.read(
        "many.xlsx", workbook([(str(n), f"Action number {n}", "Amberley Police", "", "Green", "") for n in range(300)])
    )
    for one in (few, many):
        with django_assert_max_num_queries(20):
            importer.page("review_import", one)
        with django_assert_max_num_queries(20):
            importer.page("apply_import", one)
        with django_assert_max_num_queries(100):
            assert importer.confirm(one).status_code == 302
    with django_assert_max_num_queries(20):
        importer.client.get(reverse("actions:imports_page", args=[importer.council.slug]))


def test_comparing_asks_the_same_number_of_queries(importer, django_assert_max_num_queries):
    plan = make_plan(importer.council)
    rows = [(str(n), f"Action number {n}", "Amberley Police", "", "", "") for n in range(200)]
    one = importer.read("many.xlsx", workbook(rows), plan=plan)
    with django_assert_max_num_queries(30):
        importer.page("apply_import", one)

"""The printed paper, opened: tagged, titled, marked on every page, and the same bytes for the same report."""

import io
import logging
import re
import subprocess
import sys
from dataclasses import replace

import pikepdf
import pytest
from pypdf import PdfReader

from reporting.exports.pdf import write_pdf
from tests.reporting.papers import make_report

A4 = (595, 842)


def opened(report) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(write_pdf(report)))


def pages_of(report) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(write_pdf(report))).pages]


def elements(pdf: pikepdf.Pdf) -> list:
    """Every structure element, in reading order."""
    found, waiting = [], [pdf.Root.StructTreeRoot.K]
    while waiting:
        node = waiting.pop()
        if isinstance(node, pikepdf.Array):
            waiting += reversed(list(node))
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            found.append(node)
            if "/K" in node:
                waiting.append(node.K)
    return found


@pytest.fixture(scope="module")
def report():
    return make_report(38)


@pytest.fixture(scope="module")
def pdf(report):
    return opened(report)


@pytest.fixture(scope="module")
def pages(report):
    return pages_of(report)


def test_it_says_its_language_title_and_that_it_is_tagged(pdf, report):
    assert str(pdf.Root.Lang) == "en-GB"
    assert str(pdf.docinfo.Title) == report.control.title
    assert bool(pdf.Root.MarkInfo.Marked) and bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    with pdf.open_metadata() as metadata:
        assert str(metadata["pdfuaid:part"]) == "1"
    assert all(page.Tabs == "/S" for page in pdf.pages)


def test_every_page_is_a4_and_the_plan_lies_down(pdf, pages):
    sizes = [tuple(round(float(side)) for side in page.mediabox[2:]) for page in pdf.pages]
    assert set(sizes) == {A4, A4[::-1]}
    plan = next(number for number, text in enumerate(pages) if "Appendix A: the full plan" in text)
    assert sizes[plan] == A4[::-1] and sizes[0] == A4


@pytest.mark.parametrize("marking", ["OFFICIAL", "OFFICIAL-SENSITIVE"])
def test_the_marking_is_at_the_top_and_bottom_of_every_page(marking):
    for text in pages_of(make_report(38, marking=marking)):
        lines = re.findall(rf"(?<![-A-Z]){marking}(?![-A-Z])", text)
        assert len(lines) >= 2, text[:200]


def test_every_page_says_which_report_it_is_and_its_number_of_all(pages, report):
    for number, text in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in text
        assert f"Report {report.control.number}, edition 1" in text and report.fingerprint[:12] in text


def test_a_draft_says_so_on_every_page():
    assert all("DRAFT" in text for text in pages_of(make_report(12, issued_at=None)))


def test_the_parts_are_bookmarked_in_the_boards_order(pdf):
    with pdf.open_outline() as outline:
        (top,) = outline.root
        names = [str(item.title) for item in top.children]
    assert names == [
        "Purpose and recommendation", "Summary", "Dashboard", "Exceptions", "Progress by priority",
        "Changes to the plan since the last report", "Partner returns", "Forward look",
        "Appendix A: the full plan", "Appendix B: the RAG key in force",
    ]  # fmt: skip


def test_headings_never_skip_a_level(pdf):
    levels = [int(str(e.S)[2]) for e in elements(pdf) if re.fullmatch(r"/H[1-6]", str(e.S))]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))


def test_every_table_has_headers_and_every_cell_points_to_its_own(pdf):
    kinds = [str(element.S) for element in elements(pdf)]
    assert kinds.count("/Table") > 10
    for element in elements(pdf):
        if element.S == "/TH":
            assert "/ID" in element
    cells = [e for e in elements(pdf) if e.S == "/TD"]
    assert cells and all("/Headers" in cell.A for cell in cells)


def test_the_heading_row_repeats_on_every_page_of_the_plan(pages):
    plan = [text for text in pages if "Progress this quarter" in text]
    assert len(plan) > 2 and all("Owner" in text for text in plan)


def test_the_chart_is_told_in_words_and_as_a_table(pdf, pages, report):
    (figure,) = [e for e in elements(pdf) if e.S == "/Figure"]
    assert str(figure.Alt).startswith("Bar chart of actions by RAG rating. Quarter 3 2025/26:")
    assert any("The last four quarters" in text and report.trend[0].short_name in text for text in pages)


def test_fonts_are_embedded_and_can_be_read_back(pdf):
    fonts = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/Font"]
    assert fonts
    for font in fonts:
        assert "/ToUnicode" in font or font.Subtype != "/Type0"


def test_numbers_have_their_denominators_and_ratings_their_words(pages, report):
    text = " ".join(pages)
    for line in report.ratings:
        assert str(line.now) in text and line.key.word in text
    for action in report.exceptions:
        assert action.reasons[0] in text


def test_weasyprint_has_nothing_to_complain_of(report, caplog):
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        write_pdf(report)
    assert [record.getMessage() for record in caplog.records if record.name == "weasyprint"] == []


def test_the_same_report_gives_the_same_bytes_in_another_process():
    program = (
        "import django, hashlib; django.setup()\n"
        "from tests.reporting.papers import make_report\n"
        "from reporting.exports.pdf import write_pdf\n"
        "from reporting.exports.xlsx import write_xlsx\n"
        "paper = make_report(6)\n"
        "print(hashlib.sha256(write_pdf(paper)).hexdigest(), hashlib.sha256(write_xlsx(paper)).hexdigest())"
    )
    import os

    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "prevent_tracker.settings",
        "DATABASE_URL": "sqlite://:memory:",
    }
    told = {
        subprocess.run(
            [sys.executable, "-c", program], env=environment | {"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1 and len(next(iter(told)).split()) == 2


def test_another_word_gives_other_bytes(report):
    said = replace(report.narrative, position_summary="Other words.")
    assert write_pdf(replace(report, narrative=said)) != write_pdf(report)


@pytest.mark.parametrize("actions", [0, 1])
def test_the_smallest_plans_are_printed(actions):
    text = " ".join(pages_of(make_report(actions)))
    assert ("The plan has no actions yet." in text) == (actions == 0)


def test_an_unbroken_word_and_a_very_long_cell_are_printed():
    paper = make_report(1)
    (action,) = paper.actions
    text = " ".join(pages_of(replace(paper, actions=(replace(action, text="a" * 5000, update_text="long " * 4000),))))
    assert text.replace("\n", "").replace(" ", "").count("a" * 20) > 3


@pytest.mark.parametrize("colour", ["", "#ffffff", "#ffff00", "#1d70b8", "red;}"])
def test_a_council_colour_is_only_used_where_it_reads_on_paper(colour):
    from reporting.exports.pdf import brand_on_paper

    assert brand_on_paper(colour) == ("1d70b8" if colour == "#1d70b8" else "1D3F58")

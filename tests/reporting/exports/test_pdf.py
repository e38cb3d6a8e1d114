"""The printed paper, opened: tagged, titled, marked on every page, and the same bytes for the same report."""

import hashlib
import io
import logging
import os
import re
import subprocess
import sys
from dataclasses import replace

import pikepdf
import pytest
from pypdf import PdfReader

from reporting.exports.pdf import write_pdf
from reporting.exports.xlsx import write_xlsx
from tests.reporting.papers import make_report

A4 = (595, 842)


def text_of_pages(written: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(written)).pages]


def pages_of(report) -> list[str]:
    return text_of_pages(write_pdf(report))


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


class Complaints(logging.Handler):
    """Keeps what is said to a logger."""

    def __init__(self):
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record):
        self.said.append(record.getMessage())


@pytest.fixture(scope="module")
def report():
    """Enough for a plan of several pages, marked so that no page can be mistaken for one marked OFFICIAL."""
    return make_report(18, marking="OFFICIAL-SENSITIVE")


@pytest.fixture(scope="module")
def complaints():
    return Complaints()


@pytest.fixture(scope="module")
def written(report, complaints) -> bytes:
    """The paper, printed once for every test that reads it."""
    logger = logging.getLogger("weasyprint")
    logger.addHandler(complaints)
    try:
        return write_pdf(report)
    finally:
        logger.removeHandler(complaints)


@pytest.fixture(scope="module")
def pdf(written):
    return pikepdf.open(io.BytesIO(written))


@pytest.fixture(scope="module")
def pages(written):
    return text_of_pages(written)


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


def assert_marked(pages: list[str], marking: str):
    for text in pages:
        assert len(re.findall(rf"(?<![-A-Z]){marking}(?![-A-Z])", text)) >= 2, text[:200]


def test_the_marking_is_at_the_top_and_bottom_of_every_page(pages):
    assert_marked(pages, "OFFICIAL-SENSITIVE")


def test_every_page_says_which_report_it_is_and_its_number_of_all(pages, report):
    for number, text in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in text
        assert f"Report {report.control.number}, edition 1" in text and report.fingerprint[:12] in text


def test_a_draft_says_so_on_every_page_beside_its_marking():
    pages = pages_of(make_report(1, issued_at=None))
    assert len(pages) > 3 and all(text.count("DRAFT") >= 2 for text in pages)
    assert_marked(pages, "OFFICIAL")


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
    assert len(plan) > 1 and all("Owner" in text for text in plan)


def test_the_chart_is_told_in_words_and_as_a_table(pdf, pages, report):
    (figure,) = [e for e in elements(pdf) if e.S == "/Figure"]
    assert str(figure.Alt).startswith("Bar chart of actions by RAG rating. Quarter 3 2025/26:")
    dashboard = next(text for text in pages if "Actions by RAG rating" in text)
    for quarter in report.trend:
        assert quarter.short_name in dashboard and f"{quarter.counts['on_track']} of {quarter.total}" in dashboard


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


def test_weasyprint_has_nothing_to_complain_of(written, complaints):
    assert complaints.said == []


def test_a_complaint_would_have_been_heard():
    """The failing control of the test above."""
    heard, logger = Complaints(), logging.getLogger("weasyprint")
    logger.addHandler(heard)
    logger.warning("Ignored something")
    logger.removeHandler(heard)
    assert heard.said == ["Ignored something"]


def test_the_same_report_gives_the_same_bytes_in_another_process():
    program = (
        "import django, hashlib; django.setup()\n"
        "from tests.reporting.papers import make_report\n"
        "from reporting.exports.pdf import write_pdf\n"
        "from reporting.exports.xlsx import write_xlsx\n"
        "paper = make_report(2)\n"
        "print(*(hashlib.sha256(write(paper)).hexdigest() for write in (write_pdf, write_xlsx)))"
    )
    settings = {"DJANGO_SETTINGS_MODULE": "prevent_tracker.settings", "DATABASE_URL": "sqlite://:memory:"}
    other_seed = {"PYTHONHASHSEED": "7"}
    told = subprocess.run(
        [sys.executable, "-c", program], env=os.environ | settings | other_seed, capture_output=True, check=True
    ).stdout.decode()
    paper = make_report(2)
    assert told.split() == [hashlib.sha256(write(paper)).hexdigest() for write in (write_pdf, write_xlsx)]


def test_another_word_gives_other_bytes():
    report = make_report(0)
    said = replace(report.narrative, position_summary="Other words.")
    assert write_pdf(replace(report, narrative=said)) != write_pdf(report)


@pytest.mark.parametrize("actions", [0, 1])
def test_the_smallest_plans_are_printed(actions):
    text = " ".join(pages_of(make_report(actions)))
    assert ("The plan has no actions yet." in text) == (actions == 0)
    assert "Appendix B: the RAG key in force" in text


def test_the_first_quarter_has_nothing_to_compare_with():
    paper = make_report(1)
    first = replace(paper, has_previous=False, previous_quarter="", trend=paper.trend[-1:], changes=())
    text = " ".join(pages_of(replace(first, figures=tuple(replace(f, before=None) for f in first.figures))))
    assert "there is no last quarter to compare with" in text
    assert "Quarter 2 2026/27 (now)" in text and "Quarter 1 2026/27" not in text


def test_an_unbroken_word_and_a_very_long_cell_are_printed():
    paper = make_report(1)
    (action,) = paper.actions
    text = " ".join(pages_of(replace(paper, actions=(replace(action, text="a" * 2000, update_text="long " * 2000),))))
    assert text.replace("\n", "").replace(" ", "").count("a" * 20) > 3


@pytest.mark.parametrize("colour", ["", "#ffffff", "#ffff00", "#1d70b8", "red;}"])
def test_a_council_colour_is_only_used_where_it_reads_on_paper(colour):
    from reporting.exports.pdf import brand_on_paper

    assert brand_on_paper(colour) == ("1d70b8" if colour == "#1d70b8" else "1D3F58")

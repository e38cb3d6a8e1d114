"""Words that people typed are printed as they typed them: never markup, never a formula, never a fetch."""

import html
import io
from collections.abc import Iterator
from dataclasses import fields, replace
from itertools import cycle

import pikepdf
import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from reporting.domain.board_report import (
    ActionLine,
    BoardReport,
    ChangeLine,
    Column,
    Control,
    HeadingLine,
    KeyLine,
    Narrative,
    QuarterLine,
    ReturnLine,
)
from reporting.exports import pdf
from reporting.exports.html import write_html
from reporting.exports.names import file_name
from reporting.exports.xlsx import write_xlsx
from tests.reporting.papers import make_report

CORPUS = [
    '<img src="file:///etc/passwd"><link rel="attachment" href="file:///etc/hostname">',
    "</td></tr></table><script>alert(1)</script>",
    "<style>@import url(http://attacker.example/x.css); @font-face{src:url(http://attacker.example/f)}</style>",
    '"><object data="http://attacker.example/o"></object><iframe src="//attacker.example">',
    '<svg><image href="http://169.254.169.254/latest"/></svg>',
    "{{ 7|add:7 }}{% include 'base.html' %}",
    '=HYPERLINK("http://attacker.example","x")',
    "=cmd|'/c calc'!A1",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "'quoted",
    "_x003D_1+1",
    "e\u0301 \u202egnp.exe \U0001f600 \u0175\u0177 \u00a3",
    "javascript:alert(1)",
    "&lt;b&gt; &amp; ]]> <!-- -->",
]
NOT_TYPED = {"id", "heading_id", "state", "rating", "previous_rating", "suggested", "marking", "code", "number"}


def poison(row, words: Iterator[str]):
    """The row with every text field saying the next of `words`."""
    changed = {}
    for each in fields(row):
        value = getattr(row, each.name)
        if each.name in NOT_TYPED:
            continue
        if isinstance(value, str):
            changed[each.name] = next(words)
        elif isinstance(value, tuple) and value and isinstance(value[0], str):
            changed[each.name] = (next(words),)
        elif isinstance(value, dict) and each.name == "extra":
            changed[each.name] = {next(words): next(words)}
    return replace(row, **changed)


def hostile(*corpus: str) -> BoardReport:
    """A report whose every text field says one of the words, in turn."""
    paper, words = make_report(3), cycle(corpus)
    assert {type(paper.actions[0]), type(paper.control)} == {ActionLine, Control}
    actions = (
        replace(poison(paper.actions[0], words), rating="off_track", state="in_progress", is_updated=True),
        replace(poison(paper.actions[1], words), rating="at_risk", state="in_progress", is_updated=False),
        replace(poison(paper.actions[2], words), state="withdrawn"),
    )
    poisoned = replace(
        paper,
        control=poison(paper.control, words),
        narrative=Narrative(*(next(words) for _ in fields(Narrative))),
        actions=actions,
        exceptions=actions[:2],
        due_next=actions[:1],
        headings=tuple(poison(heading, words) for heading in paper.headings),
        by_heading=tuple(poison(line, words) for line in paper.by_heading),
        by_partner=tuple(poison(line, words) for line in paper.by_partner),
        progress=tuple(replace(s, heading=next(words), delivered=actions, better=actions[:1]) for s in paper.progress),
        returns=tuple(poison(line, words) for line in paper.returns),
        changes=(ChangeLine(*(next(words) for _ in range(5))),),
        trend=tuple(
            QuarterLine(next(words), f"{next(words)} {n}", quarter.counts) for n, quarter in enumerate(paper.trend)
        ),
        key=tuple(KeyLine(line.code, next(words), next(words), next(words)) for line in paper.key),
        columns=(Column("text", next(words)), Column(next(words), next(words)), Column("ref", next(words))),
        heading_word=next(words),
        next_quarter=next(words),
        previous_quarter=next(words),
    )
    assert isinstance(poisoned.headings[0], HeadingLine) and isinstance(poisoned.returns[0], ReturnLine)
    return poisoned


@pytest.mark.parametrize("some", [CORPUS[:6], CORPUS[6:]], ids=["markup", "the rest"])
def test_on_paper_they_are_only_words(some):
    """Several on one paper, markup in every field of the first: printing is what costs."""
    written = pdf.write_pdf(hostile(*some))
    opened = pikepdf.open(io.BytesIO(written))
    assert "/EmbeddedFiles" not in opened.Root.get("/Names", {})
    assert not opened.attachments
    assert all("/Annots" not in page for page in opened.pages)
    text = "".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(written)).pages).split())
    for words in some:
        assert not words.isascii() or "".join(words.split()) in text


@pytest.mark.parametrize("words", CORPUS)
def test_in_the_workbook_they_are_never_a_formula(words):
    book = load_workbook(io.BytesIO(write_xlsx(hostile(words))))
    found = 0
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f" and cell.hyperlink is None
                found += isinstance(cell.value, str) and words in cell.value
    assert found > 40
    assert not book.defined_names


@pytest.mark.parametrize("words", CORPUS)
def test_on_the_page_they_are_escaped(words):
    page = write_html(hostile(words)).decode()
    assert words in html.unescape(page)
    if any(sign in words for sign in "<>"):
        assert words not in page
    assert page.count("<script") == page.count("<iframe") == page.count("<object") == page.count("<svg") == 0


@pytest.mark.parametrize("words", CORPUS)
def test_a_file_is_never_called_by_them(words):
    paper = make_report(1, council=words, quarter=words)
    assert set(file_name(paper, "pdf")) <= set("abcdefghijklmnopqrstuvwxyz0123456789-.")


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="file:///etc/hostname">',
        '<img src="http://attacker.example/a.png">',
        '<img src="data:text/html,x">',
        '<link rel="stylesheet" href="http://attacker.example/a.css">',
        '<link rel="attachment" href="file:///etc/hostname">',
        "<style>@import 'http://attacker.example/a.css';</style>",
        '<p style="background:url(file:///etc/hostname)">x</p>',
    ],
)
def test_even_real_markup_fetches_nothing(markup, monkeypatch):
    """The failing control: with markup that did get in, rendering stops instead of fetching."""
    from weasyprint.urls import FatalURLFetchingError

    page = pdf.paper_html(make_report(1)).replace("</body>", f"{markup}</body>")
    monkeypatch.setattr(pdf, "paper_html", lambda report: page)
    with pytest.raises(FatalURLFetchingError, match="may not fetch"):
        pdf.write_pdf(make_report(1))


def test_a_chart_that_points_outside_is_not_drawn_and_fetches_nothing(monkeypatch, caplog):
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="file:///etc/hostname"/></svg>'
    monkeypatch.setattr(pdf, "trend_chart", lambda quarters, key: svg)
    pdf.write_pdf(make_report(1))
    assert "Failed to render SVG image" in caplog.text


def test_letters_of_every_language_and_pictures_are_printed_as_typed():
    typed = "Ŵyth ŷd, Sióned, łódź, ağaç, 😀 £5"
    paper = make_report(1)
    (action,) = paper.actions
    paper = replace(paper, actions=(replace(action, text=typed),))
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf.write_pdf(paper))).pages)
    assert "Ŵyth ŷd, Sióned, łódź, ağaç" in " ".join(text.split()) and "£5" in text
    assert load_workbook(io.BytesIO(write_xlsx(paper)))["Plan"]["D2"].value == typed
    assert typed in html.unescape(write_html(replace(paper, due_next=paper.actions)).decode())

"""The printed paper: a `BoardReport` as tagged PDF/UA-1. The same report gives the same bytes.

Nothing is fetched while rendering: words that people typed are escaped, and even if one ever became markup, the only
addresses that answer are the chart inside the page and the fonts named in our own stylesheet.
"""

import atexit
import base64
import gc
import io
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from prevent_tracker.core.brand import contrast, hex_digits
from prevent_tracker.core.words import day_words
from reporting.domain.board_report import BoardReport
from reporting.exports import words
from reporting.exports.charts import trend_chart, trend_sentence
from reporting.exports.palette import HOUSE_COLOUR
from reporting.exports.plan_table import plan_columns, plan_rows

STYLESHEET = Path(__file__).parent / "print.css"
FONT_ADDRESS = "font:"
FONT_NAME = re.compile(r"source-sans-3-latin(-ext)?-(400|600|700)-(normal|italic)\.woff2")
CHART_START = "data:image/svg+xml;base64,"
TEXT_CONTRAST = 4.5


class FetchRefused(Exception):
    """Something in the page asked for an address that the paper does not use."""


def write_pdf(report: BoardReport) -> bytes:
    """Return the report as PDF/UA-1. Raises FetchRefused if anything but the chart and our fonts was asked for."""
    # Loaded here, so that the site starts where Pango is missing.
    from weasyprint import HTML

    from reporting.exports import engine

    engine.hurry()
    sheet, fonts = _stylesheet()
    page = HTML(string=paper_html(report), url_fetcher=_fetchers()[1], base_url=None)
    written = io.BytesIO()
    with few_collections():
        page.write_pdf(
            written,
            stylesheets=[sheet],
            font_config=fonts,
            pdf_variant="pdf/ua-1",
            pdf_identifier=bytes.fromhex(report.fingerprint[:32]),
            finisher=engine.put_into_words_once,
        )
    return written.getvalue()


_of_thread = threading.local()
atexit.register(_of_thread.__dict__.clear)  # before Python takes away what the fonts need to go


def _stylesheet() -> tuple[Any, Any]:
    """Return the print stylesheet, parsed, and the fonts it names: made once in a thread, which takes as long as two pages.

    Not once in a process: the fonts are Pango's, which keeps its own for each thread.
    """
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    if not hasattr(_of_thread, "stylesheet"):
        fonts = FontConfiguration()
        sheet = CSS(string=STYLESHEET.read_text(encoding="utf-8"), font_config=fonts, url_fetcher=_fetchers()[0])
        _of_thread.stylesheet = sheet, fonts
    return _of_thread.stylesheet


def paper_html(report: BoardReport) -> str:
    """Return the paper as HTML for print. Every value is escaped by the template."""
    columns = plan_columns(report)
    chart = base64.b64encode(trend_chart(report.trend, report.key).encode()).decode()
    context: dict[str, Any] = {
        "report": report,
        "control": report.control,
        "colour": brand_on_paper(report.control.brand_colour),
        "has_refs": any(action.ref for action in report.actions),
        "plan_words": words.plan_words(report),
        "control_pairs": words.control_pairs(report),
        "recommendation": words.lines_of(report.narrative.recommendation),
        "achievements": words.lines_of(report.narrative.achievements),
        "concerns": words.lines_of(report.narrative.concerns),
        "decisions": words.lines_of(report.narrative.decisions_sought),
        "forward_look": words.lines_of(report.narrative.forward_look),
        "chart": CHART_START + chart,
        "chart_words": trend_sentence(report.trend, report.key),
        "groups": [
            ("By " + report.heading_word.lower(), report.heading_word, group_rows(report, report.by_heading)),
            ("By accountable partner", "Partner", group_rows(report, report.by_partner)),
        ],
        "quarters": words.quarter_names(report),
        "trend": words.trend_rows(report),
        "exceptions": list(exception_rows(report)),
        "progress": [progress_section(report, section) for section in report.progress],
        "changes": [change for change in report.changes if not change.is_rating],
        "returns": [
            (r.partner, f"{r.done} of {r.total}", r.state, r.signed_as or words.NOBODY, day_words(r.signed_on))
            for r in report.returns
        ],
        "due_next": [
            (a.ref, a.text, a.owner, words.date_lines(a), report.word(a.rating), a.rating) for a in report.due_next
        ],
        "columns": columns,
        "plan_rows": list(plan_rows(report, columns)),
        "made_on": (report.control.issued_at or report.control.position_as_at).isoformat(),
    }
    return render_to_string("reporting/paper.html", context)


def group_rows(report: BoardReport, lines: Any) -> list[tuple[str, int, list[int], int, int]]:
    """Return (label, total, counts in the key's order, overdue, not updated) of each line."""
    return [(c.label, c.total, [c.counts[k.code] for k in report.key], c.overdue, c.not_updated) for c in lines]


def exception_rows(report: BoardReport) -> Iterator[dict[str, Any]]:
    """Yield what is printed of each exception."""
    for action in report.exceptions:
        yield {
            "ref": action.ref,
            "text": words.tidy(action.text),
            "owner": action.owner,
            "was": report.word(action.previous_rating) or ("New" if report.has_previous else "First quarter"),
            "was_code": action.previous_rating,
            "now": report.word(action.rating),
            "now_code": action.rating,
            "why": ", ".join(action.reasons),
            "dates": words.date_lines(action),
            "issue": words.tidy(words.issue_words(action)),
            "recovery": words.tidy(action.recovery),
            "ask": words.tidy(action.ask),
        }


def progress_section(report: BoardReport, section: Any) -> dict[str, Any]:
    """Return the words of one outermost heading's progress."""
    return {
        "heading": section.heading,
        "counts": words.counts_sentence(report, section.line),
        "lists": [
            (title, lines)
            for title, lines in (
                ("Delivered this quarter", [words.action_words(a) for a in section.delivered]),
                ("Rated better than last quarter", [words.moved_words(report, a) for a in section.better]),
                ("Rated worse than last quarter", [words.moved_words(report, a) for a in section.worse]),
            )
            if lines
        ],
    }


def brand_on_paper(colour: str) -> str:
    """Return six digits of the council's colour where it reads on white paper, else the house colour."""
    digits = hex_digits(colour)
    return digits if digits and contrast("#ffffff", digits) >= TEXT_CONTRAST else HOUSE_COLOUR


def _fetchers() -> tuple[Any, Any]:
    """Return the fetcher of the stylesheet, which knows our fonts, and that of the page, which knows the chart."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class RefusesAll(URLFetcher):
        """Answers nothing: a request stops the rendering."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            raise FatalURLFetchingError(f"The paper may not fetch {url[:80]}")

    class OurFonts(RefusesAll):
        """Answers the fonts of the print stylesheet. Where they have not been built the paper is set in Liberation."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            name = url.removeprefix(FONT_ADDRESS)
            if not url.startswith(FONT_ADDRESS) or not FONT_NAME.fullmatch(name):
                return super().fetch(url, headers)
            return URLFetcherResponse(url, font_bytes(name), {"Content-Type": "font/ttf"})

    class OurChart(RefusesAll):
        """Answers the chart that is inside the page."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            if not url.startswith(CHART_START):
                return super().fetch(url, headers)
            content = base64.b64decode(url.removeprefix(CHART_START), validate=True)
            return URLFetcherResponse(url, content, {"Content-Type": "image/svg+xml"})

    return OurFonts(), OurChart()


@lru_cache(maxsize=6)
def font_bytes(name: str) -> bytes:
    """Return one of our fonts unpacked: unpacking costs more than a page, so it is done once. Raises OSError."""
    from fontTools.ttLib import woff2

    packed = settings.BASE_DIR / "build" / "static" / "fonts" / "source-sans-3" / name
    unpacked = io.BytesIO()
    woff2.decompress(io.BytesIO(packed.read_bytes()), unpacked)
    return unpacked.getvalue()


@contextmanager
def few_collections() -> Iterator[None]:
    """Let the garbage collector run seldom: a report makes very many objects and keeps nearly all to the end."""
    usual = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()

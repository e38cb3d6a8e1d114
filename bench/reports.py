"""The paper, the workbook and the summary page at 40, 200 and 1,000 actions."""

import io
import resource
from collections.abc import Callable
from html import escape

import pikepdf

from bench.clock import best_of, slope
from reporting.domain.board_report import BoardReport
from reporting.exports.html import write_html
from reporting.exports.pdf import few_collections, write_pdf
from reporting.exports.xlsx import write_xlsx
from tests.reporting.papers import make_report

SIZES = [40, 200, 1000]
ROUNDS = {40: 3, 200: 2, 1000: 1}  # the long ones are their own average

GOAL, GOAL_BARE = 0.05, 0.017  # seconds a page of the paper and of a bare table, measured on one machine


def run() -> None:
    papers = {size: make_report(size) for size in SIZES}
    _paper(papers)
    _linear("Workbook", write_xlsx, papers)
    _linear("Summary page", write_html, papers)


def _paper(papers: dict[int, BoardReport]) -> None:
    """Print the time of the paper beside that of a bare table of the same plan: the least that the engine takes.

    The goal in seconds was set where a page of a bare table took 0.017 s; in times a bare page it holds on any machine.
    """
    print(
        f"\nPDF/UA-1 (goal: under {GOAL} s a page where a bare page takes {GOAL_BARE} s,"
        f" so under x{GOAL / GOAL_BARE:.1f} anywhere; slope about 1)",
        flush=True,
    )
    write_pdf(papers[SIZES[0]])  # loads the libraries
    pages, seconds = [], []
    for size, paper in papers.items():
        made: dict[str, bytes] = {}
        cases = {
            "paper": lambda paper=paper, made=made: made.update(paper=write_pdf(paper)),
            "bare": lambda paper=paper, made=made: made.update(bare=bare_table(paper)),
        }
        times = best_of(cases, ROUNDS[size])
        pages.append(_pages(made["paper"]))
        seconds.append(times["paper"])
        ours, bare = seconds[-1] / pages[-1], times["bare"] / _pages(made["bare"])
        print(
            f"  {size:5} actions {pages[-1]:4} pages {seconds[-1]:7.2f} s {ours:.3f} s a page,"
            f" a bare one {bare:.3f} s: x{ours / bare:.2f}",
            flush=True,
        )
    print(f"  slope in pages {slope(pages, seconds):.2f}")
    print(f"  peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB", flush=True)


def bare_table(report: BoardReport) -> bytes:
    """Return the plan as one tagged table without any look of ours, by the engine in the same haste."""
    from weasyprint import CSS, HTML

    from reporting.exports import engine

    cells = ((a.ref, a.text, a.owner, report.word(a.rating), a.progress) for a in report.actions)
    rows = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in cells)
    page = HTML(string=f"<html lang=en><title>Plan</title><body><table>{rows}</table>")
    looks = CSS(string="@page { size: A4 landscape } table { table-layout: fixed; width: 100%; font: 8pt sans-serif }")
    with few_collections():
        return page.write_pdf(stylesheets=[looks], pdf_variant="pdf/ua-1", finisher=engine.put_into_words_once)


def _pages(written: bytes) -> int:
    return len(pikepdf.open(io.BytesIO(written)).pages)


def _linear(name: str, write: Callable[[BoardReport], bytes], papers: dict[int, BoardReport]) -> None:
    """Print the time of a writer by the number of actions."""
    print(f"\n{name}")
    seconds = []
    for size, paper in papers.items():
        seconds.append(best_of({"": lambda paper=paper: write(paper)}, ROUNDS[size])[""])
        print(f"  {size:5} actions {seconds[-1]:7.3f} s {seconds[-1] / size * 1000:.2f} ms an action", flush=True)
    print(f"  slope {slope(SIZES, seconds):.2f}", flush=True)

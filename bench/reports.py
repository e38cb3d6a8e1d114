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
ROUNDS = 2


def run() -> None:
    papers = {size: make_report(size) for size in SIZES}
    _paper(papers)
    _linear("Workbook", write_xlsx, papers)
    _linear("Summary page", write_html, papers)


def _paper(papers: dict[int, BoardReport]) -> None:
    """Print the time of the paper beside that of a bare table of the same plan: the least that the engine takes."""
    cases: dict[str, Callable[[], object]] = {}
    for size, paper in papers.items():
        cases |= {f"paper {size}": lambda paper=paper: write_pdf(paper)}
        cases |= {f"bare {size}": lambda paper=paper: bare_table(paper)}
    times = best_of(cases, ROUNDS)
    print("\nPDF/UA-1 (goal: under 0.05 s a page on a quiet machine, slope about 1)")
    pages = {size: _pages(write_pdf(paper)) for size, paper in papers.items()}
    for size in SIZES:
        ours, bare = times[f"paper {size}"] / pages[size], times[f"bare {size}"] / _pages(bare_table(papers[size]))
        print(
            f"  {size:5} actions {pages[size]:4} pages {times[f'paper {size}']:7.2f} s {ours:.3f} s a page,"
            f" x{ours / bare:.2f} a page of a bare table"
        )
    print(f"  slope in pages {slope([pages[size] for size in SIZES], [times[f'paper {size}'] for size in SIZES]):.2f}")
    print(f"  peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def bare_table(report: BoardReport) -> bytes:
    """Return the plan as one tagged table without any look of ours."""
    from weasyprint import CSS, HTML

    cells = ((a.ref, a.text, a.owner, report.word(a.rating), a.progress) for a in report.actions)
    rows = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in cells)
    page = HTML(string=f"<html lang=en><title>Plan</title><body><table>{rows}</table>")
    looks = CSS(string="@page { size: A4 landscape } table { table-layout: fixed; width: 100%; font: 8pt sans-serif }")
    with few_collections():
        return page.write_pdf(stylesheets=[looks], pdf_variant="pdf/ua-1")


def _pages(written: bytes) -> int:
    return len(pikepdf.open(io.BytesIO(written)).pages)


def _linear(name: str, write: Callable[[BoardReport], bytes], papers: dict[int, BoardReport]) -> None:
    """Print the time of a writer by the number of actions."""
    times = best_of({str(size): lambda paper=paper: write(paper) for size, paper in papers.items()}, ROUNDS)
    print(f"\n{name}")
    for size in SIZES:
        print(f"  {size:5} actions {times[str(size)]:7.3f} s {times[str(size)] / size * 1000:.2f} ms an action")
    print(f"  slope {slope(SIZES, [times[str(size)] for size in SIZES]):.2f}")

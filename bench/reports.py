"""The paper and the workbook at 40, 200 and 1,000 actions."""

import io

import pikepdf

from bench.clock import best_of, slope
from reporting.exports.html import write_html
from reporting.exports.pdf import write_pdf
from reporting.exports.xlsx import write_xlsx
from tests.reporting.papers import make_report

SIZES = [40, 200, 1000]
ROUNDS = 2


def run() -> None:
    papers = {size: make_report(size) for size in SIZES}
    pages = {size: len(pikepdf.open(io.BytesIO(write_pdf(paper))).pages) for size, paper in papers.items()}
    print("\nPDF/UA-1 (goal: under 0.05 s a page on a quiet machine, slope about 1)")
    times = best_of({str(size): lambda size=size: write_pdf(papers[size]) for size in SIZES}, ROUNDS)
    for size in SIZES:
        seconds = times[str(size)]
        print(f"  {size:5} actions {pages[size]:4} pages {seconds:7.2f} s {seconds / pages[size]:.3f} s a page")
    print(f"  slope in pages {slope([pages[size] for size in SIZES], [times[str(size)] for size in SIZES]):.2f}")
    for name, write, unit in (("Workbook", write_xlsx, 1000), ("Summary page", write_html, 1000)):
        times = best_of({str(size): lambda size=size, write=write: write(papers[size]) for size in SIZES}, ROUNDS)
        print(f"\n{name}")
        for size in SIZES:
            print(f"  {size:5} actions {times[str(size)]:7.3f} s {times[str(size)] / size * unit:.2f} ms an action")
        print(f"  slope {slope(SIZES, [times[str(size)] for size in SIZES]):.2f}")

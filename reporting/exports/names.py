"""What an issued file is called: which paper it is, and nobody's name."""

import re
import unicodedata

from reporting.domain.board_report import BoardReport


def file_name(report: BoardReport, ending: str) -> str:
    """Return a name of plain letters, such as "northbridge-council-prevent-report-quarter-2-2026-27-edition-1.pdf"."""
    quarter = re.sub(r"\([^)]*\)", " ", report.control.quarter)
    words = f"{report.control.council} Prevent report {quarter}"
    edition = "draft" if report.control.is_draft else f"edition-{report.control.edition}"
    return f"{slug(words)}-{edition}.{ending}"


def slug(words: str) -> str:
    """Return lower-case letters, digits and hyphens, at most 120."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:120].strip("-") or "report"

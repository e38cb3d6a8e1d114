"""From a neutral document to a draft plan, by evidence in the document. Pure: no database, no clock, no network.

`understand(document, answers)` is the whole of it. What a person has said (`draft.Answers`) comes before anything
that was worked out, so the same document can be understood again as often as somebody answers.
"""

from __future__ import annotations

from ..draft import Answers, DraftPlan
from ..grid import Document
from ..own_workbook import read_own
from .plan import MAX_ACTIONS
from .plan import understand as understand_any


def understand(document: Document, answers: Answers | None = None) -> DraftPlan:
    """Read a document as a plan; the tracker's own workbook by its own list of columns.

    Raises `UnreadableFile` for more than 5,000 actions.
    """
    return read_own(document, answers or Answers()) or understand_any(document, answers)


__all__ = ["MAX_ACTIONS", "understand"]

"""From a neutral document to a draft plan, by evidence in the document. Pure: no database, no clock, no network.

`understand(document, answers)` is the whole of it. What a person has said (`draft.Answers`) comes before anything
that was worked out, so the same document can be understood again as often as somebody answers.

The way through the modules, in the order in which `plan` goes:

- plans that are drawn otherwise become plain tables: `cards` (a form for each action), `matrix` (a calendar);
- what each table is: `tables`, with `decoys` and `approval` for what is not the plan, `headers` for the columns
  (`wordings` knows their names, `profiles` what stands in them, `settling` who wins), `headerless` where there are none,
  `second_look` when all tables are known;
- what stands over a table: `groups`;
- its rows: `rows` and `row_kinds`, with `stacking` for several actions in a cell and `in_text` for what else stands there;
- who, when and how it goes: `owners` (`owner_lines`, `owner_slashes`, `party_signs`, `party_words`), `timing`, `rag`;
- a plan without a table: `narrative`, with `typed`, `typed_drafts` and `label_lines`;
- what people said of its lines of text: `said_lines`;
- what a person should look at: `doubts` and `privacy`.
"""

from __future__ import annotations

from ..draft import Answers, DraftPlan
from ..grid import Document
from ..own_workbook import read_own
from .plan import MAX_ACTIONS
from .plan import understand as understand_any
from .said_lines import line_above, taken_in


def understand(document: Document, answers: Answers | None = None) -> DraftPlan:
    """Read a document as a plan; the tracker's own workbook by its own list of columns.

    Raises `UnreadableFile` for more than 5,000 actions.
    """
    return read_own(document, answers or Answers()) or understand_any(document, answers)


__all__ = ["MAX_ACTIONS", "line_above", "taken_in", "understand"]

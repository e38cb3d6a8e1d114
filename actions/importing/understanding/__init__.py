"""From a neutral document to a draft plan, by evidence in the document. Pure: no database, no clock, no network.

`understand(document, answers)` is the whole of it. What a person has said (`draft.Answers`) comes before anything
that was worked out, so the same document can be understood again as often as somebody answers.
"""

from __future__ import annotations

from .plan import MAX_ACTIONS, understand

__all__ = ["MAX_ACTIONS", "understand"]

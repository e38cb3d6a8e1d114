"""A warner for words that look like one person's case. It points, it never blocks, and it repeats nothing personal."""

from __future__ import annotations

import re

from ..draft import DraftPlan

_SIGNS = (
    (re.compile(r"\b\d{3} ?\d{3} ?\d{4}\b(?!\d)"), "a number like an NHS number"),
    (re.compile(r"\b(?:d\.?o\.?b\.?|date of birth|born on)\b", re.I), "a date of birth"),
    (
        re.compile(
            r"\b(?:aged? \d{1,2}|\d{1,2}[- ]year[- ]old)\b.{0,80}\b(?:male|female|boy|girl|man|woman|pupil|student|"
            r"he|she|individual)\b",
            re.I | re.S,
        ),
        "one person's age and details",
    ),
    (
        re.compile(
            r"\b(?:a|the|this) (?:male|female|boy|girl|pupil|young person|individual|subject|"
            r"nominal)\b.{0,60}\b(?:was|has been|is) (?:referred|adopted|arrested|radicalised|discussed)\b",
            re.I | re.S,
        ),
        "one person's referral",
    ),
    (
        re.compile(r"\b(?:case|referral|pcmt|urn|crime) (?:ref(?:erence)?|no|number|id)\.? ?:? ?[A-Z0-9/-]{4,}", re.I),
        "a case number",
    ),
    (re.compile(r"\b[A-CEGHJ-PR-TW-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b"), "a National Insurance number"),
)


def case_warnings(plan: DraftPlan) -> list[str]:
    """One sentence for each action whose words look like the details of a person's case."""
    warnings = []
    for action in plan.actions:
        words = "\n".join(filter(None, (action.text, action.progress, action.measure, *action.extra.values())))
        found = next((sign for pattern, sign in _SIGNS if pattern.search(words)), None)
        if found:
            warnings.append(
                f"{action.source.place}: the words look like {found}. Details of people's cases do not belong in "
                f"the plan: check before you go on."
            )
    return warnings

"""What stands in the same cell as the words of an action: its number in front, its lead behind."""

from __future__ import annotations

import re

from .raw import RawAction

_TEXT_REF = re.compile(
    r"^(?:(?:Action|Objective|Ref|No)\.?\s*)?((?:[A-Z]{1,3}[.-]?)?\d{1,3}(?:\.\d{1,3}){1,3}[a-z]?|"
    r"[A-Z]{1,2}\d{1,3}[a-z]?|\d{1,3}[a-z]?(?=[.):]))[.):]*\s*[-–:]?\s+(?=\S)"
)
_LEAD = re.compile(
    r"\s*[(\[–—-]*\s*\b(?:lead(?: officer| agency| organisation| partner)?s?|owners?|responsible(?: officer)?|by whom)"
    r"\s*:\s*([^:]{2,120}?)[)\].]*$",
    re.I,
)


def refs_from_text(raw: list[RawAction]) -> None:
    """Numbers printed in the same cell as the words, when most actions of the plan have one."""
    without = [action for action in raw if not action.ref]
    found = {id(action): match for action in without if (match := _TEXT_REF.match(action.text))}
    stacked = sum(1 for action in raw if action.ref and action.split_of > 1)
    if (
        len(without) + stacked >= len(raw) * 0.6
        and found
        and len(found) + stacked >= max(2, (len(without) + stacked) * 0.6)
    ):
        for action in without:
            match = found.get(id(action))
            if match:
                action.ref, action.text = match.group(1), action.text[match.end() :]
        return
    numbered = [action for action in without if action.mark not in ("", "•")]
    if len(numbered) >= max(2, len(raw) * 0.6):
        for action in numbered:
            action.ref = action.mark.strip("().")


def owners_from_text(raw: list[RawAction]) -> None:
    """Leads printed behind the words ("... Lead: Public Health"), when no column holds them and most actions do."""
    without = [action for action in raw if not action.owner_column]
    found = {id(action): match for action in without if (match := _LEAD.search(action.text))}
    if len(found) < max(2, len(without) * 0.5):
        return
    for action in without:
        match = found.get(id(action))
        if match and match.start():
            action.owners, action.text = [match.group(1).strip()], action.text[: match.start()]

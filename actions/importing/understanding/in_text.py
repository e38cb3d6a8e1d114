"""What stands in the same cell as the words of an action, or in place of them.

Its number is in front, its lead or its progress behind; or a remark says that there is no action.
"""

from __future__ import annotations

import dataclasses
import re

from ..grid import Cell
from ..verbs import begins_like_action
from .groups import PROGRESS_LABEL
from .party_signs import party_like
from .raw import RawAction

_TEXT_REF = re.compile(
    r"^(?:(?:Action|Objective|Ref|No)\.?\s*)?\(?((?:[A-Z]{1,3}[.-]?)?\d{1,3}(?:\.\d{1,3}){1,3}[a-z]?|"
    r"[A-Z]{1,2}\d{1,3}[a-z]?|[A-Z]{1,4}/[A-Z]{0,3}\d{1,3}(?=[.):])|[a-z]{1,3}\d{1,2}(?=[.):])|\d{1,3}[a-z]?(?=[.):]))(?:[.):]*\s*[-–:]?\s+(?=\S)|[.)](?=[A-Z]))"
)
_LETTER = re.compile(r"^\(?([a-z])[.)]\s*(?=[A-Z“\"])")
_ROMAN = re.compile(r"^\(?([ivx]{1,5})[.)]\s*(?=[A-Z“\"])")
_COUNT = re.compile(r"^(\d{1,2})[.)]\s+(?=\S)")
_LEAD = re.compile(
    r"\s*[(\[–—-]*\s*\b(?:lead(?: officer| agency| organisation| partner)?s?|owners?|responsible(?: officer)?|by whom)"
    r"\s*:\s*([^:]{2,120}?)[)\].]*$",
    re.I,
)
_BRACKETED = re.compile(r"\s*[(\[]([^()\[\]]{2,90})[)\]]\.?$")
_NO_ACTION = re.compile(
    r"^(?:n/?a|none|nil|not (?:applicable|required|needed)|no (?:further |new |specific |additional |current )*"
    r"actions?|no change|[-–—.]+)"
    r"(?: (?:required|needed|identified|necessary|planned|proposed|at (?:present|this (?:time|stage|point))|currently|"
    r"for now|outstanding|applicable))*\.?$",
    re.I,
)
_NONE_FOR = re.compile(r"\bno (?:further |specific )?actions? (?:for|required|needed|necessary)\b", re.I)
_BARE_LABEL = re.compile(r"^\w+\s*[:–—-]\s*")


def says_no_action(words: str) -> bool:
    """ "None at present", "Police led – no actions for the partnership": a remark in place of an action."""
    return bool(_NO_ACTION.match(words) or _NONE_FOR.search(words) and not begins_like_action(words))


def is_numbered(text: str) -> bool:
    """Whether a cell begins with a number or a letter of a list: "1.2 Publish ...", "b) Hold ...", "ii. Train ..."."""
    return any(pattern.match(text) for pattern in (_TEXT_REF, _LETTER, _ROMAN))


def refs_from_text(raw: list[RawAction]) -> None:
    """Numbers printed in the same cell as the words, when most actions of the plan have one.

    "1" beside "(1a) ..." is the number of what the action belongs to.
    """
    coarse = [action for action in raw if action.ref and action.split_of == 1]
    finer = [action for action in coarse if _has_finer_ref(action)]
    if len(finer) >= max(2, len(coarse) * 0.8):
        for action in finer:
            action.ref = None
    without = [action for action in raw if not action.ref]
    roman, lettered = (
        sum(bool(pattern.match(action.text)) for action in without) >= max(2, len(without) * 0.6)
        for pattern in (_ROMAN, _LETTER)
    )
    if not roman and not lettered:
        _letters_from_runs(without)
        without = [action for action in without if not action.ref]
    patterns = (_ROMAN, _COUNT) if roman else (_LETTER, _COUNT) if lettered else (_TEXT_REF,)
    found = {
        id(action): match
        for action in without
        if (match := next(filter(None, (pattern.match(action.text) for pattern in patterns)), None))
    }
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
            else:
                action.ref = _list_number(action)
        return
    numbered = [action for action in without if _list_number(action)]
    if len(numbered) >= max(2, len(raw) * 0.6):
        for action in numbered:
            action.ref = _list_number(action)


def _letters_from_runs(raw: list[RawAction]) -> None:
    """ "(a) ...", "(b) ..." one after the other under the same headings: letters of actions that have no number."""
    run: list[tuple[RawAction, re.Match[str]]] = []
    for action in [*raw, None]:
        found = _LETTER.match(action.text) if action is not None else None
        goes_on = found is not None and found.group(1) == chr(ord("a") + len(run))
        if run and not (goes_on and action is not None and action.headings == run[0][0].headings):
            if len(run) >= 2:
                for each, letter in run:
                    each.ref, each.text = letter.group(1), each.text[letter.end() :]
            run = []
        if action is not None and found is not None and found.group(1) == chr(ord("a") + len(run)):
            run.append((action, found))


def _list_number(action: RawAction) -> str | None:
    """The number that the word processor prints before the words, when they are an item of a numbered list."""
    return action.mark.strip("().") if action.mark not in ("", "•") else None


def _has_finer_ref(action: RawAction) -> bool:
    """Whether the number in front of an action's words goes on from the one in its column."""
    match = _TEXT_REF.match(action.text)
    return bool(match and action.ref and re.match(rf"{re.escape(action.ref)}\W?\w", match.group(1)))


def owners_from_text(raw: list[RawAction]) -> None:
    """Leads printed behind the words ("... Lead: Public Health", "... (Curriculum Managers)"), when no column holds
    them and most actions do.
    """
    without = [action for action in raw if not action.owner_column]
    for pattern in (_LEAD, _BRACKETED):
        found = {id(action): match for action in without if (match := pattern.search(action.text))}
        parties = sum(party_like(match.group(1)) for match in found.values())
        if len(found) < max(2, len(without) * 0.5) or pattern is _BRACKETED and parties < len(without) * 0.6:
            continue
        for action in without:
            match = found.get(id(action))
            if match and match.start():
                action.owners, action.text = [match.group(1).strip()], action.text[: match.start()]
        return


def progress_apart(cell: Cell) -> tuple[Cell, dict[int, list[str]]]:
    """The cell without the paragraphs that tell progress ("Update – launched in July"), and these by the paragraph of
    the rest that they stand under. With one label in the cell everything after it belongs to it.
    """
    labels = {at: label for at, text in enumerate(cell.paragraphs) if at and (label := PROGRESS_LABEL.match(text))}
    if not labels:
        return cell, {}
    kept: list[int] = []
    told: dict[int, list[str]] = {}
    for at, text in enumerate(cell.paragraphs):
        if at in labels:
            told.setdefault(len(kept) - 1, []).append(text[labels[at].end() :] or _BARE_LABEL.sub("", text))
        elif told and len(labels) == 1:
            told[len(kept) - 1].append(text)
        else:
            kept.append(at)
    rest = dataclasses.replace(
        cell,
        paragraphs=tuple(cell.paragraphs[at] for at in kept),
        marks=tuple(cell.mark(at) for at in kept) if cell.marks else (),
    )
    return rest, {under: [text for text in texts if text] for under, texts in told.items()}

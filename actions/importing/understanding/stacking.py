"""One cell, several actions: bullets, stacked paragraphs, numbers inside the cell; or one action with a list in it.

What decides is how the other cells of the row are stacked, whether the row has one number of its own, and how the
paragraphs begin. Where both readings are possible the choice is kept as a doubt.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..grid import Cell
from ..verbs import begins_like_action
from ..words import BULLETS, strip_bullet
from .profiles import looks_like_time

_INNER_REF = re.compile(
    r"^\(?((?:[A-Z]{1,3}\.?)?\d{1,3}(?:\.\d{1,3})+[a-z]?|\d{1,3}[a-z]|(?:[A-Z]{1,3})\d{1,3}[a-z]?)\)?[.):]?\s+(?=\S)"
)
_ALONE = re.compile(r"^(?:(?:[A-Z]{1,3}\.?)?\d{1,3}(?:\.\d{1,3})+[a-z]?|[A-Z]{1,3}\d{1,3}[a-z]?)[.):]?$")
_COUNT = re.compile(r"^\(?(?:(\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s+(?=\S)|(\d{1,2})[.)](?=[A-Z]))")


@dataclass(frozen=True, slots=True)
class Item:
    """One action found in a cell: its number if printed in the cell, its words, and where among the cell's units."""

    ref: str | None
    text: str
    index: int


@dataclass(frozen=True, slots=True)
class Stack:
    """How a cell was taken apart. `doubtful` says that the other reading is possible too.

    `heading` is a first paragraph that stands over the actions of the cell.
    """

    items: tuple[Item, ...]
    why: str = ""
    doubtful: bool = False
    heading: str = ""


def units_of(cell: Cell) -> tuple[list[tuple[str, str]], bool]:
    """The stacked parts of a cell as (mark, words), and whether they are real paragraphs (true) or lines (false)."""
    if len(cell.paragraphs) > 1:
        return _numbers_joined([(cell.mark(at), text) for at, text in enumerate(cell.paragraphs) if text]), True
    units = []
    for line in cell.text.split("\n"):
        text, bulleted = strip_bullet(line)
        units.append(("•" if bulleted else "", text))
    if units and cell.mark(0) and not units[0][0]:
        units[0] = (cell.mark(0), units[0][1])
    return _numbers_joined(units), False


def _numbers_joined(units: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """A number on a line of its own ("A1") belongs to the words under it."""
    if not any(_ALONE.match(text) for _, text in units) or all(_ALONE.match(text) for _, text in units):
        return units
    joined: list[tuple[str, str]] = []
    for mark, text in units:
        if joined and _ALONE.match(joined[-1][1]):
            joined[-1] = (joined[-1][0], f"{joined[-1][1]} {text}")
        else:
            joined.append((mark, text))
    return joined


def without_counts(units: list[tuple[str, str]]) -> list[str]:
    """The words of each part, without the "1." in front when every part has one."""
    counts = [_COUNT.match(text) for _, text in units]
    return [
        text[found.end() :] if found and all(counts) else text for found, (_, text) in zip(counts, units, strict=True)
    ]


def count_of(cell: Cell | None) -> int:
    """How many parts are stacked in a cell."""
    return len(units_of(cell)[0]) if cell is not None and cell.paragraphs else 0


def unstack(
    cell: Cell,
    *,
    refs: Cell | None,
    owners: Cell | None,
    times: Cell | None,
    has_group: bool,
    table_has_refs: bool,
    titled: bool = False,
    said: str | None = None,
) -> Stack:
    """Take an action cell apart. The other cells of the row are evidence; `titled` says that each cell is a name and a deed,
    `said` is a person's "split" or "join".
    """
    units, hard = units_of(cell)
    whole = Stack((Item(None, _joined(cell, units), 0),))
    if len(units) == 1:
        return whole
    if said == "join":
        return whole
    numbered = _numbered(units)
    steps = refs is not None and bool(refs.paragraphs) and count_of(times) < len(numbered)
    if numbered and steps and said is None and all(item.ref and item.ref.isalnum() for item in numbered):
        return Stack(whole.items, "steps of the row with the number", doubtful=True)
    if numbered and (said == "split" or _distinct(numbered)):
        return Stack(tuple(numbered), "the parts of the cell are numbered")
    if hard and said is None and _stands_over_the_rest(units, owners, times):
        rest = tuple(Item(None, text, at) for at, (_, text) in enumerate(units[1:]))
        return Stack(rest, "the first paragraph stands over the rest", doubtful=True, heading=units[0][1])
    if titled and said is None:
        return Stack(whole.items, "the first paragraph is its title", doubtful=True)
    paired = _pairs_with(units, times) and said is None and not table_has_refs
    led = [text for _, text in units] if paired else _led_lists(units)
    items = tuple(Item(None, text, at) for at, text in enumerate(led))
    if said == "split":
        return Stack(
            items if len(items) > 1 else tuple(Item(None, text, at) for at, (_, text) in enumerate(units)),
            "you said so",
        )
    if len(items) == 1:
        return Stack(whole.items, "a sentence with its list")
    if refs is not None and count_of(refs) == len(items):
        return Stack(items, "as many numbers as parts stand beside it")
    if _pairs_with([("", item.text) for item in items], times):
        return Stack(items, "as many timescales as parts stand beside it")
    possible = all(len(text.split()) >= 3 for text in led)
    if hard and len(items) > 1 and count_of(times) == count_of(owners) == len(items):
        return Stack(items, "as many leads and timescales as parts stand beside it")
    if table_has_refs:
        return Stack(
            whole.items,
            "the row has one number",
            doubtful=hard and possible and all(begins_like_action(text) for text in led),
        )
    if all(mark for mark, _ in units) and len(items) > 1:
        return Stack(items, "each bullet is an action", doubtful=True)
    if not hard and not (possible and len(items) > 1 and all(begins_like_action(text) for text in led)):
        return Stack(whole.items, "lines of one paragraph", doubtful=possible and all(mark for mark, _ in units))
    if owners is not None and count_of(owners) == len(items) and len(items) > 1:
        return Stack(items, "as many leads as parts stand beside it", doubtful=True)
    if has_group:
        return Stack(items, "each paragraph under the heading is an action", doubtful=True)
    if possible and all(begins_like_action(text) for text in led):
        return Stack(items, "each paragraph begins like an action", doubtful=True)
    return Stack(whole.items, "the paragraphs read on", doubtful=possible)


def _pairs_with(units: list[tuple[str, str]], times: Cell | None) -> bool:
    """Whether a timescale stands beside each part, however the parts begin."""
    beside = units_of(times)[0] if times is not None and times.paragraphs else []
    return len(beside) == len(units) and all(looks_like_time(text) for _, text in beside)


def _numbered(units: list[tuple[str, str]]) -> list[Item]:
    """Parts that begin with numbers like 1.1 or 2a; parts without join the one before. Empty if the first has none."""
    items: list[Item] = []
    found_any = 0
    for at, (mark, text) in enumerate(units):
        found = _INNER_REF.match(text)
        simple = _COUNT.match(text) if not found else None
        ref = (
            found.group(1)
            if found
            else simple.group(1) or simple.group(2)
            if simple
            else mark.strip("().")
            if mark not in ("", "•")
            else ""
        )
        if ref:
            found_any += 1
            items.append(Item(ref, text[(found or simple).end() :] if (found or simple) else text, at))  # type: ignore[union-attr]
        elif items:
            items[-1] = Item(items[-1].ref, f"{items[-1].text}\n{text}", items[-1].index)
        else:
            return []
    return items if found_any > 1 else []


def _stands_over_the_rest(units: list[tuple[str, str]], owners: Cell | None, times: Cell | None) -> bool:
    """A heading in the cell of its actions: timescales are stacked beside it, one for each paragraph but the first.

    So are the leads, unless there is one for all.
    """
    heading = units[0][1]
    return (
        len(units) >= 3
        and count_of(times) == len(units) - 1
        and (count_of(owners) == len(units) - 1 or count_of(owners) <= 1 and not begins_like_action(heading))
        and len(heading.split()) <= 8
        and not heading.rstrip().endswith((".", ";"))
    )


def is_titled(cell: Cell) -> bool:
    """ "Hospital discharge" over "Agree a protocol with the wards.": a name and then the deed, one action."""
    units, hard = units_of(cell)
    if len(units) != 2 or not hard:
        return False
    title, deed = (text for _, text in units)
    return (
        len(title.split()) <= 8 < len(deed.split())
        and title.rstrip()[-1:] not in ".;:"
        and not begins_like_action(_COUNT.sub("", title))
        and begins_like_action(deed)
    )


def _distinct(items: list[Item]) -> bool:
    refs = [item.ref for item in items]
    return len(set(refs)) == len(refs) and all(len(item.text.split()) >= 2 for item in items)


def _led_lists(units: list[tuple[str, str]]) -> list[str]:
    """Join a sentence that ends with a colon to the list it introduces, and a broken line to the one it continues."""
    result: list[str] = []
    leading = False
    marked_list = False
    for at, (mark, text) in enumerate(units):
        if leading and (mark or not marked_list):
            result[-1] += f"\n{text}"
            marked_list = marked_list or bool(mark)
            continue
        if (
            result
            and not mark
            and (text[:1].islower() or not text[:1].isalnum() and text[:1] not in "\"'“‘(£#[…" + BULLETS)
        ):
            result[-1] += f"\n{text}"
            continue
        result.append(text)
        leading = text.rstrip().endswith((":", ": -")) and at + 1 < len(units)
        marked_list = leading and bool(units[at + 1][0])
    return result


def _joined(cell: Cell, units: list[tuple[str, str]]) -> str:
    marked = any(mark and mark in BULLETS for mark, _ in units)
    if marked or len(cell.paragraphs) > 1 or len(units) != len(cell.text.split("\n")):
        return "\n".join(text for _, text in units)
    return cell.text

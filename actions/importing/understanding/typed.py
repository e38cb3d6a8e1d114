"""Actions typed as lines: a list whose lines carry owners and dates, or words with "Lead: ..." lines under them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from ..grid import TextBlock
from ..verbs import begins_like_action
from ..words import BULLETS, flat
from .groups import Heading, level_word
from .party_signs import party_like
from .profiles import is_time_alone, looks_like_time
from .timing import who_and_when
from .wordings import readings_of

_LABELS = (
    r"lead(?: officer| agency| organisation| partner)?s?|owners?|action owner|by whom|who|"
    r"responsib(?:le|ility)(?: officer| person)?|person responsible|partners?|"
    r"by when|by|when|timescales?|time ?frame|time ?line|deadline|due(?: date| by)?|target(?: date)?|completion date|"
    r"complete by|"
    r"b?rag(?: rating| status)?|status|progress|update|(?:success |performance )?measures?|outcomes?"
)
_FIELD = re.compile(rf"(?:^|[\s;,.(–—|-])\s*({_LABELS})\s*[:=]\s*", re.I)
_FIELD_LINE = re.compile(rf"(?:{_LABELS})\s*[:=]\s*", re.I)
_ANY_LABEL = re.compile(r"([A-Z][\w/&’' -]{3,60}\??):\s+(?=\S)")
_ACTION_LABEL = re.compile(
    r"^(?:key )?(?:action|activity|task|deliverable|commitment|pledge)(?: (?:no\.? ?)?(\d{1,3}(?:\.\d{1,3})*))?\s*[:–—-]\s*",
    re.I,
)
_TAIL = re.compile(r"\s*(?:\(([^()]{3,90})\)|\[([^\[\]]{3,90})\]|[–—-]\s+([^–—]{3,80}))\s*\.?$")
_BOTH = re.compile(r"\s*[\[(]([^\[\]()]{2,90})[\])][\s,–—-]*[\[(]([^\[\]()]{2,80})[\])]\s*\.?$")
_DASH = re.compile(r"\s+[–—-]\s+|\s+\|\s+")
_LINE_COUNT = re.compile(r"^(\d{1,3})[.)]\s+(?=[A-Z])")
_LINE_REF = re.compile(r"^((?:[A-Z]{1,3}\.?)?\d{1,3}(?:\.\d{1,3})+[a-z]?|[A-Z]{1,2}\d{1,2}[a-z]?)[.):]?\s+(?=\S)")


@dataclass(slots=True)
class TypedAction:
    """An action from a typed line: its words, number, and whatever fields were typed after it."""

    text: str
    block: TextBlock
    ref: str | None = None
    headings: list[Heading] = field(default_factory=list)
    owner_text: str | None = None
    time_text: str | None = None
    fields: dict[str, str] = field(default_factory=dict)


def carries_fields(text: str) -> bool:
    """A line with a labelled owner or date, or with both at its end in brackets."""
    if _FIELD.search(text) or lead_and_date_in_brackets(text):
        return True
    tail = _TAIL.search(flat(text))
    inside = next((group for group in tail.groups() if group), "") if tail else ""
    pieces = re.split(r"[,;–—]", inside)
    return (
        len(text.split()) > 4
        and any(looks_like_time(piece) for piece in pieces)
        and (len(pieces) == 1 or any(party_like(piece) for piece in pieces))
    )


def lead_and_date_in_brackets(text: str) -> re.Match[str] | None:
    """ "... [Prevent Lead] (June 2021)" at the end of a line."""
    both = _BOTH.search(text)
    return both if both and party_like(both.group(1)) and looks_like_time(both.group(2)) else None


def end_in_lead_and_date(texts: list[str]) -> bool:
    """Whether most lines of a list are made alike: words, a dash, who leads, a dash, by when."""
    cut = [_DASH.split(text) for text in texts]
    alike = [parts for parts in cut if len(parts) >= 3 and party_like(parts[-2])]
    dated = sum(looks_like_time(parts[-1]) for parts in alike)
    return len(alike) >= max(2, len(texts) * 0.6) and dated >= len(alike) * 0.5


def typed_action(block: TextBlock, path: list[Heading], lead_and_date: bool = False) -> TypedAction:
    """The action of one line, with the owner and date that stand in the same line.

    `lead_and_date` says that the lines of this list end in both, a dash before each.
    """
    ref = block.mark.strip("().") if block.mark not in ("", *BULLETS) else None
    action = TypedAction(block.text, block, ref, path)
    found = list(_FIELD.finditer(block.text))
    if found:
        action.text = block.text[: found[0].start(1)].rstrip(" ;,–—-(|")
        _keep_fields(action, block.text, found)
    elif lead_and_date and len(parts := _DASH.split(block.text)) >= 3:
        action.owner_text, action.time_text = parts[-2], parts[-1].rstrip(" .")
        action.text = block.text[: [*_DASH.finditer(block.text)][-2].start()]
    elif both := lead_and_date_in_brackets(block.text):
        action.text = block.text[: both.start()]
        action.owner_text, action.time_text = both.groups()
    else:
        _keep_tail(action, block.text)
    _number(action)
    return action


def with_lines_below(block: TextBlock, below: list[TextBlock], path: list[Heading]) -> TypedAction:
    """The action of one line that somebody pointed at, with what the labelled lines straight below it tell of it."""
    action = typed_action(block, path)
    if not action.text.strip():  # the line is all label: its words are the action
        action = TypedAction(block.text, block, None, path)
    for line in below:
        if not is_labelled(line):
            break
        _keep_line(action, line.text)
    return action


def is_labelled(block: TextBlock) -> bool:
    """Whether a line begins with a label of the usual fields: "Lead: ...", "Timescale: ..."."""
    return bool(_FIELD_LINE.match(block.text))


def typed_cards(blocks: list[TextBlock]) -> list[TypedAction]:
    """Words with lines of labels under them: "Train 200 staff", "Owner: Training Officer", "Timescale: May".

    A card is the line before a run of labelled lines, or a paragraph with the labels in it; where some are called
    "Action: ...", nothing else is one. At least two cards must have an owner or a timescale, so that the
    "Author: ..." lines of a cover page are not taken for a plan.
    """
    told = Counter(match.group(1) for block in blocks if (match := _ANY_LABEL.match(block.text)))
    own = frozenset(label for label, count in told.items() if count >= 2 and not _ACTION_LABEL.match(f"{label}: "))
    heads = _numbered_heads(blocks, _card_heads(blocks, own))
    cards: list[TypedAction] = []
    path: list[tuple[int, Heading]] = []
    at = 0
    while at < len(blocks):
        block = blocks[at]
        if at not in heads:
            if _is_card_in_itself(block):
                cards.append(typed_action(block, [heading for _, heading in path]))
            else:
                _open_heading(path, block)
            at += 1
            continue
        action = typed_action(_joined(blocks[heads[at][0] : at + 1]), [heading for _, heading in path])
        _keep_lines(action, blocks[at + 1 : heads[at][1]], own)
        cards.append(action)
        at = heads[at][1]
    called = [card for card in cards if _ACTION_LABEL.match(card.block.text)]
    cards = called if len(called) >= 2 else cards
    useful = [card for card in cards if _is_of_a_plan(card)]
    return cards if len(useful) >= 2 and len(useful) >= len(cards) * 0.5 else []


def _is_of_a_plan(card: TypedAction) -> bool:
    """Whether a card has an owner, a timescale or a rating, or tells how a deed goes on."""
    told = {"progress", "update", "status"} & card.fields.keys() and begins_like_action(card.text)
    return bool(card.owner_text or card.time_text or told or any(re.match(r"b?rag\b", label) for label in card.fields))


def _is_card_in_itself(block: TextBlock) -> bool:
    """ "Action: Train staff. Owner: HR. Deadline: May 2025." in one paragraph."""
    found = [label.group(1).lower() for label in _FIELD.finditer(block.text)]
    telling = sum(
        bool(re.match(r"by|when|time|deadline|due|target|lead|owner|action owner|resp|who", f)) for f in found
    )
    labelled = bool(_ACTION_LABEL.match(block.text) or _LINE_REF.match(block.text))
    if not block.mark and lead_and_date_in_brackets(block.text):
        return True
    return not block.mark and (labelled and telling >= 1 or telling >= 2) and not _FIELD_LINE.match(block.text)


def _is_told(text: str, own: frozenset[str]) -> bool:
    """Whether a line tells something of the card above: a known label, or one that the document uses again and again."""
    found = _ANY_LABEL.match(text)
    blank = text.endswith(":") and text.rstrip(":") in own
    return bool(_FIELD_LINE.match(text)) or bool(found and found.group(1) in own) or blank


def _numbered_heads(blocks: list[TextBlock], heads: dict[int, tuple[int, int]]) -> dict[int, tuple[int, int]]:
    """ "1. The police will review ..." some way above its labels, with a reason between: the number is the card's head.

    So it is where each card has one number, and one alone, between the end of the last card and its own labels.
    """
    found: dict[int, tuple[int, int]] = {}
    before = 0
    for last, (_, end) in sorted(heads.items()):
        numbered = [at for at in range(before, last + 1) if re.fullmatch(r"\d{1,3}[.)]", blocks[at].mark)]
        if not numbered or found and len(numbered) > 1:  # numbers further up, over the first card, are of other lists
            return heads
        found[numbered[-1]] = (numbered[-1], end)
        before = end
    return found if len(found) >= 3 else heads


def _keep_lines(action: TypedAction, lines: list[TextBlock], own: frozenset[str]) -> None:
    """Keep what the lines under a card tell: labels with their words, and words of their own as details."""
    label = "Details"
    for line in lines:
        if _is_told(line.text, own) or is_time_alone(line.text):
            _keep_line(action, line.text)
        elif line.text.endswith(":") and len(line.text.split()) <= 8:
            label = line.text.rstrip(" :")
        else:
            action.fields[label] = "\n".join(filter(None, [action.fields.get(label), line.text]))


def _keep_line(action: TypedAction, text: str) -> None:
    found = _ANY_LABEL.match(text)
    if text.endswith(":"):
        return  # a label without a value
    if _FIELD_LINE.match(text):
        _keep_fields(action, text, list(_FIELD.finditer(text)))
    elif found:
        role = next((role for role, _ in readings_of(found.group(1))), "")
        value = text[found.end() :].strip()
        if role == "owners" and not action.owner_text:
            action.owner_text = value
        elif role in ("timescale", "due") and not action.time_text:
            action.time_text = value
        else:
            action.fields[found.group(1)] = value
    else:
        action.time_text = action.time_text or text


def _card_heads(blocks: list[TextBlock], own: frozenset[str]) -> dict[int, tuple[int, int]]:
    """For the last line of each card's words: where its words begin and where the lines end that tell of it.

    `own` are the labels that the document uses again and again. Among such lines a bare timescale is one too.
    """
    heads: dict[int, tuple[int, int]] = {}
    at = 1
    while at < len(blocks):
        if not _is_told(blocks[at].text, own) or _is_told(blocks[at - 1].text, own):
            at += 1
            continue
        end = at
        while end < len(blocks) and (_is_told(blocks[end].text, own) or is_time_alone(blocks[end].text)):
            end += 1
        first = at - 1
        while first > 0 and blocks[first].text[:1].islower() and _touch(blocks[first - 1], blocks[first]):
            first -= 1
        over_a_list = bool(level_word(blocks[at - 1].text)) and any(block.mark for block in blocks[end : end + 2])
        if len(" ".join(block.text for block in blocks[first:at]).split()) >= 3 and not over_a_list:
            heads[at - 1] = (first, end)
        at = end
    return heads


def _touch(above: TextBlock, below: TextBlock) -> bool:
    """Two lines without a blank line between them."""
    lines = above.where.line, below.where.line
    return lines[0] is not None and lines[1] is not None and lines[1] - lines[0] == 1


def _joined(blocks: list[TextBlock]) -> TextBlock:
    first = blocks[0]
    return TextBlock(
        " ".join(block.text for block in blocks), first.level, first.bold, first.mark, first.depth, first.where
    )


def _open_heading(path: list[tuple[int, Heading]], block: TextBlock) -> None:
    """A line over the cards that is set or numbered like a heading; running text opens none."""
    words = block.text.split()
    named = level_word(block.text)
    numbered = block.mark not in ("", *BULLETS) and len(words) <= 12 and not block.text.endswith(".")
    if not (block.level or named or numbered or block.bold) or len(words) > 40:
        return
    if not named and (re.match(r"[^:]{3,60}:\s+\S", block.text) or _names_columns(block.text)):
        return
    level = block.level or (6 if named else 7 if block.bold else 8)
    while path and (path[-1][0] >= level or named and any(above.level == named for _, above in path)):
        path.pop()
    label = flat(f"{block.mark} {block.text}" if numbered else block.text)
    path.append((level, Heading(label, named, str(block.where), why="a heading above the lines")))


def _names_columns(text: str) -> bool:
    """ "Action Status", "Outcome": what stands in the lines under it, not a heading of them."""
    return any(
        role in ("timescale", "due", "rag", "status", "progress", "measure") and sure > 0.9
        for words in (text, text.split()[-1])
        for role, sure in readings_of(words)[:1]
    )


def _keep_fields(action: TypedAction, text: str, found: list[re.Match[str]]) -> None:
    for at, label in enumerate(found):
        end = found[at + 1].start() if at + 1 < len(found) else len(text)
        _keep(action, label.group(1).lower(), text[label.end() : end])


def _keep(action: TypedAction, label: str, words: str) -> None:
    value = words.strip(" ;,.|")
    value = value.strip("()") if value.count("(") != value.count(")") else value
    if re.match(r"by whom|who|lead|owner|action owner|responsib|person", label):
        who, when = who_and_when(value)
        action.owner_text = who or None
        action.time_text = action.time_text or when or None
    elif re.match(r"by|when|time|deadline|due|target|complet", label):
        action.time_text = value or None
    else:
        words = words.strip(" ;,|")  # a sentence keeps its full stop
        opened_before = words.endswith(")") and words.count("(") < words.count(")")
        action.fields[label] = words[:-1] if opened_before else words


def _keep_tail(action: TypedAction, text: str) -> None:
    """An owner and a date in brackets or after a dash at the end of the line."""
    tail = _TAIL.search(text)
    if not tail or not carries_fields(text):
        return
    inside = next(group for group in tail.groups() if group)
    pieces = [piece.strip() for piece in re.split(r"[;–—]|,(?=[^,]*$)", inside)]
    times = [piece for piece in pieces if looks_like_time(piece)]
    others = [piece for piece in pieces if piece not in times]
    if times and all(party_like(piece) for piece in others):
        action.text = text[: tail.start()].strip()
        action.time_text = ", ".join(times)
        action.owner_text = ", ".join(others) or None


def _number(action: TypedAction) -> None:
    """A number at the head of the words: "1.1 Carry out ...", "Action 3: Train ..."."""
    label = _ACTION_LABEL.match(action.text)
    if label:
        action.ref, action.text = action.ref or label.group(1), action.text[label.end() :]
    number = None if action.ref else _LINE_REF.match(action.text) or _LINE_COUNT.match(action.text)
    if number:
        action.ref, action.text = number.group(1), action.text[number.end() :]

"""Plans without a table: strategies that name their priorities in lists, and plans typed as headings and bullets.

A list becomes headings when the sentence before it says so ("We will achieve this by:", "five key elements",
"the following objectives") and speaks of the council's own plan, not of national strategy. A list becomes actions
only when it is called actions, or when its lines carry owners and dates.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..grid import TextBlock
from ..verbs import begins_like_action
from ..words import flat, squashed
from .groups import Heading, level_word, owner_line
from .label_lines import with_colons, with_label_lines_joined
from .typed import TypedAction, carries_fields, end_in_lead_and_date, typed_action, typed_cards

_LEVELS = re.compile(
    r"\b(strategic objectives?|strategic priorit(?:y|ies)|key elements?|priorit(?:y|ies)|objectives?|outcomes|aims|"
    r"goals|strands|themes|pillars|commitments|"
    r"ambitions|recommendations?|key areas|areas of focus)\b",
    re.I,
)
_ACHIEVE = re.compile(
    r"\bwe (?:will|shall|aim to) achieve (?:this|these|them) (?:by|through)|\bthis will be achieved (?:by|through)|"
    r"\bdelivered through the following",
    re.I,
)
_NATIONAL = re.compile(
    r"\b(?:government|contest|national(?:ly)?|home office|task ?force|guidance|the act|legislation|statutory duty|"
    r"section 26|prevent strategy (?:has|is|was|nationally)|"
    r"prevent strategy's|objectives of prevent|aims? of prevent|ofsted|uk'?s)\b",
    re.I,
)
_OWN = re.compile(
    r"\b(?:this strategy|our|we|local (?:strategy|plan)|local authority plan|safe|the current plan|this plan|"
    r"partnership|borough|district|key elements)\b",
    re.I,
)
_ACTIONS = re.compile(
    r"^(?:\d+(?:\.\d+)*\s+)?(?:(?:our|key|the|priority|main|agreed|planned|required|specific) )*(?:actions?|"
    r"activities|action plan|delivery plan|what we will do|(?:this year |to do this,? |in 20\d\d )?"
    r"we (?:will|plan to|intend to|are going to)|tasks|deliverables|next steps)"
    r"(?: (?:required|agreed|planned|points|plan|are|include|for \d{4}.*|20\d\d.*))*\s*:?$",
    re.I,
)


@dataclass(slots=True)
class _List:
    lead: str
    headings: list[TextBlock]
    items: list[TextBlock]
    leads: dict[str, str] = field(default_factory=dict)
    """Who leads under a heading, by the heading's words: a line "Lead: ..." between it and the list."""


def read_narrative(
    blocks: list[TextBlock], title: str | None
) -> tuple[list[tuple[Heading, str | None]], list[TypedAction]]:
    """Headings (with their printed numbers) and typed actions of a document without a plan table."""
    blocks = with_colons(blocks)
    cards = typed_cards(with_label_lines_joined(blocks))
    if cards:
        return [], cards
    lists = _lists(blocks)
    actions: list[TypedAction] = []
    typed_plan, deeds = _is_typed_plan(blocks, lists), _lists_deeds(blocks, lists, title)
    lead_and_date = end_in_lead_and_date([item.text for each in lists for item in each.items])
    for each in lists:
        if (
            _are_actions(each)
            or deeds
            or typed_plan
            and each.headings
            and level_word(each.headings[-1].text)
            and each.lead == flat(each.headings[-1].text)
        ):
            path = _path(each, title)
            actions.extend(typed_action(item, path, lead_and_date) for item in each.items)
    if actions:
        return [], actions
    stated = _stated_headings(lists)
    labels = {squashed(heading.label) for heading, _ in stated}
    own = [
        (Heading(flat(block.text), level_word(block.text), str(block.where), why="a heading of the document"), None)
        for block in blocks
        if block.level
        and level_word(block.text)
        and level_word(block.text) != "section"
        and squashed(block.text) not in labels
    ]
    return [*own, *stated], []


def _lists_deeds(blocks: list[TextBlock], lists: list[_List], title: str | None) -> bool:
    """An "action plan" that is hardly more than lists of deeds under headings."""
    items = [item for each in lists for item in each.items]
    deeds = sum(begins_like_action(item.text) for item in items)
    called = re.search(r"\baction plan\b", title or "", re.I)
    return bool(called) and len(items) >= max(3, len(blocks) * 0.4) and deeds >= len(items) * 0.8


def _is_typed_plan(blocks: list[TextBlock], lists: list[_List]) -> bool:
    """A short paste that is hardly more than named headings with a list under each."""
    items = sum(len(each.items) for each in lists)
    named = sum(bool(level_word(block.text)) for block in blocks if not block.mark)
    return named >= 2 and items >= 2 and items + named >= len(blocks) * 0.7


def _lists(blocks: list[TextBlock]) -> list[_List]:
    """Runs of list items, each with the sentence before it and the headings over it."""
    found: list[_List] = []
    stack: list[TextBlock] = []
    leads: dict[str, str] = {}
    lead = ""
    joining = False
    for block in blocks:
        if block.mark and not _is_report_paragraph(block):
            if not joining:
                found.append(_List(lead, list(stack), [], leads))
                joining = True
            found[-1].items.append(block)
            continue
        if joining and _finishes(found[-1].items[-1], block):
            held = found[-1].items[-1]
            found[-1].items[-1] = TextBlock(
                f"{held.text} {block.text}", held.level, held.bold, held.mark, held.depth, held.where
            )
            continue
        joining = joining and not (block.text.strip())
        owner = owner_line(block.text)
        if owner and stack:
            leads[stack[-1].text] = owner
            continue
        lead = flat(block.text)
        if _over_a_list(block):
            while stack and _ends_under(stack, block):
                stack.pop()
            stack.append(block)
    return _rejoined(found)


def _ends_under(stack: list[TextBlock], block: TextBlock) -> bool:
    """Whether the innermost heading ends where this one begins: it is no deeper, or stands under the last of its kind."""
    named = level_word(block.text)
    return (stack[-1].level or 10) >= (block.level or 10) or bool(
        named and any(level_word(above.text) == named for above in stack)
    )


def _is_report_paragraph(block: TextBlock) -> bool:
    """A numbered paragraph of a report ("1.3 Derby's plan ...") is running text, not a list item."""
    return (
        bool(re.fullmatch(r"\d+\.\d+\.?", block.mark))
        and (len(block.text.split()) > 12 or block.text in ("None", "None."))
        or (block.mark not in ("", "•") and len(block.text.split()) > 60)
    )


def _finishes(item: TextBlock, block: TextBlock) -> bool:
    """The second half of a list item that a page break cut off."""
    return (
        block.text[:1].islower()
        and not re.search(r"[.;:!?]$", item.text)
        and block.level is None
        and len(block.text.split()) < 20
    )


def _rejoined(lists: list[_List]) -> list[_List]:
    return [each for each in lists if each.items]


def _over_a_list(block: TextBlock) -> bool:
    return (
        bool(block.level)
        or bool(level_word(block.text))
        and len(block.text.split()) <= 60
        or (block.bold and len(block.text.split()) <= 25)
    )


def _path(each: _List, title: str | None) -> list[Heading]:
    return [
        Heading(
            flat(block.text),
            level_word(block.text),
            str(block.where),
            why="a heading above the list",
            owner_text=each.leads.get(block.text),
        )
        for block in each.headings
        if not _ACTIONS.match(flat(block.text)) and squashed(block.text) not in squashed(title or "")
    ]


def _are_actions(each: _List) -> bool:
    texts = [item.text for item in each.items]
    carrying = sum(carries_fields(text) for text in texts)
    if carrying >= max(1, len(texts) * 0.5):
        return True
    if _NATIONAL.search(each.lead):
        return False
    called = bool(_ACTIONS.match(each.lead)) or any(_ACTIONS.match(flat(block.text)) for block in each.headings[-1:])
    return called and not _LEVELS.search(each.lead)


def _stated_headings(lists: list[_List]) -> list[tuple[Heading, str | None]]:
    """Lists that the document itself calls its objectives, priorities, elements or recommendations."""
    result: list[tuple[Heading, str | None]] = []
    for each in lists:
        level = _stated_level(each)
        if level is None:
            continue
        for item in each.items:
            if re.fullmatch(r"\d+\.\d+\.?", item.mark):
                continue
            ref = item.mark.strip("().") if item.mark not in ("", "•") else None
            result.append(
                (
                    Heading(
                        flat(item.text).rstrip(";"), level, str(item.where), why=f"listed under “{each.lead[-120:]}”"
                    ),
                    ref,
                )
            )
    return result


def _stated_level(each: _List) -> str | None:
    lead = each.lead
    if level_word(lead):
        return None
    if not lead.rstrip().endswith((":", ";", "by", "are", "following")) and not _LEVELS.search(lead[-160:]):
        return None
    if len(lead.split()) <= 2 and not re.fullmatch(
        r"(?:key |strategic |our )*(?:priorities|objectives|aims|outcomes|themes|strands|goals)", squashed(lead)
    ):
        return None
    near = " ".join(re.split(r"(?<=[.!?])\s+", lead)[-2:])
    sentence = re.split(r"(?<=[.!?])\s+", lead)[-1]
    if _ACHIEVE.search(sentence):
        return "statement"
    named = list(_LEVELS.finditer(sentence))
    if not named and (earlier := re.split(r"(?<=[.!?])\s+", lead)[-2:-1]) and len(sentence.split()) <= 8:
        named = list(_LEVELS.finditer(earlier[0]))
        sentence = earlier[0] + " " + sentence
    if not named or _NATIONAL.search(near) and not _OWN.search(sentence):
        return None
    word = squashed(named[-1].group(1))
    for plural, single in (("priorities", "priority"), ("ies", "y"), ("s", "")):
        if word.endswith(plural):
            word = word[: len(word) - len(plural)] + single
            break
    return re.sub(r"\W+", "_", word)

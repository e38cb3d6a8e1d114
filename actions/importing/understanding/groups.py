"""Headings of the plan: what a heading is, how deep it goes, and which stand above a table."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from dataclasses import dataclass, field

from ..grid import Block, Cell, Table, TextBlock
from ..words import flat, squashed
from .wordings import readings_of

_LEVEL_WORDS = (
    "priority",
    "objective",
    "theme",
    "strand",
    "pillar",
    "aim",
    "goal",
    "outcome",
    "workstream",
    "section",
    "standard",
    "benchmark",
    "ambition",
    "element",
    "domain",
    "duty",
    "requirement",
    "recommendation",
    "focus area",
    "area",
    "category",
    "part",
    "stage",
    "commitment",
    "programme",
    "activity",
    "topic",
    "project",
    "issue",
    "principle",
    "chapter",
    "pledge",
    "promise",
)
_LEVEL = re.compile(
    r"^(?:(?:strategic|key|prevent|delivery|plan|local|national|core|our|main|high[- ]level) )*"
    r"(priority|objective|theme|strand|pillar|aim|goal|outcome|work ?stream|section|standard|benchmark|ambition|"
    r"element|domain|duty|pledge|promise|"
    r"requirement|recommendation|focus area|area|category|part|stage|commitment|programme|activity|topic|project|"
    r"issue|principle)"
    r"(?: area| theme| objective| outcome| priority)?(?:\s+no\.?)?(?:\s*(?:\d{1,2}(?:\.\d{1,2})*[a-z]?|"
    r"\s(?-i:[A-Z]{1,2}\d{0,2}|[IVX]{1,4})|one|two|three|four|five|six|seven|eight|nine|ten)\b(?!\s+of\b)|\s*[:–—-])",
    re.I,
)
_RANK = {
    "theme": 0,
    "strand": 0,
    "pillar": 0,
    "ambition": 0,
    "workstream": 0,
    "priority": 1,
    "aim": 1,
    "goal": 1,
    "section": 0,
    "objective": 2,
    "outcome": 2,
    "recommendation": 2,
    "standard": 1,
    "benchmark": 1,
}
_NUMBER = re.compile(r"^(?:[A-Za-z]+\s)?(\d{1,2}(?:\.\d{1,2})*)\b")
_TITLE_LIKE = re.compile(
    r"\b(?:action|delivery|implementation|improvement|work|strategic|partnership|annual|business|"
    r"development) (?:and [a-z]+ )?plans?\b|\bappendix\b|"
    r"^annexe?\b|\bcontents\b|^introduction|\bstrategy\b(?!.*\b(?:develop|deliver|review))|^background|^purpose|"
    r"^summary|^overview|^table \d",
    re.I,
)
_OWNER_LINE = re.compile(
    r"^(?:(?:strategic|priority|objective|theme|overall|strand|accountable|responsible|executive|operational|"
    r"(?:sub-?|task )?group|board|panel|project|programme|delivery|workstream|"
    r"senior|outcome|lead|prevent) )*"
    r"(?:lead|owner|sponsor|champion|lead officer|responsible officer|sro)s?(?: officer| agency|"
    r" organisation)?\s*(?::|[-–—]\s)\s*(.+)$",
    re.I | re.S,
)
_NOTE = re.compile(
    r"^(?:\*|note[s:]|nb\b|n\.b|source:|key\b|total\b|this (?:section|priority|table)|please|see |the following|"
    r"we will know|in this section|\(?continued|(?:final )?draft(?: (?:v(?:ersion)? ?)?[\d.]+)?$|version \d|v\d|last updated|"
    r"updated:|as at \d)",
    re.I,
)
_ABOUT = re.compile(
    r"^(?:what (?:does )?(?:success|good) looks? like|success (?:measures?|criteria|factors?)|(?:intended |"
    r"expected |desired |key )?(?:outcomes?|impact|aims?|purpose|rationale|context|background|"
    r"description|objective|why|what we want|(?:this|we) will (?:be )?achieved?(?: this)? by|"
    r"how we will (?:know|measure)|lead|measures?))\b[^:]{0,60}:\s",
    re.I,
)
PROGRESS_LABEL = re.compile(
    r"^(?:(?:latest|current|action|quarterly|q[1-4]|quarter [1-4]|mid-?year|end of year|year end|rag|overall|"
    r"[a-z]{3,9} 20\d\d|20\d\d(?:/\d\d)?) )*"
    r"(?:progress|update|updates|comments?|commentary|position|status)(?: (?:update|report|note|notes|to date|"
    r"so far|against action|comments?|statement))?"
    r"(?: \([\w/ .]{2,25}\)| [-–—]? ?(?:as (?:at|of) )?(?=[^:\n]{0,24}(?:\d|"
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)))[\w/ .]{2,25}?)?\s*(?:[:–—]|-\s|\n|$)\s*",
    re.I,
)


@dataclass(slots=True)
class Heading:
    """A heading over actions: label, level word, and (for tables) the place it came from."""

    label: str
    level: str
    place: str = ""
    row_key: str = ""
    why: str = ""
    owner_text: str | None = None
    note: str | None = None


def level_word(text: str) -> str:
    """The word that a heading calls its own level by ("Priority 2: ..." is "priority"), or ""."""
    found = _LEVEL.match(flat(text))
    return found.group(1).lower().replace("work stream", "workstream") if found else ""


def singular(heading: str) -> str:
    """A column heading as the name of a level: "Objectives" is "objective"."""
    words = squashed(re.split(r"[/(&:]", heading)[0])
    words = words.replace("work stream", "workstream")
    if words.endswith("ies"):
        return words[:-3] + "y"
    return words[:-1] if words.endswith("s") and not words.endswith("ss") else words or "heading"


def owner_line(text: str) -> str | None:
    """The owner named by a line such as "Priority Owner: Head of Community Safety"."""
    found = _OWNER_LINE.match(flat(text))
    return found.group(1).strip() if found and len(found.group(1).split()) <= 25 else None


def without_owner(label: str) -> tuple[str, str | None]:
    """ "Priority 1: ... Lead: Head of Service" is a heading and its owner."""
    found = re.search(
        r"[.;,]?\s+[(–-]?\s*((?:(?i:Strategic|Priority|Objective|Theme|Overall|Board|Group) )?(?i:Lead|Owner|Sponsor)"
        r"(?: Officer| Agency)?\s*:\s*)([^:]{3,80}?)\)?$",
        label,
    )
    if not found:
        return label, None
    return label[: found.start()].strip(), found.group(2).strip()


def is_about(text: str) -> bool:
    """A line that says something about the heading over it: "What success looks like: ...", "Aim: ..."."""
    return bool(_ABOUT.match(flat(text))) and not re.match(r"^\w+ (?:\d|[A-Z]\b)", flat(text))


def is_note(text: str) -> bool:
    """A remark set across the table rather than a heading."""
    words = flat(text)
    return bool(_NOTE.match(words)) or len(words.split()) > 70


def without_its_note(cell: Cell) -> tuple[Cell, str | None]:
    """A heading and the sentences under it in the same cell: "a) Leadership", then "To provide strong leadership."."""
    first, *rest = cell.paragraphs
    apart = rest and len(first.split()) <= 12 and first.rstrip()[-1:].isalnum()
    if not apart or not all(text.rstrip().endswith(".") and len(text.split()) >= 6 for text in rest):
        return cell, None
    return dataclasses.replace(cell, paragraphs=(first,), marks=cell.marks[:1]), " ".join(rest)


def introduces(cell: Cell) -> bool:
    """A plain sentence set across the table under a heading: what the heading is about, not a heading itself."""
    words = cell.text.split()
    if is_about(cell.text):
        return True
    return (
        len(words) >= 10
        and cell.text.rstrip().endswith(".")
        and not cell.bold
        and cell.fill is None
        and not level_word(cell.text)
    )


def is_marking(text: str) -> bool:
    """A protective marking or a draft's stamp rather than a heading: "OFFICIAL - SENSITIVE"."""
    return bool(re.search(r"\b(?:official|sensitive|restricted|confidential|protect|draft|unclassified)\b", text, re.I))


def numeric_depth(text: str) -> int:
    """1 for "2 ...", 2 for "2.1 ...", 0 without a number in front."""
    found = _NUMBER.match(flat(text))
    return found.group(1).count(".") + 1 if found else 0


def is_title_like(text: str, title: str | None) -> bool:
    """Whether a heading only names the plan or an ordinary section of a document."""
    words = squashed(text)
    if title and (words == squashed(title) or words and words in squashed(title) and len(words) > 12):
        return True
    return not level_word(text) and len(words.split()) <= 10 and bool(_TITLE_LIKE.search(words))


@dataclass(slots=True)
class _Banner:
    key: tuple[object, ...]
    heading: Heading
    used: bool = False


@dataclass(slots=True)
class Banners:
    """The headings set across a table, as a stack that follows their look, their word and their number."""

    stack: list[_Banner] = field(default_factory=list)
    depths: dict[tuple[object, ...], int] = field(default_factory=dict)

    def add(self, heading: Heading, cell: Cell | None) -> None:
        """A new banner: nested under the last one when it looks different and comes straight after it."""
        key = (heading.level, numeric_depth(heading.label), cell.fill if cell else None, cell.bold if cell else False)
        depth = self._depth(key, heading)
        del self.stack[depth:]
        self.depths.setdefault(key, depth)
        self.stack.append(_Banner(key, heading))

    def _depth(self, key: tuple[object, ...], heading: Heading) -> int:
        for at, banner in enumerate(self.stack):
            if banner.key == key:
                return at
        if key in self.depths and self.depths[key] <= len(self.stack):
            return self.depths[key]
        if not self.stack:
            return 0
        top = self.stack[-1]
        for at, banner in enumerate(self.stack):
            if heading.level and banner.heading.level == heading.level and key[1] == banner.key[1]:
                return at
        if key[1] and top.key[1] and key[1] != top.key[1]:
            return len(self.stack) if int(str(key[1])) > int(str(top.key[1])) else max(0, len(self.stack) - 1)
        if not top.used:
            return len(self.stack)
        ranks = _RANK.get(heading.level), _RANK.get(top.heading.level)
        if ranks[0] is not None and ranks[1] is not None and ranks[0] > ranks[1]:
            return len(self.stack)
        return len(self.stack) - 1

    def path(self) -> list[Heading]:
        """The headings over the next action, outermost first."""
        return [banner.heading for banner in self.stack]

    def use(self) -> None:
        """An action hangs from the banners as they stand."""
        for banner in self.stack:
            banner.used = True


def headings_above(blocks: tuple[Block, ...], plan: list[Table], title: str | None) -> dict[int, list[Heading]]:
    """For each plan table (by number) the document headings over it that belong to the plan.

    A heading common to all plan tables, or printed over each ("Indicators"), is a section of the document, not a
    group, unless it names a level ("Priority 1"). Titles and words like "Action plan" are left out.
    """
    numbers = {table.number for table in plan}
    stacks: dict[int, list[tuple[int, Heading]]] = {}
    stack: list[tuple[int, Heading]] = []
    for block in blocks:
        if isinstance(block, Table):
            if block.number in numbers:
                stacks[block.number] = list(stack)
                for _, heading in stack:
                    heading.why = heading.why or "a heading above the table"
            continue
        owner = owner_line(block.text)
        if owner and stack:
            stack[-1][1].owner_text = owner
            continue
        if stack and stack[-1][0] == 10 and stack[-1][1].label.endswith(":"):
            stack.pop()  # "Objectives:" set in bold led in the words that follow it
        level = _heading_level(block)
        if level is None or stack and _leads_in_a_fact(block.text):
            continue
        while stack and stack[-1][0] >= level:
            stack.pop()
        if level > 0:
            label, owner = without_owner(flat(block.text))
            stack.append((level, Heading(label, level_word(label), str(block.where), owner_text=owner)))
    counts = Counter(label for found in stacks.values() for label in {squashed(each.label) for _, each in found})
    result = {}
    for number, found in stacks.items():
        result[number] = [
            heading
            for _, heading in found
            if not is_title_like(heading.label, title)
            and (heading.level or counts[squashed(heading.label)] < len(plan))
        ]
    return result


def _leads_in_a_fact(text: str) -> bool:
    """ "Aim: ...", "Key Partners:": a line about the heading over it."""
    if re.match(r"aims?\s*:", text, re.I):
        return True
    return text.endswith(":") and any(role in ("owners", "support", "measure") for role, _ in readings_of(text))


def _heading_level(block: TextBlock) -> int | None:
    """How deep a paragraph stands as a heading: its style, else 10 for one set in bold or named as a level."""
    if block.level is not None:
        return block.level
    words = block.text.split()
    if block.mark or len(words) > 60 or not words:
        return None
    if level_word(block.text):
        return 9
    if block.text.isupper() and 2 <= len(words) <= 8 and not is_note(block.text) and not is_marking(block.text):
        return 10
    return 10 if block.bold and len(words) <= 40 and not (block.text.endswith(".") and len(words) > 12) else None

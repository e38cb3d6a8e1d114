"""Tables that stand in plans but are not the plan: document control, keys, risk matrices, contacts, other documents."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..grid import Cell, Table
from ..words import flat, squashed
from .judged import Judged, headings_of, own_cells
from .wordings import readings_of

_CONTROL = re.compile(
    r"\b(?:version|revision|issue no|amendments?|amended|changes? made|author|document|reviewer|approv(?:ed|al)|"
    r"sign(?:ed)?[ -]off|ratified|superseded|drafted)\b"
)
_BODY = re.compile(
    r"\b(?:board|body|committee|meeting|group|forum|presented to|considered by|circulat|audience|approved by|"
    r"approver|cabinet|where)\b"
)
_HEADER_SIGNS: tuple[tuple[str, str, tuple[str, ...], int], ...] = (
    (
        "risk matrix",
        "its header speaks of likelihood and impact",
        (r"likelihood|probability", r"impact|severity|consequence"),
        2,
    ),
    (
        "glossary",
        "it explains terms",
        (
            r"(?:term|acronym|abbreviation|word|phrase)s?",
            r"(?:meaning|definition|explanation|description|stands for|full (?:name|title|term)|in full)s?.*",
        ),
        2,
    ),
    (
        "contact list",
        "it lists people and how to reach them",
        (
            r"(?:contact )?(?:name|contact)s?(?: of .*)?",
            r"(?:job )?(?:title|role|position|organisation|agency|post|department)s?.*",
            r"e-?mail.*|(?:tele)?phone.*|tel\.?.*|mobile.*|contact (?:details|number|info).*|address",
        ),
        2,
    ),
    (
        "distribution list",
        "it lists who received the document",
        (
            r"name|recipient|organisation|to",
            r"(?:date )?(?:sent|issued|distributed|distribution).*|copy.*|circulation.*",
        ),
        2,
    ),
    (
        "meeting dates",
        "it lists meetings",
        (
            r"(?:meeting |time and )?dates?(?: of .*)?|meeting",
            r"(?:start )?times?",
            r"venue|location|place|room|paper deadline|deadline for papers.*|agenda.*|type of meeting|chair",
        ),
        2,
    ),
    (
        "events",
        "it lists events",
        (r"(?:event|visit|conference|workshop)s?(?: (?:title|name|held))?", r"(?:date|when|held on).*"),
        2,
    ),
    ("contents", "it lists sections and pages", (r"(?:section|contents?|heading|title|chapter)s?", r"page.*"), 2),
    (
        "linked documents",
        "it lists other strategies and plans",
        (r"national|international", r"regional|sub-regional|county", r"local|borough|district"),
        2,
    ),
    (
        "linked documents",
        "it lists other strategies and plans",
        (
            r"(?:linked |related |key |other )?(?:strateg(?:y|ies)|polic(?:y|ies)|documents?|plans?)(?: name|"
            r" title)?",
            r"(?:link|url|where|web ?(?:site|link)|owner|publi.*|how it links.*|review date|relevance).*",
        ),
        2,
    ),
    (
        "funding table",
        "it lists money",
        (
            r"(?:funding|grant|project|item|activity|source).*",
            r"(?:amount|cost|£.*|budget|value|allocation|total|20\d\d.*|funding .*|grant .*).*",
        ),
        2,
    ),
    (
        "figures",
        "it lists figures",
        (
            r"(?:indicator|measure|kpi|metric|year|quarter|period|training|referral|source|type).*",
            r"(?:baseline|actual|total|number|q1|target \d.*|20\d\d.*|%|no\. .*|numbers?.*|count).*",
        ),
        2,
    ),
    (
        "membership",
        "it lists members",
        (
            r"(?:name|member|representative)s?.*",
            r"(?:organisation|agency|representing|role|title|job title|designation|position)s?.*",
        ),
        2,
    ),
    (
        "rag key",
        "it explains the colours",
        (
            r"(?:b?rag.*|colour|rating|status|key|code)",
            r"(?:meaning|definition|description|explanation|criteria|what (?:it|this) means).*",
        ),
        2,
    ),
    (
        "training record",
        "it lists training that people had",
        (r"course|training|session|module.*", r"(?:audience|date|number|attend|delegates|provider|who should).*"),
        2,
    ),
)
_KEY_ENTRY = re.compile(
    r"^(?:b?rag|red|amber|green|blue|yellow|grey|gray|white|black|purple|r|a|g|b|not started|complete[d]?|"
    r"key)\b[ )]*(?:[:=–—-].*)?$",
    re.I,
)
_CONTROL_LABEL = re.compile(
    r"^(?:document|version|author|owner|document owner|lead (?:author|manager)|"
    r"(?:title|name)(?: of .*)?|date(?: of .*| approved| issued)?|"
    r"approved by|approval(?: date)?|review(?: date)?|next review.*|status|"
    r"classification|protective marking|file ?name|location|circulation|distribution|date of issue|issue date|"
    r"effective.*|revision.*|last updated.*|prepared by|produced by|created.*|contact.*|"
    r"lead officer|responsible officer|ratified by|published|directorate.*|service(?: area)?|portfolio holder|report (?:to|of|"
    r"by|author)|ward.*|agenda item.*|consultation|equality.*)\s*:?$",
    re.I,
)
_LEVELS_OF_RISK = re.compile(
    r"^(?:rare|unlikely|possible|likely|almost certain|probable|improbable|remote|certain|negligible|insignificant|"
    r"minor|moderate|major|severe|catastrophic|critical|none|trivial|low|medium|high|very (?:low|high)|"
    r"significant)\b[ (:\d)]*$",
    re.I,
)


def decoy_by_header(table: Table, header: tuple[int, int], heading: str) -> Judged | None:
    words = [squashed(text) for text in headings_of(table, *header).values() if text]
    if _looks_like_control(words):
        return Judged(
            table,
            "approval",
            "its header speaks of versions, dates, status and the bodies that saw it",
            header_rows=set(range(*header)),
        )
    roles = {role for text in words for role, weight in readings_of(text)[:1]}
    actions = any(re.search(r"\baction", text) for text in words) and roles & {"owners", "timescale", "due"}
    for kind, why, signs, needed in _HEADER_SIGNS:
        hits = sum(any(re.fullmatch(sign, text) for text in words) for sign in signs)
        if kind == "risk matrix":
            hits = sum(any(re.search(rf"\b(?:{sign})\b", text) for text in words) for sign in signs)
            if hits >= 2:
                return Judged(table, "risk register" if actions else kind, why)
        elif (
            hits >= needed
            and hits >= len(words) - 2
            and not actions
            and not roles >= {"text", "owners"}
            and not roles >= {"text", "timescale"}
        ):
            return Judged(table, kind, why)
    counted = any(re.match(r"(?:baseline|actual|outturn|target \d|q[1-4]\b|20\d\d)", text) for text in words)
    if (
        counted
        and "text" not in roles
        and words
        and re.match(r"(?:[a-z]+ )?(?:measure|indicator|kpi|metric)", words[0])
    ):
        return Judged(table, "figures", "it lists measures and their figures")
    above = squashed(heading)
    if (
        re.search(
            r"\b(?:minutes|matters arising|previous meeting|membership|glossary|contacts?|distribution list|"
            r"terms of reference|risk matrix|risk scoring|rag key)\b",
            above,
        )
        and not actions
    ):
        return Judged(table, "other table", f"it stands under “{flat(heading)[:80]}”")
    return None


def _looks_like_control(words: list[str]) -> bool:
    control = sum(bool(_CONTROL.search(text)) for text in words)
    version = any(re.search(r"\bversion\b|\brevision\b|\bissue\b", text) for text in words)
    dated = any(re.search(r"\bdate|\bwhen\b", text) for text in words)
    body = any(_BODY.search(text) for text in words)
    status = any(re.search(r"\bstatus|purpose|decision|outcome|action\b", text) for text in words)
    roles = {role for text in words for role, _ in readings_of(text)[:1]}
    plan = (
        any(
            re.fullmatch(r"(?:key )?actions?|action required|timescales?|lead|owner|by when|progress", text)
            for text in words
        )
        or roles >= {"text", "owners", "timescale"}
        and (not version or any(re.search(r"\baction\b", text) for text in words))
    )
    return not plan and (
        (version and (dated or control >= 2 or body)) or (control >= 2 and dated) or (dated and body and status)
    )


_THINGS = re.compile(
    r"(?:(?:key|linked|related|supporting|reference) )*(?:document|polic(?:y|ies)|strateg(?:y|ies)|guidance|legislation|"
    r"act|publication|report|consultation|meeting|training course|course|organisation|contact)s?(?: (?:name|title))?"
)


_KEY_TITLE = re.compile(r"(?:(?:rag|colour|status) )?key|legend|glossary|abbreviations|acronyms|notes")


def is_key(table: Table, row: int) -> bool:
    """Whether "Key" stands alone in a row, and after it no row is filled like an action."""
    cells = own_cells(table, row)
    if len(cells) != 1 or not _KEY_TITLE.fullmatch(squashed(cells[0].text)):
        return False
    return all(len(own_cells(table, later)) <= 2 for later in range(row + 1, table.height))


def decoy_without_header(table: Table, heading: str) -> Judged | None:
    first_rows = [own_cells(table, row) for row in range(min(table.height, 40))]
    top = next((cells for cells in first_rows if len(cells) >= 2), [])
    words = [squashed(cell.text) for cell in top]
    if _looks_like_control(words) and all(len(text.split()) <= 6 for text in words):
        return Judged(
            table,
            "approval",
            "its header speaks of versions, dates, status and the bodies that saw it",
            header_rows={top[0].row},
        )
    for kind, why, signs, needed in _HEADER_SIGNS:
        hits = sum(any(re.fullmatch(sign, text) for text in words) for sign in signs)
        if hits >= needed and hits >= len(words) - 2:
            return Judged(table, kind, why)
    if len(top) >= 3 and _THINGS.fullmatch(words[0]) and sum(bool(readings_of(text)) for text in words[1:]) >= 2:
        return Judged(table, "list of documents", f"it lists what its first column calls “{flat(top[0].text)}”")
    filled = [cells for cells in first_rows if cells]
    while len(filled) > 3 and len(filled[0]) == 1 and len(filled[-1]) > 1:
        heading = filled.pop(0)[0].text  # a title set in the first row of a sheet's table
    leading = [cells[0].text for cells in filled]
    every = [cell for cells in filled for cell in cells]
    if not every:
        return Judged(table, "empty table", "it has no words in it")
    if _is_rag_key(filled):
        return Judged(table, "rag key", "it explains the colours")
    labels = sum(bool(_CONTROL_LABEL.match(squashed(text))) for text in leading)
    if labels >= 2 and labels >= len(leading) * 0.5 and table.width <= 6:
        return Judged(table, "document control", "its first column names facts about the document")
    risky = sum(bool(_LEVELS_OF_RISK.match(flat(cell.text))) or cell.text.strip().isdigit() for cell in every)
    if len(every) >= 6 and risky >= len(every) * 0.6 and any(_LEVELS_OF_RISK.match(flat(cell.text)) for cell in every):
        return Judged(table, "risk matrix", "it is made of grades and numbers")
    paged = sum(bool(re.search(r"(?:\.{3,}|\s|^)\d{1,3}$", cells[-1].text)) and len(cells) <= 3 for cells in filled)
    if re.search(r"\bcontents\b", squashed(heading)) and paged >= len(filled) * 0.5:
        return Judged(table, "contents", "it lists sections and pages")
    if (
        table.width == 2
        and len(filled) >= 3
        and sum(_explains_an_abbreviation(cells) for cells in filled) >= len(filled) * 0.75
    ):
        return Judged(table, "glossary", "it explains abbreviations")
    if sum("@" in cell.text or bool(re.search(r"\b0\d{3,4}[ \d]{6,}", cell.text)) for cell in every) >= max(
        2, len(filled) * 0.4
    ):
        return Judged(table, "contact list", "it holds e-mail addresses or telephone numbers")
    return None


def _explains_an_abbreviation(cells: list[Cell]) -> bool:
    return len(cells) == 2 and bool(re.fullmatch(r"[A-Z][A-Za-z&/-]{1,9}", cells[0].text.strip()))


def _is_rag_key(rows: list[list[Cell]]) -> bool:
    """A few rows (or one) whose first words are the colours, each explained."""
    if len(rows) > 9:
        return False
    leading = [cells[0].text for cells in rows]
    down = sum(bool(_KEY_ENTRY.match(flat(text))) for text in leading)
    if len(rows) >= 2 and down >= len(rows) - 1 and down >= 2:
        return True
    across = [cell for cells in rows for cell in cells]
    named = sum(bool(_KEY_ENTRY.match(flat(cell.text)) and len(flat(cell.text)) > 0) for cell in across)
    return len(rows) <= 3 and named >= 3 and named >= len(across) * 0.45


def running_lines(tables: Iterable[Table]) -> dict[int, set[int]]:
    """Rows, by table, that hold the slogan of a page's head or foot: capitals alone in the first or last row of several
    tables, with the same words in them.
    """
    found: list[tuple[int, int, set[tuple[str, ...]]]] = []
    for table in tables:
        for row in {0, table.height - 1}:
            cells = own_cells(table, row) if row >= 0 else []
            words = flat(cells[0].text).split() if len(cells) == 1 else []
            if len(words) >= 3 and cells[0].text.isupper():
                found.append((table.number, row, set(zip(words, words[1:], words[2:], strict=False))))
    rows: dict[int, set[int]] = {}
    for number, row, words_of_it in found:
        if any(other != number and words_of_it & others for other, _, others in found):
            rows.setdefault(number, set()).add(row)
    return rows

"""What stands in a column: numbers, timescales, ratings, parties or wording."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..verbs import begins_like_action
from ..words import flat
from .party_signs import party_like
from .rag import SIGNS

_REF = re.compile(
    r"^(?:[A-Z]{1,4}[ .-]?)?\d{1,3}(?:[.-]\d{1,3}){0,3}[.)]?[a-z]?[.)]?$|^[A-Z]{1,2}\d{0,3}[.)]?$|^\(?[a-z]\)$|"
    r"^\(?[ivx]{1,5}[).]$|"
    r"^(?:action|objective|priority|item|no\.?|ref\.?) ?[\dA-Z.]{1,6}$|^\d{1,3}(?:\.\d{1,3}){0,2} ?\((?:[a-z]|[ivx]{1,5})\)$|"
    r"^[A-Z]{2,8}[-/ ]?[A-Z]{0,2}\d{1,4}(?:[./-]\d{1,3})*$",
    re.I,
)
_MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|"
    r"aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_TIME = re.compile(
    rf"\b{_MONTHS}\b[ .,'’-]*(?:\d{{2,4}}|$)|^{_MONTHS}\b|\b\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{2,4}}\b|"
    rf"\b\d{{4}}-\d{{2}}-\d{{2}}|^on-?going\b|\bongoing$|\bq[1-4]\b|\b20\d\d(?:\s*[-–/]\s*(?:20)?\d{{1,2}})?$|"
    r"\b(?:annual(?:ly)?|quarterly|monthly|weekly|termly|daily|fortnightly|bi-?annual(?:ly)?|six-?monthly|"
    r"qtrly|immediate(?:ly)?|asap|tbc|tba|continuous|complete[d]?|in place|yearly|bi-?monthly|(?<!\d )per annum)\b|"
    r"^rolling\b|^throughout\b|^w/[ceb]\b|\b(?:every|each) (?:\w+ )?(?:day|week|month|quarter|term|year)s?\b|"
    r"^year \d|\b(?:spring|summer|autumn|winter)(?: term)?\b|^(?:by )?end of\b|^within \d|"
    r"\bterm \d|\bsemester\b|^dates? (?:to be|tb)|^(?:short|"
    r"medium|long)[ -]term|^as (?:and when )?required|\bfinancial year\b|^f/?y\b",
    re.I,
)
_TIME_WORD = re.compile(
    rf"{_MONTHS}|by|end|mid|early|late|of|from|until|to|and|the|then|in|on|at|or|every|each|all|per|years?|months?|weeks?|"
    r"terms?|quarters?|days?|spring|summer|autumn|winter|financial|academic|f/?y|on-?going|continuous|immediate|asap|"
    r"tbc|tba|[a-z-]+ly|rolling|throughout|within|st|nd|rd|th|start|completed?|dates?|q[1-4]",
    re.I,
)
_RAG_VALUE = re.compile(
    r"^(?:red|amber|green|blue|yellow|orange|grey|gray|[ragb]|r/a|a/g|a/r|g/a|amber/green|red/amber|brag|"
    r"not started|complete[d]?|on track|at risk|off track|in progress|(?:red|amber|green|blue)\s*[-–—:(].{0,40})$",
    re.I,
)

_COLOUR = re.compile(
    r"^(?:red|amber|green|blue|yellow|[ragb]|r/a|a/g|a/r|g/a|amber/green|red/amber|on track|at risk|off track|"
    r"(?:red|amber|green|blue)\s*[-–—:(].{0,40})$",
    re.I,
)


_LED = re.compile(r"(?:lead|led by|owner|responsible)[^:\n]{0,20}:\s*\S", re.I)


def looks_like_ref(text: str) -> bool:
    """Whether a text is a printed number or code of an action, and nothing more but a footnote mark."""
    return bool(_REF.match(flat(text).rstrip("*†‡")))


def looks_like_time(text: str) -> bool:
    """Whether a text reads like a timescale: short, with a month, year, rhythm or the like."""
    words = flat(text)
    return bool(words) and len(words) <= 120 and bool(_TIME.search(words))


def is_time_alone(text: str) -> bool:
    """Whether hardly anything but a timescale is said: "Launched in May" and "Held 3 March, 46 came" are reports."""
    words = re.findall(r"[a-z][\w/-]*", flat(text), re.I)
    others = [word for word in words if not _TIME_WORD.fullmatch(word)]
    return looks_like_time(text) and len(others) <= len(words) * 0.25


def looks_like_rag(text: str) -> bool:
    """Whether a text is a rating and nothing more."""
    return bool(_RAG_VALUE.match(flat(text.translate(SIGNS))))


def _returns(values: list[str], at: int) -> bool:
    return at > 1 and values[at] != values[at - 1] and values[at] in values[: at - 1]


@dataclass(frozen=True, slots=True)
class Profile:
    """What stands in a column: shares (0 to 1) of the filled cells."""

    filled: int = 0
    words: float = 0.0
    refs: float = 0.0
    timescales: float = 0.0
    times_alone: float = 0.0
    """Cells that hold a timescale and nothing else."""
    rags: float = 0.0
    colours: float = 0.0
    parties: float = 0.0
    led: float = 0.0
    """Cells that say who leads: "Lead: Police"."""
    deeds: float = 0.0
    """Cells that begin with a verb, as actions do."""
    repeats: float = 0.0
    returns: float = 0.0
    """Cells whose words stood further up, with others in between."""
    gaps: float = 0.0

    @classmethod
    def of(cls, values: list[str], sample: int = 400) -> Profile:

        values = values[:sample]
        filled = [value for value in values if value.strip()]
        if not filled:
            return cls()
        count = len(filled)
        return cls(
            filled=count,
            words=sum(len(value.split()) for value in filled) / count,
            refs=sum(all(looks_like_ref(line) for line in value.split("\n")) for value in filled) / count,
            timescales=sum(looks_like_time(value) and len(value.split()) <= 14 for value in filled) / count,
            times_alone=sum(is_time_alone(value) for value in filled) / count,
            rags=sum(looks_like_rag(value) for value in filled) / count,
            colours=sum(bool(_COLOUR.match(flat(value.translate(SIGNS)))) for value in filled) / count,
            parties=sum(len(value.split()) <= 16 and party_like(value) for value in filled) / count,
            led=sum(bool(_LED.match(value)) for value in filled) / count,
            deeds=sum(begins_like_action(value) for value in filled) / count,
            returns=sum(_returns(filled, at) for at in range(count)) / count,
            repeats=1 - len({flat(value) for value in filled}) / count,
            gaps=1 - count / len(values),
        )

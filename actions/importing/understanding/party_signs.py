"""The signs by which words are known as a party: a role, a team, a body, or a sector that stands for one."""

from __future__ import annotations

import re

from ..words import flat, squashed
from .party_words import FIELDS, HEADS, PAIRS, SECTORS, SERVICES, STRONG

_ABBREVIATION = re.compile(
    r"^(?:[A-Z][A-Z0-9&.'’]{1,9}s?|[A-Z]{1,3}\d{1,3}|[A-Za-z]*[A-Z]{2,}[A-Za-z]*|[A-Z][a-z][A-Z](?:&[A-Z])?)$"
)
_STRANDS = ("prevent", "pursue", "protect", "prepare", "contest")
_GRADE = re.compile(r"^(?:(?:very )?(?:low|medium|high)[ /]+)+risks?$", re.I)
HEAD_OF = re.compile(
    r"^(?:(?:assistant|deputy|executive|service|group|corporate|strategic|interim|acting|joint|chief|cabinet|lead) )*"
    r"(?:department|ministry|head|director|directors|heads|office|chief|manager|member|lead|leader|chair|portfolio holder|"
    r"commissioner) "
    r"(?:of|for)\b",
    re.I,
)
_BODY_FIRST = re.compile(r"^(?:CTP|CTPSE|CTU|HMP|YOI|NHS|MPS|DfE|Counter Terrorism Policing)\b")
_PERSON = re.compile(
    r"^(?:cllr|councillor|mr|mrs|ms|miss|dr|prof(?:essor)?|rev|imam|rabbi|"
    r"(?:det(?:ective)? )?(?:chief )?(?:inspector|superintendent|supt|insp|sergeant|sgt|constable)|"
    r"dci|di|ds|pc|ci)\.? [A-Z]|(?-i:[A-Z]\.? [A-Z][a-z]{2,}$)",
    re.I,
)


def party_like(text: str) -> bool:
    """Whether a short text could be the name of a role, team or body."""
    words = flat(text)
    if not words or len(words) > 160 or len(words.split()) > 24:
        return False
    return any(ends_like_party(piece) or is_sector(piece) for piece in re.split(r"[,;/+\n]|\band\b|&", words))


def is_party(text: str, known: set[str]) -> bool:
    """Whether the words are known as a party, or look like a role, team, body or person."""
    return (
        squashed(text) in known
        or ends_like_party(text.partition(":")[0])
        or is_strong(text)
        or bool(HEAD_OF.match(text) or _PERSON.match(text) or _BODY_FIRST.match(text))
        or _is_part_of_a_body(text)
    )


def _is_part_of_a_body(text: str) -> bool:
    """ "NKDC Licensing": the letters of a body before a field of its work."""
    body, _, field = text.partition(" ")
    return bool(re.fullmatch(r"[A-Z]{3,}", body)) and is_sector(field)


def is_strong(text: str) -> bool:
    """Whether the words are a body by themselves: "Police", "all partners", an abbreviation."""
    return _bare(text).replace(" ", "-") in STRONG or _is_abbreviation(text.strip())


def _is_abbreviation(word: str) -> bool:
    """ "NHS", "DfE", and no strand of the strategy set in capitals."""
    return bool(_ABBREVIATION.match(word)) and word.casefold() not in _STRANDS


def is_sector(text: str) -> bool:
    """Whether the words name a field that stands for those who work in it: "Health", "schools", "Children's Services"."""
    word = _bare(text)
    return word.replace(" ", "-") in SECTORS or word in SECTORS or word in STRONG


def _bare(text: str) -> str:
    words = squashed(re.sub(r"\([^)]*\)", "", text).replace("’", "'"))
    return re.sub(r"^(?:the|all|local|other|relevant|partner) ", "", words)


def ends_like_party(text: str, strong: bool = False) -> bool:
    """Whether the last word is that of a role or body; `strong` asks for a name before it."""
    core = re.sub(r"\([^)]*\)", " ", text).strip(" ,.;:*")
    words = core.replace("/", " ").split()
    if not words or _GRADE.search(core):
        return False
    last = words[-1].strip("’'`.,").casefold()
    head = last in HEADS or last.removesuffix("s") in HEADS or last.removesuffix("ies") + "y" in HEADS
    if head and not strong:
        return True
    if head:
        return len(words) > 1
    body = {"police", "council", "constabulary", "hmp", "yoi", "nhs"}
    return _is_abbreviation(words[-1]) or any(word.casefold() in body for word in words) and not strong


def is_pair(left: str, right: str) -> bool:
    """Words that belong together whatever surrounds them: "Health and Safety", "Fire and Rescue"."""
    before = [squashed(" ".join(left.split()[-count:])) for count in (1, 2, 3)]
    after = [squashed(" ".join(re.sub(r"[(),].*", "", right).split()[:count])) for count in (1, 2)]
    return any((first, second) in PAIRS for first in before for second in after)


def is_field(text: str) -> bool:
    """ "Customer Services": a field that a head of service can have, not a body of its own."""
    return (
        is_sector(text) and not is_strong(text) and (not ends_like_party(text) or text.casefold().endswith("services"))
    )


def is_field_of_work(text: str) -> bool:
    """ "Education Inclusion", "Housing Options": a service named by its field, beside one that says it is a service."""
    return is_a_name(text) and (is_sector(text.split()[0]) or text.split()[0].casefold() in FIELDS)


def is_a_name(text: str) -> bool:
    """Two or three words with capitals: "Street Scene"."""
    words = text.split()
    return 1 < len(words) <= 3 and all(word[:1].isupper() for word in words)


def has_pair_inside(text: str) -> bool:
    """Whether an "and" in the words joins a pair that belongs together."""
    return any(is_pair(text[: found.start()], text[found.end() :]) for found in re.finditer(r"\s+(?:and|&)\s+", text))


def is_initials(text: str) -> bool:
    """Whether it is a person's initials: "JS"."""
    return bool(re.fullmatch(r"[A-Z]{1,4}", text))


_LIST_OF_FIELDS = re.compile(
    r"^(?:(?:children|adults|people|place|environment|economy), |ministry of |department (?:of|for) |"
    r"(?:(?:assistant|deputy|executive|corporate|strategic|service) )+director )",
    re.I,
)


def is_ministry_or_directorate(text: str) -> bool:
    """ "Department for Digital, Culture, Media and Sport": after its opening words come fields and no other party."""
    _, *fields = re.split(r",\s*(?:and\s+|&\s+)?|\s+(?:and|&)\s+", text)
    parties = [each for each in fields if is_strong(each) or ends_like_party(each) and not is_sector(each)]
    return bool(_LIST_OF_FIELDS.match(text)) and not parties


def is_head_of_several(text: str) -> bool:
    """ "Head of Culture, Leisure and Communities": what somebody is head of, listed to its last "and"."""
    of = HEAD_OF.match(text) or re.match(r".{3,40}\b(?:lead|member|holder|manager) for\b", text, re.I)
    fields = re.split(r",\s+|\s+(?:and|&)\s+", text[of.end() :].strip()) if of else []
    listed = re.search(r",[^,]+\s(?:and|&)\s[^,]+$", text)
    return bool(listed) and len(fields) > 2 and all(_can_be_headed(field) for field in fields)


def _can_be_headed(text: str) -> bool:
    """Whether it is a field of work with a head: "Leisure", "Adult Social Care"; no body and no role."""
    word = _bare(text).replace(" ", "-")
    unlike = is_strong(text) or ends_like_party(text) or word in SECTORS
    return word in SERVICES or text[:1].isupper() and len(text.split()) <= 3 and not unlike

"""Splitting the words of an owner cell into parties.

"Prevent Coordinator and Learning and Development Team" is two parties, "Health and Safety Advisor" is one. What decides
is evidence: whether each side ends like a party (Officer, Team, Council ...), is an abbreviation, stands alone
elsewhere in the same column, or is a known partner. Nothing is added to or taken from the words of a party.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ..words import BULLETS, depth_at, flat, outside_brackets, squashed, words_of
from .owner_lines import is_role_and_place, lines_of
from .owner_slashes import split_slashes, split_spaced_slashes
from .party_signs import (
    HEAD_OF,
    ends_like_party,
    has_pair_inside,
    is_a_name,
    is_field,
    is_field_of_work,
    is_head_of_several,
    is_ministry_or_directorate,
    is_pair,
    is_party,
    is_sector,
    is_strong,
)

_ORGANISATION = re.compile(
    r"\b(?:trust|council|university|nhs|foundation|college|hospitals?|police|constabulary|federation|partnership|"
    r"icb|ccg|"
    r"service|board|authority)\b",
    re.I,
)
_BARE_ROLE = re.compile(r"^(?:\w+ ){0,3}(?:lead|spoc|head|chair|director|representative|rep)$", re.I)
_BY = re.compile(
    r"^.*\b(?:promoted|delivered|led|provided|owned|managed|co-?ordinated|overseen|commissioned|facilitated|"
    r"hosted) by (?:the )?(?=[A-Z])",
    re.S,
)
_LABEL = re.compile(
    r"^(?:joint )?(?:lead(?: officer| agency| organisation| partner)?s?|owners?|supporting(?: partners?)?|"
    r"support(?:ed by)?|with|"
    r"responsible(?: officer)?|partners?|by)\s*(?::|[-–—]\s)\s*",
    re.I,
)
_ROLE_MARK = re.compile(
    r"\s*\((?:lead|leads|l|lead agency|lead officer|support|supporting|s|joint|owner|chair)\)\s*$", re.I
)
_NEXT_AFTER_ROLE_MARK = re.compile(r"(\((?:lead|support|lead agency|lead officer)\)) +(?=[A-Z])", re.I)
"""Where one party ends in "Council (lead) Police (support)"."""
_RANK = re.compile(
    r"(?:(?:detective|det|chief|temporary|acting|assistant|deputy|t/|neighbourhood|local) ?)*"
    r"(?:superintendent|supt|inspector|insp|sergeant|sgt|constable|dcs|dsu|dci|di|ds|dc|acc|dcc)\.?",
    re.I,
)
_FORCE = re.compile(r"\b(?:police|policing|constabulary)\b", re.I)
_WITH = re.compile(
    r"\s*,?\s+(?:in (?:partnership|conjunction|collaboration|consultation|liaison) with|supported by|together with|"
    r"working with|along with|alongside|with support from|with the support of|as well as|assisted by|plus|with)"
    r"\s+(?:the )?",
    re.I,
)
_INSIDE_WITH = re.compile(
    r"\s*\((?:with|supported by|support(?:ed)? from|and|in partnership with|plus)\s*:?\s+([^()]*)\)", re.I
)
_NOBODY = re.compile(
    r"^(?:n/?a|(?:name )?redacted|tbc|tba|tbd|none|nil|to be (?:confirmed|agreed|determined|advised)|unknown|"
    r"not known|vacant|\?+|[-–—.]+)$",
    re.I,
)
_ABOVE = re.compile(r"^(?:as above|ditto|same as above|[\"“”〃]+|see above|-\"-|do\.?)$", re.I)
_REMARK = re.compile(r"(?:through|via|during|as part of|as (?:and when )?(?:required|appropriate|needed)) ?")
"""What opens a remark about the owner before it: "Humanities Lead, through lesson plans"."""
_NEEDS_A_FIELD = re.compile(
    r"(?:(?:assistant|deputy|vice|executive|associate|acting|interim|group|corporate|strategic|pro|detective|chief|"
    r"service|regional|area|operational)[ -])*"
    r"(?:executive|director|head|chair|manager|deputy|lead|principal|dean|chancellor|registrar|inspector|superintendent|sergeant)",
    re.I,
)
"""A role or rank that names no field of its own: what follows the comma completes it."""


_NAMES_NOBODY = words_of("programme section unit region service network policing liaison hub partnership")
"""Words that end the name of a party, and alone are half of one: "Programme and Performance Manager"."""


@dataclass(frozen=True, slots=True)
class Parties:
    """The parties in an owner cell, in order, and why a person should look (empty when plain)."""

    names: tuple[str, ...]
    doubt: str = ""


def split_owners(text: str, known: Iterable[str] = ()) -> Parties:
    """The parties named in an owner cell.

    `text` has line breaks as "\\n". `known` are names that are parties for certain: the council's partners, and cells
    of the same column that hold one party each. A sentence that names no party is kept whole, with a doubt.
    """
    names = {squashed(name) for name in known}
    if _NOBODY.match(text.strip()):
        return Parties((), "")
    promoted = _BY.match(flat(text))
    if promoted and len(flat(text).split()) > 4 and not depth_at(flat(text), promoted.end()):
        inner = split_owners(flat(text)[promoted.end() :], known)
        return Parties(inner.names, "The cell is a sentence; the party named in it was taken as the owner.")
    parties: list[str] = []
    lines = lines_of(text)
    placed = [line for line in lines if is_role_and_place(line, names)]
    for line in lines:
        if _NOBODY.match(line):
            continue
        parties.extend([line] if line in placed and len(placed) > 1 else _split_line(line, names))
    unique: list[str] = []
    for party in parties:
        if party and not _NOBODY.match(party) and squashed(party) not in {squashed(seen) for seen in unique}:
            unique.append(party)
    return Parties(tuple(unique), _doubt(unique))


def is_above(text: str) -> bool:
    """Whether a cell says "As above" or has a ditto mark."""
    return bool(_ABOVE.match(text.strip()))


def known_in_column(texts: Iterable[str], partners: Iterable[str] = ()) -> set[str]:
    """Parties that stand alone in a cell or a line of the column, plus the council's partners and roles."""
    known = {squashed(partner) for partner in partners}
    for text in texts:
        for line in text.split("\n"):
            line = line.strip(" ,;." + BULLETS)
            if line and len(line.split()) <= 8 and not re.search(r"[,;/&+]|\band\b|\bwith\b", line, re.I):
                known.add(squashed(line))
    return known


def _split_line(line: str, known: set[str]) -> list[str]:
    line = _NEXT_AFTER_ROLE_MARK.sub(r"\1; ", _INSIDE_WITH.sub(r"; \1", line))
    result: list[str] = []
    for chunk in outside_brackets(
        line, r"\s*[;|\t]\s*|\s+\+\s+|,?\s*\b(?=(?:Support(?:ed by|ing partners?)?|Lead|Partners?): )"
    ):
        chunk = _LABEL.sub("", chunk.strip())
        for part in _split_with(chunk, known):
            result.extend(_split_commas(part, known))
    return [_trim(party) for party in result if _trim(party)]


def _split_with(text: str, known: set[str]) -> list[str]:
    found = _WITH.search(text)
    if not found or not text[: found.start()].strip() or depth_at(text, found.start()):
        return [text]
    left, right = text[: found.start()], text[found.end() :]
    return [left, *_split_with(right, known)] if is_party(left, known) or is_party(right, known) else [text]


def _split_commas(text: str, known: set[str]) -> list[str]:
    if squashed(text) in known:
        return [text]
    if _whole_organisation(text, known) or is_ministry_or_directorate(text) or is_head_of_several(text):
        return [text]
    pieces = [
        piece.strip() for piece in outside_brackets(text, r",\s*(?:and\s+|&\s+)?(?=\S)|\s*,\s*$") if piece.strip()
    ]
    pieces = _rejoin_role_and_place(pieces, known)
    if _is_one_long_name(pieces, known):
        return [text]
    result: list[str] = []
    for index, piece in enumerate(pieces):
        piece = re.sub(r"^(?:and|&)\s+", "", piece)
        if index and _REMARK.match(piece):
            continue
        in_list = len(pieces) > 1 and index == len(pieces) - 1
        for part in split_spaced_slashes(piece, known):
            result.extend(_split_and(part, known, in_list))
    return [party for piece in result for party in split_slashes(piece, known)]


def _whole_organisation(text: str, known: set[str]) -> bool:
    """ "Barking, Havering, & Redbridge University NHS Trust": places joined before the word for a body.

    With a bare role in front ("Prevent Lead, ...") the role and the body are one party.
    """
    pieces = [piece.strip() for piece in outside_brackets(text, r",")]
    if len(pieces) > 1 and _BARE_ROLE.match(pieces[0]) and _is_long_body(", ".join(pieces[1:])):
        pieces = pieces[1:]
        if len(pieces) == 1:
            return not _loose_and(pieces[0], known)
    if len(pieces) < 2:
        return False
    *places, last = pieces
    last = re.sub(r"^(?:and|&)\s+", "", last)
    if not _ORGANISATION.search(last) or not (text.count("&") or " and " in text):
        return False
    return all(_place(place, known) for place in places) and not _loose_and(last, known)


def _is_one_long_name(pieces: list[str], known: set[str]) -> bool:
    """ "Equality, Diversity and Inclusion Manager": words that are no parties, listed before the word for a role."""
    if len(pieces) < 2 or not re.search(r"\s(?:and|&)\s", pieces[-1]) or not ends_like_party(pieces[-1]):
        return False
    return len(_split_and(pieces[-1], known, False)) == 1 and all(
        len(piece.split()) <= 3 and not is_party(piece, known) and not is_sector(piece) for piece in pieces[:-1]
    )


def _is_long_body(text: str) -> bool:
    core = re.sub(r"\([^)]*\)", "", text)
    return bool(_ORGANISATION.search(core)) and len(core.split()) >= 4


def _loose_and(text: str, known: set[str]) -> bool:
    return len(_split_and(text, known, False)) > 1


def _place(text: str, known: set[str]) -> bool:
    words = text.split()
    return (
        0 < len(words) <= 3
        and all(word[:1].isupper() for word in words)
        and squashed(text) not in known
        and not ends_like_party(text)
        and not is_sector(text)
    )


def _rejoin_role_and_place(pieces: list[str], known: set[str]) -> list[str]:
    """A bare role belongs to the field after it ("Director, Public Health"), a rank to its force ("DCI, Metro Police")."""
    joined: list[str] = []
    for piece in pieces:
        field = not is_party(piece, known) or " and " in piece or bool(re.search(r"\b(?:to|for|with|of) ", piece))
        field = field and not HEAD_OF.match(piece)
        force = joined and _RANK.fullmatch(joined[-1]) and _FORCE.search(piece)
        if force or joined and _NEEDS_A_FIELD.fullmatch(joined[-1]) and field:
            joined[-1] = f"{joined[-1]}, {piece}"
        else:
            joined.append(piece)
    return joined


def _split_and(text: str, known: set[str], last_of_list: bool) -> list[str]:
    """Split at the first "and" or "&" that has a party on each side."""
    if squashed(text) in known:
        return [text]
    for found in re.finditer(r"\s+(?:and|&|AND)\s+(?:the\s+)?", text):
        left, right = text[: found.start()], text[found.end() :]
        if depth_at(text, found.start()) or not left or not right:
            continue
        if _splits(left, right, known, last_of_list):
            return [left, *_split_and(right, known, last_of_list)]
    return [text]


def _splits(left: str, right: str, known: set[str], last_of_list: bool) -> bool:
    if squashed(left) in known and squashed(right) in known:
        return True
    if is_pair(left, right) or squashed(left) in _NAMES_NOBODY and ends_like_party(right):
        return False
    if squashed(left) in known and is_party(right, known):
        return True
    left_party, right_party = is_party(left, known), is_party(right, known)
    field = is_field(right) or right.endswith("Services") and is_a_name(right)
    if HEAD_OF.match(left) and field and squashed(right) not in known:
        return False
    if is_strong(right) and not left_party and is_a_name(left) or _of_one_place(left, right):
        return True
    if HEAD_OF.match(left) and not (
        ends_like_party(right) or is_strong(right) or squashed(right) in known or HEAD_OF.match(right)
    ):
        return False
    if left_party and (right_party or is_sector(right) or _begins_with_party(right, known)):
        return not _shared_head(left, right, known)
    if left_party and ends_like_party(left, strong=True) and has_pair_inside(right) and len(right.split()) <= 4:
        return True
    if left_party and (
        ends_like_party(left) and is_field_of_work(right) or ends_like_party(left, strong=True) and is_a_name(right)
    ):
        return True
    if is_sector(left) and (is_sector(right) or is_strong(right)):
        return True
    if is_sector(left) and right_party:
        return squashed(right) in known and squashed(left) in known
    return last_of_list and not left_party and not right_party and (is_sector(left) or is_sector(right))


def _of_one_place(left: str, right: str) -> bool:
    """ "Education Scotland and Social Work Scotland": two bodies that end in the same name."""
    first, second = left.split(), right.split()
    named = first[-1] == second[-1] and first[-1].istitle() and len(first[-1]) > 3
    return named and min(len(first), len(second)) > 1


def _begins_with_party(text: str, known: set[str]) -> bool:
    """ "Learning and Development Team": the right side is itself an unsplit list that ends in a party."""
    return " and " in text and ends_like_party(text) or squashed(text) in known


def _shared_head(left: str, right: str, known: set[str]) -> bool:
    """ "Police and Probation Leads": one head word for both sides is left whole unless each side stands alone."""
    words = right.split()
    if squashed(left) in known or ends_like_party(left, strong=True):
        return False
    return (
        is_strong(left)
        and len(words) >= 2
        and is_strong(" ".join(words[:-1]))
        and words[-1].casefold() in ("leads", "reps", "representatives")
    )


def _trim(text: str) -> str:
    text = text.strip().strip(",;").strip()
    text = _ROLE_MARK.sub("", text)
    text = re.sub(r"^(?:and|&|the)\s+(?=\S)", "", text)
    return text[:-1].rstrip() if text.endswith((":", ".")) and not re.search(r"\b[A-Z]\.$|\betc\.$", text) else text


def _doubt(parties: list[str]) -> str:
    joined = [party for party in parties if re.search(r"\band\b|&", party) and not has_pair_inside(party)]
    if joined:
        return f"“{joined[0]}” could be one party or several."
    everybody = [party for party in parties if re.search(r"\ball\b", party, re.I) and len(party.split()) <= 3]
    if everybody:
        return f"“{everybody[0]}” names nobody who can be held to it: choose who is accountable."
    long = [party for party in parties if len(party.split()) > 12]
    return f"“{long[0][:60]}…” does not look like an owner." if long else ""

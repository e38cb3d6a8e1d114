"""Holding the owners of a draft against the parties that the council knows: matched, or proposed; never created.

Pure. A match by an exact name is certain. Everything else (an abbreviation, a name inside longer words, a role of the
council) is a proposal that a person takes up or not; until then the owner stays as printed and stands for nobody.

A target is what an owner is, as text: "organisation:ID" a partner, "role:ID" somebody's role at a partner, "body:ID" a
governance body, "all" all partners, "words" nothing but its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from .draft import DraftPlan
from .words import squashed

WORDS, ALL = "words", "all"
SAID, KNOWN, PROPOSED, UNKNOWN = "said", "known", "proposed", "unknown"
ALIKE = 0.86  # how alike two names are that differ by a slip of the pen

_EVERYBODY = re.compile(
    r"(?:all|every)(?: (?:prevent |relevant |the )?(?:partners?|agencies|organisations?|members|services))?"
)
_ROLE = re.compile(
    r"\b(?:co-?ordinators?|officers?|leads?|managers?|heads?|directors?|advis[eo]rs?|champions?|chairs?|councillors?|members?|"
    r"teams?|services?|departments?|units?|spocs?|supervisors?|practitioners?|members?)\b", re.I
)  # fmt: skip
_TEAM = re.compile(r"\b(?:teams?|services?|departments?|units?)\b", re.I)
_GROUP = re.compile(r"\b(?:groups?|boards?|panels?|partnerships?|committees?|forums?|executive)\b", re.I)
_SMALL = {"the", "and", "of", "for", "in", "to", "a"}


@dataclass(frozen=True)
class Party:
    """A partner or body that the council knows, with every name that its documents use."""

    kind: str  # "organisation" or "body"
    id: str
    name: str
    names: tuple[str, ...] = ()
    is_council: bool = False

    @property
    def target(self) -> str:
        return f"{self.kind}:{self.id}"


@dataclass(frozen=True)
class Match:
    """What an owner was found to be, how surely, and why."""

    target: str
    certainty: str
    why: str

    @property
    def applied(self) -> str:
        """The target that applying the draft uses: a proposal that nobody took up is left as words."""
        return WORDS if self.certainty == PROPOSED else self.target


@dataclass(frozen=True)
class OwnerFound:
    """An owner of the draft: as printed, in how many actions, and what it is."""

    label: str
    actions: int
    match: Match


def owner_key(label: str) -> str:
    """The words of an owner for comparing: case, spaces, small words and signs apart."""
    words = re.sub(r"[^\w&+/ ]", " ", label.replace("’", "'").replace("'", ""))
    kept = [word for word in squashed(words.replace("&", " and ")).split() if word not in ("the",)]
    return " ".join(kept)


def check_owners(plan: DraftPlan, parties: Sequence[Party], said: Mapping[str, str]) -> list[OwnerFound]:
    """Every owner of the draft in order of first appearance. `said` holds targets by `owner_key`."""
    counts: dict[str, int] = {}
    for action in plan.actions:
        for label in dict.fromkeys(action.owners):
            counts[label] = counts.get(label, 0) + 1
    matcher = Matcher(parties, said)
    return [OwnerFound(label, number, matcher.match(label)) for label, number in counts.items()]


class Matcher:
    """Finds what owners are. Made once for a document."""

    def __init__(self, parties: Sequence[Party], said: Mapping[str, str]) -> None:
        self.parties, self.said = parties, said
        self.targets = {party.target for party in parties} | {
            f"role:{party.id}" for party in parties if party.kind == "organisation"
        }
        self.by_name: dict[str, list[Party]] = {}
        for party in parties:
            for name in dict.fromkeys(owner_key(name) for name in (party.name, *party.names)):
                if name:
                    self.by_name.setdefault(name, []).append(party)
        self.abbreviations = {
            owner_key(name) for party in parties for name in (party.name, *party.names) if name.isupper()
        }
        self.by_initials: dict[str, list[Party]] = {}
        for party in parties:
            for letters in {letters for name in (party.name, *party.names) for letters in initials_of(name)}:
                self.by_initials.setdefault(letters, []).append(party)

    def match(self, label: str) -> Match:
        """What one owner is."""
        key = owner_key(label)
        said = self.said.get(key)
        if said and (said in self.targets or said in (WORDS, ALL)):
            return Match(said, SAID, "as you said")
        exact = self.by_name.get(key, [])
        if len(exact) == 1:
            return Match(exact[0].target, KNOWN, "it is the name of a partner or body")
        if exact:
            names = " or ".join(party.name for party in exact)
            return Match(exact[0].target, PROPOSED, f"it could be {names}")
        if _EVERYBODY.fullmatch(key):
            return Match(ALL, KNOWN, "it names all partners")
        return self._propose(label, key) or Match(WORDS, UNKNOWN, "no partner or body has this name")

    def _propose(self, label: str, key: str) -> Match | None:
        abbreviated = self.by_initials.get(re.sub(r"\W", "", label).casefold(), []) if len(label) <= 10 else []
        if len(abbreviated) == 1:
            return Match(abbreviated[0].target, PROPOSED, f"these could be the first letters of {abbreviated[0].name}")
        name, within = self._named_within(key)
        if within is not None:
            is_role = within.kind == "organisation" and _ROLE.search(label)
            target = f"role:{within.id}" if is_role else within.target
            known_as = within.name if name == owner_key(within.name) else f"{within.name} (“{name}”)"
            return Match(target, PROPOSED, f"it names {known_as}")
        alike = self._alike(key)
        if alike is not None:
            return Match(alike.target, PROPOSED, f"it is nearly the name of {alike.name}")
        council = next((party for party in self.parties if party.is_council), None)
        if council is not None and _ROLE.search(label) and not _GROUP.search(label):
            return Match(f"role:{council.id}", PROPOSED, "it reads like a role or team of the council")
        return None

    def _named_within(self, key: str) -> tuple[str, Party | None]:
        """The one party whose name stands inside the words, and that name; nobody when there are several."""
        found = sorted(
            (
                (name, parties[0])
                for name, parties in self.by_name.items()
                if len(parties) == 1 and len(name) > 2 and self._stands_in(name, key)
            ),
            key=lambda pair: -len(pair[0]),
        )
        if not found:
            return "", None
        name, party = found[0]
        others = [each for _, each in found if each != party and owner_key(each.name) not in owner_key(party.name)]
        return ("", None) if others else (name, party)

    def _stands_in(self, name: str, key: str) -> bool:
        """Whether a name stands in the words: anywhere, but a single ordinary word ("police") only where they begin.

        After another word it may well be somebody else's: the police of another county, another council. Before "and"
        it begins a name of its own: the Police and Crime Commissioner, a health and safety adviser.
        """
        if " " in name or name in self.abbreviations:
            return f" {name} " in f" {key} "
        begins = next((start for start in (name, f"local {name}") if f"{key} ".startswith(f"{start} ")), None)
        return begins is not None and not key.startswith(f"{begins} and ")

    def _alike(self, key: str) -> Party | None:
        """The party whose name is a slip of the pen away, also without the words that half of all names end with.

        "Events Team" and "Prevent Team" have most letters in common and are nobody's slip.
        """
        best, party = 0.0, None
        for name, parties in self.by_name.items():
            if abs(len(name) - len(key)) <= 0.3 * len(key) and len(parties) == 1:
                ratio = min(_likeness(name, key), _likeness(_ROLE.sub("", name), _ROLE.sub("", key)))
                if ratio > best:
                    best, party = ratio, parties[0]
        return party if best >= ALIKE else None


def _likeness(name: str, other: str) -> float:
    """How alike two texts are, from 0 to 1."""
    return SequenceMatcher(None, name.strip(), other.strip()).ratio()


def initials_of(name: str) -> Iterable[str]:
    """The ways in which a name's first letters are written: with its small words and without."""
    words = re.findall(r"[A-Za-z]+", re.sub(r"\([^)]*\)", " ", name))
    if len(words) >= 2:
        yield "".join(word[0] for word in words).casefold()
        yield "".join(word[0] for word in words if word.casefold() not in _SMALL).casefold()
    yield from (found.casefold() for found in re.findall(r"\(([A-Za-z]{2,8})\)", name))


def kind_of_words(label: str) -> str:
    """What kind of party words without a seat are: group, team, role, or other."""
    if _EVERYBODY.fullmatch(owner_key(label)):
        return "all_partners"
    for kind, pattern in (("group", _GROUP), ("team", _TEAM), ("role", _ROLE)):
        if pattern.search(label):
            return kind
    return "other"

"""The three-way difference: a file against the plan as it is now and as it was when file and plan last agreed. Pure.

Rows are matched by their words, then by their printed ref, then by how many words they share; refs may repeat or be
missing, so a ref alone never decides where the words differ altogether. White space never counts.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from actions.domain.plan_rows import PlanRow
from actions.enums import ENDED_WITHOUT_DELIVERY
from plans.columns import is_own, own_field, own_name

SHARED = 0.5  # of all words of both rows: above it two rows are one that was reworded
SHARED_WITH_REF = 0.2
MOST_PAIRS = 400_000
FIELDS = ("ref", "text", "heading", "owner_text", "timescale_text", "measure")
LABELS = {
    "ref": "Ref", "text": "Action", "heading": "Heading", "owner_text": "Owner", "timescale_text": "Timescale",
    "measure": "Success measure",
}  # fmt: skip


@dataclass(frozen=True)
class FieldDifference:
    """One field in which file and plan differ. A conflict: both changed it, each in its own way, since they agreed."""

    name: str
    plan: str
    file: str
    base: str | None = None
    conflict: bool = False

    @property
    def label(self) -> str:
        return LABELS.get(self.name, own_name(self.name))


@dataclass(frozen=True)
class Changed:
    """An action of the plan and the row of the file that it is, with what differs."""

    row: PlanRow
    file_index: int
    fields: tuple[FieldDifference, ...]


@dataclass
class Differences:
    """What a file would do to a plan. `added` are places in the file's rows; `kept` changed in the plan alone."""

    added: list[int] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    missing: list[PlanRow] = field(default_factory=list)
    kept: list[Changed] = field(default_factory=list)
    same: int = 0

    @property
    def conflicts(self) -> int:
        return sum(any(each.conflict for each in changed.fields) for changed in self.changed)

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.changed or self.missing)


def compare(
    file: Sequence[PlanRow], plan: Sequence[PlanRow], base: Sequence[PlanRow] | None, fields: Iterable[str]
) -> Differences:
    """Return the differences in the `fields` that the file has at all (see `fields_of`).

    `base` are the plan's rows when file and plan last agreed, with their ids; None when they never did. What only the
    plan changed since is kept as the plan has it; what the plan added since is not missing from the file.
    """
    then = {row.id: row for row in base} if base is not None else None
    compared = tuple(fields)
    pairs = match_rows(file, plan)
    found = Differences(added=[at for at in range(len(file)) if at not in pairs])
    for at, place in sorted(pairs.items()):
        row = plan[place]
        ended = row.state in ENDED_WITHOUT_DELIVERY
        differing = [] if ended else [each for name in compared if (each := _difference(name, file[at], row, then))]
        offered = tuple(each for each in differing if not _is_old(each))
        if offered:
            found.changed.append(Changed(row, at, offered))
        elif differing:
            found.kept.append(Changed(row, at, tuple(differing)))
        else:
            found.same += 1
    matched = set(pairs.values())
    for place, row in enumerate(plan):
        if place not in matched and row.state not in ENDED_WITHOUT_DELIVERY and (then is None or row.id in then):
            found.missing.append(row)
    return found


def fields_of(file: Sequence[PlanRow], columns: Iterable[str] = ()) -> list[str]:
    """Return the fields that the file speaks of: those with a column, or with a word in any row."""
    present = set(columns)
    extra = list(dict.fromkeys(own_field(name) for row in file for name in row.extra))
    return [name for name in (*FIELDS, *extra) if name in present or any(plain(value_of(row, name)) for row in file)]


def value_of(row: PlanRow, name: str) -> str:
    """Return what a row says in a field; "heading" is its path of headings in one line."""
    if name == "heading":
        return " › ".join(row.path)
    if is_own(name):
        return row.extra.get(own_name(name), "")
    return str(getattr(row, name))


def plain(words: str) -> str:
    """Return words with their white space made even, for comparing."""
    return " ".join(words.split())


def _difference(name: str, file: PlanRow, row: PlanRow, then: Mapping[str, PlanRow] | None) -> FieldDifference | None:
    mine, theirs = value_of(file, name), value_of(row, name)
    if plain(mine) == plain(theirs):
        return None
    before = value_of(then[row.id], name) if then is not None and row.id in then else None
    both = before is not None and plain(before) not in (plain(mine), plain(theirs))
    return FieldDifference(name, theirs, mine, before, both)


def _is_old(difference: FieldDifference) -> bool:
    """Whether the file still has what the plan had before somebody changed it here."""
    return difference.base is not None and plain(difference.base) == plain(difference.file)


# --- Which row is which ----------------------------------------------------------------------------------------------


def match_rows(file: Sequence[PlanRow], plan: Sequence[PlanRow]) -> dict[int, int]:
    """Return {place in the file: place in the plan}, each row at most once."""
    pairs: dict[int, int] = {}
    for key in (_whole, _ref_and_words, _words_and_path, _words):
        _match_equal(file, plan, pairs, key)
    _match_alike(file, plan, pairs)
    return pairs


def _whole(row: PlanRow) -> tuple[object, ...]:
    return (row.ref, plain(row.text), row.path)


def _ref_and_words(row: PlanRow) -> tuple[object, ...]:
    return (row.ref, plain(row.text))


def _words_and_path(row: PlanRow) -> tuple[object, ...]:
    return (plain(row.text), row.path)


def _words(row: PlanRow) -> tuple[object, ...]:
    return (plain(row.text).casefold(),)


def _match_equal(file, plan, pairs: dict[int, int], key) -> None:
    """Pair rows with equal keys in order of appearance, so that the second of two alike meets the second."""
    taken = set(pairs.values())
    waiting: dict[object, list[int]] = {}
    for place, row in enumerate(plan):
        if place not in taken:
            waiting.setdefault(key(row), []).append(place)
    for at, row in enumerate(file):
        if at not in pairs and waiting.get(key(row)):
            pairs[at] = waiting[key(row)].pop(0)


def _match_alike(file: Sequence[PlanRow], plan: Sequence[PlanRow], pairs: dict[int, int]) -> None:
    """Pair what is left by shared words, the most alike first; a ref in common asks for fewer."""
    taken = set(pairs.values())
    left = [(at, _word_set(row.text)) for at, row in enumerate(file) if at not in pairs]
    right = [(place, _word_set(row.text)) for place, row in enumerate(plan) if place not in taken]
    everything = len(left) * len(right) <= MOST_PAIRS
    scored = []
    for at, words in left:
        for place, others in right:
            same_ref = bool(file[at].ref) and file[at].ref == plan[place].ref
            if not (everything or same_ref):
                continue
            share = len(words & others) / max(1, len(words | others))
            if share >= (SHARED_WITH_REF if same_ref else SHARED):
                scored.append((-(share + (0.5 if same_ref else 0)), abs(at - place), at, place))
    for _, _, at, place in sorted(scored):
        if at not in pairs and place not in taken:
            pairs[at] = place
            taken.add(place)


def _word_set(text: str) -> frozenset[str]:
    return frozenset(text.casefold().split())

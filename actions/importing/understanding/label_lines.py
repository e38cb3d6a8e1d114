"""Pages that set their labels otherwise than "Lead: Police": alone on a line with the values below, in capitals, with a
dash, or not at all under a status.

Each action becomes a line of its own with "Lead: ...", "Timescale: ..." lines under it, as people type them.
"""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Iterator

from ..grid import TextBlock
from ..words import squashed
from .groups import level_word
from .profiles import looks_like_rag
from .wordings import readings_of

_TYPED = {
    "owners": "Lead",
    "timescale": "Timescale",
    "due": "Timescale",
    "measure": "Success measure",
    "progress": "Progress",
    "status": "Progress",
    "rag": "RAG",
}
_HEADING = 7  # as deep as words set in bold
_GUESSED = 5  # what a pasted line that looks like a heading is given


def with_label_lines_joined(blocks: list[TextBlock]) -> list[TextBlock]:
    """Return the blocks with such forms typed out. A label stands at least twice; without a lead or a day there is none."""
    counts = Counter(_uncounted(block.text) for block in blocks if not level_word(block.text))
    labels = {text: role for text, count in counts.items() if count >= 2 and (role := _role(text))}
    if not _each_form_names_its_action(labels, counts):
        return _forms_under_their_action(_with_statuses(blocks))
    roles = [labels.get(_uncounted(block.text), "") for block in blocks]
    if not {"owners", "timescale", "due", "progress"} & set(labels.values()):
        return _with_action_labels_joined(blocks, roles)
    starts = [at for at, role in enumerate(roles) if role == "text"]
    done = list(blocks[: starts[0]])
    for at, end in zip(starts, [*starts[1:], len(blocks)], strict=True):
        if done and not done[-1].text.rstrip().endswith("."):
            above = done[-1].level or _GUESSED
            done[-1] = dataclasses.replace(done[-1], level=above if above < _GUESSED else _HEADING)
        done.extend(_typed_out(blocks[at:end], roles[at:end]))
    return done


def _each_form_names_its_action(labels: dict[str, str], counts: Counter[str]) -> bool:
    """Whether a label for the action comes about as often as any other: "Deliverables" over a list of them does not."""
    named = max((counts[text] for text, role in labels.items() if role == "text"), default=0)
    return named > 0 and named >= max(counts[text] for text in labels) * 0.75


def _uncounted(text: str) -> str:
    """A label without its number: "What we will do: action 2"."""
    return squashed(_COUNT.sub("", squashed(text)))


_COUNT = re.compile(r"\s*\d{1,2}$")


def _with_action_labels_joined(blocks: list[TextBlock], roles: list[str]) -> list[TextBlock]:
    """ "Action 1:" on a line of its own joined with the paragraphs under it, down to the first list or label."""
    done: list[TextBlock] = []
    label: TextBlock | None = None
    for block, role in zip(blocks, roles, strict=True):
        if role == "text":
            label = dataclasses.replace(block, text=f"{block.text.rstrip(' :')}:", level=None, bold=False)
            done.append(label)
        elif label is not None and not block.mark and block.level is None and not _INLINE_LABEL.match(block.text):
            done[-1] = dataclasses.replace(done[-1], text=f"{done[-1].text} {block.text}")
        else:
            label = None
            done.append(block)
    return done


_INLINE_LABEL = re.compile(r"[A-Z][^:.]{1,40}:\s")


def _with_statuses(blocks: list[TextBlock]) -> list[TextBlock]:
    """ "Complete" or "Paused" on a line of its own under each line of a numbered list, as "Status: Complete"."""
    pairs = [at for at, block in enumerate(blocks[:-1]) if block.mark and _can_be_status(blocks[at + 1])]
    listed = sum(bool(block.mark) for block in blocks)
    said = Counter(squashed(blocks[at + 1].text) for at in pairs)
    if len(pairs) < 4 or len(pairs) < listed * 0.6 or len(said) > len(pairs) / 2 or not any(map(looks_like_rag, said)):
        return blocks
    done = list(blocks)
    for at in pairs:
        done[at + 1] = dataclasses.replace(done[at + 1], text=f"Status: {done[at + 1].text}", level=None)
    return done


def _can_be_status(block: TextBlock) -> bool:
    return not block.mark and len(block.text.split()) <= 7 and block.text[-1:].isalnum()


def _forms_under_their_action(blocks: list[TextBlock]) -> list[TextBlock]:
    """Forms without a label for the action: it is the paragraph over the first label of each.

    The same short lines come round in the same order three times or more: "Desired outcome", "Detail", "RAG".
    """
    short = [block.text for block in blocks if len(block.text.split()) <= 4 and not block.mark]
    short = [text for text in short if not looks_like_rag(text) and not re.search(r"\.$|:\s", text)]
    counts = Counter(map(squashed, short))
    often = [squashed(block.text) for block in blocks if counts.get(squashed(block.text), 0) >= 3]
    labels = list(dict.fromkeys(often))
    rounds = counts[labels[0]] if labels else 0
    if (
        len(labels) < 2
        or often != labels * rounds
        or not {"owners", "timescale", "due", "rag"} & set(map(_role, labels))
        or any(
            squashed(block.text) == labels[0] and _INLINE_LABEL.match(above.text)
            for above, block in zip(blocks, blocks[1:], strict=False)
        )
    ):
        return blocks
    done: list[TextBlock] = []
    label, values = None, list[TextBlock]()
    for block in blocks:
        if squashed(block.text) in labels:
            _close_field(done, label, values)
            label, values = block, []
        elif label is None or squashed(label.text) == labels[-1] and values and not block.mark:
            _close_field(done, label, values)
            label, values = None, []
            done.append(block)
        else:
            values.append(block)
    _close_field(done, label, values)
    return done


def _close_field(done: list[TextBlock], label: TextBlock | None, values: list[TextBlock]) -> None:
    """Add a label and the lines under it as one line, as people type it."""
    if label is not None and values:
        name = _TYPED.get(_role(label.text), label.text)
        words = "\n".join(value.text for value in values)
        done.append(dataclasses.replace(label, text=f"{name}: {words}", level=None, bold=False))


_CAPITALS = re.compile(r"([A-Z]{3,12}(?: [A-Z]{2,12}){0,2}) (?=\S)")
_DASHED = re.compile(r"([\w/& ]{3,30}?) [-–—] (?=\S)")


def with_colons(blocks: list[TextBlock]) -> list[TextBlock]:
    """ "WHO The partnership", "year - 2014" as "WHO: The partnership": labels that come again and again.

    They are known by their capitals or by the dash after them.
    """
    found = [_CAPITALS.match(block.text) or _DASHED.match(block.text) for block in blocks]
    counts = Counter(match.group(1) for match in found if match)
    known = {label for label, count in counts.items() if count >= 2 and _role(label)}
    labels = known | {label for label, count in counts.items() if count >= 3 and len(label.split()) <= 4 and known}
    told = sum(count for label, count in counts.items() if _role(label) == "progress")
    sure = [label for label in known if _role(label) in ("text", "owners", "timescale")]
    if len(sure) < 2 and sum(counts[label] for label in sure) < 4 and told < 3:
        return blocks
    return [
        dataclasses.replace(block, text=f"{_typed_label(match.group(1))}: {block.text[match.end() :]}", level=None)
        if match and match.group(1) in labels
        else block
        for block, match in zip(blocks, found, strict=True)
    ]


def _typed_label(label: str) -> str:
    role = _role(label)
    return "Action" if role == "text" else _TYPED.get(role, label)


def _role(label: str) -> str:
    """What a line names, when it is short and hardly names anything else."""
    found = readings_of(label) if len(label.split()) <= 6 else []
    role = found[0][0] if found and found[0][0] in ("text", *_TYPED) else ""
    # "Lead: Police" is a value with its label; "What we will do: action" is all label.
    return role if ":" not in label.rstrip(": ") or role == "text" and label.endswith("action") else ""


def _typed_out(blocks: list[TextBlock], roles: list[str]) -> Iterator[TextBlock]:
    """The actions of one form with its other values under each, then what follows the form.

    A form ends where its last value does: with the first line under its last label, or where a level is named.
    """
    last = max(at for at, role in enumerate(roles) if role)
    values: dict[int, list[TextBlock]] = {at: [] for at, role in enumerate(roles) if role}
    label, rest = 0, len(blocks)
    for at, block in enumerate(blocks):
        if roles[at]:
            label = at
        elif level_word(block.text) or label == last and values[last]:
            rest = at
            break
        else:
            values[label].append(block)
    fields = [
        dataclasses.replace(
            blocks[at], text=f"{_TYPED[roles[at]]}: {', '.join(each.text for each in found)}", level=None
        )
        for at, found in values.items()
        if roles[at] != "text" and found
    ]
    count = _COUNT.search(squashed(blocks[0].text))
    for action in values[0]:
        words = f"Action{count.group()}: {action.text}" if count else action.text
        yield dataclasses.replace(action, text=words, level=None)
        yield from fields
    yield from blocks[rest:]

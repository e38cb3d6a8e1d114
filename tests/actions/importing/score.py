"""Scores a reading against a checked answer: `python tests/actions/importing/score.py FOLDER` prints one line a file.

An answer is a `<slug>.expected.json` beside the documents; its `also_accept` entries count as right.
Words are compared after collapsing white space.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from actions.importing.reading import read_document
from actions.importing.understanding import understand


@dataclass
class Score:
    """What was found of one document. `misses` are sentences about every difference."""

    expected: int = 0
    found: int = 0
    matched: int = 0
    right: dict[str, int] = field(default_factory=lambda: {"ref": 0, "group": 0, "owners": 0, "timescale": 0})
    misses: list[str] = field(default_factory=list)

    @property
    def perfect(self) -> bool:
        return not self.misses and self.matched == self.expected == self.found


def squeeze(text: str | None) -> str:
    return " ".join((text or "").split())


def score(path: Path, answer: dict[str, Any]) -> Score:
    """Read a document and compare its actions with the answer's, in order."""
    plan = understand(read_document(path.name, path.read_bytes())).summary()
    result = Score(len(answer["actions"]), len(plan["actions"]))
    left = list(plan["actions"])
    for expected in answer["actions"]:
        got = next((each for each in left if squeeze(each["text"]) in accepted_texts(expected)), None)
        if got is None:
            result.misses.append(f"not found: {expected['text'][:90]}")
            continue
        left.remove(got)
        result.matched += 1
        compare(expected, got, result)
    result.misses.extend(f"spurious: {each['text'][:90]} ({each['source']})" for each in left)
    return result


def accepted_texts(expected: dict[str, Any]) -> set[str]:
    return {squeeze(expected["text"]), squeeze(expected.get("text_in_txt") or expected["text"])}


def variants(expected: dict[str, Any]) -> list[dict[str, Any]]:
    """The answer, and the answer with each of its `also_accept` entries.

    Entries about different things may be combined; each thing is compared by itself, so one entry at a time will do.
    """
    return [expected, *({**expected, **entry} for entry in expected.get("also_accept") or [])]


def compare(expected: dict[str, Any], got: dict[str, Any], result: Score) -> None:
    options = variants(expected)
    checks = {
        "ref": any(each.get("ref") == got["ref"] for each in options),
        "group": any(
            [squeeze(label) for label in each["group"]] == [squeeze(label) for label in got["group"]]
            for each in options
        ),
        "owners": any(
            [squeeze(name) for name in each["owners"]] == [squeeze(name) for name in got["owners"]] for each in options
        ),
        "timescale": any(
            squeeze(each["timescale_text"]) == squeeze(got["timescale_text"])
            and each["kind"] == got["kind"]
            and each["start"] == got["start"]
            and each["end"] == got["end"]
            and bool(each["ongoing"]) == bool(got["ongoing"])
            for each in options
        ),
    }
    for name, right in checks.items():
        result.right[name] += right
        if not right:
            shown = got["timescale_text"], got["kind"], got["start"], got["end"]
            result.misses.append(f"{name}: {got[name] if name != 'timescale' else shown} in “{got['text'][:60]}”")


def main(folder: Path) -> None:
    for answer_path in sorted(folder.glob("*.expected.json")):
        answer = json.loads(answer_path.read_text())
        slug = answer_path.name.removesuffix(".expected.json")
        for path in sorted(folder.glob(f"{slug}.*")):
            if path == answer_path:
                continue
            result = score(path, answer)
            print(
                f"{path.name}: {result.matched}/{result.expected} found, {result.found - result.matched} spurious, "
                f"{result.right}"
            )
            for miss in result.misses[:40]:
                print("   ", miss)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

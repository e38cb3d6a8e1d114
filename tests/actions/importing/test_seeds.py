"""The reference plans, where they are at hand: every action with its exact words, heading, owners and dates."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from actions.importing.reading import read_document
from actions.importing.understanding import understand

from .score import score, squeeze

SEEDS = Path(os.environ.get("PREVENT_SEEDS") or Path(__file__).resolve().parents[3].parent / "shared" / "seeds")
ANSWERS = {path.name.removesuffix(".expected.json"): path for path in SEEDS.glob("*.expected.json")}
OFFICE = [path for slug in ANSWERS for path in sorted(SEEDS.glob(f"{slug}.*x")) if path.suffix in (".docx", ".xlsx")]
NARRATIVE = [
    path
    for slug in ("dudley-2017", "thurrock-2017", "derby")
    for path in sorted(SEEDS.glob(f"{slug}.*"))
    if path.suffix in (".docx", ".txt")
]


def answer_of(path: Path) -> dict[str, object]:
    return json.loads(ANSWERS[path.stem].read_text())  # type: ignore[no-any-return]


@pytest.mark.parametrize("path", OFFICE, ids=lambda path: path.name)
def test_word_and_excel_forms_are_read_complete(path: Path) -> None:
    answer = answer_of(path)
    result = score(path, answer)
    assert result.misses == []
    assert result.found == len(answer["actions"])  # type: ignore[arg-type]


@pytest.mark.parametrize("path", NARRATIVE, ids=lambda path: path.name)
def test_strategies_without_a_table_give_their_headings_and_no_actions(path: Path) -> None:
    plan = understand(read_document(path.name, path.read_bytes()))
    assert plan.actions == []
    expected = [squeeze(group["label"]) for group in answer_of(path)["groups"]]  # type: ignore[union-attr, index]
    assert [squeeze(group.label) for group in plan.groups] == expected


@pytest.mark.parametrize("path", OFFICE, ids=lambda path: path.name)
def test_title_and_period_are_as_printed(path: Path) -> None:
    plan, answer = understand(read_document(path.name, path.read_bytes())), answer_of(path)
    assert (plan.title, plan.period_text) == (answer["title"], answer["period_text"])


@pytest.mark.parametrize("path", [path for path in OFFICE if path.stem == "thurrock-2017"], ids=lambda path: path.name)
def test_the_document_control_table_is_the_approval_route(path: Path) -> None:
    plan = understand(read_document(path.name, path.read_bytes()))
    expected = [
        (stage["date_text"], stage["date"], stage["status"], stage["bodies"])
        for stage in answer_of(path)["document_control"]
    ]  # type: ignore[union-attr, index]
    assert [
        (stage.date_text, stage.reading.end, stage.status, stage.bodies) for stage in plan.approval_route
    ] == expected

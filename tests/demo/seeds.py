"""The published documents' checked answers, where they are beside the checkout. They are not part of the project."""

import json
import os
import re
from functools import cache
from pathlib import Path

SEEDS = Path(os.environ.get("PREVENT_SEEDS") or Path(__file__).resolve().parents[2].parent / "shared" / "seeds")
NAMES = {
    "barking-and-dagenham": "barking-and-dagenham-2017",
    "south-staffordshire": "south-staffordshire-2023",
    "dudley": "dudley-2017",
    "thurrock": "thurrock-2017",
    "derby": "derby",
}
PRESENT = tuple(slug for slug, name in NAMES.items() if (SEEDS / f"{name}.expected.json").exists())
RUN = 6  # words in a row that no text of ours may share with a published document


@cache
def answer(slug: str) -> dict:
    return json.loads((SEEDS / f"{NAMES[slug]}.expected.json").read_text(encoding="utf-8"))


@cache
def published_runs() -> frozenset[tuple[str, ...]]:
    """Every run of six words in any of the documents."""
    texts = [(SEEDS / f"{NAMES[slug]}.txt").read_text(encoding="utf-8") for slug in PRESENT]
    texts += [action["text"] for slug in PRESENT for action in answer(slug)["actions"]]
    return frozenset().union(*map(runs_of, texts))


def runs_of(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"[a-z0-9]+", text.lower())
    return {tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}

"""What a person should look at, each with its reason and the other readings as one-click answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from ..draft import Answers, Choice, ColumnReading, Doubt, DraftAction, DraftPlan, Source
from ..words import flat, short
from .rag import words_of_rating
from .raw import RawAction


def add_action_doubts(plan: DraftPlan, draft: DraftAction, action: RawAction) -> None:
    """Doubts about one action that has just been added: how its cell was taken apart, and what its timescale means."""
    at = len(plan.actions) - 1
    stack = action.stack
    if stack is not None and stack.doubtful and (len(stack.items) == 1 or draft.text == stack.items[0].text):
        split = len(stack.items) > 1
        other = "join" if split else "split"
        label = "It is one action" if split else "Each part is an action"
        plan.doubts.append(
            Doubt(
                "stacked",
                "This cell could be one action or several.",
                stack.why,
                draft.source,
                [Choice(label, {"splits": {action.key: other}})],
                at,
            )
        )
    if draft.reading.ambiguous:
        plan.doubts.append(timescale_doubt(draft, timescale_choices(draft), at))


def timescale_doubt(draft: DraftAction, choices: list[Choice], at: int) -> Doubt:
    """A timescale that can be read in several ways (`choices`), or in none that is certain."""
    words = short(draft.timescale_text or "", 120)
    what = f"“{words}” can mean more than one thing." if choices else f"“{words}” names no day that can be known."
    return Doubt("timescale", what, draft.reading.reason, draft.source, choices, at)


def timescale_choices(draft: DraftAction) -> list[Choice]:
    """The other readings of an action's timescale, each as an answer that chooses it for the same words."""
    words = draft.timescale_text or ""
    return [
        Choice(
            str(each.get("reason") or each.get("text") or each.get("kind") or "Other reading"),
            {"timescales": {words: _as_reading(each)}},
        )
        for each in draft.reading.alternatives
    ]


def _as_reading(alternative: dict[str, object]) -> dict[str, object]:
    kept = ("kind", "start", "end", "precision", "recurrence", "ongoing", "reason")
    chosen = {name: value for name, value in alternative.items() if name in kept}
    if "due" in alternative:
        chosen["end"] = alternative["due"]
    return chosen


def owner_doubt(plan: DraftPlan, draft: DraftAction, why: str, at: int) -> None:
    """An owner cell that can be split in more than one way."""
    whole = flat(draft.owner_text or "")
    choices = (
        [Choice("Keep it as one owner", {"owners": {draft.owner_text or "": [whole]}})]
        if draft.owners != [whole]
        else []
    )
    plan.doubts.append(Doubt("owner", f"Who owns this: “{short(whole, 120)}”?", why, draft.source, choices, at))


def rag_doubt(plan: DraftPlan, draft: DraftAction, text: str, at: int) -> None:
    """A rating cell whose words are no rating that can be known."""
    plan.doubts.append(
        Doubt(
            "rag",
            f"“{short(text)}” is not a rating that can be read.",
            "It names no single colour and the document's key does not explain it.",
            draft.source,
            [Choice(label, {"ratings": {words_of_rating(text): code}}) for code, label in _RATINGS],
            at,
        )
    )


_RATINGS = (
    ("red", "It is red"),
    ("amber", "It is amber"),
    ("green", "It is green"),
    ("blue", "It is blue: complete"),
    ("not_started", "It is not started"),
    ("", "It is no rating"),
)


def colour_doubt(plan: DraftPlan, draft: DraftAction, at: int) -> None:
    """A rating that was taken from the colour of a cell outside a rating column."""
    plan.doubts.append(
        Doubt(
            "rag",
            "The rating was read from the colour of a cell.",
            "No column is headed RAG, but cells are filled in rating colours.",
            draft.source,
            [],
            at,
        )
    )


def _why_kept(column: ColumnReading) -> str:
    if column.why == f"its heading is “{column.heading}”":
        return "It names no owner, date, rating or progress, so its words are kept under its own heading."
    return column.why


def add_plan_doubts(plan: DraftPlan, answers: Answers, places: Mapping[str, str]) -> None:
    """Doubts about the whole: numbers used twice, tables read without a header or set aside that look like plans.

    `places` says where each table stands, by its key.
    """
    repeated = Counter((tuple(action.group[:1]), action.ref) for action in plan.actions if action.ref)
    for (_, ref), count in repeated.items():
        if count > 1:
            first = next(action for action in plan.actions if action.ref == ref)
            plan.doubts.append(
                Doubt(
                    "ref",
                    f"The number {ref} is used {count} times.",
                    f"{'Both' if count == 2 else 'All'} are kept as printed.",
                    first.source,
                )
            )
    for column in plan.columns:
        if column.role == "extra" and column.heading:
            plan.doubts.append(
                Doubt(
                    "column",
                    f"The column “{column.heading}” is kept as it is.",
                    _why_kept(column),
                    Source(places.get(column.table, ""), key=column.table),
                    [
                        Choice(f"It is the {name}", {"columns": {column.table: {str(column.column): role}}})
                        for role, name in (
                            ("measure", "measure of success"),
                            ("progress", "progress"),
                            ("owners", "owner"),
                            ("timescale", "timescale"),
                        )
                    ],
                )
            )
    for decoy in plan.decoys:
        if decoy.kind in ("other table", "risk register", "hidden sheet") and decoy.source.key not in answers.tables:
            plan.doubts.append(
                Doubt(
                    "table",
                    f"{decoy.source.place[:1].upper()}{decoy.source.place[1:]} was set aside.",
                    decoy.why,
                    decoy.source,
                    [Choice("It is part of the plan", {"tables": {decoy.source.key: "plan"}})],
                )
            )

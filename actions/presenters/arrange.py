"""The page where a coordinator changes the plan: every heading and action in order, with what can be done to each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from actions.models import Action
from actions.presenters.words import ended_words
from plans.models import Objective
from plans.presenters import heading_title
from plans.queries import heading_path


@dataclass(frozen=True)
class Line:
    """A heading or an action. Withdrawn ones stay in the list and can no longer be changed."""

    words: str
    public_id: str
    version: int
    level: int
    is_heading: bool
    ended: str = ""


def arranged(headings: Sequence[Objective], actions: Iterable[Action], *, every_heading: bool) -> list[Line]:
    """Return the lines in reading order; without `every_heading` only those headings that the actions hang from."""
    below: dict[int | None, list[Line]] = {}
    for action in actions:
        below.setdefault(action.objective_id, []).append(_action_line(action))
    by_id = {heading.pk: heading for heading in headings}
    shown = {heading.pk for pk in below for heading in heading_path(by_id, pk)}
    lines = below.get(None, [])
    for heading in headings:
        if every_heading or heading.pk in shown:
            lines = [*lines, _heading_line(heading), *below.get(heading.pk, [])]
    return lines


def _heading_line(heading: Objective) -> Line:
    ended = f"Withdrawn: {heading.withdrawn_reason}" if heading.withdrawn_at else ""
    return Line(heading_title(heading), heading.public_id, heading.version, heading.level, True, ended)


def _action_line(action: Action) -> Line:
    return Line(str(action), action.public_id, action.version, 0, False, ended_words(action))

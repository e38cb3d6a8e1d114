"""States: the one way a row moves from a state to the next, and the state diagrams drawn from the code."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models
from django_fsm import FSMField, can_proceed

from prevent_tracker.core.refusals import RuleBroken


class Stateful(models.Model):
    """A row with a protected state: `refresh_from_db` works on it, as it would not with the state machine's field."""

    class Meta:
        abstract = True

    def refresh_from_db(self, using: Any = None, fields: Any = None, from_queryset: Any = None) -> None:
        protected = {f.attname for f in self._meta.concrete_fields if isinstance(f, FSMField) and f.protected}
        loaded = {f.attname for f in self._meta.concrete_fields} - self.get_deferred_fields()
        wanted = loaded if fields is None else set(fields)
        if fields is None:
            self._prefetched_objects_cache: dict[str, Any] = {}
        super().refresh_from_db(using, sorted(wanted - protected), from_queryset)
        if states := sorted(wanted & protected):
            rows = type(self)._base_manager.using(using or self._state.db)
            self.__dict__.update(rows.values(*states).get(pk=self.pk))


def move(row: models.Model, transition: str, participle: str) -> None:
    """Make a transition of a row, which the caller has locked and will save.

    Raises RuleBroken in words ("This plan is closed, so it cannot be withdrawn.") where its state does not allow it.
    """
    method = getattr(row, transition)
    if not can_proceed(method):
        name = row._meta.verbose_name
        state = row.get_state_display().lower()  # type: ignore[attr-defined]
        raise RuleBroken(f"This {name} is {state}, so it cannot be {participle}.")
    method()


def transitions_of(model: type[models.Model]) -> Iterator[tuple[str, str, str, str]]:
    """Yield (from, transition, to, what it means) for every arrow of a model's `state`, in the order of the code."""
    field = model._meta.get_field("state")
    assert isinstance(field, FSMField)
    in_source = [name for parent in reversed(model.__mro__) for name in vars(parent)]
    for transition in sorted(field.get_all_transitions(model), key=lambda each: in_source.index(each.name)):
        method = getattr(model, transition.name)
        yield transition.source, transition.name, transition.target, (method.__doc__ or "").strip()


def stateful_models() -> list[type[models.Model]]:
    """Return every model of ours whose `state` is a state machine, in the order of the rooms."""
    return [
        model
        for model in apps.get_models()
        if any(isinstance(field, FSMField) for field in model._meta.fields) and not hasattr(model, "instance_type")
    ]


def diagram(model: type[models.Model]) -> str:
    """Return one model's section of the states document: a Mermaid diagram, and each arrow in words."""
    words = dict(model._meta.get_field("state").flatchoices)  # type: ignore[union-attr]
    initial = model._meta.get_field("state").get_default()  # type: ignore[union-attr]
    arrows = list(transitions_of(model))
    reached = [state for state in words if state in {initial, *(a for a, *_ in arrows), *(b for *_, b, _ in arrows)}]
    means = {name: meaning for _, name, _, meaning in arrows}
    return "\n".join(
        [
            f"## {str(model._meta.verbose_name).capitalize()}",
            "",
            "```mermaid",
            "stateDiagram-v2",
            *(f'    state "{words[state]}" as {state}' for state in reached),
            f"    [*] --> {initial}",
            *(f"    {source} --> {target}: {name}" for source, name, target, _ in arrows),
            "```",
            "",
            "| Transition | What it means |",
            "|---|---|",
            *(f"| `{name}` | {meaning} |" for name, meaning in means.items()),
            "",
        ]
    )


def document() -> str:
    """Return the whole states document."""
    head = (
        "# States\n\nGenerated from the models by `manage.py state_diagrams`; a test fails when it differs from the"
        " code.\nA state is moved only by a function in `domain/`, which checks the right, locks the row, moves, saves"
        " and records.\n"
    )
    return "\n".join([head, *(diagram(model) for model in stateful_models())])

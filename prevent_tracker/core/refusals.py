"""Refusals in words: what a person is told when the answer is no.

`Refused` becomes a 403 page with the reason. `StaleSave` becomes a 409 conflict page that keeps what was typed.
`RuleBroken` is bad input: a form shows it beside the field.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django_fsm import FSMField


class Refused(Exception):
    """The person may see the thing but may not do this to it. `reason` is a sentence for them."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


class RuleBroken(Exception):
    """What was asked breaks a rule of the field. Holds `{field or "": [sentence, ...]}` for the form."""

    def __init__(self, problems: dict[str, list[str]] | str):
        self.problems: dict[str, list[str]] = {"": [problems]} if isinstance(problems, str) else problems
        super().__init__(" ".join(sentence for sentences in self.problems.values() for sentence in sentences))

    def add_to(self, form) -> None:
        """Put every sentence on the form, beside its field where the form has it."""
        for field, sentences in self.problems.items():
            for sentence in sentences:
                form.add_error(field if field in form.fields else None, sentence)


def require_valid(row: models.Model) -> None:
    """Hold a row against its own fields and constraints before it is saved, so that both databases refuse the same.

    A protected state is left out: only a transition sets it. So is what Django's `full_clean` asks in a query for each:
    whether a row that is in hand exists, and whether another has the same random id, which nobody can type.
    Raises RuleBroken with the model's own sentences.
    """
    states = {field.name for field in row._meta.fields if isinstance(field, FSMField)}
    relations = [field for field in row._meta.fields if isinstance(field, models.ForeignKey)]
    in_hand = {field.name for field in relations if field.is_cached(row) and getattr(row, field.attname)}
    errors: dict[str, list[ValidationError]] = {}
    _collect(errors, row.clean_fields, exclude=states | in_hand)
    _collect(errors, row.clean)
    made = {field.name for field in row._meta.fields if not field.editable}
    _collect(errors, row.validate_unique, exclude=states | made | errors.keys())
    _collect(errors, row.validate_constraints, exclude=states | errors.keys())
    if errors:
        problems = dict(ValidationError(errors).message_dict)
        problems[""] = problems.pop(NON_FIELD_ERRORS, [])
        raise RuleBroken({field: words for field, words in problems.items() if words})


def _collect(errors: dict[str, list[ValidationError]], check: Callable[..., None], **given: Any) -> None:
    try:
        check(**given)
    except ValidationError as error:
        error.update_error_dict(errors)


class StaleSave(Exception):
    """Somebody saved this row after the person read it. `current` is the row as it now stands.

    `further` holds what differs beyond the row's own fields, as (label, what was typed, what is saved now): a page
    that asks for more than those adds it before the conflict is told.
    """

    def __init__(self, current):
        super().__init__(f"{current} was changed by somebody else after it was read.")
        self.current = current
        self.further: list[tuple[str, str, str]] = []

"""How a form page answers: ask the domain, tell a broken rule beside its field, go on when all is well."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django import forms

from prevent_tracker.core.refusals import RuleBroken, StaleSave

T = TypeVar("T")


def carried_out(form: forms.BaseForm, act: Callable[[], T], *others: Any) -> T | None:
    """Do `act` when the form (and every other form and formset of the page) is filled in well; return what it made.

    None when something has to be mended: a RuleBroken that `act` raises is put on the form, beside the field it is
    about. Refused and StaleSave go on up, to the pages the middleware makes of them.
    """
    if not form.is_bound or not all([form.is_valid(), *(other.is_valid() for other in others)]):
        return None
    try:
        return act()
    except RuleBroken as broken:
        broken.add_to(form)
        return None


@contextmanager
def conflicts_told(further: Callable[[Any], list[tuple[str, str, str]]]) -> Iterator[None]:
    """Within the block a StaleSave tells as well what `further` finds different from the row as it now stands."""
    try:
        yield
    except StaleSave as stale:
        stale.further = further(stale.current)
        raise


def status_of(*candidates: Any) -> int:
    """Return 422 when one of the forms has something to mend, else 200."""
    return 422 if any(form.is_bound and not form.is_valid() for form in candidates if form is not None) else 200

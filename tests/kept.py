"""Data that many tests start from, built once: `@kept` instead of `@pytest.fixture`.

    @kept
    def draft(desk):
        return desk.draft(desk.lock())

What the function writes stays in the database, inside a transaction, for as long as the tests that follow ask for it.
Each test is undone by the transaction that pytest-django puts around it, and gets copies of the objects, so it finds
everything as it was built. A test that asks for less finds nothing of what the others asked for: within a module those
that ask for least come first. A kept function may ask for other kept ones, and for nothing else.
"""

import copy
import datetime
import inspect
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import pytest
from django.db import transaction

from tests.days import at_noon

Builder = Callable[..., Any]
Values = dict[Builder, Any]


def kept(builder: Builder | None = None, *, on: datetime.date | None = None, shared: bool = False) -> Any:
    """Make a fixture of a function that builds data.

    `on`: the clock stands at noon of that day while it builds. `shared`: tests get the object itself, and leave it as
    it is.
    """
    if builder is None:
        return lambda function: kept(function, on=on, shared=shared)

    def found(kept_values: Values, **asked: Any) -> Any:
        return kept_values[builder]

    names = ["db", "kept_values", *inspect.signature(builder).parameters]  # pytest reads what a fixture asks for
    found.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY) for name in names]
    )
    found.builder, builder.on, builder.is_shared = builder, on, shared  # type: ignore[attr-defined]
    return pytest.fixture(name=builder.__name__)(found)


@dataclass
class Keeper:
    """What is in the database beneath the tests: each builder with its open transaction and what it returned."""

    built: list[tuple[Builder, transaction.Atomic, Values]] = field(default_factory=list)

    def have(self, builders: tuple[Builder, ...]) -> Values:
        """Build what is wanted and not there yet. Returns what was built, for one test."""
        self.keep_only(builders)
        for builder in builders[len(self.built) :]:
            values = self._copied()
            opened = transaction.atomic()
            opened.__enter__()
            asked = {each.__name__: values[each] for each in asked_by(builder, builders)}
            try:
                with at_noon(builder.on) if builder.on else nullcontext():
                    values[builder] = builder(**asked)
            except BaseException:
                take_back(opened)
                raise
            self.built.append((builder, opened, values))
        return self._copied()

    def keep_only(self, builders: tuple[Builder, ...]) -> None:
        """Take back, the last first, what was not built on the way to `builders`."""
        while tuple(builder for builder, *_ in self.built) != builders[: len(self.built)]:
            _, opened, _ = self.built.pop()
            take_back(opened)

    def _copied(self) -> Values:
        """Return the values with each other's copies in them, as they hold each other themselves."""
        values = self.built[-1][-1] if self.built else {}
        themselves = {id(value): value for builder, value in values.items() if builder.is_shared}
        return copy.deepcopy(values, themselves)


def take_back(opened: transaction.Atomic) -> None:
    """Undo everything that was written since a transaction was opened."""
    transaction.set_rollback(True)
    opened.__exit__(None, None, None)


def asked_by(builder: Builder, among: tuple[Builder, ...]) -> list[Builder]:
    """Return the builders that a builder asks for, by their names."""
    named = {each.__name__: each for each in among}
    return [named[name] for name in inspect.signature(builder).parameters]


def builders_of(item: pytest.Item | None) -> tuple[Builder, ...]:
    """Return what a test starts from, in the order of building."""
    wanted: list[Builder] = []

    def want(name: str) -> None:
        for fixture in reversed(definitions.get(name, ())):
            builder = getattr(fixture.func, "builder", None)
            if builder is not None and builder not in wanted:
                for asked in inspect.signature(builder).parameters:
                    want(asked)
                wanted.append(builder)
            if name not in fixture.argnames:  # it does not ask for the one of the same name that it replaces
                break

    definitions = item._fixtureinfo.name2fixturedefs if isinstance(item, pytest.Function) else {}  # type: ignore[union-attr]
    for name in definitions:
        want(name)
    return tuple(wanted)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Within each module put the tests that start from the least first. The order is otherwise as written."""
    sorted_items: list[pytest.Item] = []
    for _, module in groupby(items, key=lambda item: item.path):
        tests = list(module)
        wanted = {item: builders_of(item) for item in tests}
        seen = {builder: number for number, builder in enumerate(dict.fromkeys(sum(wanted.values(), ())))}
        sorted_items += sorted(tests, key=lambda item: [seen[builder] for builder in wanted[item]])
    items[:] = sorted_items


_keeper = Keeper()
_next = pytest.StashKey[tuple[Builder, ...]]()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    item.stash[_next] = builders_of(nextitem)


@pytest.fixture
def kept_values(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any) -> Iterator[Values]:
    """What this test starts from; afterwards the database holds what the next one starts from, and no more."""
    builders = builders_of(request.node)
    if builders and request.node.get_closest_marker("django_db", pytest.mark.django_db).kwargs.get("transaction"):
        raise pytest.UsageError("A test that commits cannot start from what is kept inside a transaction.")
    with django_db_blocker.unblock():
        values = _keeper.have(builders)
    yield values
    with django_db_blocker.unblock():
        _keeper.keep_only(request.node.stash[_next])

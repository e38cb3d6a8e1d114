"""Every rule of the policy is needed: where one of them always says yes, some cell of the matrix complains."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from partners import policy
from partners.policy import YES
from tests.access.cells import Cell, cells_at_home
from tests.access.test_matrix import ask, wrongs
from tests.access.world import World, as_on_the_day
from tests.kept import kept

pytestmark = [pytest.mark.django_db, pytest.mark.once]
Key = tuple[str, type]

# Rules whose refusal is no page's answer: each is held by the test that is named.
HELD_ELSEWHERE = {
    "arrange Council": "tests/partners/domain/test_organisations.py",
    "contribute Partner": "tests/partners/test_policy.py",
    "deactivate User": "tests/partners/domain/test_memberships.py",
    "rename User": "tests/partners/domain/test_memberships.py",
    "sign_off Partner": "tests/partners/test_policy.py",
    "view_history Plan": "tests/actions/views/test_action_page.py",
}


@contextmanager
def replaced(key: Key, rule) -> Iterator[None]:
    """Within the block the policy has another rule."""
    sound = policy._rules[key]
    policy._rules[key] = rule
    try:
        yield
    finally:
        policy._rules[key] = sound


def name_of(key: Key) -> str:
    return f"{key[0]} {key[1].__name__}"


@kept(shared=True)
def refusing(built_world) -> dict[Key, list[Cell]]:
    """{rule: the cells in which it says no}, found by asking every page as everybody whom it should refuse."""
    with as_on_the_day():
        return refusals(built_world)


def refusals(world: World) -> dict[Key, list[Cell]]:
    found: dict[Key, list[Cell]] = {}
    heard: set[Key] = set()

    def listened(key, rule):
        def listening(access, row):
            decision = rule(access, row)
            if not decision:
                heard.add(key)
            return decision

        return listening

    sound = policy.rules()
    policy._rules.update({key: listened(key, rule) for key, rule in sound.items()})
    try:
        for cell in cells_at_home(world):
            _, row, persona, method = cell
            if persona.name in row.may(method) | row.hidden:
                continue
            heard.clear()
            answer_to(world, cell)
            for key in heard:
                found.setdefault(key, []).append(cell)
    finally:
        policy._rules.update(sound)
    return found


def answer_to(world: World, cell: Cell):
    name, row, persona, method = cell
    return ask(world, name, row, persona, method, "own")


def complains(world: World, cell: Cell) -> bool:
    _, row, persona, method = cell
    return any(wrongs(row, method, "own", persona, answer_to(world, cell)))


def test_a_rule_that_always_says_yes_is_noticed(world, refusing):
    survivors = []
    for key in policy.rules():
        with replaced(key, lambda access, row: YES):
            if not any(complains(world, cell) for cell in refusing.get(key, [])):
                survivors.append(name_of(key))
    assert sorted(survivors) == sorted(HELD_ELSEWHERE)


def test_a_rule_that_is_as_it_was_is_not_complained_about(world, refusing):
    for key, cells in refusing.items():
        assert not complains(world, cells[0]), name_of(key)

"""Every address x every persona x every relation x GET, POST and methods nobody uses."""

import re
from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.access.rules import NOT_SIGNED_IN, OUTSIDERS, RULES, Row
from tests.access.world import Answer, Persona, World

pytestmark = pytest.mark.django_db
SIGNED_OUT = b"You have been signed out</h1>"
REASON = re.compile(rb'<h1[^>]*>You (?:cannot do this|have been signed out)</h1>\s*<p class="govuk-body">([^<]+)</p>')
NO_REASON = b"Your role does not allow it."


def addresses(patterns=None, prefix: str = "") -> Iterator[tuple[str | None, URLPattern]]:
    """Yield (full name, pattern) of every address of the site."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from addresses(pattern.url_patterns, inner)
        else:
            yield (prefix + pattern.name if pattern.name else None), pattern


def test_every_address_has_a_name_and_a_rule_and_every_rule_an_address():
    found = list(addresses())
    assert [str(pattern) for name, pattern in found if name is None] == []
    assert {name for name, _ in found} == set(RULES)


@pytest.mark.parametrize("name", RULES)
def test_everybody_gets_the_answer_that_the_rule_says(name, world):
    row = RULES[name]
    complaints = [complaint for persona in world.personas for complaint in complaints_of(world, name, row, persona)]
    assert complaints == []


@pytest.mark.once  # the address refuses a method before anybody looks anything up
@pytest.mark.parametrize("name", RULES)
def test_methods_nobody_uses_are_refused_and_change_nothing(name, world):
    row = RULES[name]
    asker = next(persona for persona in world.personas if persona.name == "coordinator")
    path = row.address(name, "own", world.home, world.away)
    refused = {"PUT", "DELETE", "PATCH"} | {method for method in ("GET", "POST") if row.may(method) is None}
    answers = {method: world.ask(asker, method, path) for method in sorted(refused)}
    assert {method: (answer.status, answer.changed) for method, answer in answers.items()} == dict.fromkeys(
        sorted(refused), (405, False)
    )


def complaints_of(world: World, name: str, row: Row, persona: Persona) -> Iterator[str]:
    """Yield every answer that is not the one the rule says, as a sentence."""
    for method in ("GET", "POST"):
        for relation in relations_for(row, method, persona):
            answer = ask(world, name, row, persona, method, relation)
            for wrong in wrongs(row, method, relation, persona, answer):
                yield f"{method} {name} ({relation}) as {persona.name}: {wrong}"
            if answer.status == 404 and answer.body != missing_page(world, name, row, persona):
                yield f"{method} {name} ({relation}) as {persona.name}: answers unlike a missing row"


def relations_for(row: Row, method: str, persona: Persona) -> list[str]:
    """Return what to ask somebody about: everything that a look-up, not a closed door, could answer wrongly."""
    if row.may(method) is None:
        return []
    if row.kwargs is None or row.public or persona.name in NOT_SIGNED_IN | {"no_seats", "ex_member"}:
        return ["own"]
    # Behind one's own council's part of the address, only who may pass the council gets as far as the row.
    behind = ["stray"] if row.nested and persona.name in row.may(method) else []
    missing = ["missing"] if persona.name in row.may(method) else []
    return ["own", "foreign", *missing, *behind]


def missing_page(world: World, name: str, row: Row, persona: Persona) -> bytes:
    """Return what the person is told about a row that is not there. It is the same for all pages under one link."""
    path = row.address(name, "missing", world.home, world.away)
    first, *under = path.strip("/").split("/")
    # Under /councils/SLUG/ the imports belong to the plans, and /people/ to the people.
    link = under[1] if first == "councils" else first
    if link not in persona.missing_pages:
        persona.missing_pages[link] = world.ask(persona, "GET" if row.get is not None else "POST", path).body
    return persona.missing_pages[link]


def ask(world: World, name: str, row: Row, persona: Persona, method: str, relation: str) -> Answer:
    town = world.away if relation == "foreign" else world.home
    path = row.address(name, relation, world.home, world.away)
    return world.ask(persona, method, path, row.body(town) if method == "POST" else {})


def wrongs(row: Row, method: str, relation: str, persona: Persona, answer: Answer) -> Iterator[str]:
    """Yield what is wrong with an answer, in words."""
    due = due_status(row, method, relation, persona)
    if method == "POST" and not_for_strangers(row, persona) and SIGNED_OUT in answer.body:
        due = 403  # what was typed is shown instead of lost
    if answer.status != due:
        yield f"{answer.status} instead of {due}: {gist(answer)}"
        return
    if due == 302 and not_for_strangers(row, persona) and not answer.location.startswith(reverse("account_login")):
        yield f"led to {answer.location} instead of the sign-in page"
    reason = REASON.search(answer.body)
    if due == 403 and (reason is None or reason[1].strip() == NO_REASON):
        yield "refused without a reason"
    allowed = due == (row.get_status if method == "GET" else row.post_status) and persona.name in row.may(method)
    writes = (row.get_writes if method == "GET" else row.post_writes) if allowed and relation == "own" else False
    if relation == "foreign" and due < 400:
        writes = None  # the other council's coordinator, at home
    if writes is not None and answer.changed != writes:
        yield "changed the database" if answer.changed else "changed nothing"
    shown = answer.body.lower()
    if not row.tells_council:
        yield from (f"shows {secret.decode()!r}" for secret in persona.secrets if secret in shown)


def due_status(row: Row, method: str, relation: str, persona: Persona) -> int:
    """Return the status that the rule says."""
    if not_for_strangers(row, persona):
        return 302
    if relation == "missing" or is_elsewhere(row, relation, persona):
        return 404
    role = "coordinator" if relation == "foreign" else persona.name
    if role not in row.may(method):
        return 404 if role in row.hidden else row.otherwise
    if relation == "stray":
        return 404
    return row.get_status if method == "GET" else row.post_status


def is_elsewhere(row: Row, relation: str, persona: Persona) -> bool:
    """Tell whether the row belongs to a council where the person holds no seat."""
    if row.kwargs is None or row.public:
        return False
    if relation == "foreign":
        return persona.name != "other_coordinator"
    return persona.name in OUTSIDERS


def not_for_strangers(row: Row, persona: Persona) -> bool:
    return persona.name in NOT_SIGNED_IN and not row.public


def gist(answer: Answer) -> str:
    """Return the beginning of an unexpected page's text, to see what it says."""
    text = re.sub(r"<[^>]+>", " ", answer.body.decode(errors="replace").partition("<main")[2])
    return " ".join(text.split())[:300] + f" {answer.location}"

"""Every address x every persona x every relation x GET, POST and methods nobody uses."""

import re
from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.access.rules import NOT_SIGNED_IN, OUTSIDERS, RULES, Row
from tests.access.world import Answer, Persona, World

pytestmark = pytest.mark.django_db
REASON = re.compile(rb'<h1[^>]*>You cannot do this</h1>\s*<p class="govuk-body">([^<]+)</p>')
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


@pytest.mark.parametrize("name", RULES)
def test_methods_nobody_uses_are_refused_and_change_nothing(name, world):
    row = RULES[name]
    asker = next(persona for persona in world.personas if persona.name == "coordinator")
    path = path_of(world, name, row, "own")
    refused = {"PUT", "DELETE", "PATCH"} | {method for method in ("GET", "POST") if row.may(method) is None}
    answers = {method: world.ask(asker, method, path) for method in sorted(refused)}
    assert {method: (answer.status, answer.changed) for method, answer in answers.items()} == dict.fromkeys(
        sorted(refused), (405, False)
    )


def complaints_of(world: World, name: str, row: Row, persona: Persona) -> Iterator[str]:
    for method in ("GET", "POST"):
        if row.may(method) is None:
            continue
        answers = {}
        for relation in relations_of(row):
            path = path_of(world, name, row, relation)
            town = world.away if relation == "foreign" else world.home
            answer = answers[relation] = world.ask(persona, method, path, row.body(town) if method == "POST" else {})
            for wrong in wrongs(row, method, relation, persona, answer):
                yield f"{method} {name} ({relation}) as {persona.name}: {wrong}"
        if persona.name != "other_coordinator" and not looks_missing(answers):
            yield f"{method} {name} as {persona.name}: another council's row answers unlike a missing one"


def looks_missing(answers: dict[str, Answer]) -> bool:
    """Tell whether another council's row cannot be told from one that is not there."""
    return "foreign" not in answers or answers["foreign"].body == answers["missing"].body


def relations_of(row: Row) -> list[str]:
    if row.kwargs is None or row.public:
        return ["own"]
    return ["own", "foreign", "missing"]


def path_of(world: World, name: str, row: Row, relation: str) -> str:
    if row.kwargs is None:
        return reverse(name)
    if relation == "missing":
        return reverse(name, kwargs=row.kwargs(world.home) | row.missing(world.home))
    return reverse(name, kwargs=row.kwargs(world.home if relation == "own" else world.away))


def wrongs(row: Row, method: str, relation: str, persona: Persona, answer: Answer) -> Iterator[str]:
    """Yield what is wrong with an answer, in words."""
    due = due_status(row, method, relation, persona)
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
    if relation != "own" and due < 400:
        writes = None  # the other council's own coordinator at home
    if writes is not None and answer.changed != writes:
        yield "changed the database" if answer.changed else "changed nothing"
    shown = answer.body.lower()
    yield from (f"shows {secret.decode()!r}" for secret in persona.secrets if secret in shown and due != 302)


def due_status(row: Row, method: str, relation: str, persona: Persona) -> int:
    """Return the status that the rule says."""
    if not_for_strangers(row, persona):
        return 302
    at_home = persona.name not in OUTSIDERS if relation == "own" else persona.name == "other_coordinator"
    role = "coordinator" if relation == "foreign" and persona.name == "other_coordinator" else persona.name
    if relation == "missing" or (row.kwargs is not None and not row.public and not at_home):
        return 404
    if role in row.may(method):
        return row.get_status if method == "GET" else row.post_status
    return 404 if role in row.hidden else row.otherwise


def not_for_strangers(row: Row, persona: Persona) -> bool:
    return persona.name in NOT_SIGNED_IN and not row.public


def gist(answer: Answer) -> str:
    """Return the beginning of an unexpected page's text, to see what it says."""
    text = re.sub(r"<[^>]+>", " ", answer.body.decode(errors="replace").partition("<main")[2])
    return " ".join(text.split())[:300] + f" {answer.location}"

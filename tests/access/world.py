"""The two towns, a client for every persona, and a question put to the site that leaves nothing behind."""

import hashlib
import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie

from django.apps import apps
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client, override_settings

from partners.models import User
from tests import builders
from tests.access.town import RESTRICTED, UNISSUED, UNSAID, Town, build_town, close_account
from tests.days import at_noon

HOME_PERSONAS = (
    "coordinator", "council_admin", "auditor", "partner_lead", "other_partner_lead", "contributor", "board_member",
    "ex_member", "deactivated",
)  # fmt: skip
WRITE = re.compile(r'\s*(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE|DELETE\s+FROM)\s+"?(\w+)', re.IGNORECASE)
# A visit keeps its session, and counted sign-in attempts their cache; neither is anybody's data.
NOT_DATA = {"django_session", "cache"}
# A form's token differs in every copy of the same page.
CSRF = re.compile(rb'(name="csrfmiddlewaretoken" value=")[^"]+')


@dataclass(frozen=True)
class Answer:
    """What came back: the status, the page without its tokens, where it leads, and whether the data changed."""

    status: int
    body: bytes
    location: str
    changed: bool


@dataclass
class Persona:
    """Somebody who asks: a client with a cookie, and the words that nothing they are shown may hold."""

    name: str
    user: User | None
    secrets: list[bytes]
    client: Client = field(default_factory=Client)
    cookies: SimpleCookie = field(default_factory=SimpleCookie)
    missing_pages: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.user is not None:
            self.client.force_login(self.user)
            self.cookies = self.client.cookies.copy()


class World:
    """`home` is the council everything is asked about; `away` is the other one."""

    def __init__(self) -> None:
        self.home, self.away = build_town("Amberley"), build_town("Zedborough")
        self.personas = [Persona(name, self.home.people[name], self._kept_from(name)) for name in HOME_PERSONAS] + [
            Persona("anonymous", None, []),
            Persona("no_seats", builders.make_person(name="Nobody in particular"), [word(self.home), word(self.away)]),
            Persona("other_coordinator", self.away.people["coordinator"], [word(self.home)]),
        ]
        close_account(self.home.people["deactivated"])
        self._written: set[str] = set()
        self._as_built = digests()

    def _kept_from(self, name: str) -> list[bytes]:
        """Return the words that somebody of the home council may not be shown."""
        kept = {
            RESTRICTED: {"council_admin", "other_partner_lead", "board_member"},
            UNSAID: {"council_admin", "partner_lead", "contributor", "board_member"},
            UNISSUED: {"council_admin", "partner_lead", "other_partner_lead", "contributor", "board_member"},
        }
        return [word(self.away)] + [words.encode() for words, people in kept.items() if name in people]

    def ask(self, persona: Persona, method: str, path: str, body: dict | None = None) -> Answer:
        """Return the site's answer to one request; whatever it did to the database is undone."""
        persona.client.cookies = persona.cookies.copy()
        self._written.clear()
        with transaction.atomic(), connection.execute_wrapper(self._witness):
            response = getattr(persona.client, method.lower())(path, body or {})
            content = b"".join(response) if response.streaming else response.content
            written = self._written - NOT_DATA
            changed = bool(written) and any(now != self._as_built[table] for table, now in digests(written).items())
            transaction.set_rollback(True)
        content = CSRF.sub(rb"\1", content)
        return Answer(response.status_code, content, _location(response), changed)

    def _witness(self, execute, sql, params, many, context):
        if written := WRITE.match(sql):
            self._written.add(written[1])
        return execute(sql, params, many, context)


def _location(response: HttpResponse) -> str:
    return response.headers.get("Location", "")


def word(town: Town) -> bytes:
    """Return the word that is in every text of a town, in lower case."""
    return town.name.lower().encode()


def digests(tables: Collection[str] | None = None) -> dict[str, bytes]:
    """Return a fingerprint of every row of each table that holds data, or of the tables named."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        table = model._meta.db_table
        if table not in NOT_DATA and model._meta.managed and (tables is None or table in tables):
            rows = repr(list(model._base_manager.order_by("pk").values_list()))
            found[table] = hashlib.sha256(rows.encode()).digest()
    return found


@contextmanager
def as_on_the_day() -> Iterator[None]:
    """The clock stands still, and the matrix may sign in a hundred times a minute."""
    with at_noon(), override_settings(ACCOUNT_RATE_LIMITS=False):
        yield

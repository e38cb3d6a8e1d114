"""Load the whole demo in one transaction."""

import datetime
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction
from django.utils import timezone

from partners.models import Council, Membership, Organisation, User
from partners.roles import Role
from prevent_tracker.demo.accounts import new_password, write_accounts
from prevent_tracker.demo.history import Cast, load_quarters
from prevent_tracker.demo.plans import (
    LoadedCouncil,
    leads_to_add,
    load_organisations,
    load_partnership,
    load_person,
    load_plan,
)
from prevent_tracker.demo.read import COUNCILS, TOLD, people

Say = Callable[[str], object]
SINCE = datetime.date(2017, 4, 1)  # every demo membership: before any day on which the demo is looked at


def holds_anything() -> bool:
    """Whether anybody or anything is in this database already."""
    return any(model.objects.exists() for model in (User, Organisation, Council))


@contextmanager
def queries_not_kept() -> Iterator[None]:
    """With DEBUG on, Django keeps the text of every query, at the price of another one on SQLite: not for so many."""
    connection.make_debug_cursor = connection.make_cursor  # type: ignore[method-assign, assignment]
    try:
        yield
    finally:
        del connection.make_debug_cursor


@queries_not_kept()
@transaction.atomic
def load(*, today: datetime.date, say: Say) -> str:
    """Write five councils and their quarters as seen on `today`. Returns the table of accounts.

    The file with the password is written last, inside the transaction: no password without a demo, no demo without one.
    """
    password = new_password()
    hashed = make_password(password)
    known = load_organisations()
    loaded = {slug: load_partnership(slug, known) for slug in COUNCILS}
    say(f"{len(known)} organisations, {len(loaded)} councils")
    since = min(SINCE, today, timezone.localdate())
    for person in people():
        load_person(person, loaded, hashed, since)
    for person in leads_to_add(people()):
        load_person(person, loaded, None, since)
    for each in loaded.values():
        load_plan(each, by=_cast(each).coordinator, today=today)
        say(f"{each.council}: {len(each.file.headings)} headings, {len(each.actions)} actions")
    for slug in TOLD:
        load_quarters(loaded[slug], _cast(loaded[slug]), today=today)
        say(f"{loaded[slug].council}: four quarters reported, one open")
    return write_accounts(password)


def _cast(loaded: LoadedCouncil) -> Cast:
    """Return who acts for a council. Where a partner has a contributor, they write and the lead signs."""
    coordinator = Membership.objects.get(council=loaded.council, role=Role.COORDINATOR).user
    leads: dict[int, User] = {}
    writers: dict[int, User] = {}
    for membership in Membership.objects.filter(partner__council=loaded.council).select_related("user"):
        assert membership.partner_id is not None
        group = leads if membership.role == Role.PARTNER_LEAD else writers
        group[membership.partner_id] = membership.user
    return Cast(coordinator, {**leads, **writers}, leads)

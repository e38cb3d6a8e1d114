"""Fixtures that every room uses."""

import datetime

import pytest
import time_machine

from prevent_tracker.core import audit
from tests.builders import TODAY


@pytest.fixture(autouse=True, scope="session")
def let_flush_pass_append_only_triggers():
    """A flush between transactional tests is not a rewrite of history: take the triggers off for its duration."""
    from django.core.management.commands import flush

    handle = flush.Command.handle

    def handle_without_triggers(self, **options):
        audit.remove_triggers(options["database"])
        try:
            return handle(self, **options)
        finally:
            audit.install_triggers(options["database"])

    flush.Command.handle = handle_without_triggers
    yield
    flush.Command.handle = handle


@pytest.fixture
def today():
    """Noon of the day on which the builders' towns live; the clock stands still."""
    with time_machine.travel(datetime.datetime.combine(TODAY, datetime.time(12), datetime.UTC), tick=False):
        yield TODAY


@pytest.fixture(autouse=True)
def files_of_the_source_tree(settings):
    """Pages are tested without collecting static files first."""
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

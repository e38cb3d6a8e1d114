"""Fixtures that every room uses."""

import pytest
from django.conf import settings
from django.test import override_settings

from prevent_tracker.core import audit
from tests.days import TODAY, at_noon


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
    with at_noon():
        yield TODAY


@pytest.fixture(autouse=True, scope="session")
def quick_settings():
    """Pages are tested without collecting static files first, and passwords are not made to withstand guessing."""
    static = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    hashers = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with override_settings(STORAGES=settings.STORAGES | static, PASSWORD_HASHERS=hashers):
        yield


@pytest.fixture
def _django_db_helper(kept_values, _django_db_helper):
    """pytest-django's transaction around each test, which begins when what the test starts from has been built."""

"""One world for the whole matrix: building it costs more than asking it."""

import datetime

import pytest
import time_machine
from django.test import override_settings

from tests.access.town import TODAY
from tests.access.world import built_world

QUICK = {
    "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
    "STORAGES": {
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    },
    "ACCOUNT_RATE_LIMITS": False,  # the matrix signs in a hundred times a minute
}


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    noon = datetime.datetime.combine(TODAY, datetime.time(12), datetime.UTC)
    with (
        override_settings(**QUICK),
        time_machine.travel(noon, tick=False),
        django_db_blocker.unblock(),
        built_world() as built,
    ):
        yield built

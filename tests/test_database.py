"""Neither run of the suite can silently be the other."""

import pytest
from django.db import connection

from prevent_tracker.core import audit
from tests import database


@pytest.mark.django_db
def test_the_suite_runs_on_the_database_that_was_asked_for():
    assert connection.vendor == database.WANTED


@pytest.mark.django_db
def test_every_append_only_table_has_its_triggers():
    assert audit.missing_triggers() == []

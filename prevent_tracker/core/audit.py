"""The record: who changed what, for whom and why; and the triggers that keep the record from being rewritten.

`tracked()` gives a model its history. `recorded()` says who is acting, for which organisation. Bulk writes on tracked
models go through `create_many` and `update_many`. History and append-only tables refuse UPDATE, DELETE and (on
SQLite) INSERT OR REPLACE by trigger on both databases; `install_triggers` is idempotent and runs after every migrate.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connections, models
from django.dispatch import receiver
from simple_history.models import HistoricalRecords
from simple_history.signals import pre_create_historical_record
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from prevent_tracker.core import clock


@dataclass(frozen=True)
class Actor:
    """Who is acting: a user (or None for the system), the organisation they act for, and why."""

    user: Any
    acting_for: str = ""
    reason: str = ""


_actor: ContextVar[Actor | None] = ContextVar("actor", default=None)


@contextmanager
def recorded(by: Any, *, acting_for: str = "", reason: str = "") -> Iterator[None]:
    """Within the block every history row says it was done `by` a user, for `acting_for`, because of `reason`."""
    token = _actor.set(Actor(by, acting_for, reason))
    try:
        yield
    finally:
        _actor.reset(token)


class HistoryStamp(models.Model):
    """What our history rows carry besides simple-history's own columns."""

    acting_for = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        abstract = True


def _history_user(instance: models.Model, request: Any = None, **kwargs: Any) -> Any:
    actor = _actor.get()
    if actor is not None:
        return actor.user
    user = getattr(request, "user", None)
    return user if user is not None and user.is_authenticated else None


def tracked(**kwargs: Any) -> HistoricalRecords:
    """Return the `history` of a domain model."""
    return HistoricalRecords(
        bases=[HistoryStamp],
        get_user=_history_user,
        history_change_reason_field=models.TextField(blank=True, default=""),
        **kwargs,
    )


@receiver(pre_create_historical_record)
def _stamp(sender: Any, history_instance: Any, **kwargs: Any) -> None:
    actor = _actor.get()
    if actor is not None:
        history_instance.acting_for = actor.acting_for
        history_instance.history_change_reason = history_instance.history_change_reason or actor.reason
    history_instance.history_date = clock.now()
    history_instance.history_change_reason = history_instance.history_change_reason or ""


def create_many(model: type[models.Model], rows: Sequence[models.Model]) -> list[models.Model]:
    """Insert `rows` of a tracked model, with their history. Returns them with their keys."""
    actor = _actor.get() or Actor(None)
    return bulk_create_with_history(
        list(rows),
        model,
        batch_size=500,
        default_user=actor.user,
        default_change_reason=actor.reason,
        default_date=clock.now(),
        custom_historical_attrs={"acting_for": actor.acting_for},
    )


def update_many(model: type[models.Model], rows: Iterable[models.Model], fields: list[str]) -> None:
    """Update `fields` of `rows` of a tracked model, with their history."""
    actor = _actor.get() or Actor(None)
    bulk_update_with_history(
        list(rows),
        model,
        fields,
        batch_size=500,
        default_user=actor.user,
        default_change_reason=actor.reason,
        default_date=clock.now(),
        custom_historical_attrs={"acting_for": actor.acting_for},
    )


# --- Append-only tables ------------------------------------------------------------------------------------------


def append_only(model: type[models.Model]) -> type[models.Model]:
    """Class decorator: rows of this table are written once and never changed or deleted."""
    model._append_only = True  # type: ignore[attr-defined]
    return model


def append_only_models() -> list[type[models.Model]]:
    """Return every model whose table is append-only: all history tables and those marked `@append_only`."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if getattr(model, "_append_only", False) or issubclass(model, HistoryStamp)
    ]


def _names(table: str) -> list[str]:
    return [f"{table}_{suffix}" for suffix in ("no_update", "no_delete", "no_replace", "no_truncate")]


def _sqlite_statements(table: str, pk: str) -> list[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    no_update, no_delete, no_replace, _ = _names(table)
    return [
        f'CREATE TRIGGER IF NOT EXISTS "{no_update}" BEFORE UPDATE ON "{table}" {refuse}',
        f'CREATE TRIGGER IF NOT EXISTS "{no_delete}" BEFORE DELETE ON "{table}" {refuse}',
        # INSERT OR REPLACE deletes without firing delete triggers, so an insert over an existing key is refused too.
        f'CREATE TRIGGER IF NOT EXISTS "{no_replace}" BEFORE INSERT ON "{table}" '
        f'WHEN EXISTS (SELECT 1 FROM "{table}" WHERE "{pk}" = NEW."{pk}") {refuse}',
    ]


POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$
"""


def _postgres_statements(table: str) -> list[str]:
    no_update, no_delete, _, no_truncate = _names(table)
    run = "EXECUTE FUNCTION refuse_change()"
    return [
        f'CREATE OR REPLACE TRIGGER "{no_update}" BEFORE UPDATE ON "{table}" FOR EACH ROW {run}',
        f'CREATE OR REPLACE TRIGGER "{no_delete}" BEFORE DELETE ON "{table}" FOR EACH ROW {run}',
        f'CREATE OR REPLACE TRIGGER "{no_truncate}" BEFORE TRUNCATE ON "{table}" FOR EACH STATEMENT {run}',
    ]


def install_triggers(using: str = "default") -> None:
    """Put the append-only triggers on every table that lacks them. Safe to run again."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRES_FUNCTION)
        for model in append_only_models():
            table, pk = model._meta.db_table, str(model._meta.pk.column)
            if table not in tables:
                continue
            postgres = connection.vendor == "postgresql"
            for statement in _postgres_statements(table) if postgres else _sqlite_statements(table, pk):
                cursor.execute(statement)


def remove_triggers(using: str = "default") -> None:
    """Take the append-only triggers off: for a test database that is being emptied, and for nothing else."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for model in append_only_models():
            table = model._meta.db_table
            for name in _names(table) if table in tables else ():
                on_table = f' ON "{table}"' if connection.vendor == "postgresql" else ""
                cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"{on_table}')


def missing_triggers(using: str = "default") -> list[str]:
    """Return the names of append-only triggers that should be in the database and are not. Empty is well."""
    connection = connections[using]
    postgres = connection.vendor == "postgresql"
    catalogue = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
        if postgres
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    absent = "_no_replace" if postgres else "_no_truncate"
    with connection.cursor() as cursor:
        cursor.execute(catalogue)
        present = {name for (name,) in cursor.fetchall()}
    wanted = [name for model in append_only_models() for name in _names(model._meta.db_table)]
    return sorted(name for name in wanted if not name.endswith(absent) and name not in present)


def install_triggers_after_migrate(using: str, **kwargs: Any) -> None:
    """`post_migrate` receiver: see `install_triggers`."""
    install_triggers(using)

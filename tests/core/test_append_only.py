"""The record is written once: no way of writing, on either database, changes or deletes a row of it."""

import datetime

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connection, models, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from actions.models import Action, RatingDecision, SignOff
from partners.models import User
from plans.models import Objective
from prevent_tracker.core import audit
from reporting.models import Download, IssuedFile, Snapshot, SnapshotAction
from tests.builders import council_seat, make_action, make_council, make_heading, make_period, make_person, make_plan
from tests.kept import kept

pytestmark = pytest.mark.django_db

POSTGRES = "postgresql"
WRITTEN_ONCE = {RatingDecision, SignOff, Snapshot, SnapshotAction, IssuedFile, Download}


def refused():
    """What every attempt must meet: the database says no, in the middle of a transaction that survives it."""
    return pytest.raises(DatabaseError, match="is append-only")


@kept
def action():
    plan = make_plan(make_council("Avon"))
    return make_action(plan, objective=make_heading(plan, "A heading"), text="Train the staff")


@kept
def decision(action):
    return RatingDecision.objects.create(
        action=action,
        source="coordinator",
        rating="at_risk",
        previous="not_rated",
        suggested="at_risk",
        suggested_because="The due date has passed.",
        decided_at=timezone.now(),
        decided_by=make_person("coordinator", action.plan.council),
        decided_as="Prevent coordinator, Avon",
    )


@kept
def sign_off(action):
    period = make_period(action.plan)
    seat = council_seat(action.plan.council)
    return SignOff.objects.create(
        partner_return=seat.returns.create(period=period),
        signed_by=make_person("partner_lead", seat),
        signed_as="Partner lead, Avon",
        signed_at=timezone.now(),
        statement="This is our return.",
        content={"actions": []},
        fingerprint="0" * 64,
    )


def test_every_table_of_the_record_is_append_only():
    models_ = set(audit.append_only_models())
    histories = {model for model in apps.get_models() if hasattr(model, "history_id")}
    assert WRITTEN_ONCE | histories <= models_
    assert Action.history.model in models_
    assert audit.missing_triggers() == []


def rows_of_the_record(decision, sign_off) -> list[models.Model]:
    return [decision, sign_off, decision.action.history.first()]


def test_the_orm_cannot_change_a_row(decision, sign_off):
    for row in rows_of_the_record(decision, sign_off):
        with refused(), transaction.atomic():
            row.save(force_update=True)
        with refused(), transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(**{row._meta.concrete_fields[1].attname: None})
        with refused(), transaction.atomic():
            type(row).objects.bulk_update([row], [_plain_field(row)])


def _plain_field(row: models.Model) -> str:
    return next(f.name for f in row._meta.concrete_fields if isinstance(f, models.TextField | models.CharField))


def test_the_orm_cannot_delete_a_row(decision, sign_off):
    for row in rows_of_the_record(decision, sign_off):
        with refused(), transaction.atomic():
            row.delete()
        with refused(), transaction.atomic():
            type(row).objects.filter(pk=row.pk)._raw_delete("default")
        assert type(row).objects.filter(pk=row.pk).exists()


def test_raw_sql_cannot_change_or_delete_a_row(decision, sign_off):
    for row in rows_of_the_record(decision, sign_off):
        table, key = row._meta.db_table, row._meta.pk.column
        for statement in (
            f'UPDATE "{table}" SET "{key}" = "{key}" WHERE "{key}" = %s',
            f'DELETE FROM "{table}" WHERE "{key}" = %s',
        ):
            with refused(), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement, [row.pk])


def test_an_insert_over_an_existing_row_replaces_nothing(decision):
    """SQLite's INSERT OR REPLACE deletes without a delete trigger; PostgreSQL's upsert is an update."""
    table = decision._meta.db_table
    columns = ", ".join(f'"{field.column}"' for field in decision._meta.concrete_fields)
    verb = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"
    upsert = ' ON CONFLICT (id) DO UPDATE SET "rating" = EXCLUDED."rating"' if connection.vendor == POSTGRES else ""
    statement = f'{verb} INTO "{table}" ({columns}) SELECT {columns} FROM "{table}" WHERE id = %s{upsert}'
    with refused(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [decision.pk])
    if connection.vendor == "sqlite":
        with refused(), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement.replace("INSERT OR REPLACE", "REPLACE"), [decision.pk])


def test_the_orms_upsert_changes_nothing(decision):
    decision.rating = "on_track"
    with refused(), transaction.atomic():
        RatingDecision.objects.bulk_create(
            [decision], update_conflicts=True, unique_fields=["id"], update_fields=["rating"]
        )
    assert RatingDecision.objects.get(pk=decision.pk).rating == "at_risk"


def test_a_table_cannot_be_emptied(decision):
    connection.check_constraints()  # so that nothing but the trigger stands in the way
    table = decision._meta.db_table
    statement = f'TRUNCATE "{table}" CASCADE' if connection.vendor == POSTGRES else f'DELETE FROM "{table}"'
    with refused(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert RatingDecision.objects.exists()


def test_rows_can_still_be_added(decision):
    decision.pk = None
    decision.save(force_insert=True)
    assert RatingDecision.objects.count() == 2


def test_a_person_who_is_in_the_record_cannot_be_deleted(decision):
    with pytest.raises(ProtectedError):
        decision.decided_by.delete()


def test_nor_can_one_who_is_only_in_the_history(action):
    """Deleting would null the history's `history_user`, which is an update of the record."""
    person = User.objects.create_user("editor@example.org", name="An Editor")
    with audit.recorded(person):
        action.save()
    with refused(), transaction.atomic():
        person.delete()
    assert User.objects.filter(pk=person.pk).exists()


def test_installing_again_changes_nothing(decision):
    audit.install_triggers()
    audit.install_triggers()
    assert audit.missing_triggers() == []


def test_a_trigger_that_is_gone_is_noticed_and_put_back():
    audit.remove_triggers()
    missing = audit.missing_triggers()
    assert len(missing) == 3 * len(audit.append_only_models())
    audit.install_triggers_after_migrate(using="default")
    assert audit.missing_triggers() == []


@pytest.mark.django_db(transaction=True)
def test_the_record_is_guarded_again_after_a_table_is_remade():
    """Django remakes a SQLite table to alter it, and its triggers go with the old one; migrating puts them back."""
    history = Objective.history.model
    field = models.CharField(max_length=20, default="", blank=True)
    field.set_attributes_from_name("added_later")
    field.model = history
    with connection.schema_editor() as editor:
        editor.add_field(history, field)
    try:
        if connection.vendor == "sqlite":
            assert audit.missing_triggers(), "the table was not remade, so this proves nothing"
        call_command("migrate", verbosity=0)
        assert audit.missing_triggers() == []
    finally:
        audit.remove_triggers()
        with connection.schema_editor() as editor:
            editor.remove_field(history, field)
        audit.install_triggers()
    heading = make_heading(make_plan(make_council()), "Guarded again")
    with refused(), transaction.atomic():
        heading.history.all().update(label="rewritten")


def test_history_says_who_for_whom_and_why(action):
    person = make_person("coordinator", action.plan.council)
    with audit.recorded(person, acting_for="Prevent coordinator, Avon", reason="It was wrong."):
        action.text = "Train all staff"
        action.save()
        audit.update_many(Action, [action], ["text"])
        made = audit.create_many(Objective, [Objective(plan=action.plan, position=1, label="Bulk")])
    rows = [*action.history.all()[:2], made[0].history.get()]
    for row in rows:
        assert (row.history_user, row.acting_for) == (person, "Prevent coordinator, Avon")
        assert row.history_change_reason == "It was wrong."
        assert row.history_date.date() <= timezone.localdate() + datetime.timedelta(days=1)

"""Milestones get a page of their own: a random id for its address, and a version that refuses a stale save."""

from django.db import migrations, models

from prevent_tracker.core.models import new_public_id


def give_ids(apps, schema_editor):
    """Give every milestone there is an id of its own. Its history was written before there were any, and stays so."""
    rows = apps.get_model("actions", "Milestone").objects
    for key in rows.values_list("pk", flat=True):
        rows.filter(pk=key).update(public_id=new_public_id())


class Migration(migrations.Migration):
    dependencies = [("actions", "0002_initial")]

    operations = [
        migrations.AddField(
            model_name=name,
            name="version",
            field=models.PositiveIntegerField(default=1, editable=False),
        )
        for name in ("milestone", "historicalmilestone")
    ] + [
        migrations.AddField(
            model_name="milestone",
            name="public_id",
            field=models.CharField(default="", editable=False, max_length=12),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="historicalmilestone",
            name="public_id",
            field=models.CharField(default="", editable=False, max_length=12),
            preserve_default=False,
        ),
        migrations.RunPython(give_ids, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="milestone",
            name="public_id",
            field=models.CharField(default=new_public_id, editable=False, max_length=12, unique=True),
        ),
        migrations.AlterField(
            model_name="historicalmilestone",
            name="public_id",
            field=models.CharField(db_index=True, default=new_public_id, editable=False, max_length=12),
        ),
    ]

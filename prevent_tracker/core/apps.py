from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    name = "prevent_tracker.core"
    label = "core"

    def ready(self) -> None:
        from prevent_tracker.core import audit, checks  # noqa: F401

        # Django remakes SQLite tables on some migrations and their triggers vanish: install them after every migrate.
        post_migrate.connect(audit.install_triggers_after_migrate, dispatch_uid="append-only-triggers")

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "reporting"

    def ready(self) -> None:
        from reporting import rules  # noqa: F401  (the room's permission rules register themselves)

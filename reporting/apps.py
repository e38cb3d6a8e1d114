from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "reporting"

    def ready(self) -> None:
        from reporting import jobs, rules  # noqa: F401  (the room's work and permission rules register themselves)

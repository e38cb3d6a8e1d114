from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "partners"

    def ready(self) -> None:
        from partners import rules  # noqa: F401  (the room's permission rules register themselves)

from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "plans"

    def ready(self) -> None:
        from plans import rules  # noqa: F401  (the room's permission rules register themselves)

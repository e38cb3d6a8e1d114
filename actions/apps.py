from django.apps import AppConfig


class ActionsConfig(AppConfig):
    name = "actions"

    def ready(self) -> None:
        from actions import jobs, rules  # noqa: F401  (the room's work and permission rules register themselves)
        from actions.domain import lifecycle  # noqa: F401  (as does its say in withdrawing a heading)

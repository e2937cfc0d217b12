"""The app's registration."""

from django.apps import AppConfig


class ActionsConfig(AppConfig):
    """Settings of the app."""

    name = "accroche.actions"
    label = "actions"
    verbose_name = "Actions"

    def ready(self) -> None:
        """Forget who deletes their account."""
        from accroche.actions.operations import oubli  # noqa: F401, PLC0415 - models are ready by now only

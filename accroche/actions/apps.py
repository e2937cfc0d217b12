"""The app's registration."""

from django.apps import AppConfig


class ActionsConfig(AppConfig):
    """Settings of the app."""

    name = "accroche.actions"
    label = "actions"
    verbose_name = "Actions"

    def ready(self) -> None:
        """Tell the workers what this app can run."""
        from accroche.actions import tasks  # noqa: F401, PLC0415 - models are ready by now only

"""The app's registration."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """Settings of the app."""

    name = "accroche.imports"
    label = "imports"
    verbose_name = "Imports"

    def ready(self) -> None:
        """Tell the workers what this app can run."""
        from accroche.imports import tasks  # noqa: F401, PLC0415 - models are ready by now only

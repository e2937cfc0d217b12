"""The app's registration."""

from django.apps import AppConfig


class PilotageConfig(AppConfig):
    """Settings of the app."""

    name = "accroche.pilotage"
    label = "pilotage"
    verbose_name = "Pilotage"

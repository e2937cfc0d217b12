"""The app's registration."""

from django.apps import AppConfig


class RelectureConfig(AppConfig):
    """Settings of the app."""

    name = "accroche.relecture"
    label = "relecture"
    verbose_name = "Relecture"

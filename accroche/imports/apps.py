"""The app's registration."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """Settings of the app."""

    name = "accroche.imports"
    label = "imports"
    verbose_name = "Imports"

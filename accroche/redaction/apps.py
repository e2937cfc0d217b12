"""The app's registration."""

from django.apps import AppConfig


class RedactionConfig(AppConfig):
    """Settings of the app."""

    name = "accroche.redaction"
    label = "redaction"
    verbose_name = "Rédaction"

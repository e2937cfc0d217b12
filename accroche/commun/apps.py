"""The app's registration."""

from django.apps import AppConfig


class CommunConfig(AppConfig):
    """Settings of the app."""

    name = "accroche.commun"
    label = "commun"
    verbose_name = "Socle commun"

"""The app's registration."""

from django.apps import AppConfig


class PortailConfig(AppConfig):
    """Settings of the app."""

    name = "accroche.portail"
    label = "portail"
    verbose_name = "Portail"

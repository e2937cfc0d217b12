"""The app's registration."""

from django.apps import AppConfig


class ComptesConfig(AppConfig):
    """Settings of the app."""

    name = "accroche.comptes"
    label = "comptes"
    verbose_name = "Comptes"

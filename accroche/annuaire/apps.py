"""The app's registration."""

from django.apps import AppConfig


class AnnuaireConfig(AppConfig):
    """Settings of the app."""

    name = "accroche.annuaire"
    label = "annuaire"
    verbose_name = "Annuaire"

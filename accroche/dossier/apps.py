"""The app's registration."""

from django.apps import AppConfig


class DossierConfig(AppConfig):
    """Settings of the app."""

    name = "accroche.dossier"
    label = "dossier"
    verbose_name = "Dossier d’une édition"

"""The app's registration."""

from django.apps import AppConfig

from accroche.commun import lieux


class AnnuaireConfig(AppConfig):
    """Settings of the app."""

    name = "accroche.annuaire"
    label = "annuaire"
    verbose_name = "Annuaire"

    def ready(self) -> None:
        """Offer the page where one looks a school up."""
        lieux.offer(annuaire="annuaire:recherche")

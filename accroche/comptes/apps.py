"""The app's registration."""

from django.apps import AppConfig

from accroche.commun import lieux


class ComptesConfig(AppConfig):
    """Settings of the app."""

    name = "accroche.comptes"
    label = "comptes"
    verbose_name = "Comptes"

    def ready(self) -> None:
        """Offer what every page asks about its visitor."""
        lieux.offer(
            connexion="comptes:connexion",
            deconnexion="comptes:deconnexion",
            etablissement_absent="comptes:etablissement_absent",
            presence="comptes:presence",
        )

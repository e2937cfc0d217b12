"""The app's registration."""

from django.apps import AppConfig

from accroche.commun import lieux


class CockpitConfig(AppConfig):
    """Settings of the app."""

    name = "accroche.cockpit"
    label = "cockpit"
    verbose_name = "Cockpit"

    def ready(self) -> None:
        """Offer what the pages below lead to."""
        lieux.offer(comparaison="cockpit:comparaison")

"""The app's registration."""

from django.apps import AppConfig

from accroche.commun import lieux


class RelectureConfig(AppConfig):
    """Settings of the app."""

    name = "accroche.relecture"
    label = "relecture"
    verbose_name = "Relecture"

    def ready(self) -> None:
        """Offer the pages of a sheet under way."""
        lieux.offer(file="relecture:file", fiche="relecture:fiche", doublons="relecture:doublons")

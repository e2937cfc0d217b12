"""The app's registration."""

from django.apps import AppConfig

from accroche.commun import lieux
from accroche.commun.lieux import EntreeMenu
from accroche.comptes.regles import Right


class RelectureConfig(AppConfig):
    """Settings of the app."""

    name = "accroche.relecture"
    label = "relecture"
    verbose_name = "Relecture"

    def ready(self) -> None:
        """Offer the pages of a sheet under way, and an entry of the menu to who moderates."""
        lieux.offer(file="relecture:file", fiche="relecture:fiche", doublons="relecture:doublons")
        lieux.add_entry(
            EntreeMenu(
                60,
                "À relire",
                "relecture:file",
                rubrique="relecture",
                shown=lambda access: access.has(Right.MODERATE),
            )
        )

"""The app's registration."""

from django.apps import AppConfig

from accroche.commun import lieux
from accroche.commun.lieux import EntreeMenu


class CatalogueConfig(AppConfig):
    """Settings of the app."""

    name = "accroche.catalogue"
    label = "catalogue"
    verbose_name = "Catalogue"

    def ready(self) -> None:
        """Offer the public pages, and two entries of the menu."""
        lieux.offer(
            edition="catalogue:edition",
            semaine="catalogue:semaine",
            apercu="catalogue:apercu",
            action="catalogue:action",
            apercu_fiche="catalogue:apercu_fiche",
            etablissement="catalogue:etablissement",
        )
        lieux.add_entry(EntreeMenu(20, "Édition", "catalogue:edition_courante", rubrique="edition"))
        lieux.add_entry(EntreeMenu(30, "Académies", "catalogue:academies_courantes", rubrique="academies"))

"""The app's registration."""

import datetime as dt
from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate

from accroche.commun import lieux, pages
from accroche.commun.lieux import EntreeMenu


class CatalogueConfig(AppConfig):
    """Settings of the app."""

    name = "accroche.catalogue"
    label = "catalogue"
    verbose_name = "Catalogue"

    def ready(self) -> None:
        """Offer the public pages, and its entries of the menu."""
        lieux.offer(
            edition="catalogue:edition",
            semaine="catalogue:semaine",
            apercu="catalogue:apercu",
            action="catalogue:action",
            reprendre="catalogue:reprendre",
            qr="catalogue:qr",
            affiche="catalogue:affiche",
            apercu_fiche="catalogue:apercu_fiche",
            etablissement="catalogue:etablissement",
            recherche="catalogue:recherche",
            suggestions="catalogue:suggestions",
            vignette="catalogue:vignette",
        )
        pages.watch(_next_moment)
        pre_migrate.connect(_before_migrations, sender=self)
        post_migrate.connect(_after_migrations, sender=self)
        lieux.add_entry(
            EntreeMenu(20, "Édition", "catalogue:edition_courante", "edition", annual="catalogue:edition")
        )
        lieux.add_entry(
            EntreeMenu(
                30, "Académies", "catalogue:academies_courantes", "academies", annual="catalogue:academies"
            )
        )
        lieux.offer_switch("accroche.catalogue.presentation.bascule.switch")
        lieux.add_entry(EntreeMenu(15, "Carte", "catalogue:carte", "carte", page=True))
        lieux.add_entry(EntreeMenu(17, "Agenda", "catalogue:agenda", "agenda", page=True))
        lieux.add_entry(EntreeMenu(12, "Actions", "catalogue:recherche", rubrique="actions"))


def _next_moment(after: dt.datetime) -> dt.datetime | None:
    from accroche.catalogue.queries import horloge  # noqa: PLC0415 - once apps are ready

    return horloge.next_moment(after)


# loaded by who migrates: no other program waits for operations as it starts
def _before_migrations(**told: Any) -> None:
    from accroche.catalogue.operations import declencheurs  # noqa: PLC0415

    declencheurs.before_migrations(**told)


def _after_migrations(**told: Any) -> None:
    from accroche.catalogue.operations import declencheurs  # noqa: PLC0415

    declencheurs.after_migrations(**told)

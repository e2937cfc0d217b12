"""The app's registration."""

from django.apps import AppConfig

from accroche.commun import lieux
from accroche.commun.lieux import EntreeMenu


class PortailConfig(AppConfig):
    """Settings of the app."""

    name = "accroche.portail"
    label = "portail"
    verbose_name = "Portail"

    def ready(self) -> None:
        """Offer what the pages below lead to, and two entries of the menu."""
        lieux.offer(
            accueil="portail:accueil",
            espace="portail:tableau",
            plan="portail:plan",
            accessibilite="portail:accessibilite",
            mentions="portail:mentions",
            securite="portail:security",
            changer_adresse="portail:changer_adresse",
            retour_adresse="portail:retour_adresse",
            mes_donnees="portail:mes_donnees",
            supprimer_compte="portail:supprimer_compte",
            exporter_fiches="portail:exporter_fiches",
        )
        lieux.add_entry(EntreeMenu(10, "Accueil", "portail:accueil", rubrique="accueil", page=True))
        lieux.add_entry(
            EntreeMenu(
                50, "Synthèse", "portail:synthese_courante", "synthese", annual="publications:synthese"
            )
        )

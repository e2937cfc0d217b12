"""The app's registration."""

from django.apps import AppConfig

from accroche.commun import lieux
from accroche.commun.lieux import EntreeMenu


class ActionsConfig(AppConfig):
    """Settings of the app."""

    name = "accroche.actions"
    label = "actions"
    verbose_name = "Actions"

    def ready(self) -> None:
        """Offer its pages, and an entry of the menu."""
        lieux.offer(
            declarer="actions:declarer",
            passer_la_main="actions:passer_la_main",
            retrouver="actions:retrouver",
        )
        lieux.add_entry(EntreeMenu(40, "Déclarer", "actions:declarer", rubrique="declarer"))

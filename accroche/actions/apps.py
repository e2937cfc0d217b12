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
        """Tell the workers what this app can run; offer its page to hand over, and an entry of the menu."""
        from accroche.actions import tasks  # noqa: F401, PLC0415 - models are ready by now only

        lieux.offer(passer_la_main="actions:passer_la_main")
        lieux.add_entry(EntreeMenu(40, "Déclarer", "actions:declarer", rubrique="declarer"))

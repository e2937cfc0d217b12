"""The app's registration."""

from django.apps import AppConfig

from accroche.commun import lieux


class AideConfig(AppConfig):
    """Settings of the app."""

    name = "accroche.aide"
    label = "aide"
    verbose_name = "Aide"

    def ready(self) -> None:
        """Offer what the footer leads to, and the page of the guide that helps with the page one reads."""
        lieux.offer(aide="aide:guide", contact="aide:contact", avis="aide:avis")
        lieux.offer_help("accroche.aide.presentation.help_of")

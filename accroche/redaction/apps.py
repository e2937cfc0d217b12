"""The app's registration."""

from django.apps import AppConfig

from accroche.commun import lieux


class RedactionConfig(AppConfig):
    """Settings of the app."""

    name = "accroche.redaction"
    label = "redaction"
    verbose_name = "Rédaction"

    def ready(self) -> None:
        """Offer what the pages below lead to."""
        lieux.offer(
            redaction="redaction:plan",
            avancement="redaction:avancement",
            fiche_redaction="redaction:fiche",
        )

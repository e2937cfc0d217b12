"""The app's registration."""

from django.apps import AppConfig

from accroche.commun import lieux


class PublicationsConfig(AppConfig):
    """Settings of the app."""

    name = "accroche.publications"
    label = "publications"
    verbose_name = "Publications"

    def ready(self) -> None:
        """Offer the page that what lies below leads the bureau to."""
        lieux.offer(atelier_synthese="publications:atelier")

"""The app's registration."""

from django.apps import AppConfig


class PublicationsConfig(AppConfig):
    """Settings of the app."""

    name = "accroche.publications"
    label = "publications"
    verbose_name = "Publications"

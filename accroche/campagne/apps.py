"""The app's registration."""

from django.apps import AppConfig


class CampagneConfig(AppConfig):
    """Settings of the app."""

    name = "accroche.campagne"
    label = "campagne"
    verbose_name = "Campagne"

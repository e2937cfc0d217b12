"""The app's registration."""

from django.apps import AppConfig


class TutoratConfig(AppConfig):
    """Settings of the app."""

    name = "accroche.tutorat"
    label = "tutorat"
    verbose_name = "Tutorat"

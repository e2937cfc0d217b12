"""The app's registration."""

from django.apps import AppConfig


class ActionsConfig(AppConfig):
    """Settings of the app."""

    name = "accroche.actions"
    label = "actions"
    verbose_name = "Actions"

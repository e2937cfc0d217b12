"""The app's registration."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Settings of the app."""

    name = "accroche.api"
    label = "api"
    verbose_name = "API"

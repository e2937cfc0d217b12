"""The app's registration."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """Settings of the app."""

    name = "accroche.catalogue"
    label = "catalogue"
    verbose_name = "Catalogue"

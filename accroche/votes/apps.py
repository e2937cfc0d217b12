"""The app's registration."""

from django.apps import AppConfig


class VotesConfig(AppConfig):
    """Settings of the app."""

    name = "accroche.votes"
    label = "votes"
    verbose_name = "Votes"

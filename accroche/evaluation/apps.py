"""The app's registration."""

from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    """Settings of the app."""

    name = "accroche.evaluation"
    label = "evaluation"
    verbose_name = "Évaluation"

"""What an académie says of its semaine, and what it will work on: grid, answers, facts, axes."""

from __future__ import annotations

from accroche.evaluation.urls import axes, evaluation, grille

app_name = "evaluation"

urlpatterns = [*axes.urlpatterns, *evaluation.urlpatterns, *grille.urlpatterns]

"""Steering: the cockpit, coverage of the directory, the semaine's own page, editions, tutoring."""

from __future__ import annotations

from accroche.pilotage.urls import (
    axes,
    cockpit,
    comparaison,
    couverture,
    edition,
    evaluation,
    grille,
    semaine,
    tutorat,
)

app_name = "pilotage"

urlpatterns = [
    *cockpit.urlpatterns,
    *couverture.urlpatterns,
    *semaine.urlpatterns,
    *edition.urlpatterns,
    *comparaison.urlpatterns,
    *tutorat.urlpatterns,
    *axes.urlpatterns,
    *grille.urlpatterns,
    *evaluation.urlpatterns,
]

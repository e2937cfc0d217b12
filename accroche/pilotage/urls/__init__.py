"""Steering: the cockpit, coverage of the directory, the semaine's own page, the life of editions."""

from __future__ import annotations

from accroche.pilotage.urls import cockpit, comparaison, couverture, edition, semaine

app_name = "pilotage"

urlpatterns = [
    *cockpit.urlpatterns,
    *couverture.urlpatterns,
    *semaine.urlpatterns,
    *edition.urlpatterns,
    *comparaison.urlpatterns,
]

"""The académie's cockpit: coverage of the directory, and the semaine's own page."""

from __future__ import annotations

from accroche.pilotage.urls import comparaison, couverture, edition, semaine

app_name = "pilotage"

urlpatterns = [
    *couverture.urlpatterns,
    *semaine.urlpatterns,
    *edition.urlpatterns,
    *comparaison.urlpatterns,
]

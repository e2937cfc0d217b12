"""Coverage of the directory, the semaine's own page, the life of editions."""

from __future__ import annotations

from accroche.pilotage.urls import couverture, edition, semaine

app_name = "pilotage"

urlpatterns = [*couverture.urlpatterns, *edition.urlpatterns, *semaine.urlpatterns]

"""The desk: where the campaign stands, every number with its rows, editions compared."""

from __future__ import annotations

from accroche.cockpit.urls import cockpit, comparaison

app_name = "cockpit"

urlpatterns = [*cockpit.urlpatterns, *comparaison.urlpatterns]

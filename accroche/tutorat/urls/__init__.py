"""Who needs help and who helps: needs, pairs and their life."""

from __future__ import annotations

from accroche.tutorat.urls import tutorat

app_name = "tutorat"

urlpatterns = [*tutorat.urlpatterns]

"""The bureau writes its report; how far each académie's sheet has come, and talking about it."""

from __future__ import annotations

from accroche.redaction.urls import suivi

app_name = "redaction"

urlpatterns = [*suivi.urlpatterns]

"""The bureau writes its report; how far each académie's sheet has come, and talking about it."""

from __future__ import annotations

from accroche.redaction.urls import suivi, textes

app_name = "redaction"

# a part of the report has any word as its address: what has one of its own comes first
urlpatterns = [*suivi.urlpatterns, *textes.urlpatterns]

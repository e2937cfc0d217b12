"""Declaring, following and moderating sheets, and voting on them. A sheet is named by its number."""

from __future__ import annotations

from accroche.actions.urls import declaration, innovation, moderation, passation, pieces, reconnaissance

app_name = "actions"

urlpatterns = [
    *declaration.urlpatterns,
    *pieces.urlpatterns,
    *moderation.urlpatterns,
    *innovation.urlpatterns,
    *passation.urlpatterns,
    *reconnaissance.urlpatterns,
]

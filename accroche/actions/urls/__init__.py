"""Declaring, following and handing over sheets. A sheet is named by its number."""

from __future__ import annotations

from accroche.actions.urls import declaration, passation, pieces

app_name = "actions"

urlpatterns = [
    *declaration.urlpatterns,
    *pieces.urlpatterns,
    *passation.urlpatterns,
]

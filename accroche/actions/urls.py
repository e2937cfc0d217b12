"""Declaring, following and moderating sheets, and voting on them. A sheet is named by its number."""

from __future__ import annotations

from django.urls import path

from accroche.actions.views import fiche

app_name = "actions"

urlpatterns = [
    path("fiches/<int:pk>/", fiche.fiche, name="fiche"),
]

"""Two editions side by side."""

from __future__ import annotations

from django.urls import URLPattern, path

from accroche.cockpit.views import comparaison

urlpatterns: list[URLPattern] = [
    path("comparaison/", comparaison.comparaison, name="comparaison"),
    path("comparaison/<slug:academie>/", comparaison.comparaison_academie, name="comparaison_academie"),
]

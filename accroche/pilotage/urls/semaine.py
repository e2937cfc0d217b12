"""The semaine's own page, written by its académie."""

from __future__ import annotations

from django.urls import URLPattern, path

from accroche.pilotage.views import semaine

urlpatterns: list[URLPattern] = [
    path("semaines/", semaine.semaines, name="semaines"),
    path("semaines/<str:year>/<slug:academie>/", semaine.modifier, name="semaine"),
]

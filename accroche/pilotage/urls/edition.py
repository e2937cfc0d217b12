"""The life of editions."""

from __future__ import annotations

from django.urls import URLPattern, path

from accroche.pilotage.views import edition

urlpatterns: list[URLPattern] = [
    path("editions/", edition.editions, name="editions"),
    path("editions/ouvrir/", edition.ouvrir, name="ouvrir_edition"),
    path("editions/<str:year>/", edition.edition, name="edition"),
    path("editions/<str:year>/geste/", edition.geste, name="geste_edition"),
]

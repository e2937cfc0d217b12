"""Handing sheets over, and taking up those declared without an account."""

from __future__ import annotations

from django.urls import path

from accroche.actions.views import passation

urlpatterns = [
    path("passer-la-main/<int:pk>/", passation.passer_la_main, name="passer_la_main"),
    path("rattacher/", passation.rattacher, name="rattacher"),
]

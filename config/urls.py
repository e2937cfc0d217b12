"""All routes: each app brings its own."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("accroche.portail.urls")),
]

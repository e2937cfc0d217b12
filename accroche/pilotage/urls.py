"""The académie's cockpit: coverage of the directory, and the semaine's own page."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "pilotage"

urlpatterns: list[URLPattern] = []

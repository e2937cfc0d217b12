"""The journée de l’innovation: jury and public vote."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

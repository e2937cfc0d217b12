"""Looking a school up."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "annuaire"

urlpatterns: list[URLPattern] = []

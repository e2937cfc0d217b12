"""Home and static pages."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "portail"

urlpatterns: list[URLPattern] = []

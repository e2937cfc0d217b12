"""Which schools have declared, and inviting those that have not."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

"""Recognising the schools that carry an académie's actions."""

from __future__ import annotations

from django.urls import path

from accroche.relecture.views import reconnaissance

urlpatterns = [path("reconnaissance/", reconnaissance.reconnaissance, name="reconnaissance")]

"""The report's table of contents, and its parts: written, looked at, put back."""

from __future__ import annotations

from django.urls import URLPattern, path

from accroche.redaction.views import textes

REDACTION = "editions/<str:year>/redaction"
PARTIE = f"{REDACTION}/<slug:partie>"

urlpatterns: list[URLPattern] = [
    path("rapport/", textes.courant, name="courant"),
    path(f"{REDACTION}/", textes.plan, name="plan"),
    path(f"{PARTIE}/", textes.partie, name="partie"),
    path(f"{PARTIE}/enregistrer/", textes.enregistrer, name="enregistrer"),
    path(f"{PARTIE}/presence/", textes.present, name="presence"),
    path(f"{PARTIE}/versions/", textes.versions, name="versions"),
    path(f"{PARTIE}/versions/<int:number>/", textes.version, name="version"),
]

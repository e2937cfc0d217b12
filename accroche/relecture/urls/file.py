"""The working page of a sheet, and the queue of an académie."""

from __future__ import annotations

from django.urls import path

from accroche.relecture.views import fiche
from accroche.relecture.views import file as moderation

urlpatterns = [
    path("fiches/<int:pk>/", fiche.fiche, name="fiche"),
    path("fiches/<int:pk>/etape/", fiche.etape, name="etape"),
    path("fiches/<int:pk>/reponse/", fiche.repondre, name="repondre"),
    path("fiches/<int:pk>/messages/", fiche.commenter, name="commenter"),
    path("fiches/<int:pk>/distinctions/", fiche.distinguer, name="distinguer"),
    path("moderation/", moderation.file, name="file"),
    path("moderation/lot/", moderation.lot, name="lot"),
    path("moderation/territoires/", moderation.territoires, name="territoires"),
]

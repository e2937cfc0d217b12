"""The attachments of a sheet, its near-duplicates, and merging."""

from __future__ import annotations

from django.urls import path

from accroche.actions.views import doublons, pieces

urlpatterns = [
    path("fiches/<int:pk>/pieces/", pieces.pieces, name="pieces"),
    path("pieces/<int:pk>/", pieces.piece, name="piece"),
    path("pieces/<int:pk>/modifier/", pieces.modifier_piece, name="modifier_piece"),
    path("fiches/doublons/", doublons.doublons, name="doublons"),
    path("fiches/<int:pk>/fusionner/", doublons.fusionner, name="fusionner"),
    path("fiches/<int:pk>/comparer/<int:other>/", doublons.comparer, name="comparer"),
]

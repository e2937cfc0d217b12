"""The attachments of a sheet."""

from __future__ import annotations

from django.urls import path

from accroche.actions.views import pieces

urlpatterns = [
    path("fiches/<int:pk>/pieces/", pieces.pieces, name="pieces"),
    path("pieces/<int:pk>/", pieces.piece, name="piece"),
    path("pieces/<int:pk>/modifier/", pieces.modifier_piece, name="modifier_piece"),
]

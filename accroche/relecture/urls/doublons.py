"""The near-duplicates of a sheet, and merging."""

from __future__ import annotations

from django.urls import path

from accroche.relecture.views import doublons

urlpatterns = [
    path("fiches/doublons/", doublons.doublons, name="doublons"),
    path("fiches/<int:pk>/fusionner/", doublons.fusionner, name="fusionner"),
    path("fiches/<int:pk>/comparer/<int:other>/", doublons.comparer, name="comparer"),
    path("fiches/<int:pk>/comparer/<int:other>/ecarter/", doublons.ecarter, name="ecarter"),
    path("fiches/<int:pk>/comparer/<int:other>/rapprocher/", doublons.rapprocher, name="rapprocher"),
]

"""The versions of the self-evaluation grid."""

from __future__ import annotations

from django.urls import URLPattern, path

from accroche.evaluation.views import grille

urlpatterns: list[URLPattern] = [
    path("grille/", grille.grilles, name="grilles"),
    path("grille/<slug:code>/", grille.grille, name="grille"),
    path("grille/<slug:code>/modifier/", grille.modifier, name="modifier_grille"),
    path("grille/<slug:code>/criteres/nouveau/", grille.critere, name="nouveau_critere"),
    path("grille/<slug:code>/criteres/<int:numero>/", grille.critere, name="critere"),
    path("grille/<slug:code>/geste/", grille.geste, name="geste_grille"),
    path("grille/<slug:code>/copier/", grille.copier, name="copier_grille"),
    path("grille/<slug:code>/donner/", grille.donner, name="donner_grille"),
]

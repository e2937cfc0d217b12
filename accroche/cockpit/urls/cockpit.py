"""The cockpit: the bureau's, an académie's, a partner's, and the lists behind their numbers."""

from __future__ import annotations

from django.urls import URLPattern, path

from accroche.cockpit.views import cockpit, partenaire, relance

urlpatterns: list[URLPattern] = [
    path("", cockpit.cockpit, name="cockpit"),
    path("academies/<str:year>/<slug:academie>/", cockpit.academie, name="cockpit_academie"),
    path("lignes/<slug:quoi>/", cockpit.lignes, name="lignes"),
    path("lignes/<slug:quoi>/fichier/", cockpit.lignes_fichier, name="lignes_fichier"),
    path("relances/<str:year>/<slug:groupe>/", relance.relancer, name="relancer"),
    path("partenaire/", partenaire.partenaire, name="partenaire"),
    path("partenaire/fichier/", partenaire.fichier, name="partenaire_fichier"),
]

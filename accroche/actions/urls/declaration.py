"""Declaring an action, with or without an account."""

from __future__ import annotations

from django.urls import path

from accroche.actions.views import declaration, declaration_fiche, declaration_liens

urlpatterns = [
    path("declarer/", declaration.declarer, name="declarer"),
    path("declarer/reprendre/", declaration.reprendre, name="reprendre"),
    path("declarer/retrouver/", declaration_liens.retrouver, name="retrouver"),
    path("declarer/lien/<str:token>/", declaration_liens.lien, name="lien"),
    path("mes-fiches/refermer/", declaration_liens.refermer, name="refermer"),
    path("mes-fiches/", declaration.mes_fiches, name="mes_fiches"),
    path("fiches/<int:pk>/modifier/", declaration_fiche.modifier, name="modifier"),
    path("fiches/<int:pk>/enregistrer/", declaration_fiche.enregistrer, name="enregistrer"),
    path("fiches/<int:pk>/verifier/", declaration_fiche.verifier, name="verifier"),
    path("fiches/<int:pk>/envoyee/", declaration_fiche.envoyee, name="envoyee"),
]

"""Signing in and out, one's own page, roles and invitations."""

from __future__ import annotations

from django.urls import path

from accroche.comptes import views

app_name = "comptes"

urlpatterns = [
    path("connexion/", views.connexion, name="connexion"),
    path("deconnexion/", views.deconnexion, name="deconnexion"),
    path("moi/", views.mon_compte, name="mon_compte"),
    path("moi/donnees/", views.mes_donnees, name="mes_donnees"),
    path("moi/supprimer/", views.supprimer, name="supprimer"),
    path("rejoindre/", views.rejoindre, name="rejoindre"),
    path("demandes/", views.demandes, name="demandes"),
    path("personnes/", views.personnes, name="personnes"),
    path("personnes/inviter/", views.inviter, name="inviter"),
    path("invitations/<int:pk>/annuler/", views.annuler_invitation, name="annuler_invitation"),
    path("invitations/<str:token>/", views.invitation, name="invitation"),
    path("roles/<int:pk>/", views.terminer_role, name="terminer_role"),
    path("courrier/", views.courrier, name="courrier"),
]

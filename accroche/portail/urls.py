"""Home and static pages."""

from __future__ import annotations

from django.urls import path

from accroche.portail import views

app_name = "portail"

urlpatterns = [
    path("", views.accueil, name="accueil"),
    path("mon-espace/", views.tableau, name="tableau"),
    # here, as it concerns all that the house holds of a person
    path("comptes/moi/adresse/", views.changer_adresse, name="changer_adresse"),
    path("comptes/adresse/<str:token>/", views.retour_adresse, name="retour_adresse"),
    path("comptes/moi/donnees/", views.mes_donnees, name="mes_donnees"),
    path("comptes/moi/supprimer/", views.supprimer_compte, name="supprimer_compte"),
    # here, as the list is of one app and its spreadsheet of another
    path("moderation/tableau/", views.exporter_fiches, name="exporter_fiches"),
    # a fixed address for the menu and for links that must survive the year
    path("synthese/", views.synthese_courante, name="synthese_courante"),
    path("accessibilite/", views.accessibilite, name="accessibilite"),
    path("mentions-legales/", views.mentions, name="mentions"),
    path("plan-du-site/", views.plan, name="plan"),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", views.security, name="security"),
]

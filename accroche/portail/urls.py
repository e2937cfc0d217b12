"""Home and static pages."""

from __future__ import annotations

from django.urls import path

from accroche.portail.views import espace, site

app_name = "portail"

urlpatterns = [
    path("", site.accueil, name="accueil"),
    path("mon-espace/", espace.tableau, name="tableau"),
    # here, as it concerns all that the house holds of a person
    path("comptes/moi/adresse/", espace.changer_adresse, name="changer_adresse"),
    path("comptes/adresse/<str:token>/", espace.retour_adresse, name="retour_adresse"),
    path("comptes/moi/donnees/", espace.mes_donnees, name="mes_donnees"),
    path("comptes/moi/supprimer/", espace.supprimer_compte, name="supprimer_compte"),
    # here, as the list is of one app and its spreadsheet of another
    path("moderation/tableau/", espace.exporter_fiches, name="exporter_fiches"),
    # a fixed address for the menu and for links that must survive the year
    path("synthese/", site.synthese_courante, name="synthese_courante"),
    path("accessibilite/", site.accessibilite, name="accessibilite"),
    path("mentions-legales/", site.mentions, name="mentions"),
    path("plan-du-site/", site.plan, name="plan"),
    path("robots.txt", site.robots, name="robots"),
    path(".well-known/security.txt", site.security, name="security"),
]

"""Signing in and out, one's own page, roles and invitations."""

from __future__ import annotations

from django.urls import path

from accroche.comptes.views import absents, appareils, compte, connexion, courriels, proconnect, roles

app_name = "comptes"

urlpatterns = [
    path("connexion/", connexion.connexion, name="connexion"),
    path("connexion/code/", connexion.code, name="code"),
    path("connexion/lien/<str:token>/", connexion.lien_connexion, name="lien_connexion"),
    path("inactif/", connexion.compte_inactif, name="inactif"),
    path("deconnexion/", connexion.deconnexion, name="deconnexion"),
    path("connexion/proconnect/", proconnect.depart, name="proconnect"),
    path("connexion/proconnect/retour/", proconnect.retour, name="proconnect_retour"),
    path("deconnexion/proconnect/", proconnect.au_revoir, name="proconnect_deconnexion"),
    path("moi/", compte.mon_compte, name="mon_compte"),
    path("moi/appareils/<int:pk>/", appareils.oublier, name="oublier_appareil"),
    path("moi/presence/", appareils.presence, name="presence"),
    path("moi/deconnexion/", appareils.partout, name="deconnexion_partout"),
    path("rejoindre/", compte.rejoindre, name="rejoindre"),
    path("etablissement-absent/", absents.signaler, name="etablissement_absent"),
    path("etablissement-absent/envoye/", absents.envoye, name="etablissement_absent_envoye"),
    path("etablissement-absent/<int:pk>/", absents.regler, name="regler_absent"),
    path("demandes/", roles.demandes, name="demandes"),
    path("personnes/", roles.personnes, name="personnes"),
    path("personnes/courriels/", courriels.courriels, name="courriels"),
    path("personnes/inviter/", roles.inviter, name="inviter"),
    path("personnes/etablissement/<str:uai>/", roles.vie_etablissement, name="vie_etablissement"),
    path("invitations/<int:pk>/annuler/", roles.annuler_invitation, name="annuler_invitation"),
    path("invitations/demandes/<int:pk>/", roles.repondre_invitation, name="repondre_invitation"),
    path("invitations/<str:token>/", roles.invitation, name="invitation"),
    path("roles/<int:pk>/", roles.terminer_role, name="terminer_role"),
    path("courrier/", connexion.courrier, name="courrier"),
]

"""Which schools have declared, and inviting those that have not."""

from __future__ import annotations

from django.urls import path

from accroche.pilotage.views import couverture, invitation

urlpatterns = [
    path("couverture/", couverture.couverture, name="couverture"),
    path("couverture/etablissements/", couverture.etablissements, name="etablissements"),
    path("couverture/etablissements.csv", couverture.fichier, name="fichier"),
    path("couverture/inviter/", invitation.inviter, name="inviter"),
    path("invitations/<str:token>/", invitation.ne_plus_inviter, name="ne_plus_inviter"),
]

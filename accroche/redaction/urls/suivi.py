"""How far each académie's sheet has come, reminding, and one sheet: its thread and its signatures."""

from __future__ import annotations

from django.urls import URLPattern, path

from accroche.redaction.views import fiche, suivi

REDACTION = "editions/<str:year>/redaction"
FICHE = f"{REDACTION}/academies/<slug:academie>"

urlpatterns: list[URLPattern] = [
    path(f"{REDACTION}/avancement/", suivi.avancement, name="avancement"),
    path(f"{REDACTION}/avancement/fichier.csv", suivi.fichier, name="avancement_fichier"),
    path(f"{REDACTION}/avancement/relancer/", suivi.relancer, name="relancer_fiches"),
    path(f"{FICHE}/", fiche.fiche, name="fiche"),
    path(f"{FICHE}/message/", fiche.message, name="fiche_message"),
    path(f"{FICHE}/fil/", fiche.fil, name="fiche_fil"),
    path(f"{FICHE}/donnees/", fiche.donnees, name="fiche_donnees"),
]

"""The journée de l’innovation: jury and public vote."""

from __future__ import annotations

from django.urls import path

from accroche.votes.views import organisation as innovation_organiser
from accroche.votes.views import vote as innovation

app_name = "votes"

urlpatterns = [
    path("innovation/", innovation.votes, name="votes"),
    path("innovation/organiser/", innovation_organiser.organiser, name="organiser_votes"),
    path("innovation/organiser/nouveau/", innovation_organiser.creer_scrutin, name="creer_scrutin"),
    path("innovation/vote/<str:token>/", innovation.confirmer_vote, name="confirmer_vote"),
    path("innovation/<slug:slug>/", innovation.scrutin, name="scrutin"),
    path("innovation/<slug:slug>/jury/", innovation.jury, name="jury"),
    path("innovation/<slug:slug>/organiser/", innovation_organiser.gerer_scrutin, name="gerer_scrutin"),
    path("innovation/<slug:slug>/modifier/", innovation_organiser.modifier_scrutin, name="modifier_scrutin"),
    path("innovation/<slug:slug>/candidatures/", innovation_organiser.candidatures, name="candidatures"),
]

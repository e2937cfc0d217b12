"""Who needs help, and tutoring: the proposal, the pairs and their life."""

from __future__ import annotations

from django.urls import path

from accroche.tutorat.views import appui, binome, tutorat

urlpatterns = [
    path("appui/", appui.courant, name="appui_courant"),
    path("appui/<str:year>/", appui.appui, name="appui"),
    path("tutorats/", tutorat.courants, name="tutorats_courants"),
    path("tutorats/<str:year>/", tutorat.tutorats, name="tutorats"),
    path("tutorats/<str:year>/proposition/", tutorat.proposition, name="proposition"),
    path("tutorats/<str:year>/arret/<slug:academie>/", tutorat.arreter, name="ne_plus_accompagner"),
    path("tutorats/binomes/<int:pk>/", binome.binome, name="binome"),
    path("tutorats/contacts/<int:pk>/", binome.contact, name="contact"),
]

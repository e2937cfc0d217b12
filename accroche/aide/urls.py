"""Help, contact, and what visitors think of the site."""

from __future__ import annotations

from django.urls import path

from accroche.aide import views

app_name = "aide"

urlpatterns = [
    path("aide/", views.guide, name="guide"),
    path("aide/<slug:code>/", views.page, name="page"),
    path("contact/", views.contact, name="contact"),
    path("avis/", views.avis, name="avis"),
    path("avis/merci/", views.merci, name="merci"),
    path("avis/recus/", views.recus, name="recus"),
    path("avis/recus/fichier/", views.fichier, name="fichier"),
    path("avis/recus/<int:pk>/", views.traiter, name="traiter"),
]

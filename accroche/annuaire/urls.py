"""Looking a school up."""

from __future__ import annotations

from django.urls import path

from accroche.annuaire import views

app_name = "annuaire"

urlpatterns = [
    path("", views.recherche, name="recherche"),
    path("suggestions/", views.suggestions, name="suggestions"),
    path("<str:uai>/", views.etablissement, name="etablissement"),
]

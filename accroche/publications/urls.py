"""The synthesis of an edition; with a number, one of its frozen versions."""

from __future__ import annotations

from django.urls import path

from accroche.publications import views

app_name = "publications"

urlpatterns = [
    path("editions/<str:year>/synthese/", views.synthese, name="synthese"),
    path("editions/<str:year>/synthese/<int:number>/", views.synthese, name="version"),
    path("editions/<str:year>/synthese/<str:name>", views.telecharger, name="telecharger"),
    path(
        "editions/<str:year>/synthese/<int:number>/<str:name>",
        views.telecharger,
        name="telecharger_version",
    ),
]

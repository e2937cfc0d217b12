"""The synthesis of an edition, with a number one of its frozen versions; the other kinds of documents."""

from __future__ import annotations

from django.urls import path

from accroche.publications import views

app_name = "publications"

urlpatterns = [
    path("documents/", views.documents, name="documents"),
    path("documents/<str:kind>/<str:year>/<slug:academie>/", views.document, name="document"),
    path("documents/<str:kind>/<str:year>/<slug:academie>/<str:name>", views.fichier, name="fichier"),
    path("editions/<str:year>/synthese/", views.synthese, name="synthese"),
    path("editions/<str:year>/synthese/<int:number>/", views.synthese, name="version"),
    path("editions/<str:year>/synthese/<str:name>", views.telecharger, name="telecharger"),
    path(
        "editions/<str:year>/synthese/<int:number>/<str:name>",
        views.telecharger,
        name="telecharger_version",
    ),
]

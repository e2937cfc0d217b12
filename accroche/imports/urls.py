"""Addresses of what comes in by file, and goes out to come back."""

from django.urls import path

from accroche.imports import views

app_name = "imports"

urlpatterns = [
    path("recensement/", views.recensement, name="recensement"),
    path("recensement/export/", views.export, name="export"),
    path("recensement/modele/", views.modele, name="modele"),
    path("recensement/<int:pk>/", views.depot, name="depot"),
    path("recensement/<int:pk>/avancement/", views.avancement, name="avancement"),
    path("recensement/<int:pk>/colonnes/", views.colonnes, name="colonnes"),
    path("recensement/<int:pk>/tableaux/", views.tableaux, name="tableaux"),
    path("recensement/<int:pk>/reponses/", views.reponses, name="reponses"),
    path("recensement/<int:pk>/porteurs/", views.porteurs, name="porteurs"),
    path("recensement/<int:pk>/importer/", views.importer, name="importer"),
    path("recensement/<int:pk>/abandonner/", views.abandonner, name="abandonner"),
    path("recensement/<int:pk>/a-corriger/", views.a_corriger, name="a_corriger"),
]

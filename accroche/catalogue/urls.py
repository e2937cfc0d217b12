"""Public pages of an edition. An edition is named by its school year, an académie by its slug."""

from __future__ import annotations

from django.urls import path

from accroche.catalogue import views

app_name = "catalogue"

urlpatterns = [
    # fixed addresses for the menu and for links that must survive the year
    path("edition/", views.edition_courante, name="edition_courante"),
    path("academies/", views.academies_courantes, name="academies_courantes"),
    path("editions/<str:year>/", views.edition, name="edition"),
    path("editions/<str:year>/academies/", views.academies, name="academies"),
    path("editions/<str:year>/academies/<slug:academie>/", views.semaine, name="semaine"),
    path("editions/<str:year>/academies/<slug:academie>/apercu/", views.apercu, name="apercu"),
    path(
        "editions/<str:year>/academies/<slug:academie>/actions/<slug:action>/",
        views.action,
        name="action",
    ),
    path("fiches/<int:pk>/apercu/", views.apercu_fiche, name="apercu_fiche"),
]

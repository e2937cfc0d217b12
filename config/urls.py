"""All routes: each app brings its own."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("comptes/", include("accroche.comptes.urls")),
    path("annuaire/", include("accroche.annuaire.urls")),
    path("imports/", include("accroche.imports.urls")),
    path("pilotage/", include("accroche.pilotage.urls")),
    path("pilotage/", include("accroche.evaluation.urls")),
    path("pilotage/", include("accroche.tutorat.urls")),
    path("pilotage/", include("accroche.cockpit.urls")),
    path("", include("accroche.redaction.urls")),
    path("", include("accroche.actions.urls")),
    path("", include("accroche.relecture.urls")),
    path("", include("accroche.votes.urls")),
    path("", include("accroche.catalogue.urls")),
    path("", include("accroche.publications.urls")),
    path("", include("accroche.aide.urls")),
    path("", include("accroche.portail.urls")),
    path("", include("accroche.exploitation.urls")),
]

handler400 = "accroche.portail.views.site.erreur_400"
handler403 = "accroche.portail.views.site.erreur_403"
handler404 = "accroche.portail.views.site.erreur_404"
handler500 = "accroche.portail.views.site.erreur_500"

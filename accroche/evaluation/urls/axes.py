"""The axes of work of académies."""

from __future__ import annotations

from django.urls import URLPattern, path

from accroche.evaluation.views import axes

urlpatterns: list[URLPattern] = [
    path("axes/", axes.axes, name="axes"),
    path("axes/<str:year>/", axes.repartition, name="repartition_axes"),
    path("axes/<str:year>/<slug:academie>/", axes.choisir, name="choisir_axes"),
    path("axes/<str:year>/<slug:academie>/imprimer/", axes.imprimer, name="imprimer_axes"),
    path("axes/<str:year>/<slug:academie>/suivi/", axes.suivre, name="suivre_axe"),
]

"""An académie's self-evaluation: filled, signed, read, and what comes of it."""

from __future__ import annotations

from django.urls import URLPattern, path

from accroche.evaluation.views import evaluation, evaluation_bureau, evaluation_echanges, evaluation_fichiers

SEMAINE = "evaluation/<str:year>/<slug:academie>"

urlpatterns: list[URLPattern] = [
    path("evaluation/", evaluation_bureau.evaluations, name="evaluations"),
    path("evaluation/relancer/", evaluation_bureau.relancer, name="relancer_grille"),
    path(f"{SEMAINE}/", evaluation.evaluation, name="evaluation"),
    path(f"{SEMAINE}/objectif/<slug:objectif>/", evaluation.objectif, name="evaluation_objectif"),
    path(f"{SEMAINE}/repondre/<int:critere>/", evaluation.repondre, name="evaluation_repondre"),
    path(f"{SEMAINE}/signer/", evaluation.signer, name="evaluation_signer"),
    path(f"{SEMAINE}/rouvrir/", evaluation.rouvrir, name="evaluation_rouvrir"),
    path(f"{SEMAINE}/lue/", evaluation.lue, name="evaluation_lue"),
    path(f"{SEMAINE}/question/", evaluation_echanges.question, name="evaluation_question"),
    path(f"{SEMAINE}/reponse/", evaluation_echanges.reponse, name="evaluation_reponse"),
    path(f"{SEMAINE}/grille.xlsx", evaluation_fichiers.classeur, name="evaluation_classeur"),
    path(f"{SEMAINE}/deposer/", evaluation_fichiers.deposer, name="evaluation_deposer"),
    path(f"{SEMAINE}/imprimer/", evaluation_fichiers.imprimer, name="evaluation_imprimer"),
    path(f"{SEMAINE}/bilan/", evaluation_fichiers.bilan, name="evaluation_bilan"),
]

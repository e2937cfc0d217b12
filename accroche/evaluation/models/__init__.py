"""What the app remembers, subject by subject."""

from __future__ import annotations

from accroche.evaluation.models.axes import ChoixAxes, SuiviAxe
from accroche.evaluation.models.evaluation import (
    EchangeGrille,
    Evaluation,
    EvaluationQuerySet,
    RelanceGrille,
    Reponse,
)

__all__ = [
    "ChoixAxes",
    "EchangeGrille",
    "Evaluation",
    "EvaluationQuerySet",
    "RelanceGrille",
    "Reponse",
    "SuiviAxe",
]

"""What steering remembers, subject by subject."""

from accroche.pilotage.models.axes import ChoixAxes, SuiviAxe
from accroche.pilotage.models.evaluation import EchangeGrille, Evaluation, RelanceGrille, Reponse
from accroche.pilotage.models.invitation import Refus, Sollicitation
from accroche.pilotage.models.tutorat import (
    BilanBinome,
    Binome,
    BinomeQuerySet,
    ContactBinome,
    ContrainteBinome,
    EtapeBinome,
    PropositionTutorat,
    ReglageTutorat,
)

__all__ = [
    "BilanBinome",
    "Binome",
    "BinomeQuerySet",
    "ChoixAxes",
    "ContactBinome",
    "ContrainteBinome",
    "EchangeGrille",
    "EtapeBinome",
    "Evaluation",
    "PropositionTutorat",
    "Refus",
    "ReglageTutorat",
    "RelanceGrille",
    "Reponse",
    "Sollicitation",
    "SuiviAxe",
]

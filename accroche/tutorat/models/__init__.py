"""What the app remembers, subject by subject."""

from __future__ import annotations

from accroche.tutorat.models.tutorat import (
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
    "ContactBinome",
    "ContrainteBinome",
    "EtapeBinome",
    "PropositionTutorat",
    "ReglageTutorat",
]

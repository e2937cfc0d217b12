"""Sheets of actions, and what hangs on them."""

from __future__ import annotations

from accroche.actions.models.action import (
    ARRIVED,
    Action,
    ActionPartenaire,
    ActionPorteur,
    ActionQuerySet,
    Cle,
    Lien,
    Theme,
    declared_by,
)
from accroche.actions.models.arrivage import Arrivage
from accroche.actions.models.comptage import ComptageSemaine, PresencePorteur
from accroche.actions.models.declaration import Activite, Commentaire, LienAcces, PieceJointe
from accroche.actions.models.public import AncienneAdresse, Vues
from accroche.actions.models.relecture import DoublonEcarte, Lecture

__all__ = [
    "ARRIVED",
    "Action",
    "ActionPartenaire",
    "ActionPorteur",
    "ActionQuerySet",
    "Activite",
    "AncienneAdresse",
    "Arrivage",
    "Cle",
    "Commentaire",
    "ComptageSemaine",
    "DoublonEcarte",
    "Lecture",
    "Lien",
    "LienAcces",
    "PieceJointe",
    "PresencePorteur",
    "Theme",
    "Vues",
    "declared_by",
]

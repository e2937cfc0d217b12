"""Sheets of actions, what hangs on them, and the votes on the best."""

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
from accroche.actions.models.declaration import Activite, Commentaire, LienAcces, PieceJointe
from accroche.actions.models.innovation import Bulletin, Candidature, Note, Scrutin

__all__ = [
    "ARRIVED",
    "Action",
    "ActionPartenaire",
    "ActionPorteur",
    "ActionQuerySet",
    "Activite",
    "Arrivage",
    "Bulletin",
    "Candidature",
    "Cle",
    "Commentaire",
    "Lien",
    "LienAcces",
    "Note",
    "PieceJointe",
    "Scrutin",
    "Theme",
    "declared_by",
]

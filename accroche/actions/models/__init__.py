"""Sheets of actions, what hangs on them, and the votes on the best."""

from __future__ import annotations

from accroche.actions.models.action import (
    Action,
    ActionPartenaire,
    ActionPorteur,
    ActionQuerySet,
    Cle,
    Lien,
    Theme,
    declared_by,
)
from accroche.actions.models.declaration import Activite, Commentaire, LienAcces, PieceJointe
from accroche.actions.models.innovation import Bulletin, Candidature, Note, Scrutin

__all__ = [
    "Action",
    "ActionPartenaire",
    "ActionPorteur",
    "ActionQuerySet",
    "Activite",
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

"""Reads across models, used twice or more."""

from __future__ import annotations

from accroche.actions.queries.adresse import public_address, public_path
from accroche.actions.queries.complement import Complement, complement_of, complements_of
from accroche.actions.queries.contenu import CONTENT_PARTS, content_of
from accroche.actions.queries.fiche import fiche_of
from accroche.actions.queries.pieces import may_change_pieces, piece_for, public_pieces

__all__ = [
    "CONTENT_PARTS",
    "Complement",
    "complement_of",
    "complements_of",
    "content_of",
    "fiche_of",
    "may_change_pieces",
    "piece_for",
    "public_address",
    "public_path",
    "public_pieces",
]

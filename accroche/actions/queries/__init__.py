"""Reads across models, used twice or more."""

from __future__ import annotations

from accroche.actions.queries.contenu import CONTENT_PARTS, content_of
from accroche.actions.queries.dossier import (
    ACTION_PARTS,
    SEMAINE_PARTS,
    action_dossier,
    complete_semaines,
    dossier_of,
    edition_dossier,
    semaine_dossier,
)
from accroche.actions.queries.doublons import (
    MERGEABLE,
    FicheProche,
    doublons_for,
    doublons_of,
    running_semaine,
)
from accroche.actions.queries.fiche import fiche_of
from accroche.actions.queries.pieces import may_change_pieces, piece_for, public_pieces
from accroche.actions.queries.recensement import comptes, figures_of, levels_of, public_dossier

__all__ = [
    "ACTION_PARTS",
    "CONTENT_PARTS",
    "MERGEABLE",
    "SEMAINE_PARTS",
    "FicheProche",
    "action_dossier",
    "complete_semaines",
    "comptes",
    "content_of",
    "dossier_of",
    "doublons_for",
    "doublons_of",
    "edition_dossier",
    "fiche_of",
    "figures_of",
    "levels_of",
    "may_change_pieces",
    "piece_for",
    "public_dossier",
    "public_pieces",
    "running_semaine",
    "semaine_dossier",
]

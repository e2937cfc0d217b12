"""Reads of editions and grids used in several places."""

from __future__ import annotations

from accroche.campagne.queries.edition import UnknownEditionError, get_edition
from accroche.campagne.queries.grille import grille_dite, grille_of, origines_between

__all__ = ["UnknownEditionError", "get_edition", "grille_dite", "grille_of", "origines_between"]

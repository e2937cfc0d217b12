"""Every write about an edition as a whole, and about the grid it uses."""

from __future__ import annotations

from accroche.campagne.operations.edition import TITLE, ReportedEditionError, open_edition
from accroche.campagne.operations.grille import attach_grille, begin_answers, load_grille

__all__ = [
    "TITLE",
    "ReportedEditionError",
    "attach_grille",
    "begin_answers",
    "load_grille",
    "open_edition",
]

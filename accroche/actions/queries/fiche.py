"""What the gate reads of one sheet."""

from __future__ import annotations

from accroche.actions.controle import Fiche, edition_days
from accroche.actions.models import Action
from accroche.actions.queries.contenu import CONTENT_PARTS, content_of, pieces_of

#: What :func:`fiche_of` reads besides the sheet, its semaine and its edition.
FICHE_PARTS = (*CONTENT_PARTS, "pieces")


def fiche_of(action: Action) -> Fiche:
    """Return what the rules of ``controle.py`` read of a sheet."""
    return Fiche(
        content=content_of(action),
        pieces=pieces_of(action),
        has_contact=bool(action.declarant_id or action.declarant_email or action.private_email),
        edition_days=edition_days(action.semaine.edition.year),
        declared=action.is_declared,
    )

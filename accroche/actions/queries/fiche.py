"""What the gate reads of one sheet."""

from __future__ import annotations

import datetime as dt

from accroche.actions.controle import Fiche
from accroche.actions.models import Action
from accroche.actions.queries.contenu import CONTENT_PARTS, content_of, pieces_of

#: What :func:`fiche_of` reads besides the sheet, its semaine and its edition.
FICHE_PARTS = (*CONTENT_PARTS, "pieces")


def fiche_of(action: Action) -> Fiche:
    """Return what the rules of ``controle.py`` read of a sheet."""
    first = int(action.semaine.edition.year[:4])
    return Fiche(
        content=content_of(action),
        pieces=pieces_of(action),
        has_contact=bool(action.declarant_id or action.declarant_email or action.private_email),
        # a school year: from the first of September to the last of August
        edition_days=(dt.date(first, 9, 1), dt.date(first + 1, 8, 31)),
        declared=action.is_declared,
    )

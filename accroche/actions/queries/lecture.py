"""What a sheet says to the public, as its académie reads it: kept when it decides, compared the next time."""

from __future__ import annotations

from typing import Any

from django.db.models import prefetch_related_objects

from accroche.actions.models import Action
from accroche.actions.queries.contenu import content_of
from accroche.actions.queries.fiche import FICHE_PARTS
from accroche.actions.saisie import PRIVATE, values_of


def said_by(action: Action) -> dict[str, Any]:
    """Return all that a sheet says but whom to ask, as JSON values by field; each attachment by its number.

    ``pieces``: ``[number, name, caption, consent]``. A file never changes under its number.
    """
    prefetch_related_objects([action], *FICHE_PARTS)
    said = {name: value for name, value in values_of(content_of(action)).items() if name not in PRIVATE}
    return said | {"pieces": [[row.pk, row.name, row.caption, row.consent] for row in action.pieces.all()]}

"""What writes the edition's plain data as JSON and reads it back.

Each is made when it is first asked for: making them is a tenth of the start of a command, and few need them.
"""

from __future__ import annotations

from functools import cache

from pydantic import TypeAdapter

from accroche.dossier.dossier import ActionDossier, EditionDossier, SemaineDossier


@cache
def of_edition() -> TypeAdapter[EditionDossier]:
    """Return that of an edition."""
    return TypeAdapter(EditionDossier)


@cache
def of_semaine() -> TypeAdapter[SemaineDossier]:
    """Return that of a semaine."""
    return TypeAdapter(SemaineDossier)


@cache
def of_action() -> TypeAdapter[ActionDossier]:
    """Return that of an action."""
    return TypeAdapter(ActionDossier)

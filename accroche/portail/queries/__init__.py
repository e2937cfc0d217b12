"""All that is held of a person, table by table: given to who asks for it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import Q

from accroche.actions.models import PieceJointe
from accroche.comptes.models import User
from accroche.portail.queries.volet import Value, Volet
from accroche.portail.queries.volets import LEFT_OUT, PARTIES

__all__ = ["LEFT_OUT", "PARTIES", "MesDonnees", "Value", "Volet", "own_data"]


@dataclass(frozen=True, slots=True)
class MesDonnees:
    """What is held of a person at a moment: each part with its rows, and the files of their sheets."""

    person: User
    at: dt.datetime
    parts: tuple[tuple[Volet, list[dict[str, Value]]], ...]
    files: list[PieceJointe] = field(default_factory=list)


def own_data(person: User, at: dt.datetime) -> MesDonnees:
    """Read all that is held of ``person``; the files of the sheets they declared, not of a colleague's."""
    parts = tuple((part, list(part.rows(person, at))) for part in PARTIES)
    declared = Q(action__declarant=person) | Q(action__declarant_email__iexact=person.email)
    files = PieceJointe.objects.filter(declared).exclude(file="").order_by("action", "position", "pk")
    return MesDonnees(person, at, parts, list(files))

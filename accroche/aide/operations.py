"""Writing down opinions, dealing with them, forgetting them."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accroche.actions.operations import oubli
from accroche.aide.avis import KEPT, Satisfaction
from accroche.aide.models import AvisSite
from accroche.commun import plafonds
from accroche.commun.limites import take
from accroche.comptes.models import User
from accroche.comptes.permissions import Access
from accroche.comptes.regles import Right


@transaction.atomic
def give_avis(
    satisfaction: Satisfaction, *, text: str, page: str, email: str, access: Access, at: dt.datetime
) -> AvisSite:
    """Write an opinion down; who gives it is not kept. Raises ``LimitError``."""
    uses = access.counted(plafonds.AVIS_PERSON, plafonds.AVIS_NETWORK)
    take([*uses, (plafonds.AVIS_ALL, "")], at=at)
    return AvisSite.objects.create(satisfaction=satisfaction, text=text, page=page, email=email, given_at=at)


def handle_avis(pk: int, *, handled: bool, access: Access, at: dt.datetime) -> bool:
    """Mark an opinion as dealt with, or as waiting again; return whether that is new.

    Of two people who press together, one does it. Raises ``PermissionDenied``.
    """
    if not access.has(Right.STEER):
        raise PermissionDenied
    rows = AvisSite.objects.filter(pk=pk, handled_at__isnull=handled)
    return bool(rows.update(handled_at=at if handled else None))


def purge(at: dt.datetime) -> int:
    """Remove the opinions that are too old; return how many."""
    removed, _ = AvisSite.objects.filter(given_at__lt=at - KEPT).delete()
    return removed


@transaction.atomic
def delete_person(person: User, *, at: dt.datetime) -> None:
    """Delete an account and all that names its person, in opinions as everywhere: what was said stays."""
    AvisSite.objects.filter(email__iexact=person.email).update(email="")
    oubli.delete_person(person, at=at)

"""Where answers to the mails about an académie go: the office that follows its semaine."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accroche.annuaire.models import Academie
from accroche.commun import journal
from accroche.comptes.permissions import Access
from accroche.comptes.regles import Place, Right


@transaction.atomic
def set_office(academie: Academie, courriel: str, *, access: Access, at: dt.datetime) -> bool:
    """Have answers go to ``courriel``, or to the site's contact when empty; return whether that is new.

    Raises ``PermissionDenied``.
    """
    if not access.allows(Right.MODERATE, Place(academie=academie.pk)):
        raise PermissionDenied
    before = academie.courriel
    if not Academie.objects.filter(pk=academie.pk).exclude(courriel=courriel).update(courriel=courriel):
        return False
    journal.record(academie, "set_office", at=at, actor=access.user, changes={"courriel": (before, courriel)})
    return True

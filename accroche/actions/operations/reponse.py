"""Answering the académie: what is typed is kept with the sheet until the sheet is sent (``cycle.move``)."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db.models import F

from accroche.actions.models import Action
from accroche.actions.operations.cycle import StaleError
from accroche.actions.operations.declaration import may_write
from accroche.comptes.permissions import Access


def keep_answer(action: Action, text: str, *, access: Access, at: dt.datetime, version: int) -> None:
    """Keep what is answered while one goes on completing the sheet; the same again changes nothing.

    ``version``: what the person read. Raises ``PermissionDenied`` and :class:`StaleError`.
    """
    if not may_write(action, access):
        raise PermissionDenied
    if text == action.reponse:
        return
    held = Action.objects.filter(pk=action.pk, etat=action.etat, version=version)
    if not held.update(reponse=text, version=F("version") + 1, updated_at=at):
        raise StaleError

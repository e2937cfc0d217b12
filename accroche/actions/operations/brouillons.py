"""Drafts begun without an account, and whose address nobody ever confirmed: not kept for ever."""

from __future__ import annotations

import datetime as dt
from functools import partial

from django.db import IntegrityError, transaction
from django.db.models import F

from accroche.actions.models import Action, LienAcces, PieceJointe
from accroche.actions.operations.preparation import forget
from accroche.commun.journal import subject_of
from accroche.commun.models import JournalEntry, Message

#: How long such a draft waits for its author after the last change.
UNCONFIRMED_DAYS = 30


def purge_unconfirmed(at: dt.datetime) -> int:
    """Remove the drafts whose address was never confirmed, and all that tells of them; return how many.

    One that has a link still to be followed waits for it, one that is written meanwhile stays.
    """
    left = at - dt.timedelta(days=UNCONFIRMED_DAYS)
    begun = Action.with_unconfirmed.filter(unconfirmed=True, updated_at__lte=left)
    begun = begun.exclude(acces__expires_at__gt=at)
    count = 0
    for number in list(begun.order_by("pk").values_list("pk", flat=True)):
        try:
            count += _remove(number, left)
        except IntegrityError:  # a link was asked for at this very moment: the next night sees
            continue
    return count


@transaction.atomic
def _remove(number: int, left: dt.datetime) -> int:
    # held first: who writes it at this moment is either before, and it stays, or finds it gone
    held = Action.with_unconfirmed.filter(pk=number, unconfirmed=True, updated_at__lte=left)
    if not held.update(version=F("version") + 1):
        return 0
    action = held.get()
    links = LienAcces.objects.filter(action=action).values_list("pk", flat=True)
    Message.objects.filter(key__in=[f"lien:{link}" for link in links]).delete()
    JournalEntry.objects.filter(subject=subject_of(action)).delete()
    for file, source in (
        PieceJointe.objects.filter(action=action).order_by("pk").values_list("file", "source")
    ):
        transaction.on_commit(partial(forget, file, source), robust=True)
    action.delete()
    return 1

"""What is known of sheets beside their content, for the columns of an export; few queries for many sheets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from django.db.models import Max
from django.utils import timezone

from accroche.actions.cycle import Step
from accroche.actions.models import Action
from accroche.actions.queries import public_address
from accroche.actions.queries.contenu import CONTENT_PARTS, distinctions_of, pieces_of
from accroche.actions.queries.lignee import ORIGINE_PARTS
from accroche.commun.journal import name_of
from accroche.commun.models import JournalEntry
from accroche.imports.recensement.informations import Informations

#: What :func:`informations` and the content read of each sheet: to follow, and to prefetch.
FOLLOWED: Final = ("semaine__academie", "semaine__edition", *ORIGINE_PARTS)
PREFETCHED: Final = (*CONTENT_PARTS, "pieces")


def informations(actions: Sequence[Action]) -> dict[int, Informations]:
    """Return what is known of each sheet, by its number; one query, besides the parts named above."""
    published = _published([action for action in actions if action.is_published])
    return {action.pk: _of(action, published.get(action.pk)) for action in actions}


def _of(action: Action, published: dt.datetime | None) -> Informations:
    return Informations(
        number=action.pk,
        version=action.version,
        etat=action.etat,
        known=distinctions_of(action),
        declared=_day(action.created_at),
        submitted=_day(action.submitted_at),
        published=_day(published),
        pieces=pieces_of(action),
        address=public_address(action) if action.is_public else "",
    )


def _day(moment: dt.datetime | None) -> dt.date | None:
    return timezone.localdate(moment) if moment else None


def _published(actions: Sequence[Action]) -> dict[int, dt.datetime]:
    """When each was published last, as its journal tells."""
    subjects = {name_of(Action, action.pk): action.pk for action in actions}
    told = JournalEntry.objects.filter(subject__in=subjects, verb=Step.PUBLISH).order_by()
    return {subjects[subject]: at for subject, at in told.values_list("subject").annotate(last=Max("at"))}

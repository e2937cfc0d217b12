"""Every change of an action's state."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from accroche.actions.models import Action
from accroche.actions.regles import Etat
from accroche.campagne.models import Edition


@transaction.atomic
def publish_edition(edition: Edition, *, at: dt.datetime) -> int:
    """Make an edition and its waiting actions public; return how many actions came out.

    Again changes nothing: the first publication date stays.
    """
    Edition.objects.filter(pk=edition.pk, published_at=None).update(published_at=at)
    waiting = Action.objects.waiting().filter(semaine__edition=edition)
    return waiting.update(etat=Etat.PUBLISHED)

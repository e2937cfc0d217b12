"""Every change of an action's state."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from accroche.actions.cycle import Etat
from accroche.actions.models import Action
from accroche.campagne.models import Edition


@transaction.atomic
def publish_edition(edition: Edition, *, at: dt.datetime) -> int:
    """Make an edition and its loaded actions public; return how many actions came out.

    Again changes nothing: the first publication date stays. What schools declare here is never
    concerned, nor what somebody wrote, took up or took off the site since it was loaded: a moderator
    publishes it, sheet by sheet.
    """
    Edition.objects.filter(pk=edition.pk, published_at=None).update(published_at=at)
    waiting = Action.objects.waiting().filter(semaine__edition=edition, version=0, submitted_at=None)
    return waiting.exclude(loaded_from="").update(etat=Etat.PUBLISHED)

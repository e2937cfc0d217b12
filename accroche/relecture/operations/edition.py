"""Making a loaded edition public."""

from __future__ import annotations

import datetime as dt

from accroche.actions.cycle import Step
from accroche.actions.models import Action
from accroche.actions.operations.cycle import Moved, move_many
from accroche.campagne.models import Edition
from accroche.comptes.permissions import OPERATOR

#: How the journal names who runs the command.
SIGNATURE = "accroche publish_edition"


def publish_edition(edition: Edition, *, at: dt.datetime) -> Moved:
    """Make an edition and its loaded sheets public; return how many came out, and what the gate held back.

    Sheets first, then the edition: who reads an edition that was not public sees all of it at once. Stopped
    midway, asked again it goes on; asked again after that it changes nothing, and the first publication date
    stays. What schools declare here is never concerned, nor what somebody wrote, took up or took off the site
    since it was loaded: a moderator publishes it, sheet by sheet.
    """
    waiting = Action.objects.waiting().filter(semaine__edition=edition, version=0, submitted_at=None)
    loaded = waiting.exclude(loaded_from="")
    moved = move_many(loaded, Step.PUBLISH, access=OPERATOR, at=at, actor_name=SIGNATURE)
    Edition.objects.filter(pk=edition.pk, published_at=None).update(published_at=at)
    return moved

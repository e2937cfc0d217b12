"""Making a loaded edition public."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from accroche.actions.cycle import Step
from accroche.actions.models import Action
from accroche.actions.operations.cycle import Moved, move_many
from accroche.actions.operations.notices import tell_now_public
from accroche.campagne.models import Edition
from accroche.commun import journal
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
    _tell_owners(edition, at)
    return moved


def _tell_owners(edition: Edition, at: dt.datetime) -> None:
    """Tell who answers for a sheet accepted before where it can be read now; once, however often it is asked.

    Before their mail the address led nowhere. What a file told has nobody to tell.
    """
    sheets = Action.objects.accepted().filter(semaine__edition=edition).exclude(submitted_at=None)
    parts = sheets.select_related("semaine__edition", "semaine__academie", "declarant")
    for sheet in parts.prefetch_related("porteurs__etablissement").order_by("pk"):
        public_at = sheet.semaine.edition.published_at
        decided = journal.entries(sheet).filter(verb=Step.PUBLISH).first()
        # who was told of the decision later was told the address with it
        if decided and public_at and decided.at < public_at:
            with transaction.atomic():
                tell_now_public(sheet, at=at)

"""Many new sheets on their way to the moderation queue: what an académie's spreadsheet holds.

The same rows and the same journal as one sheet at a time (``declaration.declare``), in a few statements
for each batch, and no mail: nobody wants a thousand. How they arrive together: ``arrivage``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max

from accroche.actions.cycle import ARRIVING
from accroche.actions.models import Action, Arrivage
from accroche.actions.operations import arrivage as arrivages
from accroche.actions.operations.contenu import CONTENT_COLUMNS, Sheet, Writer, values_of
from accroche.actions.operations.organisations import Typed
from accroche.actions.regles import SourceAction
from accroche.actions.saisie import Contenu
from accroche.commun import journal
from accroche.commun.insertion import insert_many
from accroche.comptes.permissions import Access
from accroche.comptes.regles import Place, Right

#: What a row gives of a sheet, in the order of ``Livraison._action``.
_ACTION = (
    "semaine_id",
    "slug",
    "position",
    "arrivage",
    "etat",
    "source",
    "created_at",
    "updated_at",
    "submitted_at",
    *CONTENT_COLUMNS,
)


@dataclass(frozen=True, slots=True)
class Nouvelle:
    """A sheet to add. ``slug``: its address, which nobody else gives; ``note``: where it comes from."""

    content: Contenu
    slug: str
    note: str


class Livraison:
    """Brings the sheets of an arrival, batch after batch; carriers, partners and themes are met once.

    Nobody sees them before ``arrivage.reveal``. Schools carry the names that the content gives, which are
    those of the directory.
    """

    def __init__(self, arrivage: Arrivage, *, access: Access, at: dt.datetime, actor_name: str = "") -> None:
        """Raise ``PermissionDenied`` for who does not moderate the semaine."""
        if not access.allows(Right.MODERATE, Place(academie=arrivage.semaine.academie_id)):
            raise PermissionDenied
        self.arrivage, self.semaine = arrivage, arrivage.semaine
        self.access, self.at, self.actor_name = access, at, actor_name
        last = Action.with_arriving.filter(semaine=self.semaine).aggregate(last=Max("position"))["last"]
        self.position = (last or 0) + 1
        self.organisations = Typed()
        self.writer = Writer(self.organisations)

    def write(self, batch: Sequence[Nouvelle]) -> int:
        """Write the sheets of a batch, as many as others may wait for; return how many.

        Raises ``AbandonedError``, and ``IntegrityError`` when somebody removed a carrier meanwhile. It may be
        asked again after a failure: nothing was then written.
        """
        try:
            with transaction.atomic():
                return self._write(batch)
        except BaseException:  # some of those may have been made in the transaction that failed
            self.organisations.forget()
            self.writer.forget()
            raise

    def _write(self, batch: Sequence[Nouvelle]) -> int:
        arrivages.count(self.arrivage, len(batch))
        first = self.position
        self.position += len(batch)
        insert_many(Action, _ACTION, [self._action(row, at) for at, row in enumerate(batch, first)])
        numbers = dict(
            Action.with_arriving.filter(semaine=self.semaine, position__gte=first, arrivage=self.arrivage.pk)
            .order_by()  # by their slugs: no order is asked for
            .values_list("slug", "pk")
        )
        academie = self.semaine.academie_id
        self.writer.write([Sheet(numbers[row.slug], academie, row.content, is_new=True) for row in batch])
        journal.record_many(
            ((journal.name_of(Action, numbers[row.slug]), row.note) for row in batch),
            "import",
            at=self.at,
            actor=self.access.user,
            actor_name=self.actor_name,
        )
        return len(batch)

    def _action(self, row: Nouvelle, position: int) -> tuple[Any, ...]:
        return (
            self.semaine.pk,
            row.slug,
            position,
            self.arrivage.pk,
            ARRIVING,
            SourceAction.DECLARATION.value,
            self.at,
            self.at,
            self.at,
            *values_of(row.content),
        )

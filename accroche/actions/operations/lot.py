"""Many new sheets on their way to the moderation queue: what an académie's spreadsheet holds.

The same rows and the same journal as one sheet at a time (``declaration.declare``), in a few statements
for each batch, and no mail: nobody wants a thousand. How they arrive together: ``arrivage``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max

from accroche.actions.cycle import ARRIVING
from accroche.actions.models import Action, ActionPartenaire, ActionPorteur, Arrivage, Lien, Theme
from accroche.actions.operations import arrivage as arrivages
from accroche.actions.regles import SourceAction
from accroche.actions.saisie import COLUMNS, Contenu, PorteurSaisi
from accroche.annuaire.models import Porteur
from accroche.annuaire.regles import Niveau
from accroche.campagne.models import Partenaire
from accroche.commun.insertion import insert_many
from accroche.commun.models import JournalEntry
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
    *COLUMNS,
    *(level.value for level in Niveau),
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
        self.positions = count((last or 0) + 1)
        self.themes: dict[str, int] = {}
        self.carriers: dict[tuple[str, ...], int] = {}
        self.partners: dict[str, int] = {}

    def write(self, batch: Sequence[Nouvelle]) -> int:
        """Write the sheets of a batch, as many as others may wait for; return how many.

        Raises ``AbandonedError``, and ``IntegrityError`` when somebody removed a carrier meanwhile. It may be
        asked again after a failure: nothing was then written.
        """
        try:
            with transaction.atomic():
                return self._write(batch)
        except BaseException:  # some of those may have been made in the transaction that failed
            self.carriers.clear()
            self.partners.clear()
            self.themes.clear()
            raise

    def _write(self, batch: Sequence[Nouvelle]) -> int:
        arrivages.count(self.arrivage, len(batch))
        self._find_carriers([porteur for row in batch for porteur in row.content.porteurs])
        self._find_partners([partner.name for row in batch for partner in row.content.partenaires])
        self._find_themes([code for row in batch for code in row.content.themes])
        insert_many(Action, _ACTION, [self._action(row) for row in batch])
        numbers = dict(
            Action.with_arriving.filter(
                semaine=self.semaine, slug__in=[row.slug for row in batch], arrivage=self.arrivage.pk
            ).values_list("slug", "pk")
        )
        pairs = [(numbers[row.slug], row) for row in batch]
        insert_many(
            ActionPorteur,
            ("action_id", "porteur_id", "position"),
            [
                (action, carrier, position)
                for action, row in pairs
                for position, carrier in enumerate(
                    dict.fromkeys(self.carriers[_carrier_key(porteur)] for porteur in row.content.porteurs)
                )
            ],
        )
        insert_many(
            ActionPartenaire,
            ("action_id", "partenaire_id", "role", "part", "position"),
            [
                (action, self.partners[partner.name], partner.role, partner.part, position)
                for action, row in pairs
                for position, partner in enumerate(
                    {one.name: one for one in row.content.partenaires}.values()
                )
            ],
        )
        insert_many(
            Lien,
            ("action_id", "url", "label", "position"),
            [
                (action, link.url, link.label, position)
                for action, row in pairs
                for position, link in enumerate(row.content.liens)
            ],
        )
        insert_many(
            Action.themes.through,
            ("action_id", "theme_id"),
            [(action, self.themes[code]) for action, row in pairs for code in row.content.themes],
        )
        insert_many(
            JournalEntry,
            ("subject", "at", "actor_id", "actor_name", "verb", "note"),
            [self._entry(action, row) for action, row in pairs],
        )
        return len(pairs)

    def _action(self, row: Nouvelle) -> tuple[Any, ...]:
        content = row.content
        return (
            self.semaine.pk,
            row.slug,
            next(self.positions),
            self.arrivage.pk,
            ARRIVING,
            SourceAction.DECLARATION.value,
            self.at,
            self.at,
            self.at,
            *[getattr(content, name) for name in COLUMNS],
            *[level.value in content.levels for level in Niveau],
        )

    def _entry(self, action: int, row: Nouvelle) -> tuple[Any, ...]:
        user = self.access.user
        name = self.actor_name or (str(user) if user else "")
        return (f"action:{action}", self.at, user.pk if user else None, name, "import", row.note)

    def _find_carriers(self, wanted: Iterable[PorteurSaisi]) -> None:
        missing = {_carrier_key(row): row for row in wanted if _carrier_key(row) not in self.carriers}
        if not missing:
            return
        self._look_for_carriers(missing.values())
        new = [row for key, row in missing.items() if key not in self.carriers]
        if new:
            # one that a declarer makes at this very moment is theirs, and found next
            Porteur.objects.bulk_create(
                (
                    Porteur(
                        academie_id=self.semaine.academie_id,
                        kind=row.kind,
                        name=row.name,
                        commune=row.commune,
                        etablissement_id=row.uai or None,
                    )
                    for row in new
                ),
                ignore_conflicts=True,
            )
            self._look_for_carriers(new)

    def _look_for_carriers(self, rows: Iterable[PorteurSaisi]) -> None:
        codes = [row.uai for row in rows if row.uai]
        names = [row.name for row in rows if not row.uai]
        held = list(Porteur.objects.filter(etablissement_id__in=codes))
        held += Porteur.objects.filter(academie=self.semaine.academie_id, etablissement=None, name__in=names)
        for row in held:
            self.carriers[_key(row.uai or "", row.kind, row.name, row.commune)] = row.pk

    def _find_partners(self, names: Iterable[str]) -> None:
        missing = [name for name in dict.fromkeys(names) if name not in self.partners]
        if not missing:
            return
        self._look_for_partners(missing)
        if new := [name for name in missing if name not in self.partners]:
            Partenaire.objects.bulk_create(
                (Partenaire(name=name, kind="", internal=False) for name in new), ignore_conflicts=True
            )
            self._look_for_partners(new)

    def _look_for_partners(self, names: Sequence[str]) -> None:
        for row in Partenaire.objects.filter(name__in=names).order_by("-pk"):
            self.partners[row.name] = row.pk  # of several kinds, the first written

    def _find_themes(self, codes: Iterable[str]) -> None:
        for code in sorted({*codes} - self.themes.keys()):
            self.themes[code] = Theme.objects.get_or_create(code=code)[0].pk


def _key(uai: str, kind: str, name: str, commune: str) -> tuple[str, ...]:
    return (uai,) if uai else ("", kind, name, commune)


def _carrier_key(row: PorteurSaisi) -> tuple[str, ...]:
    return _key(row.uai, row.kind, row.name, row.commune)

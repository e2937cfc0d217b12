"""Many new sheets at once, straight into the moderation queue: what an académie's spreadsheet holds.

The same rows and the same journal as one sheet at a time (``declaration.declare``), in a few statements
for each batch, and no mail: nobody wants a thousand.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max, QuerySet

from accroche.actions.cycle import Etat
from accroche.actions.models import Action, ActionPartenaire, ActionPorteur, Lien, Theme
from accroche.actions.regles import SourceAction
from accroche.actions.saisie import COLUMNS, Contenu, PorteurSaisi
from accroche.annuaire.models import Porteur
from accroche.annuaire.regles import Niveau
from accroche.campagne.models import Partenaire, Semaine
from accroche.commun.journal import subject_of
from accroche.commun.models import JournalEntry
from accroche.comptes.permissions import Access
from accroche.comptes.regles import Place, Right


@dataclass(frozen=True, slots=True)
class Nouvelle:
    """A sheet to add. ``slug``: its address, which nobody else gives; ``note``: where it comes from."""

    content: Contenu
    slug: str
    note: str


@transaction.atomic
def declare_many(
    batches: Iterable[Sequence[Nouvelle]],
    *,
    semaine: Semaine,
    access: Access,
    at: dt.datetime,
    actor_name: str = "",
) -> int:
    """Write every sheet of ``batches`` as submitted; return how many. All of them or none.

    Batches are taken one by one: what gives them may stop everything by raising. Schools carry the names
    that the content gives, which are those of the directory.

    Raises ``PermissionDenied``, and ``IntegrityError`` when somebody wrote the same sheet meanwhile.
    """
    if not access.allows(Right.MODERATE, Place(academie=semaine.academie_id)):
        raise PermissionDenied
    writer = _Writer(semaine, access, at, actor_name)
    return sum(writer.write(batch) for batch in batches)


class _Writer:
    """What stays the same from batch to batch: carriers, partners and themes already met."""

    def __init__(self, semaine: Semaine, access: Access, at: dt.datetime, actor_name: str) -> None:
        self.semaine, self.access, self.at, self.actor_name = semaine, access, at, actor_name
        last = Action.objects.filter(semaine=semaine).aggregate(last=Max("position"))["last"]
        self.positions = count((last or 0) + 1)
        self.themes = {theme.code: theme.pk for theme in Theme.objects.order_by("pk")}
        self.carriers: dict[tuple[str, ...], int] = {}
        self.partners: dict[str, int] = {}

    def write(self, batch: Sequence[Nouvelle]) -> int:
        self._find_carriers([porteur for row in batch for porteur in row.content.porteurs])
        self._find_partners([partner.name for row in batch for partner in row.content.partenaires])
        self._find_themes([code for row in batch for code in row.content.themes])
        made = Action.objects.bulk_create([self._action(row) for row in batch])
        pairs = list(zip(made, batch, strict=True))
        ActionPorteur.objects.bulk_create(
            ActionPorteur(action_id=action.pk, porteur_id=number, position=position)
            for action, row in pairs
            for position, number in enumerate(
                dict.fromkeys(self.carriers[_carrier_key(porteur)] for porteur in row.content.porteurs)
            )
        )
        ActionPartenaire.objects.bulk_create(
            ActionPartenaire(
                action_id=action.pk,
                partenaire_id=self.partners[partner.name],
                role=partner.role,
                part=partner.part,
                position=position,
            )
            for action, row in pairs
            for position, partner in enumerate({one.name: one for one in row.content.partenaires}.values())
        )
        Lien.objects.bulk_create(
            Lien(action_id=action.pk, url=link.url, label=link.label, position=position)
            for action, row in pairs
            for position, link in enumerate(row.content.liens)
        )
        about: QuerySet[Any] = Action.themes.through.objects.all()
        about.bulk_create(
            Action.themes.through(action_id=action.pk, theme_id=self.themes[code])
            for action, row in pairs
            for code in row.content.themes
        )
        JournalEntry.objects.bulk_create(self._entry(action, row) for action, row in pairs)
        return len(made)

    def _action(self, row: Nouvelle) -> Action:
        content = row.content
        return Action(
            semaine_id=self.semaine.pk,
            slug=row.slug,
            position=next(self.positions),
            etat=Etat.SUBMITTED,
            source=SourceAction.DECLARATION,
            created_at=self.at,
            updated_at=self.at,
            submitted_at=self.at,
            **{name: getattr(content, name) for name in COLUMNS},
            **{level.value: level.value in content.levels for level in Niveau},
        )

    def _entry(self, action: Action, row: Nouvelle) -> JournalEntry:
        user = self.access.user
        return JournalEntry(
            subject=subject_of(action),
            at=self.at,
            actor=user,
            actor_name=self.actor_name or (str(user) if user else ""),
            verb="import",
            note=row.note,
        )

    def _find_carriers(self, wanted: Iterable[PorteurSaisi]) -> None:
        missing = {_carrier_key(row): row for row in wanted if _carrier_key(row) not in self.carriers}
        if not missing:
            return
        codes = [row.uai for row in missing.values() if row.uai]
        names = [row.name for row in missing.values() if not row.uai]
        held = list(Porteur.objects.filter(etablissement_id__in=codes))
        held += Porteur.objects.filter(academie=self.semaine.academie_id, etablissement=None, name__in=names)
        for row in held:
            self.carriers[_key(row.uai or "", row.kind, row.name, row.commune)] = row.pk
        new = [row for key, row in missing.items() if key not in self.carriers]
        made = Porteur.objects.bulk_create(
            Porteur(
                academie_id=self.semaine.academie_id,
                kind=row.kind,
                name=row.name,
                commune=row.commune,
                etablissement_id=row.uai or None,
            )
            for row in new
        )
        self.carriers |= {_carrier_key(row): porteur.pk for row, porteur in zip(new, made, strict=True)}

    def _find_partners(self, names: Iterable[str]) -> None:
        missing = [name for name in dict.fromkeys(names) if name not in self.partners]
        if not missing:
            return
        for row in Partenaire.objects.filter(name__in=missing).order_by("-pk"):
            self.partners[row.name] = row.pk  # of several kinds, the first written
        new = [name for name in missing if name not in self.partners]
        made = Partenaire.objects.bulk_create(Partenaire(name=name, kind="", internal=False) for name in new)
        self.partners |= {row.name: row.pk for row in made}

    def _find_themes(self, codes: Iterable[str]) -> None:
        for code in {*codes} - self.themes.keys():
            self.themes[code] = Theme.objects.get_or_create(code=code)[0].pk


def _key(uai: str, kind: str, name: str, commune: str) -> tuple[str, ...]:
    return (uai,) if uai else ("", kind, name, commune)


def _carrier_key(row: PorteurSaisi) -> tuple[str, ...]:
    return _key(row.uai, row.kind, row.name, row.commune)

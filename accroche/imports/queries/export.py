"""The sheets of a semaine as a spreadsheet that may come back: the queue, or all that is public."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path

from django.utils import timezone

from accroche.actions.cycle import Etat
from accroche.actions.models import Action, ActionQuerySet
from accroche.actions.queries.contenu import CONTENT_PARTS, content_of
from accroche.annuaire.models import Academie
from accroche.campagne.models import Edition
from accroche.comptes.permissions import Access
from accroche.comptes.regles import Place, Right
from accroche.imports.recensement.champs import Champ
from accroche.imports.recensement.round_trip import cells_of, columns
from accroche.imports.recensement.tables import BEFORE
from accroche.integrations.tableur.ecriture import Feuille, csv_lines, write_xlsx
from accroche.lib.dates import format_date
from accroche.lib.tableur.cellules import Cell

_AT_A_TIME = 500
_WIDE = {Champ.TITRE, Champ.ETABLISSEMENT, Champ.DESCRIPTION, Champ.PARTENAIRES}


class Contenance(StrEnum):
    """What an export holds."""

    FILE = "file"
    CATALOGUE = "catalogue"

    @property
    def label(self) -> str:
        """The words shown to people."""
        return {"file": "La file de relecture", "catalogue": "Les fiches publiées"}[self.value]


def exported(academie: Academie, edition: Edition, what: Contenance, access: Access) -> ActionQuerySet:
    """Return the sheets to export: only those the person may see."""
    rows = Action.objects.filter(semaine__academie=academie, semaine__edition=edition)
    if what is Contenance.FILE:
        return rows.within(access, Right.MODERATE).filter(etat__in=[Etat.SUBMITTED, Etat.TO_COMPLETE])
    return rows.visible_to(access).filter(etat=Etat.PUBLISHED)


def columns_for(academie: Academie, access: Access) -> tuple[Champ, ...]:
    """Return the columns a person may read there."""
    return columns(private=access.allows(Right.MODERATE, Place(academie=academie.pk)))


def rows_of(actions: ActionQuerySet, champs: Sequence[Champ]) -> Iterator[list[Cell]]:
    """Yield the cells of each sheet, in a fixed number of queries for each few hundred."""
    found = actions.order_by("position", "pk").prefetch_related(*CONTENT_PARTS)
    for action in found.iterator(chunk_size=_AT_A_TIME):
        yield cells_of(content_of(action), champs, number=action.pk, version=action.version, etat=action.etat)


def csv_of(actions: ActionQuerySet, champs: Sequence[Champ]) -> Iterator[str]:
    """Yield the lines of a CSV."""
    return csv_lines([champ.label for champ in champs], rows_of(actions, champs))


def workbook_of(path: Path, actions: ActionQuerySet, champs: Sequence[Champ], title: str) -> None:
    """Write a workbook: the sheets, what explains the columns, and hidden, what the cells were."""
    wide = frozenset(position for position, champ in enumerate(champs) if champ in _WIDE)
    explanation = [
        [title],
        [f"Exporté le {format_date(timezone.localdate())}."],
        ["Modifiez les cases et réimportez ce fichier : le site montre chaque différence avant d’écrire."],
        ["Ne changez ni l’identifiant, ni la version."],
        ["Une ligne sans identifiant est une fiche nouvelle ; une ligne retirée ne supprime rien."],
        [""],
        *([champ.label, champ.explanation] for champ in champs),
    ]
    write_xlsx(
        path,
        [
            Feuille("Fiches", [champ.label for champ in champs], rows_of(actions, champs), wide),
            Feuille(BEFORE, ["Identifiant", "Cellules"], _kept(actions, champs), hidden=True),
        ],
        explanation,
    )


def _kept(actions: ActionQuerySet, champs: Sequence[Champ]) -> Iterator[list[Cell]]:
    """What the cells were, in a hidden sheet: tells a change of the file from one of the site."""
    for cells in rows_of(actions, champs):
        told = {
            champ.value: cell.isoformat() if isinstance(cell, dt.date) else cell
            for champ, cell in zip(champs, cells, strict=True)
        }
        yield [cells[0], json.dumps(told, ensure_ascii=False)]

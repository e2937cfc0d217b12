"""Sheets as a spreadsheet that may come back: the queue of a semaine, what is public, or any selection."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from django.utils import timezone

from accroche.actions.cycle import Etat
from accroche.actions.models import Action, ActionQuerySet
from accroche.actions.queries.contenu import content_of
from accroche.annuaire.models import Academie
from accroche.campagne.models import Edition, Semaine
from accroche.comptes.permissions import Access
from accroche.comptes.regles import Place, Right
from accroche.imports.queries.informations import FOLLOWED, PREFETCHED, informations
from accroche.imports.recensement.champs import Champ
from accroche.imports.recensement.round_trip import cells_of, columns
from accroche.imports.recensement.tables import BEFORE
from accroche.integrations.tableur.ecriture import Feuille, csv_lines, write_xlsx
from accroche.lib.dates import format_date
from accroche.lib.libelles import Libelle
from accroche.lib.tableur.cellules import Cell
from accroche.lib.texte import liste, nombre, pluriel

_AT_A_TIME = 500
_KEPT_PART = 30_000
#: Sheets of a workbook, which is whole before it is sent: some twenty seconds. A CSV goes out line by line.
MOST_IN_A_WORKBOOK = 20_000
#: What says where a sheet is, in a file that holds those of several places.
_PLACES = ("Académie", "Édition")
#: What a file that comes back may change.
_WRITTEN_BACK = (Etat.SUBMITTED, Etat.TO_COMPLETE, Etat.PUBLISHED)
_WIDE = {Champ.TITRE, Champ.ETABLISSEMENT, Champ.DESCRIPTION, Champ.PARTENAIRES}


class Contenance(Libelle):
    """What an export holds."""

    FILE = "file", "La file de relecture"
    CATALOGUE = "catalogue", "Les fiches publiées"


def exported(academie: Academie, edition: Edition, what: Contenance, access: Access) -> ActionQuerySet:
    """Return the sheets to export, in their order: only those the person may see."""
    rows = Action.objects.filter(semaine__academie=academie, semaine__edition=edition)
    rows = rows.order_by("position", "pk")
    if what is Contenance.FILE:
        return rows.within(access, Right.MODERATE).filter(etat__in=[Etat.SUBMITTED, Etat.TO_COMPLETE])
    return rows.visible_to(access).filter(etat=Etat.PUBLISHED)


def columns_for(academie: Academie, access: Access) -> tuple[Champ, ...]:
    """Return the columns a person may read there."""
    return columns(private=access.allows(Right.MODERATE, Place(academie=academie.pk)))


@dataclass(frozen=True, slots=True)
class TableauFiches:
    """Sheets to write, in their order, under the columns the person may read.

    ``places``: two columns more say the académie and the edition of each; coming back, they change nothing.
    ``limits``: what the file cannot do, for who opens it.
    """

    actions: ActionQuerySet
    champs: Sequence[Champ]
    title: str
    places: bool = False
    limits: tuple[str, ...] = ()

    @property
    def headings(self) -> list[str]:
        """The first row."""
        return [*(champ.label for champ in self.champs), *(_PLACES if self.places else ())]

    def rows(self) -> Iterator[list[Cell]]:
        """Yield the cells of each sheet, in a fixed number of queries for each few hundred."""
        found = self.actions.select_related(*FOLLOWED).prefetch_related(*PREFETCHED)
        sheets = found.iterator(chunk_size=_AT_A_TIME)
        while some := list(islice(sheets, _AT_A_TIME)):
            known = informations(some)
            for action in some:
                cells = cells_of(content_of(action), self.champs, known[action.pk])
                where = (str(action.semaine.academie), str(action.semaine.edition))
                yield [*cells, *where] if self.places else cells


def selection(actions: ActionQuerySet, access: Access, filtre: str = "") -> TableauFiches:
    """Return a selection as a table, with what it can and cannot do; six queries.

    ``filtre``: what chose them, in words.
    Private columns go to who moderates every one of its sheets, and to nobody else.
    """
    numbers = actions.order_by().values("pk")
    elsewhere = Action.objects.exclude(pk__in=Action.objects.within(access, Right.MODERATE).values("pk"))
    own = not elsewhere.filter(pk__in=numbers).exists()
    found = list(
        Semaine.objects.filter(actions__pk__in=numbers)
        .select_related("academie", "edition")
        .distinct()
        .order_by("pk")[:2]
    )
    several = len(found) > 1
    count = actions.count()
    told = f"{nombre(count)} {pluriel(count, 'fiche', 'fiches')}"
    limits = [f"{told}, par le filtre « {filtre} »." if filtre else f"{told}."]
    if several:
        limits.append(
            "Ce fichier réunit plusieurs académies ou éditions. Il se réimporte pour une seule à la fois : "
            "les lignes des autres sont signalées, et rien n’y est écrit."
        )
    if not own:
        limits.append(
            "Les contacts réservés aux académies n’y sont pas. Une fiche se réimporte par qui la modère."
        )
    if actions.exclude(etat__in=_WRITTEN_BACK).exists():
        limits.append("Au retour, seules les fiches à relire, à compléter ou publiées sont modifiées.")
    where = ", plusieurs académies ou éditions" if several else "".join(map(_titled, found))
    return TableauFiches(
        actions, columns(private=own), f"Fiches choisies{where}", places=several, limits=tuple(limits)
    )


def _titled(semaine: Semaine) -> str:
    return f", académie : {semaine.academie}, édition {semaine.edition}"


def csv_of(tableau: TableauFiches) -> Iterator[str]:
    """Yield the lines of a CSV."""
    return csv_lines(tableau.headings, tableau.rows())


def workbook_of(path: Path, tableau: TableauFiches) -> None:
    """Write a workbook: the sheets, what explains the columns, and hidden, what the cells were."""
    champs = tableau.champs
    wide = frozenset(position for position, champ in enumerate(champs) if champ in _WIDE)
    explanation = [
        [tableau.title],
        [f"Exporté le {format_date(timezone.localdate())}."],
        *([limit] for limit in tableau.limits),
        ["Modifiez les cases et réimportez ce fichier : le site montre chaque différence avant d’écrire."],
        ["Ne changez ni l’identifiant, ni la version."],
        *_informs(champs),
        ["Une ligne sans identifiant est une fiche nouvelle ; une ligne retirée ne supprime rien."],
        [""],
        *([champ.label, champ.explanation] for champ in champs),
    ]
    with TemporaryFile("w+", encoding="utf-8") as kept:
        write_xlsx(
            path,
            [
                Feuille("Fiches", tableau.headings, _keeping(tableau, kept), wide),
                Feuille(BEFORE, ["Identifiant", "Cellules"], _kept(kept), hidden=True),
            ],
            explanation,
        )


def _informs(champs: Sequence[Champ]) -> Iterator[list[str]]:
    if told := [champ.label for champ in champs if champ.is_information]:
        yield [f"Pour information, ce qui y est changé n’est pas repris : {liste(told)}."]


def _keeping(tableau: TableauFiches, kept: IO[str]) -> Iterator[list[Cell]]:
    """The rows of a table; what their cells are is kept aside, so that both sheets tell of one moment."""
    for cells in tableau.rows():
        told = {
            champ.value: cell.isoformat() if isinstance(cell, dt.date) else cell
            for champ, cell in zip(tableau.champs, cells, strict=False)  # without the places
        }
        kept.write(json.dumps([cells[0], json.dumps(told, ensure_ascii=False)]) + "\n")
        yield cells


def _kept(kept: IO[str]) -> Iterator[list[Cell]]:
    """What the cells were, in a hidden sheet: tells a change of the file from one of the site."""
    kept.seek(0)
    for line in kept:
        number, text = json.loads(line)
        # a long sheet goes beyond what one cell takes
        yield [number, *(text[at : at + _KEPT_PART] for at in range(0, len(text), _KEPT_PART))]

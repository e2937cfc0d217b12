"""Every row of a file against what the site holds: reads the database, writes nothing."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, islice
from pathlib import Path
from typing import Any, Final

from django.db.models import QuerySet

from accroche.actions.cycle import Etat
from accroche.actions.models import ARRIVED, Action, ActionPorteur, DoublonEcarte
from accroche.actions.queries.contenu import content_of
from accroche.actions.saisie import PorteurSaisi
from accroche.annuaire.models import Academie
from accroche.campagne.models import Edition, Semaine
from accroche.comptes.permissions import Access
from accroche.comptes.regles import Right
from accroche.imports.queries.ecole import Ecole
from accroche.imports.queries.ecoles import Ecoles
from accroche.imports.queries.informations import FOLLOWED, PREFETCHED, informations
from accroche.imports.queries.memoire import rentree
from accroche.imports.recensement.answers import PORTEUR, entitle, fill, infer, levels_told, of_the_school
from accroche.imports.recensement.champs import Champ
from accroche.imports.recensement.differences import (
    WHO,
    CellDifference,
    RowTold,
    cell_differences,
    content_of_row,
    porteur_keys,
)
from accroche.imports.recensement.informations import Informations
from accroche.imports.recensement.lieux import elsewhere
from accroche.imports.recensement.places import Place, Places, days_of
from accroche.imports.recensement.retour import Colonnes, tell_same_school, touched_cells
from accroche.imports.recensement.round_trip import COLUMNS, DAYS, cells_of, table_of
from accroche.imports.recensement.row import Row
from accroche.imports.recensement.rows import RowReader, address_in
from accroche.imports.recensement.tables import BEFORE, LeftOutRows, Tables, rows_of
from accroche.imports.recensement.verdicts import Fate, Verdict, address, fingerprint
from accroche.integrations.tableur import read_rows
from accroche.lib.dates import Window, format_window
from accroche.lib.tableur.cellules import Cell, line_of, text_of
from accroche.lib.texte import slug

#: Rows looked at together: enough to ask the database rarely, few enough to stay small.
BATCH: Final = 500
_MARK: Final = re.compile(r"-([0-9a-f]{16})$")
_WRITABLE: Final = frozenset({Etat.SUBMITTED, Etat.TO_COMPLETE, Etat.PUBLISHED})

#: What is said of a row whose title and carriers another has: its days or its text may be another action's.
_ALIKE: Final = "Une seule fiche est reprise : s’il y a deux actions, donnez-leur des titres différents."
_OTHER_DAYS: Final = (
    "Écrivez toutes les dates dans une seule ligne, ou donnez à chaque séance un titre qui la distingue."
)
#: Our columns that name who carries a sheet.
_NAMING: Final = (Champ.ETABLISSEMENT, Champ.UAI)

Tick = Callable[[int], None]


@dataclass(slots=True)
class Confrontation:
    """One file, one académie, one edition. :meth:`verdicts` may be asked once.

    ``tick`` is told how many rows are done after each batch; it may raise to stop everything.
    ``answers``: what holds for the new rows that do not say it, see ``recensement.answers``.
    ``organismes``: what names are, an UAI or a kind of organisation, before what is remembered.
    """

    spool: Path
    tables: Tables
    edition: Edition
    academie: Academie
    access: Access
    at: dt.datetime
    tick: Tick = lambda _done: None
    answers: Mapping[str, str] = field(default_factory=dict)
    organismes: Mapping[str, str] = field(default_factory=dict)
    skipped: LeftOutRows = field(default_factory=LeftOutRows)
    _seen: Places = field(default_factory=Places)
    _held: dict[str, int] = field(default_factory=dict)
    _apart: dict[str, list[int]] = field(default_factory=dict)
    _given: set[int] = field(default_factory=set)
    _copied: dict[int, int] = field(default_factory=dict)
    _before: dict[str, str] = field(default_factory=dict)
    _windows: tuple[Window, ...] = ()
    _ours: RowReader = field(init=False)
    _ecoles: Ecoles = field(init=False)

    def verdicts(self) -> Iterator[Verdict]:
        """Yield what becomes of each row, in the order of the file."""
        semaine = Semaine.objects.filter(edition=self.edition, academie=self.academie).first()
        self._windows = semaine.windows if semaine else ()
        self._ecoles = Ecoles(
            self.academie,
            self.at.date(),
            rentree(self.edition.year),
            porteur=self.answers.get(PORTEUR, ""),
            told=self.organismes,
        )
        self._ours = RowReader(table_of(COLUMNS), self.edition.year)
        self._held = held_marks(semaine)
        self._apart = apart_marks(semaine)
        self._before = _before(self.spool)
        columns = {table.sheet: Colonnes.of(table) for table in self.tables.tables}
        rows = rows_of(self.spool, self.tables.tables, self.edition.year, self.skipped)
        done = 0
        while batch := list(islice(rows, BATCH)):
            yield from self._batch(batch, semaine, columns)
            done += len(batch)
            self.tick(done)

    @property
    def carriers(self) -> dict[str, Any]:
        """The names nobody knows, or that somebody said, and how many rows name nobody; once all are read."""
        return self._ecoles.carriers(self.organismes)

    def _batch(
        self, batch: Sequence[Row], semaine: Semaine | None, columns: Mapping[str, Colonnes]
    ) -> Iterator[Verdict]:
        found = []
        wanted: set[int] = set()
        for row in batch:
            entitle(row, self.answers)
            # who carries a sheet that is named is asked once somebody changed it
            schools, porteurs = ([], []) if row.identifiant else self._carriers(row)
            mark = fingerprint(row.title, porteur_keys(porteurs))
            number = _number(row.identifiant) if row.identifiant else self._which(mark)
            if number:
                wanted.add(number)
                self._given.add(number)
            found.append((row, schools, porteurs, mark, number))
        lost = [row for row, *_, number in found if not number and columns[row.sheet].is_ours and row.version]
        by_cells = self._by_cells(lost, semaine, columns)
        wanted |= set(by_cells.values())
        sheets = self._sheets(wanted, semaine)
        known = informations([*sheets.values()])
        for row, schools, porteurs, mark, number in found:
            action = sheets.get(number or by_cells.get(id(row), 0))
            if action is None:
                _fill(row, schools)
                yield self._new(row, porteurs, mark)
            else:
                yield self._there(row, porteurs, action, known[action.pk], columns[row.sheet])

    def _carriers(self, row: Row) -> tuple[list[Ecole], list[PorteurSaisi]]:
        """The schools of a row, and all who carry its action; what is not found is told in its remarks."""
        schools, others = self._ecoles.porteurs(row)
        carriers = [one.porteur for one in schools] + others
        if row.place and not row.identifiant and not row.names_places:
            names = [*row.mentions, *(one.name for one in carriers)]
            row.place = elsewhere(row.place, names, [row.commune, *(one.commune for one in carriers)])
        return schools, carriers

    def _which(self, mark: str) -> int | None:
        """The sheet of a row without a number. Two of one title and school told apart are one row each."""
        first = self._held.get(mark)
        if first not in self._given:
            return first
        return next((number for number in self._apart.get(mark, ()) if number not in self._given), first)

    def _by_cells(
        self, rows: Sequence[Row], semaine: Semaine | None, columns: Mapping[str, Colonnes]
    ) -> dict[int, int]:
        """The sheets of rows of ours whose number was emptied and whose carriers are not recognised.

        By the identity of the row: its title and the very cells that name who carries it tell which it is.
        """
        if not rows or semaine is None:
            return {}
        named = Action.objects.filter(semaine=semaine, title__in={row.title for row in rows})
        told = {
            (action.title, *map(text_of, cells_of(content_of(action), _NAMING))): action.pk
            for action in named.prefetch_related(*PREFETCHED).order_by("-pk")
        }
        found = {}
        for row in rows:
            cells = columns[row.sheet].cells(row)
            number = told.get((row.title, *(text_of(cells.get(champ)) for champ in _NAMING)))
            if not row.identifiant and number and number not in self._given:
                self._given.add(number)
                found[id(row)] = number
        return found

    def _sheets(self, numbers: set[int], semaine: Semaine | None) -> dict[int, Action]:
        if not numbers or semaine is None:
            return {}
        rows = Action.objects.within(self.access, Right.MODERATE).filter(pk__in=numbers, semaine=semaine)
        rows = rows.select_related(*FOLLOWED).prefetch_related(*PREFETCHED)
        return {row.pk: row for row in rows.order_by("pk")}

    def _new(self, row: Row, porteurs: list[PorteurSaisi], mark: str) -> Verdict:
        """A row about no sheet of the site."""
        if row.identifiant:
            row.note(
                Champ.IDENTIFIANT,
                f"Aucune fiche de cette semaine ne porte le numéro « {row.identifiant} ».",
                "Videz la case pour une fiche nouvelle, ou choisissez l’édition de l’export.",
            )
        self._ecoles.refuse_closed(row, porteurs)
        if row.is_blocked:
            return Verdict(row, Fate.REFUSED)
        key, days = int(mark, 16), days_of(row)
        twin = self._seen.first(key, row.where, days)
        if twin != row.where:
            return _alike(row, twin, apart=days not in {0, self._seen.days(key)})
        infer(row, self._windows)
        fill(row, self.answers)
        slug_of_row = address(row.title, mark)
        content = content_of_row(row, porteurs)
        year = self.edition.year
        return Verdict(row, Fate.NEW, content.porteurs, slug=slug_of_row, content=content, year=year)

    def _there(
        self, row: Row, porteurs: list[PorteurSaisi], action: Action, about: Informations, columns: Colonnes
    ) -> Verdict:
        """A row about a sheet of the site: only the cells somebody touched are read."""
        content = content_of(action)
        cells = cells_of(content, COLUMNS, about)
        ours = dict(zip(COLUMNS, cells, strict=True))
        came_back = bool(row.identifiant) or (columns.is_ours and bool(row.version))
        was = self._exported(row, action, ours) if came_back else None
        touched = columns.fields & row.letters.keys()  # one of several actions of a row may say less
        if came_back:
            touched = touched_cells(row, columns, ours, was)
        if row.identifiant:
            porteurs = self._carriers(row)[1] if touched & WHO else list(content.porteurs)
        self._ecoles.refuse_closed(row, porteurs, held={one.uai for one in content.porteurs})
        if row.is_blocked:
            return Verdict(row, Fate.REFUSED)
        if twice := self._repeated(row, action.pk):
            return twice
        if came_back and not row.identifiant:
            row.note(
                Champ.IDENTIFIANT,
                f"L’identifiant est vide : c’est la fiche {action.pk}, par son titre et ses établissements.",
                blocks=False,
            )
        found: tuple[CellDifference, ...] = ()
        if touched:
            found = cell_differences(
                RowTold(row, tuple(porteurs)),
                RowTold(self._ours.read(0, cells), content.porteurs),
                self._ours.read(0, [was.get(champ) for champ in COLUMNS]) if was else None,
                touched,
                by_identity=not came_back,
            )
        if came_back and not WHO & {one.champ for one in found}:
            tell_same_school(row, touched)
        if found and Etat(action.etat) not in _WRITABLE:
            label = Etat(action.etat).label
            row.note(Champ.ETAT, f"La fiche est « {label} » : elle n’est pas modifiée.", blocks=False)
            found = ()
        fate = Fate.CHANGED if found else Fate.SAME
        carriers = tuple(porteurs) if found else ()
        return Verdict(row, fate, carriers, action=action.pk, version=action.version, differences=found)

    def _repeated(self, row: Row, number: int) -> Verdict | None:
        """What becomes of a second row about one sheet; nothing of a first."""
        place = self._seen.first(-number, row.where)  # unlike any mark of a new row
        if place == row.where:
            if row.identifiant:
                self._copied[number] = _told(row)
            return None
        if not row.identifiant or number not in self._copied:
            return _alike(row, place)
        if self._copied[number] == _told(row):
            return _twice(row, Champ.IDENTIFIANT, f"Même identifiant que la ligne {place[1]}.")
        row.note(
            Champ.IDENTIFIANT,
            f"Même identifiant que la ligne {place[1]}, qui ne dit pas la même chose.",
            "Videz l’identifiant pour une fiche nouvelle, ou ne gardez qu’une des deux lignes.",
        )
        return Verdict(row, Fate.REFUSED)

    def _exported(self, row: Row, action: Action, ours: Mapping[Champ, Cell]) -> Mapping[Champ, Cell] | None:
        """The cells as they were exported: kept in the workbook, or as they are when nobody wrote since."""
        kept = self._before.get(str(action.pk))
        if kept:
            return _read_kept(kept)
        return ours if _number(row.version) == action.version else None


def _alike(row: Row, twin: Place, *, apart: bool = False) -> Verdict:
    """What becomes of a row that has the title and the carriers of one before it, told by its place.

    ``apart``: it begins or ends another day, which is lost with it.
    """
    same_row = twin[:2] == row.where[:2]
    first = "l’autre action de la ligne" if same_row else f"la ligne {twin[1]}"
    message = f"Même titre et mêmes porteurs que {first}"
    if apart and row.starts:
        days = format_window((row.starts, row.ends or row.starts))
        return _twice(row, Champ.TITRE, f"{message} : ses dates, {days}, ne sont pas reprises.", _OTHER_DAYS)
    return _twice(row, Champ.TITRE, f"{message}.", _ALIKE)


def _twice(row: Row, champ: Champ, message: str, advice: str = "Elle n’est reprise qu’une fois.") -> Verdict:
    row.note(champ, message, advice, blocks=False)
    return Verdict(row, Fate.TWICE)


def _told(row: Row) -> int:
    """What a row says, short enough to be kept of each."""
    return hash(tuple(text_of(cell) for cell in row.cells))


def held_marks(semaine: Semaine | None) -> dict[str, int]:
    """Return the sheets of a semaine by what makes two the same, as imported and as they are now."""
    if semaine is None:
        return {}
    found: dict[str, int] = {}
    for number, told in _marks(ActionPorteur.objects.filter(ARRIVED, action__semaine=semaine)):
        found.setdefault(told, number)
    for number, written in Action.objects.filter(semaine=semaine).order_by("pk").values_list("pk", "slug"):
        if mark := _MARK.search(written):
            found[mark[1]] = number
    return found


def apart_marks(semaine: Semaine | None) -> dict[str, list[int]]:
    """The sheets of a semaine that moderators told apart from others, by what makes two the same."""
    found: dict[str, list[int]] = {}
    if semaine is None:
        return found
    pairs = DoublonEcarte.objects.filter(one__semaine=semaine, other__semaine=semaine)
    numbers = {number for pair in pairs.order_by("pk").values_list("one", "other") for number in pair}
    for number, mark in _marks(ActionPorteur.objects.filter(ARRIVED, action__in=numbers)):
        found.setdefault(mark, []).append(number)
    return found


def _marks(portages: QuerySet[ActionPorteur]) -> Iterator[tuple[int, str]]:
    """What makes each sheet the same as another, by their numbers, in their order."""
    rows = portages.order_by("action_id", "position").values_list(
        "action_id", "action__title", "porteur__etablissement_id", "porteur__name", "porteur__commune"
    )
    for (number, title), group in groupby(rows.iterator(2000), key=lambda row: row[:2]):
        keys = [str(uai or slug(f"{name} {commune}")) for _, _, uai, name, commune in group]
        yield number, fingerprint(title, keys)


def _fill(row: Row, schools: list[Ecole]) -> None:
    """What is inferred for a new sheet: its level by its school, and where questions go.

    Never for a sheet of the site: an empty cell there is one that somebody left empty.
    """
    levels = {school.level for school in schools if school.level}
    if not row.levels:
        row.levels = levels_told(row, levels)
    of_the_school(row, levels)
    if not row.private_email:
        row.private_email = address_in(row)
    if not row.private_email and schools:
        row.private_email = schools[0].email


def _number(written: str) -> int | None:
    return int(written) if written.isdecimal() and len(written) < 19 else None  # noqa: PLR2004 - a bigint


def _before(spool: Path) -> dict[str, str]:
    """The rows as our export wrote them, by number, as JSON: few are ever looked at."""
    kept: dict[str, str] = {}
    for _, cells in read_rows(spool, BEFORE):
        if len(cells) > 1 and cells[0] is not None:
            kept[line_of(cells[0])] = "".join(cell for cell in cells[1:] if isinstance(cell, str))
    return kept


def _read_kept(text: str) -> Mapping[Champ, Cell] | None:
    try:
        told = {Champ(name): cell for name, cell in json.loads(text).items()}
        return told | {day: dt.date.fromisoformat(told[day]) for day in DAYS if told.get(day)}
    except (ValueError, TypeError, AttributeError):
        return None  # somebody wrote in the hidden sheet: as if it were not there

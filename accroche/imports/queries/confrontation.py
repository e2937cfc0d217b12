"""Every row of a file against what the site holds: reads the database, writes nothing."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, islice
from pathlib import Path
from typing import Final

from django.db.models import QuerySet

from accroche.actions.cycle import Etat
from accroche.actions.models import ARRIVED, Action, ActionPorteur, DoublonEcarte
from accroche.actions.queries.contenu import CONTENT_PARTS, content_of
from accroche.actions.saisie import PorteurSaisi
from accroche.annuaire.models import Academie
from accroche.annuaire.regles import Niveau
from accroche.campagne.models import Edition, Semaine
from accroche.comptes.permissions import Access
from accroche.comptes.regles import Right
from accroche.imports.queries.ecoles import Ecole, Ecoles
from accroche.imports.recensement import publication
from accroche.imports.recensement.answers import fill
from accroche.imports.recensement.champs import Champ
from accroche.imports.recensement.round_trip import COLUMNS, cells_of, table_of
from accroche.imports.recensement.rows import Row, RowReader
from accroche.imports.recensement.tables import BEFORE, LeftOutRows, Tables, rows_of
from accroche.imports.recensement.verdicts import (
    Fate,
    Verdict,
    address,
    cell_differences,
    fingerprint,
    porteur_keys,
)
from accroche.integrations.tableur import read_rows
from accroche.lib.tableur.cellules import Cell, line_of
from accroche.lib.texte import slug

#: Rows looked at together: enough to ask the database rarely, few enough to stay small.
BATCH: Final = 500
_MARK: Final = re.compile(r"-([0-9a-f]{16})$")
_WRITABLE: Final = frozenset({Etat.SUBMITTED, Etat.TO_COMPLETE, Etat.PUBLISHED})

Tick = Callable[[int], None]


@dataclass(slots=True)
class Confrontation:
    """One file, one académie, one edition. :meth:`verdicts` may be asked once.

    ``tick`` is told how many rows are done after each batch; it may raise to stop everything.
    ``answers``: what holds for the new rows that do not say it, see ``recensement.answers``.
    """

    spool: Path
    tables: Tables
    edition: Edition
    academie: Academie
    access: Access
    at: dt.datetime
    tick: Tick = lambda _done: None
    answers: Mapping[str, str] = field(default_factory=dict)
    skipped: LeftOutRows = field(default_factory=LeftOutRows)
    _seen: dict[str, int] = field(default_factory=dict)
    _held: dict[str, int] = field(default_factory=dict)
    _apart: dict[str, list[int]] = field(default_factory=dict)
    _given: set[int] = field(default_factory=set)
    _before: dict[str, str] = field(default_factory=dict)
    _ours: RowReader = field(init=False)
    _ecoles: Ecoles = field(init=False)

    def verdicts(self) -> Iterator[Verdict]:
        """Yield what becomes of each row, in the order of the file."""
        semaine = Semaine.objects.filter(edition=self.edition, academie=self.academie).first()
        self._ecoles = Ecoles(self.academie, self.at.date())
        self._ours = RowReader(table_of(COLUMNS), self.edition.year)
        self._held = held_marks(semaine)
        self._apart = apart_marks(semaine)
        self._before = _before(self.spool)
        fields = {table.sheet: table.fields for table in self.tables.tables}
        rows = rows_of(self.spool, self.tables.tables, self.edition.year, self.skipped)
        done = 0
        while batch := list(islice(rows, BATCH)):
            yield from self._batch(batch, semaine, fields)
            done += len(batch)
            self.tick(done)

    def _batch(
        self, batch: Sequence[Row], semaine: Semaine | None, fields: dict[str, frozenset[Champ]]
    ) -> Iterator[Verdict]:
        found = []
        wanted: set[int] = set()
        for row in batch:
            schools, others = self._ecoles.porteurs(row)
            _fill(row, schools)
            porteurs = [PorteurSaisi(one.uai, one.kind, one.name, one.commune) for one in schools] + others
            mark = fingerprint(row.title, porteur_keys(porteurs))
            number = _number(row.identifiant) if row.identifiant else self._which(mark)
            if number:
                wanted.add(number)
                self._given.add(number)
            found.append((row, porteurs, mark, number))
        sheets = self._sheets(wanted, semaine)
        for row, porteurs, mark, number in found:
            yield self._verdict(row, porteurs, mark, sheets.get(number or 0), fields[row.sheet])

    def _which(self, mark: str) -> int | None:
        """The sheet of a row without a number. Two of one title and school told apart are one row each."""
        first = self._held.get(mark)
        if first not in self._given:
            return first
        return next((number for number in self._apart.get(mark, ()) if number not in self._given), first)

    def _sheets(self, numbers: set[int], semaine: Semaine | None) -> dict[int, Action]:
        if not numbers or semaine is None:
            return {}
        rows = Action.objects.within(self.access, Right.MODERATE).filter(pk__in=numbers, semaine=semaine)
        return {row.pk: row for row in rows.prefetch_related(*CONTENT_PARTS).order_by("pk")}

    def _verdict(
        self,
        row: Row,
        porteurs: list[PorteurSaisi],
        mark: str,
        action: Action | None,
        fields: frozenset[Champ],
    ) -> Verdict:
        if row.identifiant and action is None:
            row.note(
                Champ.IDENTIFIANT,
                f"Aucune fiche de cette semaine ne porte le numéro « {row.identifiant} ».",
                "Videz la case pour une fiche nouvelle, ou choisissez l’édition de l’export.",
            )
        if row.is_blocked:
            return Verdict(row, Fate.REFUSED)
        twin = self._seen.setdefault(f"n{action.pk}" if action else mark, row.number)
        if twin != row.number:
            row.note(
                Champ.TITRE,
                f"Même action que la ligne {twin}.",
                "Elle n’est reprise qu’une fois.",
                blocks=False,
            )
            return Verdict(row, Fate.TWICE)
        if action is None:
            fill(row, self.answers)
            lacking = publication.missing(row, porteurs, self.edition.year)
            return Verdict(row, Fate.NEW, tuple(porteurs), slug=address(row.title, mark), missing=lacking)
        return self._compared(row, porteurs, action, fields)

    def _compared(
        self, row: Row, porteurs: list[PorteurSaisi], action: Action, fields: frozenset[Champ]
    ) -> Verdict:
        site = self._ours.read(0, cells_of(content_of(action), COLUMNS))
        before = self._exported(row, action, site)
        found = cell_differences(row, site, before, sorted(fields), by_identity=not row.identifiant)
        if not found:
            return Verdict(row, Fate.SAME, action=action.pk, version=action.version)
        if Etat(action.etat) not in _WRITABLE:
            label = Etat(action.etat).label
            row.note(Champ.ETAT, f"La fiche est « {label} » : elle n’est pas modifiée.", blocks=False)
            return Verdict(row, Fate.SAME, action=action.pk, version=action.version)
        return Verdict(
            row,
            Fate.CHANGED,
            tuple(porteurs),
            action=action.pk,
            version=action.version,
            differences=found,
        )

    def _exported(self, row: Row, action: Action, site: Row) -> Row | None:
        """The sheet as it was exported: kept in the workbook, or as it is now when nobody wrote since."""
        if not row.identifiant:
            return None
        kept = self._before.get(row.identifiant)
        if kept:
            return _read_kept(kept, self.edition.year)
        return site if row.version == str(action.version) else None


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
    """What a school tells when the row does not: its level, and its own mailbox for questions."""
    if not row.levels:
        held = {school.level for school in schools}
        row.levels = tuple(level for level in Niveau if level in held)
    if not row.private_email and schools:
        row.private_email = schools[0].email


def _number(written: str) -> int | None:
    return int(written) if written.isdecimal() and len(written) < 19 else None  # noqa: PLR2004 - a bigint


def _before(spool: Path) -> dict[str, str]:
    """The rows as our export wrote them, by number, as JSON: few are ever looked at."""
    kept: dict[str, str] = {}
    for _, cells in read_rows(spool, BEFORE):
        if len(cells) > 1 and cells[0] is not None:
            kept[line_of(cells[0])] = line_of(cells[1])
    return kept


def _read_kept(text: str, edition: str) -> Row | None:
    try:
        told: dict[str, Cell] = json.loads(text)
        champs = [Champ(name) for name in told]
    except (ValueError, TypeError, AttributeError):
        return None  # somebody wrote in the hidden sheet: as if it were not there
    return RowReader(table_of(champs), edition).read(0, list(told.values()))

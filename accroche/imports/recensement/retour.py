"""What has to be read of a row that comes back: the cells somebody touched; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final, Self

from accroche.imports.recensement.champs import Champ
from accroche.imports.recensement.differences import WHO
from accroche.imports.recensement.round_trip import COLUMNS, same_cell, swapped
from accroche.imports.recensement.row import Row
from accroche.imports.recensement.table import Table
from accroche.lib.tableur.cellules import CELL_TEXT, Cell, text_of
from accroche.lib.texte import nombre

#: Our columns that say what a sheet holds, or where it stands.
_COMPARED: Final = frozenset(COLUMNS) - {Champ.IDENTIFIANT, Champ.VERSION}


@dataclass(frozen=True, slots=True)
class Colonnes:
    """Where a table says what; a field of several columns has no place of its own."""

    fields: frozenset[Champ]
    places: Mapping[Champ, int]
    is_ours: bool

    @classmethod
    def of(cls, table: Table) -> Self:
        """Read the columns of a table, once for all its rows."""
        held = Counter(column.champ for column in table.columns)
        places = {
            one.champ: one.position
            for one in table.columns
            if held[one.champ] == 1 and one.champ in _COMPARED
        }
        return cls(table.fields, places, table.is_ours)

    def cells(self, row: Row) -> dict[Champ, Cell]:
        """The cells of a row that our exports have as well."""
        width = len(row.cells)
        return {champ: row.cells[place] if place < width else None for champ, place in self.places.items()}


def touched_cells(
    row: Row, columns: Colonnes, site: Mapping[Champ, Cell], before: Mapping[Champ, Cell] | None
) -> frozenset[Champ]:
    """Return the columns somebody changed since the export; nothing else of the row has to be mended.

    ``site``: the cells of an export of today; ``before``: those of the export that comes back, None when
    nobody knows. What is changed in vain is told in the remarks of the row.
    """
    mine, ours = columns.cells(row), {**site, **(before or {})}
    same = {champ for champ, cell in mine.items() if same_cell(cell, ours[champ])}
    same |= {champ for champ in mine.keys() - same if same_cell(mine[champ], site[champ])}
    turned = {champ for champ in mine.keys() - same if swapped(mine[champ], ours[champ])}
    touched = columns.fields - same - turned
    _forget_untouched(row, touched)
    _tell_swapped(row, turned)
    for champ in touched & mine.keys():
        _refuse_cut(row, champ, mine[champ], ours[champ])
    if before:
        _tell_information(row, touched)
    return touched


def _forget_untouched(row: Row, touched: Collection[Champ]) -> None:
    """Nobody has to mend what is on the site as it is."""
    kept = {*touched, Champ.IDENTIFIANT} | (WHO if WHO & {*touched} else set())
    row.remarks = [remark for remark in row.remarks if remark.champ in kept]


def _refuse_cut(row: Row, champ: Champ, cell: Cell, ours: Cell) -> None:
    """A text that no cell of a workbook holds whole came back without its end: nobody meant to lose it."""
    if not (isinstance(ours, str) and isinstance(cell, str) and len(ours) > CELL_TEXT):
        return
    if text_of(cell).endswith("…") or len(cell) >= CELL_TEXT:
        row.note(
            champ,
            f"Le tableur a coupé ce texte, plus long qu’une case ({nombre(CELL_TEXT)} caractères).",
            "Changez-le sur la page de la fiche, et laissez ici la case telle quelle.",
        )


def _tell_swapped(row: Row, turned: Collection[Champ]) -> None:
    for champ in turned:
        if not champ.is_information:
            row.note(
                champ,
                "Le mois est écrit avant le jour, sans doute par un tableur réglé sur une autre langue : "
                "la date de l’export est gardée.",
                "Si vous vouliez la changer, écrivez-la comme 2027-03-14.",
                blocks=False,
            )


def _tell_information(row: Row, touched: Collection[Champ]) -> None:
    for champ in touched:
        if champ.is_information:
            row.note(
                champ,
                "Cette colonne est pour information : ce qui y diffère du site n’est pas repris.",
                "Cela se change sur la page de la fiche.",
                blocks=False,
            )


def tell_same_school(row: Row, touched: Collection[Champ]) -> None:
    """Tell of a name changed beside a code that was not: the code says who it is."""
    if Champ.ETABLISSEMENT in touched and row.mentions and row.codes:
        row.note(
            Champ.ETABLISSEMENT,
            "L’UAI désigne le même établissement qu’avant : son nom n’est pas changé.",
            "Pour un autre établissement, changez aussi l’UAI, ou videz-le.",
            blocks=False,
        )

"""A whole file, once it is in its spool: which sheets are tables, and every row of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final

from accroche.imports.recensement.alentours import headings_told
from accroche.imports.recensement.champs import CARRIERS, DAYS, Champ
from accroche.imports.recensement.columns import Column
from accroche.imports.recensement.mois import carried_down
from accroche.imports.recensement.row import Row
from accroche.imports.recensement.rows import RowReader
from accroche.imports.recensement.sections import under_sections
from accroche.imports.recensement.table import LeftOut, Table, find_table, lines, table_at, told_of
from accroche.imports.recensement.tableaux import FOUND, TableauDuFichier
from accroche.integrations.tableur import mended_in, sheets_of
from accroche.lib.tableur.cellules import Cell, is_blank, unneutral
from accroche.lib.texte import nombre, pluriel

#: Sheets of our own exports that are no tables: what explains, and what the cells were.
EXPLAINS: Final = "Lisez-moi"
BEFORE: Final = "origine"
NO_TABLE: Final = "Ce fichier ne contient aucun tableau : ses feuilles sont vides ou masquées."


@dataclass(frozen=True, slots=True)
class Tables:
    """What a file holds, and what its reader has to know about it. ``there``: all its tables, read or not."""

    tables: tuple[Table, ...]
    notes: tuple[str, ...]
    there: tuple[TableauDuFichier, ...] = ()

    @property
    def are_readable(self) -> bool:
        """Whether every table says what or who, so that its rows mean something.

        A title, or who carries them, can then be told for all the rows. Of one that does not look like a
        list of actions, somebody has to say that it is.
        """
        return bool(self.tables) and all(
            not table.strange
            and (Champ.TITRE in table.fields or (table.looks_right and table.fields & CARRIERS))
            for table in self.tables
        )

    @property
    def strange(self) -> tuple[str, ...]:
        """Why tables may be no lists of actions, one text each."""
        return tuple(table.strange for table in self.tables if table.strange)


@dataclass(slots=True)
class LeftOutRow:
    """A row that is no action."""

    sheet: str
    number: int
    why: LeftOut


@dataclass(slots=True)
class LeftOutRows:
    """What reading a file left out, told while it is read."""

    left_out: list[LeftOutRow] = field(default_factory=list)


def tables_of(
    spool: Path,
    remembered: Mapping[str, str] | None = None,
    communes: frozenset[str] = frozenset(),
    chosen: Mapping[str, int] | None = None,
) -> Tables:
    """Return the tables of a file: the visible sheets that look like one; else the first that says something.

    ``remembered``: headings somebody of the académie explained; ``communes``: names of communes, as slugs.
    ``chosen``: the sheets to read, and the row of the headings in each, where somebody said it.
    Hidden sheets are not read, hidden columns and rows are, and both are said.
    """
    right: list[Table] = []
    other: list[Table] = []
    notes: list[str] = []
    hidden: list[str] = []
    there: list[TableauDuFichier] = []
    said = False
    for sheet, rows in sheets_of(spool):
        if (sheet.hidden_columns or sheet.hidden_rows) and not said:
            said = True
            notes.append(_hidden(sheet.hidden_columns, sheet.hidden_rows))
        if sheet.name in {EXPLAINS, BEFORE}:
            continue
        if sheet.name not in chosen if chosen else not sheet.visible:
            hidden += () if sheet.visible or chosen else (sheet.name,)
            there += _unread(sheet.name, rows, told="" if sheet.visible else "feuille masquée")
            continue
        find = partial(table_at, row) if chosen and (row := chosen[sheet.name]) else find_table
        table = find(sheet.name, rows, remembered, communes)
        if table:
            (right if table.looks_right or chosen else other).append(table)
            there += _there(table)
    right, aside = (right, []) if chosen else _actions_of(right)
    if hidden:
        notes.append(
            f"{pluriel(len(hidden), 'Feuille masquée, non lue', 'Feuilles masquées, non lues')} : "
            f"{', '.join(hidden)}."
        )
    if twice := mended_in(spool):
        what = pluriel(twice.cells, "case avait ses accents codés", "cases avaient leurs accents codés")
        notes.append(
            f"{nombre(twice.cells)} {what} deux fois : « {twice.before} » est lu « {twice.after} ». Vérifiez "
            "dans l’aperçu."
        )
    # of those that say nothing sure, the one that says most, and those with its very headings
    taken = tuple(right or _alike(sorted(other, key=lambda table: (-len(table.fields), -table.sampled))))
    aside += [table for table in other if table not in taken]
    if aside:
        names = ", ".join(f"« {table.sheet} »" for table in aside)
        notes.append(
            f"{pluriel(len(aside), 'Feuille qui ne dit pas', 'Feuilles qui ne disent pas')} ce que sont des "
            f"actions, non {pluriel(len(aside), 'lue', 'lues')} : {names}. Si vos actions y sont, "
            "choisissez-la parmi les tableaux du fichier."
        )
    notes += dict.fromkeys(doubt for table in taken for doubt in table.doubts)
    return Tables(taken, tuple(notes), tuple(there))


def _unread(sheet: str, rows: Iterable[tuple[int, list[Cell]]], *, told: str) -> Iterator[TableauDuFichier]:
    """A sheet that may be read though it is not; none where it is empty: there is nothing to choose."""
    if not all(is_blank(cell) for _, cells in rows for cell in cells):
        yield TableauDuFichier(sheet, FOUND, told)


def _there(table: Table) -> Iterator[TableauDuFichier]:
    """The tables of a sheet: the one that was found, and the others."""
    yield TableauDuFichier(table.sheet, FOUND, headings_told([one.heading for one in table.columns]))
    for row, told in table.others:
        yield TableauDuFichier(table.sheet, row, told)


def _alike(tables: Sequence[Table]) -> list[Table]:
    """The first of several tables, and those with the same headings: a sheet for each call, or each year."""
    first = [one.heading for one in tables[0].columns] if tables else []
    return [table for table in tables if [one.heading for one in table.columns] == first]


def _actions_of(tables: list[Table]) -> tuple[list[Table], list[Table]]:
    """The tables that say what actions are, and those beside them that do not: choices, a summary, people."""
    told = [table for table in tables if Champ.TITRE in table.fields and not table.strange]
    if not told:
        return tables, []
    aside = [
        table for table in tables if table.strange or (table not in told and table.fields.isdisjoint(DAYS))
    ]
    return [table for table in tables if table not in aside], aside


def with_fields(tables: Tables, fields: Mapping[str, Mapping[int, Champ]]) -> Tables:
    """The same tables with other answers, by sheet and position; what was told of their columns follows."""
    after = tuple(table.with_fields(fields.get(table.sheet, {})) for table in tables.tables)
    was = {note for table in tables.tables for note in told_of(table.columns)}
    now = [note for table in after for note in told_of(table.columns)]
    kept = [note for note in tables.notes if note not in was]
    return Tables(after, tuple(dict.fromkeys([*kept, *now])), tables.there)


def _hidden(columns: int, rows: int) -> str:
    parts = []
    if columns:
        words = pluriel(columns, "groupe de colonnes masqué", "groupes de colonnes masqués")
        parts.append(f"{nombre(columns)} {words}")
    if rows:
        parts.append(f"{nombre(rows)} {pluriel(rows, 'ligne masquée', 'lignes masquées')}")
    return f"Ce classeur a {' et '.join(parts)} : tout est lu, comme le reste."


def rows_of(spool: Path, tables: Sequence[Table], edition: str, skipped: LeftOutRows) -> Iterator[Row]:
    """Yield every row of the tables, in the order of the file; ``skipped`` is told of what is left out."""
    wanted = {table.sheet: table for table in tables}
    for sheet, rows in sheets_of(spool):
        table = wanted.get(sheet.name)
        if table is None:
            continue
        if sheet.is_csv:
            rows = (  # noqa: PLW2901 - the same rows, as they were before our export
                (number, [unneutral(cell) if isinstance(cell, str) else cell for cell in cells])
                for number, cells in rows
            )
        left: list[tuple[int, LeftOut]] = []
        below = (
            (number, cells)
            for number, cells in rows
            if number > table.heading_row and (not table.ends or number < table.ends)
        )
        sections = under_sections(table.columns, below, partial(_left, left))
        told = lines(table, sections, left)
        if Champ.MOIS in table.fields:
            told = carried_down(table.columns, told)
        if len(each := table.each_action) > 1:
            yield from _of_several(each, edition, told)
        else:
            reader = RowReader(each[0], edition)
            for number, cells in told:
                yield reader.read(number, cells)
        skipped.left_out += [LeftOutRow(sheet.name, number, why) for number, why in left]


def _left(left: list[tuple[int, LeftOut]], number: int) -> None:
    left.append((number, LeftOut.SECTION))


def _of_several(each: Sequence[Table], edition: str, told: Iterable[tuple[int, list[Cell]]]) -> Iterator[Row]:
    """Yield one row for each action that a row of the file tells of."""
    readers = [(RowReader(table, edition), its_own(table)) for table in each]
    for number, cells in told:
        those = [
            (rank, reader)
            for rank, (reader, positions) in enumerate(readers, 1)
            if any(at < len(cells) and not is_blank(cells[at]) for at in positions)
        ]
        for rank, reader in those or [(1, readers[0][0])]:
            row = reader.read(number, cells)
            row.action = rank
            yield row


def its_own(table: Table) -> list[int]:
    """Where a table tells of one action of its rows, and not of all."""
    return [one.position for one in table.columns if one.action and one.champ is not Champ.IGNORE]


def as_json(tables: Tables) -> dict[str, Any]:
    """Return the tables as plain JSON values, to keep between two steps."""
    return {
        "notes": list(tables.notes),
        "there": [list(one) for one in tables.there],
        "tables": [
            {
                "sheet": table.sheet,
                "heading_row": table.heading_row,
                "looks_right": table.looks_right,
                "strange": table.strange,
                "ends": table.ends,
                "columns": [
                    [
                        *(one.position, one.heading, one.champ, one.score, one.remembered, one.reason),
                        *(one.month_first, one.choice, one.action),
                    ]
                    for one in table.columns
                ],
            }
            for table in tables.tables
        ],
    }


def from_json(told: Mapping[str, Any]) -> Tables:
    """Undo :func:`as_json`."""
    return Tables(
        tuple(
            Table(
                table["sheet"],
                table["heading_row"],
                tuple(
                    # kept before columns told why, and how their days are written: it is then missing
                    Column(position, heading, Champ(champ), score, remembered, *more)
                    for position, heading, champ, score, remembered, *more in table["columns"]
                ),
                table["looks_right"],
                strange=table.get("strange", ""),
                ends=table.get("ends", 0),
            )
            for table in told["tables"]
        ),
        tuple(told["notes"]),
        tuple(TableauDuFichier(*one) for one in told.get("there", [])),
    )

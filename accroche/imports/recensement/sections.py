"""Rows that say no more than when, for those below them: « AVRIL 2027 », « Lundi 8 mars 2027 »."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from accroche.imports.recensement.champs import DAYS
from accroche.imports.recensement.colonne import Column
from accroche.imports.recensement.contenu import Espece, espece
from accroche.lib.tableur.cellules import Cell, is_blank, line_of
from accroche.lib.tableur.mois import is_a_month, is_of_these, put_together

#: Rows that are a day and no more, from which a list is one of days.
_SEVERAL: Final = 2


def under_sections(
    columns: Sequence[Column], rows: Iterable[tuple[int, list[Cell]]], told: Callable[[int], object]
) -> Iterator[tuple[int, list[Cell]]]:
    """Yield rows with the month or the day that has a row of its own above them, where they leave it.

    ``told`` is given the number of each such row, which is no action.
    """
    days = [one.position for one in columns if one.champ in DAYS]
    section: Cell = None
    for number, cells in rows:
        alone = _alone(cells) if days else None
        if is_a_month(alone) or (is_a_day(alone) and not is_blank(cells[0])):
            section = alone
            told(number)
        elif section is None:
            yield number, cells
        else:
            yield number, _dated(cells, days, section)


def lost_days(columns: Sequence[Column], rows: Iterable[tuple[int, list[Cell]]]) -> str:
    """Return what to tell of days that have a row of their own where no column says when; else nothing."""
    if any(one.champ in DAYS for one in columns):
        return ""
    alone = [(number, line_of(cell)) for number, cells in rows if is_a_day(cell := _alone(cells))]
    if len(alone) < _SEVERAL:
        return ""
    number, first = alone[0]
    return (
        f"Des jours ont une ligne à eux (« {first} », ligne {number}), et aucune colonne ne dit quand : les "
        "actions en dessous n’ont pas de date. Ajoutez une colonne « Date », même vide : elles auront celle "
        "du dessus."
    )


def is_a_day(cell: Cell) -> bool:
    """Whether a cell is a day or several, in figures or words: « Lundi 8 mars 2027 », no month alone."""
    if isinstance(cell, dt.date):
        return True
    text = line_of(cell)
    return isinstance(cell, str) and any(map(str.isdigit, text)) and espece(cell, text) is Espece.DAY


def _dated(cells: list[Cell], days: Sequence[int], section: Cell) -> list[Cell]:
    """A row with what its section says of its days, or with that day where it says none."""
    if not is_a_month(section):
        if any(at < len(cells) and not is_blank(cells[at]) for at in days):
            return cells
        blanks: list[Cell] = [None] * (days[0] - len(cells))
        return [*cells[: days[0]], *blanks, section, *cells[days[0] + 1 :]]
    if not any(at < len(cells) and is_of_these(section, cells[at]) for at in days):
        return cells
    return [
        put_together([section, cell]) if at in days and is_of_these(section, cell) else cell
        for at, cell in enumerate(cells)
    ]


def _alone(cells: Sequence[Cell]) -> Cell:
    """What a row says when it says one thing, once or in merged cells; None otherwise."""
    alone: Cell = None
    for cell in cells:
        if is_blank(cell) or cell == alone:
            continue
        if alone is not None:
            return None
        alone = cell
    return alone

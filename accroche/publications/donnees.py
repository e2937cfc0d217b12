"""Tables of open data: each column beside what it holds, so that none is told under another's name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import TypeVar

from accroche.annuaire.regles import Niveau
from accroche.publications.outline import DataField, DataTable, Value

T = TypeVar("T")
#: Technical name, type, meaning; and what a thing holds there.
Colonne = tuple[str, str, str, Callable[[T], Value]]


#: The columns that tell the four levels, one a tick box.
LEVEL_FIELDS = tuple(
    DataField(level.value, "boolean", f"Niveau coché : {level.label} ; vide si aucun niveau n’est dit")
    for level in Niveau
)


def table(name: str, title: str, things: Iterable[T], *columns: Colonne[T]) -> DataTable:
    """Return a table with a row for each of ``things``."""
    return DataTable(
        name,
        title,
        tuple(DataField(*column[:3]) for column in columns),
        tuple(tuple(read(thing) for *_, read in columns) for thing in things),
    )


def levels(of: Callable[[T], Iterable[Niveau]]) -> tuple[Colonne[T], ...]:
    """Return the columns of :data:`LEVEL_FIELDS`, for things whose levels ``of`` gives."""

    def ticked(level: Niveau) -> Callable[[T], Value]:
        return lambda thing: level_cells(of(thing))[level]

    return tuple(
        (field.name, field.type, field.description, ticked(level))
        for field, level in zip(LEVEL_FIELDS, Niveau, strict=True)
    )


def level_cells(told: Iterable[Niveau | str]) -> dict[Niveau, bool | None]:
    """Return what each level's column holds: None, and never false, where no level is told at all."""
    ticked = {Niveau(one) for one in told}
    return {level: level in ticked if ticked else None for level in Niveau}


def day(value: dt.date | None) -> str | None:
    """Return a day as open data write it; None when it is unknown."""
    return value.isoformat() if value else None

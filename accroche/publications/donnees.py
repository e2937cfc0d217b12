"""Tables of open data: each column beside what it holds, so that none is told under another's name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Final, TypeVar, overload

from accroche.annuaire.regles import Niveau, reaches
from accroche.publications.outline import DataField, DataTable, Value

T = TypeVar("T")
Row = tuple[Value, ...]
#: Technical name, type, meaning; and what a thing holds there.
Colonne = tuple[str, str, str, Callable[[T], Value]]


#: The columns that tell the four levels, one a tick box.
LEVEL_FIELDS = tuple(
    DataField(level.value, "boolean", f"Niveau coché : {level.label} ; vide si aucun niveau n’est dit")
    for level in Niveau
)


#: Rows beyond which a table makes them each time it is read, and keeps none: pages of the site read none.
MOST_KEPT: Final = 1_000


class Rows(Sequence[Row]):
    """The rows of a long table, made each time they are read: what they tell of is in memory already."""

    def __init__(self, make: Callable[[], Iterable[Row]], count: int) -> None:
        """``make`` gives all of them, ``count`` of them, and always the same."""
        self._make = make
        self._count = count

    def let_go(self) -> None:
        """Forget what they tell of, once they are written: of many sheets, it is most of the memory."""
        self._make = tuple

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Row]:
        return iter(self._make())

    @overload
    def __getitem__(self, place: int) -> Row: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Row, ...]: ...

    def __getitem__(self, place: int | slice) -> Row | tuple[Row, ...]:
        """One of them, or some: for who looks at few."""
        if isinstance(place, slice):
            return tuple(self._make())[place]
        return next(islice(self._make(), range(self._count)[place], None))


def rows_of(make: Callable[[], Iterable[Row]], count: int) -> Sequence[Row]:
    """Return the rows that ``make`` gives, ``count`` of them; of many, none is kept."""
    return Rows(make, count) if count > MOST_KEPT else tuple(make())


def table(name: str, title: str, things: Iterable[T], *columns: Colonne[T]) -> DataTable:
    """Return a table with a row for each of ``things``."""
    return DataTable(
        name,
        title,
        tuple(DataField(*column[:3]) for column in columns),
        tuple(tuple(read(thing) for *_, read in columns) for thing in things),
    )


def levels(
    of: Callable[[T], Iterable[Niveau]], unknown: Callable[[T], Iterable[Niveau]] = lambda _thing: ()
) -> tuple[Colonne[T], ...]:
    """Return the columns of :data:`LEVEL_FIELDS`, for things whose levels ``of`` gives."""

    def ticked(level: Niveau) -> Callable[[T], Value]:
        return lambda thing: level_cells(of(thing), unknown(thing))[level]

    return tuple(
        (field.name, field.type, field.description, ticked(level))
        for field, level in zip(LEVEL_FIELDS, Niveau, strict=True)
    )


def level_cells(told: Iterable[Niveau | str], unknown: Iterable[Niveau] = ()) -> dict[Niveau, bool | None]:
    """Return what each level's column holds: None, and never false, where nobody can tell."""
    ticked, untold = {Niveau(one) for one in told}, frozenset(unknown)
    return {level: reaches(level, ticked, untold) for level in Niveau}


def day(value: dt.date | None) -> str | None:
    """Return a day as open data write it; None when it is unknown."""
    return value.isoformat() if value else None

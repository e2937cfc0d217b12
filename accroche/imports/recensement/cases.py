"""What some columns of a row say, read once for all the rows where their cells are the same; pure.

A census has few schools, moments and themes for its many rows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, Generic, TypeVar

from accroche.imports.recensement.champs import Champ
from accroche.lib.tableur.cellules import Cell

#: Ways to fill some columns that are remembered at once, and the longest, in characters: a few megabytes.
MOST: Final = 2048
LONGEST: Final = 500

Ligne = TypeVar("Ligne")


class CasesLues(Generic[Ligne]):
    """What the cells of a few columns say of a row.

    ``read`` writes in a row what its cells of ``champs`` say: it reads no other cell, and nothing of the row
    but what it wrote; what it adds to the row's ``remarks`` is about these columns alone. ``blank`` makes an
    empty row.
    """

    def __init__(
        self,
        read: Callable[[Ligne, Mapping[Champ, Cell]], None],
        champs: tuple[Champ, ...],
        blank: Callable[[], Ligne],
    ) -> None:
        """Nothing was read yet."""
        self._read, self._champs, self._blank = read, champs, blank
        self._empty = vars(blank())
        self._met: dict[tuple[object, ...], tuple[dict[str, Any], list[Any]]] = {}

    def tell(self, row: Ligne, values: Mapping[Champ, Cell]) -> None:
        """Write in ``row`` what its cells say."""
        cells = tuple(map(values.get, self._champs))
        # 1, 1.0 and True are equal, and are not written alike
        key = (cells, *map(type, cells))
        said = self._met.get(key)
        if said is None:
            said = self._alone(values)
            if sum(len(cell) for cell in cells if isinstance(cell, str)) <= LONGEST:
                if len(self._met) >= MOST:
                    self._met.clear()
                self._met[key] = said
        held = vars(row)
        held.update(said[0])
        if said[1]:
            held["remarks"] += said[1]

    def _alone(self, values: Mapping[Champ, Cell]) -> tuple[dict[str, Any], list[Any]]:
        """What the cells write in an empty row, and what is told of them."""
        row = self._blank()
        self._read(row, values)
        told = {name: value for name, value in vars(row).items() if value is not self._empty.get(name)}
        return told, told.pop("remarks")

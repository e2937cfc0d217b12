"""The tile map of the académies: one square each, roughly where it lies.

A drawing convention of ours: column and row from the top left, overseas académies in the first column.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

#: académie: (code shown on the tile, column, row)
TUILES: dict[str, tuple[str, int, int]] = {
    "Lille": ("LIL", 5, 0),
    "Caen": ("CAE", 3, 1),
    "Rouen": ("ROU", 4, 1),
    "Amiens": ("AMI", 5, 1),
    "Reims": ("REI", 6, 1),
    "Nancy-Metz": ("N-M", 7, 1),
    "Strasbourg": ("STR", 8, 1),
    "Rennes": ("REN", 2, 2),
    "Orléans-Tours": ("O-T", 4, 3),
    "Versailles": ("VER", 4, 2),
    "Paris": ("PAR", 5, 2),
    "Créteil": ("CRÉ", 6, 2),
    "Besançon": ("BES", 7, 3),
    "Nantes": ("NTE", 3, 3),
    "Dijon": ("DIJ", 6, 3),
    "Poitiers": ("POI", 3, 4),
    "Limoges": ("LIM", 4, 4),
    "Clermont-Ferrand": ("C-F", 5, 4),
    "Lyon": ("LYO", 6, 4),
    "Grenoble": ("GRE", 7, 4),
    "Bordeaux": ("BOR", 3, 5),
    "Toulouse": ("TOU", 4, 5),
    "Montpellier": ("MON", 5, 5),
    "Aix-Marseille": ("A-M", 6, 5),
    "Nice": ("NIC", 7, 5),
    "Corse": ("COR", 8, 6),
    "Guadeloupe": ("GUA", 0, 2),
    "Martinique": ("MAR", 0, 3),
    "Guyane": ("GUY", 0, 4),
    "La Réunion": ("RÉU", 0, 5),
    # of today, for later editions
    "Mayotte": ("MAY", 0, 6),
    "Normandie": ("NOR", 3, 1),
}

_COLUMNS = 9
_EXTRA_ROW = 7


@dataclass(frozen=True, slots=True)
class Case:
    """Where the tile of an académie stands, and the code it shows."""

    code: str
    column: int
    row: int

    @property
    def rank(self) -> tuple[int, int, int]:
        """Where its turn is: the mainland, then overseas, below it on a phone, then the rest."""
        block = 2 if self.row >= _EXTRA_ROW else 1 if self.column == 0 else 0
        return block, self.row, self.column


def cases(names: Iterable[str]) -> tuple[Case, ...]:
    """Place each académie; those the drawing does not know go under it, so that none disappears."""
    placed = []
    extra = 0
    for name in names:
        if name in TUILES:
            placed.append(Case(*TUILES[name]))
        else:
            placed.append(Case(name[:3].upper(), extra % _COLUMNS, _EXTRA_ROW + extra // _COLUMNS))
            extra += 1
    return tuple(placed)


#: Lower bounds of the shades of a tile, from the second on, in numbers of identified actions.
SHADE_BOUNDS = (10, 30, 100)
SHADES = ("moins de 10", "10 à 29", "30 à 99", "100 et plus")


def shade(count: int) -> int:
    """Return the shade of a tile, from 0 (fewest actions) up."""
    return sum(count >= bound for bound in SHADE_BOUNDS)

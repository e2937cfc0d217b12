"""Where the map goes at one press, and the outlines it draws there.

Overseas is far from where the map opens: each territory is an inset as in an atlas, on a phone a button with
its outline. The outlines come from ``scripts/contours.py``; coordinates are thousandths of a degree.
"""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final

from accroche.catalogue.grappes import Cadre

OUTLINES: Final = Path(__file__).parent / "static" / "catalogue" / "carte" / "contours.json"
UNIT: Final = 1000
METROPOLE: Final = Cadre(-5.2, 41.3, 9.6, 51.1)
#: Overseas, by the code of its département or collectivity; those without an académie wait for an action.
OUTRE_MER: Final = {
    "971": "Guadeloupe",
    "972": "Martinique",
    "973": "Guyane",
    "974": "La Réunion",
    "976": "Mayotte",
    "975": "Saint-Pierre-et-Miquelon",
    "977": "Saint-Barthélemy",
    "978": "Saint-Martin",
    "986": "Wallis-et-Futuna",
    "987": "Polynésie française",
    "988": "Nouvelle-Calédonie",
}
ALWAYS: Final = frozenset({"971", "972", "973", "974", "976"})
#: The side of the square an outline is drawn in.
SIDE: Final = 40


@dataclass(frozen=True, slots=True)
class Territoire:
    """A place the map goes to: what it shows of it, and its outline as the path of a drawing.

    ``is_present``: something stands there.
    """

    name: str
    cadre: Cadre
    path: str = ""
    is_present: bool = False

    @property
    def sides(self) -> str:
        """Its frame as addresses write it."""
        return sides(self.cadre)


def sides(cadre: Cadre) -> str:
    """« west,south,east,north », as :func:`~accroche.catalogue.grappes.read_cadre` reads it."""
    return ",".join(f"{side:.5g}" for side in (cadre.west, cadre.south, cadre.east, cadre.north))


def outre_mer(present: Collection[str]) -> tuple[Territoire, ...]:
    """Overseas: what has an académie, and what of the rest is ``present`` (codes)."""
    shown = (code for code in OUTRE_MER if code in ALWAYS or code in present)
    return tuple(replace(_territoire(code), is_present=code in present) for code in shown)


@cache
def _territoire(code: str) -> Territoire:
    rings = [list(_points(ring)) for ring in _outlines()[code]]
    lons, lats = zip(*(point for ring in rings for point in ring), strict=True)
    cadre = Cadre(min(lons) / UNIT, min(lats) / UNIT, max(lons) / UNIT, max(lats) / UNIT)
    # a degree of longitude narrows away from the equator
    narrow = math.cos(math.radians((cadre.south + cadre.north) / 2))
    scale = SIDE / max((max(lons) - min(lons)) * narrow, max(lats) - min(lats))
    drawn = []
    for ring in rings:
        spots = [
            f"{(lon - min(lons)) * narrow * scale:.0f} {(max(lats) - lat) * scale:.0f}" for lon, lat in ring
        ]
        # at this size most points fall on one another; what is left of an islet is a dot
        kept = [spot for spot, before in zip(spots, ["", *spots], strict=False) if spot != before]
        drawn.append(f"M{'L'.join(kept)}Z" if len(kept) > 1 else f"M{kept[0]}h1v1h-1Z")
    return Territoire(OUTRE_MER[code], cadre, "".join(dict.fromkeys(drawn)))


@cache
def _outlines() -> dict[str, list[list[int]]]:
    outlines: dict[str, list[list[int]]] = json.loads(OUTLINES.read_text(encoding="ascii"))
    return outlines


def _points(ring: list[int]) -> Iterator[tuple[int, int]]:
    lon = lat = 0
    for east, north in zip(ring[::2], ring[1::2], strict=True):
        lon, lat = lon + east, lat + north
        yield lon, lat

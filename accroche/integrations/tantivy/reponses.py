"""What an index answers besides numbers: how it understood what was typed, squares of the map."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from accroche.integrations.tantivy.analyse import places_of, stem_of
from accroche.integrations.tantivy.schema import DEGREES
from accroche.lib.requete import EMPTY


@dataclass(frozen=True, slots=True)
class Compris:
    """How what was typed was understood: what is looked for, what was corrected."""

    stems: frozenset[str] = frozenset()
    plain: frozenset[str] = frozenset()
    begun: str = ""
    corrected: Mapping[str, str] = field(default_factory=dict)

    def marks(self, text: str) -> list[tuple[int, int]]:
        """Where the words that were looked for stand in a text."""
        return places_of(text, self._is_meant)

    def _is_meant(self, plain: str) -> bool:
        if plain in EMPTY:
            return False
        begins = bool(self.begun) and plain.startswith(self.begun)
        return begins or plain in self.plain or stem_of(plain) in self.stems


@dataclass(frozen=True, slots=True)
class Maille:
    """A square of the map with what is in it: how many, the middle and the edges of their places, one key."""

    number: int
    count: int
    lat: float
    lon: float
    south: float
    west: float
    north: float
    east: float
    key: int


@dataclass(frozen=True, slots=True)
class Etendue:
    """How many actions stand somewhere, and the edges of their places; of none, nothing but zeros."""

    count: int
    south: float = 0.0
    west: float = 0.0
    north: float = 0.0
    east: float = 0.0


def extent_of(stats: dict[str, Any]) -> Etendue:
    """What the library counted of the degrees of some places."""
    lat, lon = (stats[name] for name in DEGREES)
    if not lat["count"]:
        return Etendue(0)
    edges = (float(one[edge]) for edge in ("min", "max") for one in (lat, lon))
    return Etendue(int(lat["count"]), *edges)


def cell_of(bucket: dict[str, Any], interval: int) -> Maille:
    """The square of a bucket that the library counted, of ``interval`` numbers."""
    lat, lon = (bucket[name] for name in DEGREES)
    return Maille(
        number=int(bucket["key"]) // interval,
        count=int(bucket["doc_count"]),
        lat=float(lat["avg"]),
        lon=float(lon["avg"]),
        south=float(lat["min"]),
        west=float(lon["min"]),
        north=float(lat["max"]),
        east=float(lon["max"]),
        key=int(bucket["last"]["value"]),
    )

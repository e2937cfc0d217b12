"""Clusters of the map: many actions drawn as few markers, each action in exactly one of them.

The world of Web Mercator is cut into square cells, halved at each level, so that a cell holds exactly four
of the next. A position has one code (:func:`cellule`) in which the cells of every level are intervals: the
index counts by them without knowing any zoom. What is asked for is widened to whole cells
(:func:`maillage`), so that a marker does not change while the map is dragged. Pure: the index and the
database both end here (``catalogue/queries``).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from accroche.lib.texte import NBSP

#: The level of the codes: cells of 38 metres at the equator, 26 in Paris.
DEEPEST: Final = 20
#: The level by which the index finds the codes of a frame: cells of 1.4°.
TILE_LEVEL: Final = 8
#: Zooms of the map, as Leaflet counts them: the world in 256 pixels, then twice as wide each time.
ZOOMS: Final = (2, 17)
#: A cell is 64 pixels wide at its zoom, a marker 44; none is drawn nearer to a larger one than this.
_LEVELS_DEEPER: Final = 2
APART: Final = 0.72
#: The most cells one answer counts; a wider frame is answered in larger cells.
MOST: Final = 320
_WORLD: Final = 360.0


class CadreError(ValueError):
    """A frame or a zoom that cannot be read; the message says so in French."""


@dataclass(frozen=True, slots=True)
class Cadre:
    """What a map shows, in WGS 84 degrees, sides included; ``west > east`` crosses the 180th meridian."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, lat: float, lon: float) -> bool:
        """Whether a position is in it."""
        across = self.west <= lon <= self.east
        if self.west > self.east:
            across = lon >= self.west or lon <= self.east
        return across and self.south <= lat <= self.north


@dataclass(frozen=True, slots=True)
class Tas:
    """What stands at one position: how many actions, and one of them."""

    lat: float
    lon: float
    count: int
    action: int


@dataclass(frozen=True, slots=True)
class Grappe:
    """A marker: how many actions, where they are on average, how far they spread, and one of them."""

    lat: float
    lon: float
    count: int
    action: int
    cadre: Cadre

    @property
    def is_one_place(self) -> bool:
        """Whether all of them are at one point, so that no zoom ever parts them."""
        return self.cadre.west == self.cadre.east and self.cadre.south == self.cadre.north


@dataclass(frozen=True, slots=True)
class Maillage:
    """The cells an answer counts by: their ``level``, and the columns and rows of the frame, from the north.

    ``columns`` are one span, or two when the frame crosses the 180th meridian; ends included.
    """

    level: int
    columns: tuple[tuple[int, int], ...]
    rows: tuple[int, int]

    @property
    def size(self) -> int:
        """How many cells there are."""
        wide = sum(last - first + 1 for first, last in self.columns)
        return wide * (self.rows[1] - self.rows[0] + 1)

    @property
    def interval(self) -> int:
        """How many codes one of its cells holds: cell number ``code // interval``."""
        # a shift, since a power of whole numbers may be a fraction
        return 1 << 2 * (DEEPEST - self.level)

    def holds(self, number: int) -> bool:
        """Whether the cell of this number is one of these."""
        column, row = _gather(number), _gather(number >> 1)
        inside = any(first <= column <= last for first, last in self.columns)
        return inside and self.rows[0] <= row <= self.rows[1]

    def tuiles(self) -> tuple[int, ...] | None:
        """The tiles of :data:`TILE_LEVEL` it touches; None when they are so many that none is left out."""
        shift = self.level - TILE_LEVEL
        spans = [(_at(first, shift), _at(last, shift, end=True)) for first, last in self.columns]
        low, high = _at(self.rows[0], shift), _at(self.rows[1], shift, end=True)
        if sum(last - first + 1 for first, last in spans) * (high - low + 1) > MOST:
            return None
        columns = {column for first, last in spans for column in range(first, last + 1)}
        return tuple(sorted(_together(column, row) for column in columns for row in range(low, high + 1)))


def cellule(lat: float, lon: float) -> int:
    """The code of a position: one number, in which a cell of any level is an interval of numbers."""
    column, row = (max(0, min(2**DEEPEST - 1, math.floor(side))) for side in _flat(lat, lon, DEEPEST))
    return _together(column, row)


def _flat(lat: float, lon: float, level: int) -> tuple[float, float]:
    """Where a position is in Web Mercator: columns from the west and rows from the north, in cells."""
    # the poles are infinitely far: the map stops at 85°
    sine = math.sin(math.radians(max(-85.06, min(85.06, lat))))
    across = (lon + 180.0) / _WORLD
    down = 0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)
    return across * 2**level, down * 2**level


def read_cadre(text: str) -> Cadre:
    """Read « west,south,east,north » as Leaflet writes it; :class:`CadreError` when it is none.

    A map dragged around the world gives longitudes past 180: they are brought back.
    """
    try:
        values = [float(part) for part in text.split(",", 4)] if len(text) <= 200 else []  # noqa: PLR2004 - four numbers
    except ValueError:
        values = []
    if len(values) != 4 or not all(math.isfinite(value) and abs(value) <= 1000 for value in values):  # noqa: PLR2004 - four sides
        raise CadreError(
            f"Le cadre de la carte n’a pas été compris{NBSP}: il faut quatre nombres, « ouest,sud,est,nord »."
        )
    west, south, east, north = values
    if south > north:
        raise CadreError(f"Le cadre de la carte n’a pas été compris{NBSP}: son sud est au nord de son nord.")
    south, north = max(-90.0, south), min(90.0, north)
    if south > north:
        raise CadreError("Le cadre de la carte est hors de la Terre.")
    if west <= east and east - west >= _WORLD:
        return Cadre(-180.0, south, 180.0, north)
    if -180.0 <= west <= 180.0 and -180.0 <= east <= 180.0:  # noqa: PLR2004 - degrees
        return Cadre(west, south, east, north)
    return Cadre(_around(west), south, _around(east), north)


def read_zoom(text: str) -> int:
    """Read a zoom of :data:`ZOOMS`; :class:`CadreError` when it is none."""
    if not (text.isascii() and text.isdigit() and len(text) <= 2 and ZOOMS[0] <= int(text) <= ZOOMS[1]):  # noqa: PLR2004 - digits
        raise CadreError(f"Le zoom de la carte est un nombre de {ZOOMS[0]} à {ZOOMS[1]}.")
    return int(text)


def maillage(cadre: Cadre, zoom: int) -> Maillage:
    """The cells of a frame at a zoom: whole ones, and larger while they are more than :data:`MOST`."""
    level = zoom + _LEVELS_DEEPER
    while (found := _maillage(cadre, level)).size > MOST:
        level -= 1
    return found


def _maillage(cadre: Cadre, level: int) -> Maillage:
    shift = DEEPEST - level
    first, top = (half >> shift for half in _apart(cellule(cadre.north, cadre.west)))
    last, bottom = (half >> shift for half in _apart(cellule(cadre.south, cadre.east)))
    columns: tuple[tuple[int, int], ...] = ((first, last),)
    if cadre.west > cadre.east:
        end = 2**level - 1
        # the two sides may meet in one cell
        columns = ((first, end), (0, last)) if first > last else ((0, end),)
    return Maillage(level, columns, (top, bottom))


def grouped(tas: Iterable[Tas], by: Maillage) -> list[Grappe]:
    """Count by cell what stands in the frame: what the index does by itself, done here for the database."""
    cells: dict[int, list[Tas]] = {}
    for one in tas:
        number = cellule(one.lat, one.lon) // by.interval
        if by.holds(number):
            cells.setdefault(number, []).append(one)
    return [_grappe(found) for _cell, found in sorted(cells.items())]


def _grappe(found: list[Tas]) -> Grappe:
    count = sum(one.count for one in found)
    lats, lons = [one.lat for one in found], [one.lon for one in found]
    return Grappe(
        sum(one.lat * one.count for one in found) / count,
        sum(one.lon * one.count for one in found) / count,
        count,
        max(one.action for one in found),
        Cadre(min(lons), min(lats), max(lons), max(lats)),
    )


def spaced(grappes: Iterable[Grappe], by: Maillage) -> list[Grappe]:
    """Let large markers take in the small ones that would be drawn over them; the largest first.

    A large one stays where it is: what is drawn is never nearer than :data:`APART` of a cell, so that a
    finger hits the one it aims at. Everything counted before is counted after.
    """
    kept: list[Grappe] = []
    drawn: list[tuple[float, float]] = []
    near: dict[tuple[int, int], list[int]] = {}
    for grappe in sorted(grappes, key=lambda one: (-one.count, one.lat, one.lon)):
        across, down = (side / APART for side in _flat(grappe.lat, grappe.lon, by.level))
        spot = math.floor(across), math.floor(down)
        over = next(
            (
                index
                for index in _around_spot(near, spot)
                if abs(drawn[index][0] - across) < 1 and abs(drawn[index][1] - down) < 1
            ),
            None,
        )
        if over is None:
            near.setdefault(spot, []).append(len(kept))
            kept.append(grappe)
            drawn.append((across, down))
        else:
            kept[over] = _with(kept[over], grappe)
    return kept


def _with(large: Grappe, small: Grappe) -> Grappe:
    a, b = large.cadre, small.cadre
    both = Cadre(min(a.west, b.west), min(a.south, b.south), max(a.east, b.east), max(a.north, b.north))
    return replace(large, count=large.count + small.count, cadre=both)


def _around_spot(near: dict[tuple[int, int], list[int]], spot: tuple[int, int]) -> Iterator[int]:
    column, row = spot
    for across in (column - 1, column, column + 1):
        for down in (row - 1, row, row + 1):
            yield from near.get((across, down), ())


def _around(lon: float) -> float:
    return (lon + 180.0) % _WORLD - 180.0


def _at(cell: int, shift: int, *, end: bool = False) -> int:
    """A column or row of another level: ``shift`` levels up, or its first (or last) cell further down."""
    if shift >= 0:
        return cell >> shift
    return (cell + 1 << -shift) - 1 if end else cell << -shift


def _together(column: int, row: int) -> int:
    return _spread(column) | _spread(row) << 1


def _apart(code: int) -> tuple[int, int]:
    return _gather(code), _gather(code >> 1)


#: Steps of the spreading of bits, as everybody does it: how far, and what is kept.
_STEPS: Final = (
    (16, 0x0000FFFF0000FFFF),
    (8, 0x00FF00FF00FF00FF),
    (4, 0x0F0F0F0F0F0F0F0F),
    (2, 0x3333333333333333),
    (1, 0x5555555555555555),
)


def _spread(half: int) -> int:
    for far, mask in _STEPS:
        half = (half | half << far) & mask
    return half


def _gather(code: int) -> int:
    code &= _STEPS[-1][1]
    for (far, _), (_, mask) in zip(reversed(_STEPS), [*reversed(_STEPS[:-1]), (0, 0xFFFFFFFF)], strict=True):
        code = (code | code >> far) & mask
    return code

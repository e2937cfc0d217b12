"""The geometry of charts: plain numbers that the templates write as SVG attributes.

No style attribute: the site's policy refuses them. Lengths along an axis are percentages, so that a
chart takes the width it is given while its words keep their size.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from accroche.lib.dates import SHORT_MONTHS, format_windows
from accroche.lib.texte import NBSP
from accroche.publications.outline import Bar, BarChart, Calendar, Span, Tile, TileMap
from accroche.publications.renderers.legend import ClassKind, class_kind, is_not_communicated

_DECEMBER: Final = 12
_HALF_MONTH: Final = 15

_SIDE: Final = 40
_PITCH: Final = 44
#: Darkest class the style sheet knows; a longer legend keeps its last ones alike but for their dots.
_SHADES: Final = 5


def _percent(part: float, whole: float) -> str:
    """Write a share as an SVG length; never localised, and as short as it can be."""
    return f"{100 * part / whole:.2f}".rstrip("0").rstrip(".") + "%"


@dataclass(frozen=True, slots=True)
class DrawnBar:
    """A bar; ``width`` is empty when there is no value to draw: « N.C. » is hatched, the rest outlined."""

    label: str
    text: str
    width: str
    is_hatched: bool


def bars(chart: BarChart) -> tuple[DrawnBar, ...]:
    """Return the bars, the longest taking the whole width."""
    longest = max((bar.value or 0 for bar in chart.bars), default=0) or 1

    def draw(bar: Bar) -> DrawnBar:
        width = "" if bar.value is None else _percent(max(bar.value, 0), longest)
        return DrawnBar(bar.label, bar.text, width, is_not_communicated(bar.text))

    return tuple(draw(bar) for bar in chart.bars)


@dataclass(frozen=True, slots=True)
class Month:
    """A month on the axis of a calendar."""

    x: str
    middle: str
    name: str
    initial: str
    year: str = ""


@dataclass(frozen=True, slots=True)
class DrawnSpan:
    """One line of a calendar: (x, width) of each window, and the same in words."""

    label: str
    windows: tuple[tuple[str, str], ...]
    text: str


def months(calendar: Calendar) -> tuple[Month, ...]:
    """Return the months of a calendar, from the one it starts in."""
    days = _days(calendar)
    drawn: list[Month] = []
    for first, after in _months_between(calendar.starts, calendar.ends):
        start = max((first - calendar.starts).days, 0)
        end = min((after - calendar.starts).days, days)
        # a month cut short by the bounds has no room for its name
        name = SHORT_MONTHS[first.month - 1] if end - start >= _HALF_MONTH else ""
        # once a year, where it begins: a calendar on two years says which is which
        year = str(first.year) if not drawn or first.month == 1 else ""
        middle = _percent((start + end) / 2, days)
        drawn.append(Month(_percent(start, days), middle, name, name[:1].upper(), year))
    return tuple(drawn)


def spans(calendar: Calendar) -> tuple[DrawnSpan, ...]:
    """Return the lines of a calendar; what lies outside its bounds is not drawn, but is said."""
    days = _days(calendar)

    def draw(span: Span) -> DrawnSpan:
        windows = []
        for starts, ends in span.windows:
            first = max((starts - calendar.starts).days, 0)
            last = min((ends - calendar.starts).days + 1, days)
            if first < last:
                windows.append((_percent(first, days), _percent(last - first, days)))
        return DrawnSpan(span.label, tuple(windows), format_windows(span.windows))

    return tuple(draw(span) for span in calendar.spans)


def _days(calendar: Calendar) -> int:
    return max((calendar.ends - calendar.starts).days + 1, 1)


def _months_between(starts: dt.date, ends: dt.date) -> Iterator[tuple[dt.date, dt.date]]:
    first = starts.replace(day=1)
    while first <= ends:
        after = dt.date(first.year + first.month // _DECEMBER, first.month % _DECEMBER + 1, 1)
        yield first, after
        first = after


@dataclass(frozen=True, slots=True)
class Shade:
    """How a class of the legend is drawn: a name for the style sheet, and dots that need no colour."""

    label: str
    name: str
    dots: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DrawnTile:
    """A tile: its place, its code, the words it stands for, its class."""

    x: int
    y: int
    code: str
    words: str
    target: str
    shade: Shade
    value: str = ""


def legend(tile_map: TileMap) -> tuple[Shade, ...]:
    """Return how each class is drawn: « not available » an outline, « N.C. » hatched, then shades.

    The classes with a value are told apart by one dot more each, not by their shade alone.
    """
    shades: list[Shade] = []
    rank = 0
    for position, label in enumerate(tile_map.legend):
        kind = class_kind(position, label)
        if kind is ClassKind.UNKNOWN:
            shades.append(Shade(label, "nc", ()))
        elif kind is ClassKind.MISSING:
            shades.append(Shade(label, "none", ()))
        else:
            rank += 1
            shades.append(Shade(label, str(min(rank, _SHADES)), _dots(rank)))
    return tuple(shades)


def tiles(tile_map: TileMap, shades: tuple[Shade, ...]) -> tuple[DrawnTile, ...]:
    """Return the tiles in reading order, so that the keyboard goes through them as the eye does."""

    def draw(tile: Tile) -> DrawnTile:
        known = 0 <= tile.legend < len(shades)
        shade = shades[tile.legend] if known else Shade("", "none", ())
        words = tile.text if tile.text.startswith(tile.label) else f"{tile.label}{NBSP}: {tile.text}"
        return DrawnTile(
            tile.column * _PITCH, tile.row * _PITCH, tile.code, words, tile.target, shade, tile.value
        )

    return tuple(draw(tile) for tile in sorted(tile_map.tiles, key=lambda tile: (tile.row, tile.column)))


def map_size(tile_map: TileMap) -> tuple[int, int]:
    """Return the width and height of the map, in the units of its tiles."""
    columns = 1 + max((tile.column for tile in tile_map.tiles), default=0)
    rows = 1 + max((tile.row for tile in tile_map.tiles), default=0)
    gap = _PITCH - _SIDE
    return columns * _PITCH - gap, rows * _PITCH - gap


def _dots(count: int) -> tuple[int, ...]:
    """Return the abscissae of ``count`` dots centred on a tile."""
    step = 5
    first = (_SIDE - step * (count - 1)) / 2
    return tuple(round(first + step * rank) for rank in range(count))

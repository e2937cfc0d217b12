"""The blocks of a section that are drawn: bars, calendars, maps of tiles, pictures."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from accroche.lib.pictures import Picture, picture


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: ``value`` draws it (None: no bar, « N.C. »), ``text`` is printed."""

    label: str
    value: int | None
    text: str


@dataclass(frozen=True, slots=True)
class BarChart:
    """Horizontal bars from zero; ``alt`` says in words what the drawing shows, ``source`` whence it is."""

    caption: str
    alt: str
    bars: tuple[Bar, ...]
    source: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """One line of a calendar: closed date windows."""

    label: str
    windows: tuple[tuple[dt.date, dt.date], ...]


@dataclass(frozen=True, slots=True)
class Calendar:
    """Who holds its semaine when, from ``starts`` to ``ends`` (closed)."""

    caption: str
    alt: str
    starts: dt.date
    ends: dt.date
    spans: tuple[Span, ...]
    source: str = ""


@dataclass(frozen=True, slots=True)
class Tile:
    """One académie on the map: place from the top left, legend class, words, and the ``value`` it prints."""

    code: str
    label: str
    column: int
    row: int
    legend: int
    text: str
    target: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class TileMap:
    """A map of equal tiles. ``legend`` lists the classes, from « not available » up."""

    caption: str
    alt: str
    tiles: tuple[Tile, ...]
    legend: tuple[str, ...]
    source: str = ""


#: Bytes of a picture, and pixels once decoded: a full page in print, far from what fills a memory.
MAX_IMAGE_BYTES: Final = 5_000_000
MAX_IMAGE_PIXELS: Final = 12_000_000


class Share(StrEnum):
    """How much of the width of the text a picture takes."""

    FULL = "full"
    HALF = "half"
    THIRD = "third"


@dataclass(frozen=True, slots=True)
class Image:
    """A PNG or a JPEG.

    ``alt`` says in words what it shows, for who does not see it; ``credit`` who made it, ``licence`` under
    which terms, and ``caption`` what it is about. Raises ``ValueError`` without ``alt`` or ``credit``, for
    what is no such picture, and for one too heavy.
    """

    content: bytes
    alt: str
    credit: str
    licence: str = ""
    caption: str = ""
    share: Share = Share.FULL

    def __post_init__(self) -> None:
        """Refuse what no document may show."""
        if not self.alt.strip() or not self.credit.strip():
            raise ValueError("A picture needs its text alternative and its credit.")
        if len(self.content) > MAX_IMAGE_BYTES:
            raise ValueError(f"The picture weighs {len(self.content)} bytes; at most {MAX_IMAGE_BYTES}.")
        if (pixels := self.picture.width * self.picture.height) > MAX_IMAGE_PIXELS:
            raise ValueError(f"The picture has {pixels} pixels; at most {MAX_IMAGE_PIXELS}.")

    @property
    def picture(self) -> Picture:
        """Its kind and its sides in pixels."""
        return picture(self.content)

    @property
    def attribution(self) -> str:
        """Who made it and under which terms, as printed under it."""
        return " – ".join(part for part in (self.credit, self.licence) if part)

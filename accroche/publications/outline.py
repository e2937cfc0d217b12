"""The format-neutral tree of a document: what is said, never how it is drawn.

A document module builds one :class:`Document`; a renderer draws it. Every printed figure is a
:class:`Figure` that names its :class:`Provenance`, so that each format can open it. Texts are plain
French prose, already typographically correct; renderers escape what their format needs escaped. A document
holds no sign that would mislead its reader: it takes them away as it is made (``lib/signes.py``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from accroche.lib.pictures import Picture, picture
from accroche.lib.texte import liste
from accroche.publications.lettres import make_readable

# -- inline -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text:
    """A run of text; ``strong`` is emphasis by meaning, not decoration."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A link to an http(s) address; ``text`` says where it leads."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Ref:
    """A link to a section or an example of this document, by its ``target`` id."""

    text: str
    target: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A printed figure and the id of its provenance."""

    text: str
    provenance: str


Inline = Text | Link | Ref | Figure
Line = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a figure comes from. ``rows`` are (what, figure as given, note) that it adds up or quotes."""

    id: str
    label: str
    value: str
    statement: str
    rows: tuple[tuple[str, str, str], ...] = ()


# -- blocks -------------------------------------------------------------------------------------


class Tone(StrEnum):
    """How a paragraph speaks."""

    BODY = "body"
    LEAD = "lead"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    content: Line
    tone: Tone = Tone.BODY


@dataclass(frozen=True, slots=True)
class BulletList:
    """A list without order."""

    items: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class NumberedList:
    """A list whose order counts, numbered from one."""

    items: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Label and content pairs (« Parrain », « Service pilote »…)."""

    items: tuple[tuple[str, Line], ...]


UNTOLD_BOXES: Final = "non précisés"
UNTOLD_BOX: Final = "non précisé"


@dataclass(frozen=True, slots=True)
class LevelBoxes:
    """Tick boxes: (label, ticked), None where nobody can tell. ``unknown``: none can; words stand instead."""

    caption: str
    items: tuple[tuple[str, bool | None], ...]
    unknown: bool = False


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A large figure, what it counts, and a short line under it."""

    figure: Figure
    label: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """A row of large figures. ``source``: where they come from, in a sentence."""

    items: tuple[KeyFigure, ...]
    source: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """A temps fort: when (may be empty), kind, title, where, summary, stops."""

    when: str
    kind: str
    title: str
    place: str = ""
    summary: str = ""
    stops: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Timeline:
    """Dated events in order."""

    caption: str
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """An example action: title, « carried by » line, account, links, prize, tags, partners.

    ``id``: what a :class:`Ref` names to lead to it; empty for one that nothing refers to.
    """

    title: str
    porteurs: str
    paragraphs: tuple[str, ...]
    links: tuple[Link, ...] = ()
    prize: str = ""
    tags: tuple[str, ...] = ()
    url: str = ""
    id: str = ""
    partners: tuple[str, ...] = ()

    @property
    def partner_line(self) -> str:
        """Whom it is made with, as one line; empty when nobody is named."""
        return f"Avec {liste(self.partners)}" if self.partners else ""


@dataclass(frozen=True, slots=True)
class Callout:
    """A framed remark the reader must not miss."""

    title: str
    content: Line


class Align(StrEnum):
    """Column alignment."""

    START = "start"
    END = "end"


@dataclass(frozen=True, slots=True)
class Column:
    """A table column; the first column of a table holds row headers."""

    label: str
    align: Align = Align.START


@dataclass(frozen=True, slots=True)
class Table:
    """A captioned table: a line per column in each row and in ``total``; ``note`` says how to read it."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Line, ...], ...]
    note: str = ""
    total: tuple[Line, ...] | None = None
    source: str = ""

    @property
    def lines(self) -> tuple[tuple[Line, ...], ...]:
        """Every row, the total last when there is one."""
        return self.rows if self.total is None else (*self.rows, self.total)


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


Block = (
    Paragraph
    | BulletList
    | NumberedList
    | Facts
    | LevelBoxes
    | KeyFigures
    | Timeline
    | Example
    | Callout
    | Table
    | BarChart
    | Calendar
    | TileMap
    | Image
)


class SectionKind(StrEnum):
    """What a section is, so that a format may give it its own page."""

    PLAIN = "plain"
    CHAPTER = "chapter"
    SHEET = "sheet"
    ANNEX = "annex"
    #: an annex of many short entries, to look things up in
    INDEX = "index"


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part. ``summary`` is a short line under the title (dates of a semaine)."""

    id: str
    title: str
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    kind: SectionKind = SectionKind.PLAIN
    summary: str = ""


# -- data ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DataField:
    """A column of open data: technical name, JSON-schema type, what it means (French)."""

    name: str
    type: str
    description: str


Value = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class DataTable:
    """A rectangular table of open data; each row has one value per field."""

    name: str
    title: str
    fields: tuple[DataField, ...]
    rows: Sequence[tuple[Value, ...]]


class Layout(StrEnum):
    """What a document is once it is laid out in pages."""

    REPORT = "report"
    #: one page to hang; for a single section
    POSTER = "poster"


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document. ``date`` is the day its content was settled, and stamps every file of it."""

    title: str
    subtitle: str
    organisation: str
    version: str
    date: dt.date
    abstract: str
    sections: tuple[Section, ...]
    provenances: tuple[Provenance, ...] = ()
    data: tuple[DataTable, ...] = ()
    language: str = "fr-FR"
    site_url: str = ""
    #: false for a working paper: its data are under no open licence
    is_public: bool = True
    #: what it is about, besides what all of them are
    keywords: tuple[str, ...] = ()
    layout: Layout = Layout.REPORT
    cover: str = ""  # a line that its cover bears

    def __post_init__(self) -> None:
        """Take away what misleads; rows of data stay as they came, since each of their formats settles it."""
        make_readable(self, but="data")

    def walk(self) -> Iterator[tuple[int, Section]]:
        """Yield (depth from 1, section) for every section, in reading order."""

        def descend(sections: tuple[Section, ...], depth: int) -> Iterator[tuple[int, Section]]:
            for section in sections:
                yield depth, section
                yield from descend(section.sections, depth + 1)

        return descend(self.sections, 1)

    def examples(self) -> Iterator[Example]:
        """Yield every example, in reading order."""
        blocks = (block for _depth, section in self.walk() for block in section.blocks)
        return (block for block in blocks if isinstance(block, Example))

"""Sections, data, and the document that holds them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from accroche.publications.lettres import make_readable
from accroche.publications.outline.blocks import (
    BulletList,
    Callout,
    Example,
    Facts,
    KeyFigures,
    LevelBoxes,
    NumberedList,
    Paragraph,
    Table,
    Timeline,
)
from accroche.publications.outline.drawings import BarChart, Calendar, Image, TileMap
from accroche.publications.outline.inline import Provenance

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

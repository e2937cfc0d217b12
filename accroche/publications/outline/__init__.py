"""The format-neutral tree of a document: what is said, never how it is drawn.

A document module builds one :class:`Document`; a renderer draws it. Every printed figure is a
:class:`Figure` that names its :class:`Provenance`, so that each format can open it. Texts are plain
French prose, already typographically correct; renderers escape what their format needs escaped. A document
holds no sign that would mislead its reader: it takes them away as it is made (``lib/signes.py``).
"""

from __future__ import annotations

from accroche.publications.outline.blocks import (
    UNTOLD_BOX,
    UNTOLD_BOXES,
    Align,
    BulletList,
    Callout,
    Column,
    Event,
    Example,
    Facts,
    KeyFigure,
    KeyFigures,
    LevelBoxes,
    NumberedList,
    Paragraph,
    Table,
    Timeline,
    Tone,
)
from accroche.publications.outline.document import (
    Block,
    DataField,
    DataTable,
    Document,
    Layout,
    Section,
    SectionKind,
    Value,
)
from accroche.publications.outline.drawings import (
    MAX_IMAGE_BYTES,
    MAX_IMAGE_PIXELS,
    Bar,
    BarChart,
    Calendar,
    Image,
    Share,
    Span,
    Tile,
    TileMap,
)
from accroche.publications.outline.inline import Figure, Inline, Line, Link, Provenance, Ref, Text

__all__ = [
    "MAX_IMAGE_BYTES",
    "MAX_IMAGE_PIXELS",
    "UNTOLD_BOX",
    "UNTOLD_BOXES",
    "Align",
    "Bar",
    "BarChart",
    "Block",
    "BulletList",
    "Calendar",
    "Callout",
    "Column",
    "DataField",
    "DataTable",
    "Document",
    "Event",
    "Example",
    "Facts",
    "Figure",
    "Image",
    "Inline",
    "KeyFigure",
    "KeyFigures",
    "Layout",
    "LevelBoxes",
    "Line",
    "Link",
    "NumberedList",
    "Paragraph",
    "Provenance",
    "Ref",
    "Section",
    "SectionKind",
    "Share",
    "Span",
    "Table",
    "Text",
    "Tile",
    "TileMap",
    "Timeline",
    "Tone",
    "Value",
]

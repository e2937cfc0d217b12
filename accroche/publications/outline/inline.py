"""What a line of a document is made of: texts, links, figures with their provenance."""

from __future__ import annotations

from dataclasses import dataclass


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

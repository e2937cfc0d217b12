"""The blocks of a section that are made of words: paragraphs, lists, facts, figures, tables."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from accroche.lib.texte import liste
from accroche.publications.outline.inline import Figure, Line, Link


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

    ``id``: what a :class:`~accroche.publications.outline.Ref` names to lead to it; empty when nothing does.
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

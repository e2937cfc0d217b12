"""The drawings of the cockpit: plain numbers that templates write as SVG attributes, never a style.

Lengths along an axis are percentages, so that bars take the width they are given while words keep their size.
Each drawing has a title and a description, and stands beside the table it is made from.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from accroche.annuaire.tuiles import cases
from accroche.cockpit.cockpit import EtatAcademie, Signe
from accroche.lib.texte import NBSP, nombre

#: Units of a row of bars: its words, then its bar.
ROW: Final = 46
_SIDE, _PITCH = 40, 44
_DOT: Final = 9


@dataclass(frozen=True, slots=True)
class PartBarre:
    """A piece of a bar: its class in the style sheet, where it starts and how wide it is."""

    name: str
    x: str
    width: str


@dataclass(frozen=True, slots=True)
class Barre:
    """One bar: its words on the left, its figure on the right, and where it stands."""

    label: str
    text: str
    y: int
    parts: tuple[PartBarre, ...]

    @property
    def base(self) -> int:
        """Where its words stand."""
        return self.y + 16

    @property
    def top(self) -> int:
        """Where the bar itself starts."""
        return self.y + 22


@dataclass(frozen=True, slots=True)
class Graphique:
    """A drawing of bars. ``key``: what its parts stand for, by class."""

    code: str
    title: str
    description: str
    bars: tuple[Barre, ...]
    key: tuple[tuple[str, str], ...]

    @property
    def height(self) -> int:
        """Its height, in pixels."""
        return ROW * len(self.bars)


@dataclass(frozen=True, slots=True)
class Donnee:
    """What one bar shows: its values in the order of the key, out of ``whole`` (None: the longest bar)."""

    label: str
    text: str
    values: tuple[int, ...]
    whole: int | None = None


def graphique(
    code: str, title: str, rows: Sequence[Donnee], key: Sequence[tuple[str, str]]
) -> Graphique | None:
    """Draw the rows; None when there is nothing to draw."""
    longest = max((sum(row.values) for row in rows), default=0)
    if not longest:
        return None
    bars = []
    for rank, row in enumerate(rows):
        parts, start, whole = [], 0, row.whole or longest
        for (name, _), value in zip(key, row.values, strict=True):
            if value:
                parts.append(PartBarre(name, _percent(start, whole), _percent(value, whole)))
            start += value
        bars.append(Barre(row.label, row.text, rank * ROW, tuple(parts)))
    told = ". ".join(f"{row.label}{NBSP}: {row.text}" for row in rows)
    return Graphique(code, title, f"{told}.", tuple(bars), tuple(key))


def _percent(part: int, whole: int) -> str:
    """A share as an SVG length; never localised."""
    return f"{100 * part / whole:.2f}".rstrip("0").rstrip(".") + "%"


@dataclass(frozen=True, slots=True)
class Carreau:
    """An académie on the map: its place, its code, its words, and a dot for each sign (full or empty)."""

    x: int
    y: int
    code: str
    words: str
    slug: str
    reached: int
    dots: tuple[tuple[int, bool], ...]


@dataclass(frozen=True, slots=True)
class Carte:
    """The tile map, in reading order, and the size of its drawing."""

    tiles: tuple[Carreau, ...]
    width: int
    height: int


def carte(rows: Iterable[EtatAcademie]) -> Carte:
    """Draw where each académie stands: its three signs, told by dots as much as by a shade."""
    shown = list(rows)
    pairs = sorted(zip(shown, cases(row.name for row in shown), strict=True), key=lambda pair: pair[1].rank)
    first = (_SIDE - _DOT * (len(Signe) - 1)) // 2
    tiles = tuple(
        Carreau(
            x=case.column * _PITCH,
            y=case.row * _PITCH,
            code=case.code,
            words=f"{row.name}{NBSP}: {_told(row)}",
            slug=row.slug,
            reached=row.reached,
            dots=tuple((first + _DOT * rank, row.has(signe)) for rank, signe in enumerate(Signe)),
        )
        for row, case in pairs
    )
    gap = _PITCH - _SIDE
    columns = 1 + max((case.column for _, case in pairs), default=0)
    lines = 1 + max((case.row for _, case in pairs), default=0)
    return Carte(tiles, columns * _PITCH - gap, lines * _PITCH - gap)


def _told(row: EtatAcademie) -> str:
    there = [signe.label[0].lower() + signe.label[1:] for signe in Signe if row.has(signe)]
    told = ", ".join(there) or "rien encore"
    count = row.fiches.published
    return f"{told} ({nombre(count)}{NBSP}fiches)" if count > 1 else told

"""A list behind a number: its title, its headings, and its rows read as they are needed. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from accroche.lib.tableur.cellules import Cell

#: Rows read together when all of them are wanted.
BATCH: Final = 500


@dataclass(frozen=True, slots=True)
class LigneListe:
    """One row: what it says under each heading, and where its first cell leads (nowhere when empty)."""

    cells: tuple[Cell, ...]
    href: str = ""


@dataclass(frozen=True)
class ListeChiffre:
    """The rows behind a number, as keys in their order; ``read`` turns some of them into rows.

    ``total``: what their last column adds up to, where that is a figure of the page. ``wide``: the columns of
    long texts, in a workbook.
    """

    title: str
    headings: tuple[str, ...]
    keys: Sequence[Any]
    read: Callable[[Sequence[Any]], list[LigneListe]]
    total: int | None = None
    wide: frozenset[int] = frozenset({0})

    @property
    def count(self) -> int:
        """How many rows there are: the number that led here."""
        return len(self.keys)

    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """All the rows as cells, a batch read after the other."""
        for first in range(0, len(self.keys), BATCH):
            for ligne in self.read(self.keys[first : first + BATCH]):
                yield ligne.cells

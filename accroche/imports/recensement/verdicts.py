"""What importing a row would do, decided from the row and from what the site holds; pure."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from accroche.actions.saisie import Contenu, PorteurSaisi
from accroche.imports.recensement.champs import Champ
from accroche.imports.recensement.differences import CellDifference
from accroche.imports.recensement.publication import missing
from accroche.imports.recensement.row import Row
from accroche.lib.libelles import Libelle
from accroche.lib.texte import slug

#: Room the fingerprint leaves for the words of a title in the address of a sheet.
SLUG_WORDS: Final = 100


class Fate(Libelle):
    """What becomes of a row."""

    NEW = "new", "nouvelle"
    SAME = "same", "déjà sur le site"
    CHANGED = "changed", "différente du site"
    TWICE = "twice", "en double dans le fichier"
    REFUSED = "refused", "à corriger"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One row and what becomes of it. ``slug``: the address of a new one; ``action``: the sheet there.

    ``content``: what a new one holds, ``year``: its edition.
    """

    row: Row
    fate: Fate
    porteurs: tuple[PorteurSaisi, ...] = ()
    slug: str = ""
    action: int | None = None
    version: int = 0
    differences: tuple[CellDifference, ...] = ()
    content: Contenu | None = None
    year: str = ""

    @property
    def missing(self) -> tuple[tuple[str, str], ...]:
        """What a new sheet lacks to be published: fields, and what to do about each. Computed each time."""
        return missing(self.row, self.content, self.year) if self.content else ()

    @property
    def has_conflict(self) -> bool:
        """Whether somebody has to choose."""
        return self.conflicts > 0

    @property
    def key(self) -> str:
        """How a form names the row."""
        rank = f".{self.row.action}" if self.row.action > 1 else ""
        return f"{self.row.sheet}:{self.row.number}{rank}"

    def key_of(self, champ: Champ) -> str:
        """How a form names one cell of the row."""
        return f"{self.key}:{champ.value}"

    @property
    def conflicts(self) -> int:
        """How many cells somebody has to choose."""
        return sum(one.conflict for one in self.differences) if self.differences else 0


@lru_cache(maxsize=2048)
def _title(title: str) -> str:
    return slug(title)


def fingerprint(title: str, porteurs: Iterable[str]) -> str:
    """Return what makes two rows of a semaine the same action: the words of its title and its carriers."""
    text = "\n".join([_title(title), *sorted(porteurs)])
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def address(title: str, mark: str) -> str:
    """Return the address of a new sheet: two imports of one row give the same, so the second is refused."""
    return f"{_title(title)[:SLUG_WORDS].strip('-') or 'action'}-{mark}"


def chosen(verdict: Verdict, *, file: Collection[Champ]) -> tuple[Champ, ...]:
    """Return the columns to write of a changed row: those without conflict, and those where ``file`` wins."""
    return tuple(one.champ for one in verdict.differences if not one.conflict or one.champ in file)

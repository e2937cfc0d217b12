"""Rows of a table of fields: what each is, and by which ways it travels or why it does not.

``actions/champs.py`` is such a table for a sheet, ``campagne/champs.py`` for a semaine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final


class Genre(StrEnum):
    """What kind of value a field holds."""

    TEXT = "texte"
    CHOICE = "choix"
    CHOICES = "plusieurs choix"
    DAY = "jour"
    MOMENT = "instant"
    NUMBER = "nombre"
    DEGREES = "degrés"
    FLAG = "oui ou non"
    ROWS = "liste"


@dataclass(frozen=True, slots=True)
class Par:
    """It travels. ``cles``: how the way calls it, when not by its own name; what they are, the way says."""

    cles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Non:
    """It does not travel, and why."""

    raison: str


Ways = dict[StrEnum, Par | Non]
PAR: Final = Par()


@dataclass(frozen=True, slots=True)
class Champ:
    """A field, or a list when it has ``parts``, which then travel each in its own way.

    ``voies``: each way by its word. ``prive``: why the public never reads it; empty when it may. ``ajout``:
    not typed, but known of what holds it. ``colonnes``: its columns in the database, when they are not of
    its name.
    """

    name: str
    label: str
    genre: Genre
    voies: Mapping[StrEnum, Par | Non] = field(default_factory=dict)
    prive: str = ""
    ajout: bool = False
    colonnes: tuple[str, ...] = ()
    parts: tuple[Champ, ...] = ()

    def cles(self, voie: StrEnum) -> tuple[str, ...]:
        """How a way calls it; nothing when it does not travel that way."""
        way = self.voies[voie]
        return (way.cles or (self.name,)) if isinstance(way, Par) else ()

    def goes(self, voie: StrEnum) -> bool:
        """Whether it travels that way: a list does when one of its parts does."""
        if self.parts:
            return any(part.goes(voie) for part in self.parts)
        return isinstance(self.voies[voie], Par)

    def raison(self, voie: StrEnum) -> str:
        """Why it does not travel that way; of a list, why its first part does not. Empty when it does."""
        way = (self.parts[0] if self.parts else self).voies[voie]
        return way.raison if isinstance(way, Non) else ""


def feuilles(champs: Iterable[Champ]) -> Iterator[Champ]:
    """Yield each field that travels by itself; the part of a list is named « list.part »."""
    for champ in champs:
        if champ.parts:
            yield from (replace(part, name=f"{champ.name}.{part.name}") for part in champ.parts)
        else:
            yield champ

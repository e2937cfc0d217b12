"""Which schools have declared: the words of it, and how the counts of schools add up.

A school stands where its furthest sheet of the edition stands; refused, withdrawn and merged sheets do
not count for it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from accroche.actions.cycle import Etat
from accroche.annuaire.regles import NIVEAU_DE, Niveau, TypePorteur
from accroche.lib.libelles import Libelle
from accroche.lib.texte import sort_key

Key = TypeVar("Key", bound=Hashable)

#: The kinds of the directory that are schools, the only ones expected to declare.
SCHOOLS = tuple(NIVEAU_DE)


class Etape(Libelle):
    """How far a school has come in an edition."""

    NOTHING = "rien", "Rien encore"
    DRAFT = "brouillon", "Brouillon commencé"
    SENT = "envoyee", "Fiche en relecture"
    PUBLISHED = "publiee", "Fiche publiée"

    @property
    def has_declared(self) -> bool:
        """Whether the school has sent a sheet to its académie."""
        return self in {Etape.SENT, Etape.PUBLISHED}


#: The states of a sheet that bring its school to a step, the furthest step first.
STATES: dict[Etape, tuple[Etat, ...]] = {
    Etape.PUBLISHED: (Etat.PUBLISHED,),
    Etape.SENT: (Etat.SUBMITTED, Etat.TO_COMPLETE),
    Etape.DRAFT: (Etat.DRAFT,),
}


@dataclass(frozen=True, slots=True)
class Avancement:
    """Schools by how far they have come."""

    nothing: int = 0
    draft: int = 0
    sent: int = 0
    published: int = 0

    def __add__(self, other: Avancement) -> Avancement:
        """Schools of two territories that share none."""
        return Avancement(
            self.nothing + other.nothing,
            self.draft + other.draft,
            self.sent + other.sent,
            self.published + other.published,
        )

    @property
    def schools(self) -> int:
        """All of them."""
        return self.nothing + self.draft + self.sent + self.published

    @property
    def declared(self) -> int:
        """Those that have sent at least one sheet."""
        return self.sent + self.published

    @property
    def missing(self) -> int:
        """Those that have not."""
        return self.nothing + self.draft

    @property
    def rate(self) -> int | None:
        """The declared ones, in whole per cent; None without schools.

        Rounded to the nearest, but never to 0 when one has declared nor to 100 while one is missing.
        """
        if not self.schools:
            return None
        if self.declared in {0, self.schools}:
            return 100 if self.declared else 0
        return min(99, max(1, (200 * self.declared + self.schools) // (2 * self.schools)))


@dataclass(frozen=True, slots=True)
class Effectif:
    """``count`` schools of one place, kind and step, as the database gives them: numbers of rows."""

    departement: int
    bassin: int | None
    kind: TypePorteur
    etape: Etape
    count: int

    @property
    def avancement(self) -> Avancement:
        """These schools alone."""
        return Avancement(**{AVANCEMENT_COLUMN[self.etape]: self.count})

    @property
    def level(self) -> Niveau | None:
        """The level these schools teach."""
        return self.kind.level


AVANCEMENT_COLUMN = {
    Etape.NOTHING: "nothing",
    Etape.DRAFT: "draft",
    Etape.SENT: "sent",
    Etape.PUBLISHED: "published",
}


def total(effectifs: Iterable[Effectif]) -> Avancement:
    """Add up."""
    return sum((effectif.avancement for effectif in effectifs), Avancement())


def group(pairs: Iterable[tuple[Key, Effectif]]) -> dict[Key, Avancement]:
    """Add up by key, in the order in which keys first come."""
    found: dict[Key, Avancement] = {}
    for key, effectif in pairs:
        found[key] = found.get(key, Avancement()) + effectif.avancement
    return found


@dataclass(frozen=True, slots=True)
class LigneCouverture:
    """One row of a table of territories or levels: its name, where it leads, and its schools."""

    name: str
    query: str
    avancement: Avancement


@dataclass(frozen=True, slots=True)
class Filtres:
    """What a list of schools is narrowed to: numbers of rows and words; empty ones narrow nothing.

    ``bassin``: 0 for the schools that have none.
    """

    academie: int | None = None
    departement: int | None = None
    bassin: int | None = None
    circonscription: int | None = None
    levels: frozenset[Niveau] = frozenset()
    sector: str = ""
    commune: str = ""
    etapes: frozenset[Etape] = frozenset()
    has_address: bool | None = None
    #: whether the school was invited in the edition
    invited: bool | None = None
    #: leave out those invited this week
    not_this_week: bool = False


class Tri(StrEnum):
    """What the tables are sorted by; a name rises, figures fall first."""

    NAME = "nom"
    SCHOOLS = "ecoles"
    DECLARED = "declare"
    MISSING = "manque"
    RATE = "taux"


def sort_lines(lines: Iterable[LigneCouverture], tri: Tri, *, reverse: bool = False) -> list[LigneCouverture]:
    """Sort the rows; ``reverse``: the other way than the usual one of ``tri``. Equal ones go by name."""
    by_name = sorted(lines, key=lambda line: sort_key(line.name))
    if tri is Tri.NAME:
        return by_name[::-1] if reverse else by_name
    figures: dict[Tri, Callable[[Avancement], float]] = {
        Tri.SCHOOLS: lambda avancement: avancement.schools,
        Tri.DECLARED: lambda avancement: avancement.declared,
        Tri.MISSING: lambda avancement: avancement.missing,
        # exact, as the rounded one would call 12,4 and 12,6 per cent by other names
        Tri.RATE: lambda avancement: avancement.declared / avancement.schools if avancement.schools else -1,
    }
    figure = figures[tri]
    return sorted(by_name, key=lambda line: figure(line.avancement), reverse=not reverse)


def day_of(today: dt.date, closes: dt.date | None) -> dt.date:
    """The day on which schools are counted: today while an edition runs, its last day once it is over."""
    return min(today, closes) if closes else today

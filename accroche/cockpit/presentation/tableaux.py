"""The tables of the cockpit: each number with the rows it counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from accroche.cockpit.presentation.lignes import Quoi
from accroche.lib.texte import nombre, pluriel
from accroche.pilotage.forms.couverture import ALL


@dataclass(frozen=True, slots=True)
class Compte:
    """A number, the rows behind it, and for who only hears it a word beside it (``of``) and a place."""

    value: int
    href: str
    of: str = ""
    where: str = ""

    @property
    def text(self) -> str:
        """The number as it is written."""
        return nombre(self.value)

    @property
    def word(self) -> str:
        """What it counts, as it agrees with the number: each noun given here takes a plain « s »."""
        noun = pluriel(self.value, self.of.removesuffix("s"), self.of)
        return f"{noun}, {self.where}" if self.where else noun


@dataclass(frozen=True, slots=True)
class ChiffreCle:
    """A key figure: what it counts, out of how many (None: of no known whole)."""

    label: str
    compte: Compte
    whole: int | None = None


@dataclass(frozen=True, slots=True)
class RangeeTableau:
    """A row of a table: its name, where that leads, and its cells: numbers with their rows, or words."""

    label: str
    href: str
    cells: tuple[Compte | str, ...]


@dataclass(frozen=True, slots=True)
class TableauChiffres:
    """A table; ``foot``: the row that adds up the others; ``prose``: the heading of its column of words."""

    code: str
    title: str
    headings: tuple[str, ...]
    rows: tuple[RangeeTableau, ...]
    foot: RangeeTableau | None = None
    prose: str = ""

    @property
    def lines(self) -> list[tuple[RangeeTableau, list[tuple[str, Compte | str]]]]:
        """The rows and the last one, each cell with its heading."""
        every = (*self.rows, *((self.foot,) if self.foot else ()))
        return [(row, list(zip(self.headings[1:], row.cells, strict=True))) for row in every]


@dataclass(frozen=True)
class LiensCockpit:
    """Where the numbers of a page lead: the lists of its edition, day and académie."""

    edition: str
    day: dt.date | None = None
    academie: str = ""

    @property
    def base(self) -> dict[str, str]:
        """What every address repeats."""
        day = self.day.isoformat() if self.day else ""
        return {"edition": self.edition, "le": day, "academie": self.academie}

    def to(self, quoi: Quoi, **filtres: object) -> str:
        """The list of ``quoi`` that these filters keep."""
        return f"{reverse('cockpit:lignes', args=[quoi])}?{_query(self.base | _words(filtres))}"

    def of(self, academie: str) -> LiensCockpit:
        """The same, of one académie."""
        return LiensCockpit(self.edition, self.day, academie)

    def schools(self, etape: str, **place: object) -> str:
        """The schools of a step: the list of coverage, or that of a past day."""
        if self.day:
            return self.to(Quoi.ETABLISSEMENTS, etape="" if etape == ALL else etape or "restent", **place)
        page = reverse("pilotage:etablissements")
        return f"{page}?{_query(self.base | {'etape': etape} | _words(place))}"


def _words(filtres: Mapping[str, object]) -> dict[str, str]:
    return {name: str(value) for name, value in filtres.items()}


def _query(filtres: Mapping[str, str]) -> str:
    return urlencode({name: value for name, value in filtres.items() if value})

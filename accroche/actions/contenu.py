"""What a sheet says, as plain data: what spreadsheets carry, and what bulk writes take."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from accroche.actions.regles import CodeTheme, Nature, Temporalite
from accroche.annuaire.regles import Niveau, TypePorteur


@dataclass(frozen=True, slots=True)
class Carrier:
    """Who carries an action: a school by its UAI, or another organisation by its name."""

    name: str
    commune: str = ""
    uai: str = ""
    kind: TypePorteur = TypePorteur.AUTRE

    @property
    def key(self) -> str:
        """What makes two carriers the same: the UAI, else the words."""
        return self.uai or f"{self.name}|{self.commune}".casefold()

    def __str__(self) -> str:
        return f"{self.name}, {self.commune}" if self.commune else self.name


@dataclass(frozen=True, slots=True)
class Contenu:
    """The content of one sheet. Days are both included; ``audience_size`` counts pupils."""

    title: str = ""
    description: str = ""
    carriers: tuple[Carrier, ...] = ()
    starts: dt.date | None = None
    ends: dt.date | None = None
    temporality: Temporalite = Temporalite.UNKNOWN
    levels: tuple[Niveau, ...] = ()
    nature: Nature = Nature.UNKNOWN
    themes: tuple[CodeTheme, ...] = ()
    classes: str = ""
    audience_size: int | None = None
    audience_note: str = ""
    partners: tuple[str, ...] = ()
    authority: str = ""
    public_contact: str = ""
    private_contact: str = ""
    private_email: str = ""
    private_phone: str = ""
    links: tuple[str, ...] = field(default=())

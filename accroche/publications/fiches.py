"""The sheets of one académie as documents read them: what each is, where it stands, and nobody's contact."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from accroche.actions.cycle import Etat
from accroche.actions.regles import Temporalite
from accroche.annuaire.regles import Niveau


@dataclass(frozen=True, slots=True)
class PorteurCite:
    """A carrier of a sheet; ``departement`` is empty for one that is no school of the directory."""

    name: str
    commune: str = ""
    uai: str = ""
    departement: str = ""
    is_school: bool = False


@dataclass(frozen=True, slots=True)
class FicheCitee:
    """One sheet. ``days``: its first and last day, None while nobody gave them."""

    number: int
    title: str
    etat: Etat
    porteurs: tuple[PorteurCite, ...] = ()
    levels: tuple[Niveau, ...] = ()
    days: tuple[dt.date, dt.date] | None = None
    temporality: Temporalite = Temporalite.UNKNOWN
    place: str = ""

    @property
    def departement(self) -> str:
        """That of its first school which has one; empty when none has."""
        return next((porteur.departement for porteur in self.porteurs if porteur.departement), "")


@dataclass(frozen=True, slots=True)
class FichesAcademie:
    """All that was sent to an académie in an edition, as of ``day``: no draft, and what became of each."""

    edition: str
    academie: str
    day: dt.date
    fiches: tuple[FicheCitee, ...]


@dataclass(frozen=True, slots=True)
class FicheAffichee:
    """One public sheet as a poster reads it: words ready to print, empty where the sheet says nothing.

    ``address``: where the public reads it, whole. ``day``: when it last changed, which stamps the file.
    """

    title: str
    porteurs: tuple[str, ...]
    academie: str
    edition: str
    address: str
    day: dt.date
    account: str = ""
    when: str = ""
    place: str = ""
    public: str = ""

"""A school as the rows of a census need it, and what somebody's words for one were recognised as."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

from accroche.actions.saisie import PorteurSaisi
from accroche.annuaire.regles import NIVEAU_DE, Niveau, TypePorteur

#: The same few schools carry the thousands of rows of a file.
_porteur = lru_cache(maxsize=1024)(PorteurSaisi)


@lru_cache(maxsize=64)
def _level(kind: str) -> Niveau | None:
    return NIVEAU_DE.get(TypePorteur(kind))


@dataclass(frozen=True, slots=True)
class Ecole:
    """A school of the directory, as rows need it."""

    uai: str
    kind: str
    name: str
    commune: str
    email: str
    departement: int
    closed_on: dt.date | None

    @property
    def level(self) -> Niveau | None:
        """The level it stands for."""
        return _level(self.kind)

    @property
    def porteur(self) -> PorteurSaisi:
        """Itself as a carrier of a sheet."""
        return _porteur(self.uai, self.kind, self.name, self.commune)

    def __str__(self) -> str:
        return f"{self.name}, {self.commune} ({self.uai})"


@dataclass(frozen=True, slots=True)
class Reconnaissance:
    """What a mention is: schools, another organisation, or nobody for sure with what to choose from.

    ``elsewhere``: a school of another académie; ``is_sure``: its commune says so. ``answer``: what somebody
    said it is. ``gone``: of a school that closed, which one took its place: « fermé en 2026, repris par… ».
    ``is_away``: none of these schools is in the commune that is written.
    """

    ecoles: tuple[Ecole, ...] = ()
    organisme: PorteurSaisi | None = None
    proposed: tuple[Ecole, ...] = ()
    elsewhere: Ecole | None = None
    is_sure: bool = False
    answer: str = ""
    gone: str = ""
    is_away: bool = False

    @property
    def is_known(self) -> bool:
        """Whether it carries the action."""
        return bool(self.ecoles or self.organisme)

    def proposal(self, place: str) -> str:
        """Which schools it may be, after that none of them is in the commune ``place``, where one is told."""
        meant = f"st-ce {' ou '.join(map(str, self.proposed))} ? Écrivez son UAI."
        if not self.is_away:
            return f"E{meant}"
        where = f"la commune « {place} »" if place else "la commune écrite"
        return f"Aucun établissement de ce nom dans {where} : vérifiez-la. Sinon, e{meant}"


#: A mention, its commune when it does not say it, and who it is.
Nomme = tuple[str, str, Reconnaissance]

#: The columns of the directory that :class:`Ecole` is made of, in its order.
COLUMNS = ("uai", "kind", "name", "commune", "email", "departement_id", "closed_on")

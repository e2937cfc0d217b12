"""What a file held for complete would close without being likely to tell it: pure.

A file of collèges alone is complete, and says nothing of the écoles: they are not gone. What is closed is
looked at by département, kind and sector; a group the file holds nothing of, or lost most of, is asked about.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple

from accroche.annuaire.regles import Secteur, TypePorteur
from accroche.lib.texte import nombre, pluriel

#: From how many schools on, losing more than half of them at once is unlikely.
MANY: Final = 10
#: Départements, then groups of each, that a message names.
NAMED: Final = 12

_SECTORS: Final = {Secteur.PUBLIC: " public", Secteur.PRIVATE: " privé"}


class GroupeEcoles(NamedTuple):
    """Schools of one kind and one sector in a département, by its code."""

    departement: str
    kind: TypePorteur
    sector: Secteur


@dataclass(frozen=True, slots=True)
class Fermeture:
    """How many of the ``held`` open schools of a group a file leaves out."""

    ecoles: GroupeEcoles
    closed: int
    held: int

    @property
    def is_doubtful(self) -> bool:
        """Whether the file more likely does not hold this kind of school: none is left, or few of many."""
        return self.closed == self.held or (self.held >= MANY and 2 * self.closed > self.held)

    def __str__(self) -> str:
        _, kind, sector = self.ecoles
        return f"{kind.label}{_SECTORS.get(sector, '')}, {nombre(self.closed)} sur {nombre(self.held)}"


def fermetures(held: Iterable[GroupeEcoles], missing: Iterable[GroupeEcoles]) -> list[Fermeture]:
    """Return what would close, group by group.

    ``held``: the group of each open school, ``missing``: of each that no line tells.
    """
    open_, closing = Counter(held), Counter(missing)
    return [Fermeture(group, closing[group], open_[group]) for group in sorted(closing)]


class DoubtfulClosuresError(ValueError):
    """A file held for complete would close kinds of schools it does not hold; the message is French."""

    def __init__(self, doubtful: Iterable[Fermeture]) -> None:
        """Say how many of which kind, by département."""
        self.doubtful = tuple(doubtful)
        by_departement: dict[str, list[Fermeture]] = {}
        for one in self.doubtful:
            by_departement.setdefault(one.ecoles.departement, []).append(one)
        lines = [
            f"  {code} : {' ; '.join(map(str, found))}"
            for code, found in list(by_departement.items())[:NAMED]
        ]
        if len(by_departement) > NAMED:
            more = len(by_departement) - NAMED
            lines.append(f"  … et {more} {pluriel(more, 'autre département', 'autres départements')}")
        count = sum(one.closed for one in self.doubtful)
        super().__init__(
            "Tenu pour complet, ce fichier fermerait "
            f"{nombre(count)} {pluriel(count, 'établissement', 'établissements')} d’un genre qu’il ne "
            "contient pas, ou presque pas :\n" + "\n".join(lines)
        )

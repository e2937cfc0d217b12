"""How the sheets of an edition divide: by académie, by the levels they touch, by what they are about.

Pure. It is counted from sheets that are plain data, or by the database where only their numbers are shown
(``queries/abrege.py``).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from accroche.annuaire.regles import Niveau
from accroche.dossier.dossier import EditionDossier


class PartDeFiches(NamedTuple):
    """How many sheets an académie has of some sort: all, those of each level in its order, those of none."""

    academie: str
    fiches: int
    niveaux: tuple[int, ...]
    sans_niveau: int


@dataclass(frozen=True, slots=True)
class Ventilation:
    """The sheets of an edition, each once; and those of each theme, by its code. One may have several."""

    ensemble: tuple[PartDeFiches, ...]
    themes: dict[str, tuple[PartDeFiches, ...]]
    sans_theme: int

    @property
    def fiches(self) -> int:
        """How many there are."""
        return added(self.ensemble)

    def by_academie(self) -> dict[str, int]:
        """How many each académie has; one that has none is not there."""
        return {part.academie: part.fiches for part in self.ensemble}


def added(parts: Iterable[PartDeFiches]) -> int:
    """How many sheets some parts hold."""
    return sum(part.fiches for part in parts)


def ventilation_of(dossier: EditionDossier) -> Ventilation:
    """Count the sheets that a dossier holds."""
    told = [
        (action.themes or ("",), _one(semaine.academie, action.levels))
        for semaine in dossier.semaines
        for action in semaine.actions
    ]
    return ventilation((part for _, part in told), ((code, part) for themes, part in told for code in themes))


def ventilation(ensemble: Iterable[PartDeFiches], themes: Iterable[tuple[str, PartDeFiches]]) -> Ventilation:
    """Add up counted sheets; ``themes`` tells of each code, empty for those that are about none."""
    held: dict[str, list[PartDeFiches]] = {}
    for code, part in themes:
        held.setdefault(code, []).append(part)
    without = added(held.pop("", ()))
    return Ventilation(_by_academie(ensemble), {code: _by_academie(held[code]) for code in held}, without)


def _one(academie: str, levels: Iterable[str]) -> PartDeFiches:
    touched = tuple(int(level in levels) for level in Niveau)
    return PartDeFiches(academie, 1, touched, int(not any(touched)))


def _by_academie(parts: Iterable[PartDeFiches]) -> tuple[PartDeFiches, ...]:
    found: dict[str, list[PartDeFiches]] = {}
    for part in parts:
        found.setdefault(part.academie, []).append(part)
    return tuple(
        PartDeFiches(
            academie,
            added(some),
            tuple(map(sum, zip(*(part.niveaux for part in some), strict=True))),
            sum(part.sans_niveau for part in some),
        )
        for academie, some in found.items()
    )

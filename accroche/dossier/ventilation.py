"""How the sheets of an edition divide: by académie, by the levels they touch, by what they are about.

Pure. It is counted from sheets that are plain data, or by the database where only their numbers are shown
(``queries/abrege.py``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from accroche.dossier.dossier import EditionDossier


class PartDeFiches(NamedTuple):
    """How many sheets of an académie touch these levels, no more and no less."""

    academie: str
    levels: tuple[str, ...]
    fiches: int


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
        found: Counter[str] = Counter()
        for part in self.ensemble:
            found[part.academie] += part.fiches
        return dict(found)


def added(parts: Iterable[PartDeFiches]) -> int:
    """How many sheets some parts hold."""
    return sum(part.fiches for part in parts)


def ventilation_of(dossier: EditionDossier) -> Ventilation:
    """Count the sheets that a dossier holds."""
    told = [(semaine.academie, action) for semaine in dossier.semaines for action in semaine.actions]
    return ventilation(
        ((academie, action.levels, 1) for academie, action in told),
        ((code, academie, action.levels, 1) for academie, action in told for code in action.themes or ("",)),
    )


def ventilation(
    ensemble: Iterable[tuple[str, tuple[str, ...], int]],
    themes: Iterable[tuple[str, str, tuple[str, ...], int]],
) -> Ventilation:
    """Bring counted sheets together; ``themes`` begins with a code, empty for those that are about none."""
    held: dict[str, Counter[tuple[str, tuple[str, ...]]]] = {}
    once: Counter[tuple[str, tuple[str, ...]]] = Counter()
    for academie, levels, count in ensemble:
        once[academie, levels] += count
    for code, academie, levels, count in themes:
        held.setdefault(code, Counter())[academie, levels] += count
    parts = {code: _parts(counted) for code, counted in held.items()}
    return Ventilation(_parts(once), parts, added(parts.pop("", ())))


def _parts(counted: Counter[tuple[str, tuple[str, ...]]]) -> tuple[PartDeFiches, ...]:
    return tuple(PartDeFiches(*shared, fiches) for shared, fiches in counted.items())

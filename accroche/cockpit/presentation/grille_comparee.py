"""What two grids say side by side, line by line, in words: no level is made up, and nothing is added up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from accroche.campagne.grille import CritereDit, Parente, Rapprochement
from accroche.cockpit.queries.grille_comparee import GrillesComparees
from accroche.lib.texte import liste, pluriel

#: Why two sides that are not one criterion each are read, and not counted.
_SANS_NOMBRE: Final = {
    Parente.PARTAGE: "Un critère est devenu plusieurs : ses niveaux ne se comparent pas.",
    Parente.REUNION: "Plusieurs critères sont devenus un seul : les niveaux ne se comparent pas.",
    Parente.MELE: "Les critères ont été redécoupés : les niveaux ne se comparent pas.",
    Parente.NOUVEAU: "Nouveau critère.",
    Parente.ABANDON: "Ce critère n’est plus posé.",
}
_SANS_REPONSE: Final = "pas de niveau choisi"


@dataclass(frozen=True, slots=True)
class LigneGrille:
    """One line of the comparison, in words."""

    label: str
    before: str
    after: str
    phrase: str


def lignes(found: GrillesComparees) -> list[LigneGrille]:
    """Each line, in the order of the later grid; what is no longer asked comes last."""
    old = {critere.code: critere for critere in found.before.criteres}
    new = {critere.code: critere for critere in found.after.criteres}
    return [_ligne(row, old, new) for row in found.rows]


def _ligne(row: Rapprochement, old: Mapping[str, CritereDit], new: Mapping[str, CritereDit]) -> LigneGrille:
    was = [old[code] for code in row.filiation.anciens]
    now = [new[code] for code in row.filiation.nouveaux]
    named = now or was
    return LigneGrille(
        liste(f"{critere.code} {critere.title}" for critere in named),
        _side(was, row.before),
        _side(now, row.after),
        _phrase(row),
    )


def _side(criteres: list[CritereDit], levels: tuple[int | None, ...]) -> str:
    """The sentences that were chosen; which criterion each is of, where there are several."""
    told = [
        _SANS_REPONSE if level is None else f"{level} : {critere.levels[level]}"
        for critere, level in zip(criteres, levels, strict=True)
    ]
    if len(told) < 2:  # noqa: PLR2004 - one needs no name
        return "".join(told) or "–"
    return " ".join(f"{critere.title}, {words}" for critere, words in zip(criteres, told, strict=True))


def _phrase(row: Rapprochement) -> str:
    if row.filiation.lien is not Parente.SUITE:
        return _SANS_NOMBRE[row.filiation.lien]
    if row.change is None:
        return "Sans niveau des deux côtés, rien ne se compare."
    if row.change == 0:
        return "Le même niveau."
    count = abs(row.change)
    words = "un niveau" if count == 1 else f"{count} {pluriel(count, 'niveau', 'niveaux')}"
    return f"{words} de {'plus' if row.change > 0 else 'moins'}.".capitalize()

"""How the pages of the grid show a version: its criteria, where they come from, what it still lacks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from accroche.campagne.grille import Filiation, Manque, Parente, filiations, manques
from accroche.campagne.models import Critere, Grille, GrilleObjectif
from accroche.campagne.preuves import Preuve
from accroche.campagne.queries.grille import grille_dite
from accroche.campagne.regles import AXE_LABELS
from accroche.commun.changements import Vocabulaire
from accroche.evaluation.grille import LABELS, words
from accroche.lib.texte import liste

VOCABULAIRE: Final = Vocabulaire(
    lambda field: LABELS.get(field, field),
    words,
    order=tuple(LABELS),
    chosen={"objectif", "axe", "weight", "evidence", "anciens"},
)
#: What was done to a version, after the name of who did it.
VERBES: Final = {
    "write_grille": "a changé",
    "write_critere": "a changé le critère",
    "add_critere": "a ajouté le critère",
    "remove_critere": "a retiré le critère",
    "copy_grille": "a commencé cette version à partir de la grille",
}
#: What a filiation says of a criterion, before the criteria it names.
_LIENS: Final = {
    Parente.SUITE: "Prolonge",
    Parente.PARTAGE: "Reprend une part de",
    Parente.REUNION: "Réunit",
    Parente.MELE: "Mêle",
}
#: Why no level is compared, where several stand on a side.
_SANS_NIVEAU: Final = "ses niveaux ne s’y comparent pas"


@dataclass(frozen=True, slots=True)
class CritereVu:
    """One criterion as a page shows it; ``origine``: where it comes from in words, empty when unknown."""

    row: Critere
    axe: str
    preuves: tuple[Preuve, ...]
    origine: str
    first: bool
    last: bool


@dataclass(frozen=True, slots=True)
class ObjectifVu:
    """One objective with its criteria."""

    row: GrilleObjectif
    criteres: tuple[CritereVu, ...]


@dataclass(frozen=True, slots=True)
class GrilleVue:
    """A version as its page shows it; ``abandons``: criteria of the version before that lead to none."""

    row: Grille
    objectifs: tuple[ObjectifVu, ...]
    manques: tuple[Manque, ...]
    abandons: tuple[str, ...]


def vue(grille: Grille) -> GrilleVue:
    """What the page of a version shows; reads only what ``Grille.objects.complete()`` brought along."""
    origines, abandons = _origines(grille)
    objectifs = tuple(
        ObjectifVu(objectif, tuple(_criteres(objectif, origines))) for objectif in grille.objectifs.all()
    )
    return GrilleVue(grille, objectifs, manques(grille_dite(grille)), abandons)


def _criteres(objectif: GrilleObjectif, origines: dict[str, str]) -> list[CritereVu]:
    rows = list(objectif.criteres.all())
    return [
        CritereVu(
            row,
            AXE_LABELS.get(row.axe, row.axe),
            tuple(Preuve(code) for code in row.evidence if code in set(Preuve)),
            origines.get(row.code, ""),
            first=n == 0,
            last=n == len(rows) - 1,
        )
        for n, row in enumerate(rows)
    ]


def _origines(grille: Grille) -> tuple[dict[str, str], tuple[str, ...]]:
    """Where each criterion comes from in words, by its code; and what the version before loses."""
    if grille.previous is None:
        return {}, ()
    old, new = grille_dite(grille.previous), grille_dite(grille)
    lines = {
        critere.code: {line.ancien.code for line in critere.correspondances.all()}
        for objectif in grille.objectifs.all()
        for critere in objectif.criteres.all()
    }
    found = filiations(old, new, lines)
    titles = {critere.code: f"{critere.code} {critere.title}" for critere in old.criteres}
    told = {
        code: _told(one, [titles[a] for a in one.anciens if a in lines[code]])
        for one in found
        for code in one.nouveaux
    }
    return told, tuple(titles[one.anciens[0]] for one in found if one.lien is Parente.ABANDON)


def _told(one: Filiation, olds: list[str]) -> str:
    if one.lien is Parente.NOUVEAU:
        return "Nouveau dans cette version."
    quoted = liste(f"« {old} »" for old in olds)
    return f"{_LIENS[one.lien]} {quoted}{'' if one.lien is Parente.SUITE else f' : {_SANS_NIVEAU}'}."

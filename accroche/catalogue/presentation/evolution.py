"""Two editions side by side for everybody: sentences, one drawing, and the rows of a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from accroche.cockpit.presentation.dessins import Donnee, Graphique, graphique
from accroche.cockpit.queries.comparaison import ComparaisonPublique
from accroche.dossier.evolution import FIGURES, ListeComparee, Sens, phrase_of
from accroche.dossier.evolution_academies import LigneAcademie, balance
from accroche.lib.tableur.cellules import Cell
from accroche.lib.texte import capitale, liste, nombre

#: What each piece of the drawing stands for: its class in the style sheet, and its words.
KEY: Final = tuple(
    (f"a-sens--{sens.value}", capitale("non comparable" if sens is Sens.INCONNU else sens.label))
    for sens in Sens
)
_COUNTED: Final = {
    Sens.HAUSSE: "en hausse",
    Sens.BAISSE: "en baisse",
    Sens.EGAL: "sans changement",
    Sens.INDECIS: "dont on ne peut rien dire",
    Sens.INCONNU: "non comparables",
}


@dataclass(frozen=True, slots=True)
class TableauAcademies:
    """One figure, académie by académie, alphabetically."""

    code: str
    label: str
    lines: tuple[LigneAcademie, ...]
    summary: str


def tableaux(found: ComparaisonPublique) -> tuple[TableauAcademies, ...]:
    """One table for each figure."""
    return tuple(
        TableauAcademies(code, label, found.academies[code], _summary(found.academies[code]))
        for code, label, _ in FIGURES
    )


def _summary(lines: Sequence[LigneAcademie]) -> str:
    counts = balance(lines)
    told = liste(f"{nombre(count)} {_COUNTED[sens]}" for sens, count in counts.items() if count)
    return f"Sur {nombre(len(lines))} académies, {told}." if told else ""


def dessin(tables: Iterable[TableauAcademies]) -> Graphique | None:
    """How many académies went which way, as one bar for each figure."""
    rows = [
        Donnee(table.label, f"{nombre(len(table.lines))} académies", tuple(balance(table.lines).values()))
        for table in tables
    ]
    return graphique("evolution", "Combien d’académies sont allées dans quel sens", rows, KEY)


def listes(found: ComparaisonPublique) -> tuple[tuple[ListeComparee, str], ...]:
    """What each list gained and lost, in words."""
    return tuple((one, phrase_of(one)) for one in found.country.evolution.lists)


def headings(found: ComparaisonPublique) -> list[str]:
    """The headings of the file."""
    before, after = found.country.before.year, found.country.after.year
    return ["Indicateur", "Territoire", f"Académies en {before}", before, after, "Évolution"]


def rows(found: ComparaisonPublique) -> Iterator[list[Cell]]:
    """The rows of the file: the country, then each académie, as the page tells them."""
    country = found.country.evolution
    for line in (*country.figures, *country.constant, *country.counts):
        yield [line.label, "France", "", line.before, line.after, line.phrase]
    for table in tableaux(found):
        for one in table.lines:
            told = [one.ligne.before, one.ligne.after, one.phrase]
            yield [table.label, one.academie, liste(one.before), *told]

"""Two editions, académie by académie: what can be said of each, and why nothing can where nothing can. Pure.

Académies stand in the order of the alphabet and are never ranked. Those that became one are added up. What is
counted here rises until its edition is closed, and is no more than a part of what an académie declares: it
stands for « au moins » there, so that no fall is told that nobody knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from accroche.dossier.comptage import COUNTED, are_counted
from accroche.dossier.dossier import SemaineDossier
from accroche.dossier.evolution import FIGURES, REPEATED, Ligne, Sens, compared, perimeters_of
from accroche.lib.chiffres import Chiffre, Kind, Total, total
from accroche.lib.texte import NBSP, liste, sort_key, typographie


@dataclass(frozen=True, slots=True)
class CoteEdition:
    """One of the two editions: its year, what its académies tell, and whether nothing is added any more."""

    year: str
    semaines: Sequence[SemaineDossier]
    is_closed: bool = False

    @property
    def is_counted(self) -> bool:
        """Whether its figures are counted from published sheets."""
        return any(are_counted(getattr(one, name)) for one in self.semaines for _, _, name in FIGURES)


@dataclass(frozen=True, slots=True)
class LigneAcademie:
    """One figure of one académie in both editions; ``before``: the académies it was then, when others.

    ``why``: what keeps it from being compared, in words; empty where it is.
    """

    academie: str
    before: tuple[str, ...]
    ligne: Ligne
    why: str

    @property
    def phrase(self) -> str:
        """What is said of it."""
        return f"non comparable{NBSP}: {self.why}" if self.why else self.ligne.phrase


def certain(cote: CoteEdition, other: CoteEdition) -> CoteEdition:
    """The same edition, its counted figures as lower bounds where there may be more than is counted."""
    if not cote.is_counted or (cote.is_closed and other.is_counted):
        return cote
    return replace(cote, semaines=[_bounded(semaine) for semaine in cote.semaines])


def _bounded(semaine: SemaineDossier) -> SemaineDossier:
    return replace(
        semaine,
        actions_figures=_at_least(semaine.actions_figures),
        etablissements_figures=_at_least(semaine.etablissements_figures),
    )


def _at_least(figures: Iterable[Chiffre]) -> tuple[Chiffre, ...]:
    return tuple(
        replace(one, kind=Kind.AT_LEAST)
        if one.source == COUNTED and one.kind is Kind.EXACT and one.value
        else one
        for one in figures
    )


def by_academie(
    before: CoteEdition, after: CoteEdition, successors: Mapping[str, str]
) -> dict[str, tuple[LigneAcademie, ...]]:
    """The lines of each figure, by its code; ``successors``: who follows each académie that is no more."""
    sides: list[dict[str, list[SemaineDossier]]] = [{}, {}]
    for cote, side in zip((before, after), sides, strict=True):
        for one in cote.semaines:
            side.setdefault(successors.get(one.academie, one.academie), []).append(one)
    names = sorted({name for side in sides for name in side}, key=sort_key)
    was, now = sides
    return {
        code: tuple(
            _line(name, (code, label, figures), (before, was.get(name, [])), (after, now.get(name, [])))
            for name in names
        )
        for code, label, figures in FIGURES
    }


Told = tuple[CoteEdition, list[SemaineDossier]]


def _line(name: str, figure: tuple[str, str, str], was: Told, now: Told) -> LigneAcademie:
    code, label, column = figure
    totals = [
        total(((one.academie, getattr(one, column)) for one in rows), repeats=column in REPEATED)
        for _, rows in (was, now)
    ]
    ligne = compared(code, label, *totals)
    then = tuple(one.academie for one in was[1] if one.academie != name)
    why = _why(was, now, column, totals)
    if not why and ligne.sens is Sens.INDECIS:
        why = "les deux nombres ne sont pas assez précis"
    return LigneAcademie(name, then, replace(ligne, sens=Sens.INCONNU) if why else ligne, why)


def _why(was: Told, now: Told, column: str, totals: Sequence[Total]) -> str:
    """What keeps two numbers from being compared: one that is not there, or another measure."""
    years: dict[str, list[str]] = {}
    for cote, rows in (was, now):
        if words := _missing([(one.academie, getattr(one, column)) for one in rows]):
            years.setdefault(words, []).append(f"en {cote.year}")
    if years:
        return " ; ".join(f"{words} {liste(when)}" for words, when in years.items()).replace(" ;", f"{NBSP};")
    before, after = totals
    if perimeters_of(before) == perimeters_of(after):
        return ""
    told = (f"en {cote.year}, {_scope(result)}" for (cote, _), result in zip((was, now), totals, strict=True))
    return f"périmètres différents ({f'{NBSP}; '.join(told)})"


def _missing(rows: Sequence[tuple[str, Sequence[Chiffre]]]) -> str:
    """Why an edition has no number to compare; empty when it has one, whole."""
    if not rows:
        return "pas de semaine"
    silent = [(name, figures) for name, figures in rows if not _has_number(figures)]
    if not silent:
        return ""
    figures = silent[0][1]
    kinds = {figure.kind for figure in figures if figure.additive}
    who = f" de {liste(name for name, _ in silent)}" if len(rows) > 1 else ""
    if are_counted(figures):
        return f"aucune fiche publiée{who}"
    if Kind.NOT_COMMUNICATED in kinds:
        return f"N.C.{who}"
    if Kind.ALL in kinds:
        return f"«{NBSP}tous{NBSP}», sans nombre{who}"
    return f"données non disponibles{who}"


def _has_number(figures: Iterable[Chiffre]) -> bool:
    return any(figure.additive and figure.value is not None for figure in figures)


def _scope(result: Total) -> str:
    """What a total is counted over, as its académies say it."""
    told = [
        figure.perimeter[:1].lower() + figure.perimeter[1:]
        for _, figures in result.parts
        for figure in figures
        if figure.additive and figure.value is not None and figure.perimeter
    ]
    return typographie(" et ".join(dict.fromkeys(told))) or "rien de précisé"


def balance(lines: Iterable[LigneAcademie]) -> dict[Sens, int]:
    """How many académies went which way, in the order of :class:`Sens`; what is not comparable is INCONNU."""
    found = dict.fromkeys(Sens, 0)
    for line in lines:
        found[line.ligne.sens] += 1
    return found

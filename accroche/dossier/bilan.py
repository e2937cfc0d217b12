"""What an edition adds up to: every total, list and count that is computed, never typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from accroche.annuaire.regles import Niveau
from accroche.campagne.regles import Indicateur, StatutSemaine
from accroche.dossier.dossier import EditionDossier, SemaineDossier
from accroche.dossier.exemples import exemples
from accroche.lib.chiffres import Total, total


@dataclass(frozen=True, slots=True)
class Bilan:
    """The computed side of an edition. Tuples of names keep the order of the report.

    ``later`` holds (académie, ordinal) for those who had already held a semaine; ``first`` those who
    held their first; an ordinal nobody gave is in neither. ``levels_told`` holds those that said a level: of
    the others none is known, which is not none. ``levels_known``: those that
    say whether they reach each level, or not.
    """

    actions: Total
    etablissements: Total
    reported: tuple[str, ...]
    unavailable: tuple[str, ...]
    first: tuple[str, ...]
    later: tuple[tuple[str, int], ...]
    levels: dict[Niveau, tuple[str, ...]]
    levels_told: tuple[str, ...]
    levels_known: dict[Niveau, tuple[str, ...]]
    axes: dict[str, tuple[str, ...]]
    examples: int
    resources: int
    resources_unpublished: int
    temps_forts: int


def bilan(dossier: EditionDossier) -> Bilan:
    """Compute the totals of an edition; an unavailable académie never counts as zero."""
    semaines = dossier.semaines

    def names(keep: Callable[[SemaineDossier], bool]) -> tuple[str, ...]:
        return tuple(semaine.academie for semaine in semaines if keep(semaine))

    levels = {level: tuple(s.academie for s in semaines if level in s.levels) for level in Niveau}
    known = {level: tuple(s.academie for s in semaines if s.reaches(level) is not None) for level in Niveau}
    axes = {axe.code: tuple(s.academie for s in semaines if _keeps(s, axe.code)) for axe in dossier.axes}
    resources = [resource for semaine in semaines for resource in semaine.ressources]
    return Bilan(
        actions=total((semaine.academie, semaine.actions_figures) for semaine in semaines),
        etablissements=total(
            ((semaine.academie, semaine.etablissements_figures) for semaine in semaines),
            repeats=Indicateur.ETABLISSEMENTS.repeats,
        ),
        reported=names(lambda s: s.status == StatutSemaine.REPORTED),
        unavailable=names(lambda s: s.status == StatutSemaine.UNAVAILABLE),
        first=names(lambda s: s.ordinal == 1),
        later=tuple((s.academie, s.ordinal) for s in semaines if s.ordinal is not None and s.ordinal > 1),
        levels=levels,
        levels_told=names(lambda s: bool(s.levels)),
        levels_known=known,
        axes=axes,
        examples=sum(len(exemples(semaine)) for semaine in semaines),
        resources=len(resources),
        resources_unpublished=sum(resource.published is False for resource in resources),
        temps_forts=sum(len(semaine.temps_forts) for semaine in semaines),
    )


def _keeps(semaine: SemaineDossier, code: str) -> bool:
    return any(kept.code == code for kept in semaine.axes)

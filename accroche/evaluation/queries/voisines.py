"""Académies that do well what another wants to try: from what they publish, never from what they answered."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from accroche.campagne.models import CitationObjectif, Critere, Edition, Ressource, Semaine
from accroche.campagne.regles import TypeRessource
from accroche.evaluation.preuves import Savoir
from accroche.evaluation.preuves.actions import LISTS
from accroche.evaluation.propositions import proposition
from accroche.evaluation.queries.faits import facts_of_edition
from accroche.evaluation.suites import STRONG

#: Académies shown beside one criterion, and resources of each.
MOST: Final = 2
MOST_RESOURCES: Final = 2
#: Resources that show how a criterion is met; any other: all of them.
KINDS: Final[Mapping[str, Collection[str]]] = {
    "1.2": LISTS,
    "1.4": (TypeRessource.VIDEO, TypeRessource.FILM, TypeRessource.ARTICLE),
    "3.6": (TypeRessource.BILAN,),
    "4.3": (TypeRessource.ARTICLE, TypeRessource.EMISSION, TypeRessource.VIDEO),
}


@dataclass(frozen=True, slots=True)
class Voisine:
    """An académie to look at: why, and what of it anybody can open."""

    semaine: Semaine
    reason: str
    resources: tuple[Ressource, ...] = ()


def source_of() -> Edition | None:
    """The edition whose public facts are looked at: the latest public one that somebody reported on."""
    return Edition.objects.published().reported().order_by("-year").first()


def voisines(semaine: Semaine, criteres: Iterable[Critere]) -> dict[int, tuple[Voisine, ...]]:
    """Return académies to look at, by the number of each criterion; in a fixed number of queries.

    In the order of the alphabet, beginning after one's own: nobody is first for everybody. Who is shown says
    nothing of who is not. Where facts point at nobody, those the national report cites for the objective.
    """
    wanted = list(criteres)
    edition = source_of() if wanted else None
    if edition is None:
        return {}
    others = _others(edition, semaine)
    faits = facts_of_edition(edition)
    resources = _resources(others)
    cited = _cited(edition)
    found = {}
    for critere in wanted:
        told = []
        for other in others:
            proposed = proposition(critere.code, critere.levels, Savoir(faits=faits[other.pk]))
            if proposed.level is not None and proposed.level >= STRONG:
                told.append(
                    Voisine(other, proposed.reason, _shown(resources.get(other.pk, ()), critere.code))
                )
        if not told:
            reason = f"Citée en exemple par la synthèse nationale {edition.year} pour cet objectif."
            told = [
                Voisine(other, reason)
                for other in others
                if other.academie_id in cited.get(critere.objectif.code, ())
            ]
        if told:
            found[critere.pk] = tuple(told[:MOST])
    return found


def _others(edition: Edition, semaine: Semaine) -> list[Semaine]:
    rows = edition.semaines.select_related("academie", "edition").order_by("academie__slug")
    others = [row for row in rows if row.academie_id != semaine.academie_id]
    own = semaine.academie.slug
    return [row for row in others if row.academie.slug > own] + [
        row for row in others if row.academie.slug < own
    ]


def _resources(semaines: Iterable[Semaine]) -> dict[int, list[Ressource]]:
    rows = Ressource.objects.filter(semaine__in=list(semaines), published=True).exclude(url="")
    found: dict[int, list[Ressource]] = {}
    for row in rows.order_by("semaine", "position"):
        found.setdefault(row.semaine_id, []).append(row)
    return found


def _shown(resources: Iterable[Ressource], code: str) -> tuple[Ressource, ...]:
    kinds = KINDS.get(code)
    return tuple(one for one in resources if kinds is None or one.kind in kinds)[:MOST_RESOURCES]


def _cited(edition: Edition) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    rows = CitationObjectif.objects.filter(objectif__edition=edition).order_by("position")
    for code, academie in rows.values_list("objectif__code", "academie"):
        found.setdefault(code, set()).add(academie)
    return found

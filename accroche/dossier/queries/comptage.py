"""What the published sheets of an edition add up to, counted where they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet, Sum

from accroche.actions.models import Action, ComptageSemaine
from accroche.annuaire.regles import Niveau
from accroche.campagne.models import Edition, Semaine
from accroche.campagne.regles import Indicateur, StatutSemaine
from accroche.commun.preparees import prepared
from accroche.dossier.comptage import Decompte, counted_figures, with_counts
from accroche.dossier.dossier import EditionDossier
from accroche.dossier.queries.dossier import dossier_of
from accroche.lib.chiffres import Chiffre


def public_dossier(edition: Edition) -> EditionDossier:
    """Return the edition as documents and open data tell it: what moderation let through, and its figures.

    Figures are counted from the sheets in an edition declared here; elsewhere they are the académies' own.
    """
    dossier = dossier_of(edition, Action.objects.accepted())
    return with_counts(dossier) if edition.is_counted else dossier


def comptages(edition: Edition, *, only: Semaine | None = None) -> dict[int, Decompte]:
    """Return what each semaine's published sheets add up to, by its number; one query, of no sheet.

    Triggers keep the sums in the transactions that change them (``catalogue/declencheurs_comptage.py``).
    ``only`` reads one of them. A semaine without a published sheet may have no row.
    """
    rows: Iterable[Any] = _sums_of((only.pk,)) if only else _sums(edition.pk)
    return {
        row["semaine_id"]: Decompte(
            actions=row["sum_actions"],
            etablissements=row["sum_etablissements"],
            levels=frozenset(level for level in Niveau if row[f"sum_{level}"]),
        )
        for row in rows
    }


def published_in(semaines: Iterable[Semaine]) -> dict[int, int]:
    """How many published sheets each of these semaines has, by its number; one query, of no sheet."""
    rows: Iterable[Any] = _sums_of(tuple(semaine.pk for semaine in semaines))
    return {row["semaine_id"]: row["sum_actions"] for row in rows}


@prepared
def _sums(edition: int) -> QuerySet[ComptageSemaine, Any]:
    semaines = Semaine.objects.filter(edition=edition).order_by().values("pk")
    return _summed(ComptageSemaine.objects.filter(semaine_id__in=semaines))


@prepared
def _sums_of(semaines: tuple[int, ...]) -> QuerySet[ComptageSemaine, Any]:
    return _summed(ComptageSemaine.objects.filter(semaine_id__in=semaines))


def _summed(rows: QuerySet[ComptageSemaine]) -> QuerySet[ComptageSemaine, Any]:
    columns = ("actions", "etablissements", *(level.value for level in Niveau))
    summed = {f"sum_{name}": Sum(name) for name in columns}
    return rows.order_by("semaine_id").values("semaine_id").annotate(**summed)


def decomptes(edition: Edition, *, only: Semaine | None = None) -> dict[int, Decompte]:
    """Return the same for each semaine of an edition whose figures are counted; two queries, however many.

    Empty for an edition told by a report: its figures are the académies' own.
    """
    if not edition.is_counted:
        return {}
    semaines = edition.semaines.order_by().values_list("pk", flat=True)
    if only:
        semaines = semaines.filter(pk=only.pk)
    return decomptes_of(edition, semaines, comptages(edition, only=only))


def decomptes_of(
    edition: Edition, semaines: Iterable[int], found: Mapping[int, Decompte]
) -> dict[int, Decompte]:
    """Return the same of what :func:`comptages` ``found`` already, for the numbers of ``semaines``."""
    return {pk: found.get(pk, Decompte()) for pk in semaines} if edition.is_counted else {}


def levels_of(semaine: Semaine, counted: Mapping[int, Decompte]) -> tuple[Niveau, ...]:
    """Return the levels a semaine reaches: those it ticked, and those of its published sheets."""
    decompte = counted.get(semaine.pk, Decompte())
    return tuple(level for level in Niveau if level in semaine.levels or level in decompte.levels)


def figures_of(
    semaine: Semaine, indicateur: Indicateur, counted: Mapping[int, Decompte]
) -> tuple[Chiffre, ...]:
    """Return one answer of a semaine as the public reads it; asks nothing when its figures are prefetched.

    ``counted``: what :func:`decomptes` found; empty leaves the académie's own figures.
    """
    declared = semaine.figures(indicateur)
    decompte = counted.get(semaine.pk)
    if decompte is None:
        return declared
    unavailable = semaine.status == StatutSemaine.UNAVAILABLE
    return counted_figures(indicateur, declared, decompte, unavailable=unavailable)

"""What the published sheets of an edition add up to, counted where they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.db.models import Count, Q

from accroche.actions.models import Action
from accroche.annuaire.regles import NIVEAU_DE, Niveau
from accroche.campagne.models import Edition, Semaine
from accroche.campagne.regles import Indicateur, StatutSemaine
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


def decomptes(edition: Edition, *, only: Semaine | None = None) -> dict[int, Decompte]:
    """Return what each semaine's published sheets add up to, by its number; three queries, however many.

    ``only`` counts one of them. Empty for an edition told by a report: its figures are the académies' own.
    """
    if not edition.is_counted:
        return {}
    semaines = edition.semaines.order_by().values_list("pk", flat=True)
    if only:
        semaines = semaines.filter(pk=only.pk)
    accepted = Action.objects.accepted().filter(semaine__in=semaines).order_by()
    ticked = {f"with_{level}": Count("pk", filter=Q(**{level.value: True})) for level in Niveau}
    rows: Iterable[Any] = accepted.values("semaine").annotate(sheets=Count("pk"), **ticked)
    found = {
        row["semaine"]: Decompte(
            actions=row["sheets"], levels=frozenset(level for level in Niveau if row[f"with_{level}"])
        )
        for row in rows
    }
    schools = accepted.filter(porteurs__kind__in=NIVEAU_DE).values("semaine")
    for row in schools.annotate(schools=Count("porteurs", distinct=True)):
        found[row["semaine"]] = replace(found[row["semaine"]], etablissements=row["schools"])
    return {pk: found.get(pk, Decompte()) for pk in semaines}


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

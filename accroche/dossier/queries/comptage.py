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
from accroche.dossier.comptage import Compte, recense, recenser
from accroche.dossier.dossier import EditionDossier
from accroche.dossier.queries.dossier import dossier_of
from accroche.lib.chiffres import Chiffre


def public_dossier(edition: Edition) -> EditionDossier:
    """Return the edition as documents and open data tell it: what moderation let through, and its figures.

    Figures are counted from the sheets in an edition declared here; elsewhere they are the académies' own.
    """
    dossier = dossier_of(edition, Action.objects.accepted())
    return recense(dossier) if edition.is_census else dossier


def comptes(edition: Edition, *, only: Semaine | None = None) -> dict[int, Compte]:
    """Return what each semaine's published sheets add up to, by its number; three queries, however many.

    ``only`` counts one of them. Empty for an edition told by a report: its figures are the académies' own.
    """
    if not edition.is_census:
        return {}
    semaines = edition.semaines.order_by().values_list("pk", flat=True)
    if only:
        semaines = semaines.filter(pk=only.pk)
    accepted = Action.objects.accepted().filter(semaine__in=semaines).order_by()
    ticked = {f"with_{level}": Count("pk", filter=Q(**{level.value: True})) for level in Niveau}
    rows: Iterable[Any] = accepted.values("semaine").annotate(sheets=Count("pk"), **ticked)
    found = {
        row["semaine"]: Compte(
            actions=row["sheets"], levels=frozenset(level for level in Niveau if row[f"with_{level}"])
        )
        for row in rows
    }
    schools = accepted.filter(porteurs__kind__in=NIVEAU_DE).values("semaine")
    for row in schools.annotate(schools=Count("porteurs", distinct=True)):
        found[row["semaine"]] = replace(found[row["semaine"]], etablissements=row["schools"])
    return {pk: found.get(pk, Compte()) for pk in semaines}


def levels_of(semaine: Semaine, counted: Mapping[int, Compte]) -> tuple[Niveau, ...]:
    """Return the levels a semaine reaches: those it ticked, and those of its published sheets."""
    compte = counted.get(semaine.pk, Compte())
    return tuple(level for level in Niveau if level in semaine.levels or level in compte.levels)


def figures_of(
    semaine: Semaine, indicateur: Indicateur, counted: Mapping[int, Compte]
) -> tuple[Chiffre, ...]:
    """Return one answer of a semaine as the public reads it; asks nothing when its figures are prefetched.

    ``counted``: what :func:`comptes` found; empty leaves the académie's own figures.
    """
    declared = semaine.figures(indicateur)
    compte = counted.get(semaine.pk)
    if compte is None:
        return declared
    unavailable = semaine.status == StatutSemaine.UNAVAILABLE
    return recenser(indicateur, declared, compte, unavailable=unavailable)

"""Reads of the grid: a version as plain data, the one an edition uses, and where its criteria come from."""

from __future__ import annotations

from accroche.campagne.grille import CritereDit, GrilleDite, ObjectifDit, itself, through
from accroche.campagne.models import Correspondance, Edition, Grille, GrilleEdition


def grille_dite(grille: Grille) -> GrilleDite:
    """Return a version as plain data; no query when it was read by ``Grille.objects.complete()``."""
    return GrilleDite(
        code=grille.code,
        name=grille.name,
        preamble=grille.preamble,
        objectifs=tuple(
            ObjectifDit(
                objectif.code,
                objectif.label,
                tuple(
                    CritereDit(
                        code=critere.code,
                        title=critere.title,
                        axe=critere.axe,
                        levels=tuple(critere.levels),
                        weight=critere.weight,
                        evidence=tuple(critere.evidence),
                    )
                    for critere in objectif.criteres.all()
                ),
            )
            for objectif in grille.objectifs.all()
        ),
    )


def grille_of(edition: Edition) -> GrilleDite | None:
    """Return the grid an edition uses, None for one that has none; in a fixed number of queries."""
    found = Grille.objects.complete().filter(editions__edition=edition).first()
    return grille_dite(found) if found else None


def attached(edition: Edition) -> GrilleEdition | None:
    """Return which version an edition uses and until when, None when it has none."""
    return GrilleEdition.objects.select_related("grille", "edition").filter(edition=edition).first()


def origines_of(grille: Grille) -> dict[str, frozenset[str]]:
    """Return where the criteria of a version come from, by code: those of the version it names as its own."""
    lines = Correspondance.objects.filter(
        critere__objectif__grille=grille, ancien__objectif__grille=grille.previous_id
    ).values_list("critere__code", "ancien__code")
    found: dict[str, set[str]] = {}
    for new, old in lines:
        found.setdefault(new, set()).add(old)
    return {new: frozenset(olds) for new, olds in found.items()}


def origines_between(old: Grille, new: Grille) -> dict[str, frozenset[str]] | None:
    """Return where the criteria of ``new`` come from in ``old``, however many versions lie between.

    The criteria of one version are their own. None when no line of versions leads from one to the other: the
    two then have nothing to be compared by.
    """
    found = itself(grille_dite(Grille.objects.complete().get(pk=new.pk)))
    at: Grille | None = new
    while at is not None and at.pk != old.pk:
        found = through(found, origines_of(at))
        at = at.previous
    return found if at is not None else None

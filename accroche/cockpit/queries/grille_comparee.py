"""An académie's answers to the grids of two editions, as who asks may read them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from accroche.annuaire.models import Academie
from accroche.campagne.grille import GrilleDite, Rapprochement, rapprochements
from accroche.campagne.models import Edition, Grille, Semaine
from accroche.campagne.queries import grille_dite, origines_between
from accroche.comptes.permissions import Access
from accroche.comptes.regles import Right
from accroche.evaluation.models import Reponse
from accroche.evaluation.queries.evaluation import is_hidden


@dataclass(frozen=True, slots=True)
class GrillesComparees:
    """Two versions of the grid, or twice the same, with what was answered to each side of a line."""

    before: GrilleDite
    after: GrilleDite
    rows: tuple[Rapprochement, ...]


def grilles_comparees(
    before: Edition, after: Edition, academie: Academie, access: Access
) -> GrillesComparees | None:
    """Set the answers of two editions side by side; None where nothing can be.

    Nothing: an edition without a grid, versions that do not follow from each other, or no answer that
    ``access`` may read. Answers of académies that became this one are theirs, and are not added up.
    """
    grids = [
        Grille.objects.complete().filter(editions__edition=edition).first() for edition in (before, after)
    ]
    old, new = grids
    if old is None or new is None:
        return None
    was, now = (_levels(edition, academie, access) for edition in (before, after))
    origines = origines_between(old, new) if was or now else None
    if origines is None:
        return None
    told = grille_dite(old), grille_dite(new)
    return GrillesComparees(*told, rapprochements(*told, origines, was, now))


def _levels(edition: Edition, academie: Academie, access: Access) -> Mapping[str, int]:
    """The levels an académie chose in an edition, by the code of their criterion."""
    semaine = (
        Semaine.objects.select_related("evaluation", "academie")
        .filter(edition=edition, academie=academie)
        .first()
    )
    evaluation = getattr(semaine, "evaluation", None)
    if semaine is None or evaluation is None or not semaine.may(access, Right.SEE_STEERING):
        return {}
    if is_hidden(evaluation, semaine, access):
        return {}
    rows = Reponse.objects.filter(evaluation=evaluation, level__isnull=False)
    return {code: level for code, level in rows.values_list("critere__code", "level") if level is not None}

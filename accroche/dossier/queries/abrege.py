"""An edition as a page tells it: the sheets that stand as examples whole, all others as numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from django.db.models import Count, Q, QuerySet

from accroche.actions.models import Action
from accroche.actions.regles import SourceAction
from accroche.annuaire.regles import Niveau
from accroche.campagne.models import Edition
from accroche.dossier.comptage import with_count
from accroche.dossier.dossier import ActionDossier, EditionDossier
from accroche.dossier.queries.actions import actions_told
from accroche.dossier.queries.comptage import comptages, decomptes_of
from accroche.dossier.queries.dossier import earlier_of, edition_dossier, semaine_dossier, with_parts
from accroche.dossier.ventilation import PartDeFiches, Ventilation, ventilation

_LEVELS: Final = tuple(level.value for level in Niveau)
#: Every sheet that may be an example (``dossier/exemples.py``), whichever of them are.
_MAY_BE: Final = ~Q(source=SourceAction.DECLARATION) | Q(remarkable=True) | ~Q(prize="") | Q(chosen=True)


@dataclass(frozen=True, slots=True)
class Abrege:
    """An edition without what the bureau writes, and with no sheet but those that may be examples."""

    dossier: EditionDossier
    ventilation: Ventilation


def public_abrege(edition: Edition) -> Abrege:
    """Return an edition declared here as its page shows it: what moderation let through, and its figures.

    The same as ``public_dossier`` without texts, whatever the number of its sheets: figures are the sums that
    triggers keep, and what is counted by level and theme is counted by the database.
    """
    rows = with_parts(edition.semaines.select_related("academie", "edition"))
    accepted = Action.objects.accepted().filter(semaine__edition=edition)
    shown: dict[int, list[ActionDossier]] = defaultdict(list)
    for number, action in actions_told(accepted.filter(_MAY_BE)):
        shown[number].append(action)
    counted = decomptes_of(edition, [row.pk for row in rows], comptages(edition))
    semaines = tuple(with_count(semaine_dossier(row, actions=shown[row.pk]), counted[row.pk]) for row in rows)
    # a semaine that came since, or that nobody sees yet, is not told: nor are its sheets
    names = {row.pk: row.academie.name for row in rows}
    return Abrege(
        replace(
            edition_dossier(edition, texts=False), semaines=semaines, previous_academies=earlier_of(semaines)
        ),
        ventilation(
            (
                PartDeFiches(names[number], *counts)
                for number, *counts in _counted(accepted)
                if number in names
            ),
            (
                (code or "", PartDeFiches(names[number], *counts))
                for code, number, *counts in _counted(accepted, "themes__code")
                if number in names
            ),
        ),
    )


def _counted(sheets: QuerySet[Action], *by: str) -> Iterator[tuple[Any, ...]]:
    """How many sheets each semaine has, of each level and of none, the same ``by`` something else."""
    touching = {f"touching_{level}": Count("pk", filter=Q(**{level: True})) for level in _LEVELS}
    none = Count("pk", filter=Q(**dict.fromkeys(_LEVELS, False)))
    rows: Iterable[Any] = (
        sheets.order_by()
        .values(*by, "semaine_id")
        .annotate(fiches=Count("pk"), **touching, touching_none=none)
        .values_list(*by, "semaine_id", "fiches", *touching, "touching_none")
    )
    first = len(by) + 2
    for row in rows:
        yield *row[:first], row[first:-1], row[-1]

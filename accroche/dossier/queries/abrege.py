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
from accroche.dossier.ventilation import Ventilation, ventilation

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
    names = {row.pk: row.academie.name for row in rows}
    return Abrege(
        replace(
            edition_dossier(edition, texts=False), semaines=semaines, previous_academies=earlier_of(semaines)
        ),
        ventilation(
            ((names[number], *rest) for number, *rest in _counted(accepted)),
            (
                (code or "", names[number], *rest)
                for code, number, *rest in _counted(accepted, "themes__code")
            ),
        ),
    )


def _counted(sheets: QuerySet[Action], *by: str) -> Iterator[tuple[Any, ...]]:
    """How many sheets of each semaine touch the same levels, and are the same ``by`` something else."""
    rows: Iterable[Any] = (
        sheets.order_by().values(*by, "semaine_id", *_LEVELS).annotate(fiches=Count("pk"))
    ).values_list(*by, "semaine_id", *_LEVELS, "fiches")
    first = len(by) + 1
    for row in rows:
        ticked = row[first:-1]
        yield (
            *row[:first],
            tuple(code for code, is_ticked in zip(_LEVELS, ticked, strict=True) if is_ticked),
            row[-1],
        )

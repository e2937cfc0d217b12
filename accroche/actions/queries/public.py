"""Reads of what is kept of public pages: how often they were read, where a former address leads."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Sum

from accroche.actions.cycle import Etat
from accroche.actions.models import Action, AncienneAdresse, Vues


def vues_of(actions: Iterable[Action]) -> dict[int, int]:
    """How often the page of each sheet was read, by its number; one query, zero for one nobody read."""
    numbers = [action.pk for action in actions]
    counts = Vues.objects.filter(action__in=numbers).order_by().values_list("action").annotate(Sum("count"))
    return dict.fromkeys(numbers, 0) | dict(counts)


def moved_to(year: str, academie: str, slug: str) -> Action | None:
    """The published sheet that an address leads to once it is no sheet's own.

    It was merged, through several merges if need be, or it had this address before.
    """
    at = {"semaine__edition__year": year, "semaine__academie__slug": academie, "slug": slug}
    found = Action.objects.filter(etat=Etat.MERGED, **at).select_related("merged_into").first()
    if found is None:
        former = AncienneAdresse.objects.filter(**at).select_related("action__merged_into").first()
        found = former.action if former else None
    while found and found.etat == Etat.MERGED:
        found = found.merged_into
    readable = Action.objects.published().select_related("semaine__academie", "semaine__edition")
    return readable.filter(pk=found.pk).first() if found else None

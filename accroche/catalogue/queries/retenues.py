"""The sheets that frozen selections list: what a search within one is held to."""

from __future__ import annotations

from accroche.catalogue.models import FicheRetenue, Selection
from accroche.catalogue.models.selections import SelectionQuerySet


def retained(slug: str) -> frozenset[int]:
    """The numbers of the sheets of a published frozen selection; none for any other. One query."""
    kept = FicheRetenue.objects.filter(selection__in=_frozen(slug)).order_by()
    return frozenset(kept.values_list("action", flat=True))


def name_of_selection(slug: str) -> str:
    """What a published frozen selection is called; its slug for any other. One query."""
    return _frozen(slug).values_list("name", flat=True).first() or slug


def _frozen(slug: str) -> SelectionQuerySet:
    return Selection.objects.published().filter(slug=slug, frozen=True)

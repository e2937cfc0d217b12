"""What a selection holds: its sheets, in their order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlsplit

from django.http import QueryDict
from django.urls import Resolver404, resolve

from accroche.actions.models import Action
from accroche.actions.queries.public import moved_to
from accroche.catalogue.criteres import Criteres, read
from accroche.catalogue.models import Selection
from accroche.catalogue.queries import moteur
from accroche.catalogue.queries.recherche import cards

#: Sheets of one selection at most: what one reads, and what one document holds.
MOST: Final = 200


@dataclass(frozen=True, slots=True)
class FichesDeSelection:
    """The sheets of a selection that are public now.

    ``gone``: how many it lists that are public no more; ``beyond``: how many its filter finds past
    :data:`MOST`.
    """

    actions: list[Action]
    gone: int = 0
    beyond: int = 0


def criteres_of(selection: Selection) -> Criteres:
    """The filter of a selection."""
    return read(QueryDict(selection.criteres)).criteres


def sheets_of(selection: Selection) -> FichesDeSelection:
    """Its sheets in order, in a fixed number of queries: those it lists, or those its filter finds now."""
    if selection.frozen:
        listed = list(selection.retenues.values_list("action_id", flat=True))
        found = cards(listed)
        return FichesDeSelection(found, gone=len(listed) - len(found))
    return sheets_found(criteres_of(selection))


def sheet_at(address: str) -> int | None:
    """The number of the published sheet whose page has this address, whole or from its « / » on; else None.

    A former address leads to the sheet that has it now.
    """
    try:
        found = resolve(urlsplit(address.strip()).path)
    except (Resolver404, ValueError):
        return None
    if found.view_name != "catalogue:action":
        return None
    year, academie, slug = (str(found.kwargs[name]) for name in ("year", "academie", "action"))
    at = {"semaine__edition__year": year, "semaine__academie__slug": academie, "slug": slug}
    sheet = Action.objects.published().filter(**at).first() or moved_to(year, academie, slug)
    return sheet.pk if sheet else None


def sheets_found(criteres: Criteres) -> FichesDeSelection:
    """The sheets that a filter finds, at most :data:`MOST`."""
    found = moteur.search(replace(criteres, page=1), size=MOST, facets=False)
    return FichesDeSelection(cards(hit.action_pk for hit in found.hits), beyond=max(0, found.total - MOST))

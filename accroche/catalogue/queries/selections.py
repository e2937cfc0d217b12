"""What a selection holds: its sheets, in their order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from django.http import QueryDict

from accroche.actions.models import Action
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


def sheets_found(criteres: Criteres) -> FichesDeSelection:
    """The sheets that a filter finds, at most :data:`MOST`."""
    found = moteur.search(replace(criteres, page=1), size=MOST, facets=False)
    return FichesDeSelection(cards(hit.action_pk for hit in found.hits), beyond=max(0, found.total - MOST))

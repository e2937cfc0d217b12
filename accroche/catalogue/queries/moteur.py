"""Looking for published actions: the one door, whoever answers."""

from __future__ import annotations

from accroche.catalogue.criteres import Criteres
from accroche.catalogue.queries import repli
from accroche.catalogue.resultats import Resultats, Trouvee

__all__ = ["Resultats", "Trouvee", "related", "search"]


def search(criteres: Criteres, *, size: int = 20, facets: bool = True) -> Resultats:
    """What answers to a search, ``size`` actions a page, with the counts of every filter."""
    return repli.search(criteres, size=size, facets=facets)


def related(action_pk: int, n: int) -> tuple[int, ...]:
    """The published actions that resemble one, best first."""
    return repli.related(action_pk, n)

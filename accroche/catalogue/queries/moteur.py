"""Looking for published actions: the one door, whoever answers; the database where there is no index."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from accroche.catalogue.criteres import Criteres
from accroche.catalogue.queries import recherche_index, repli
from accroche.catalogue.queries.recherche_index import Seen, au_point, cellules, etendue
from accroche.catalogue.resultats import Resultats, Trouvee

__all__ = [
    "Resultats",
    "Trouvee",
    "au_point",
    "cellules",
    "count",
    "etendue",
    "few_until",
    "numbers",
    "related",
    "search",
]


def search(criteres: Criteres, *, size: int = 20, facets: bool = True) -> Resultats:
    """What answers to a search, ``size`` actions a page, with the counts of every filter."""
    found = recherche_index.search(criteres, size=size, facets=facets)
    return repli.search(criteres, size=size, facets=facets) if found is None else found


def numbers(criteres: Criteres, seen: Seen, *, size: int, facets: bool) -> Resultats:
    """The same without a word of what is found, for who reads the sheets anyway.

    ``seen`` is asked for some numbers, and for others where the index fails: it says which the public sees.
    """
    found = recherche_index.numbers(criteres, seen, size=size, facets=facets)
    if found is None:
        found = repli.search(criteres, size=size, facets=facets)
        seen([hit.action_pk for hit in found.hits])
    return found


def count(criteres: Criteres) -> int:
    """About how many answer: what was withdrawn a moment ago may be counted still."""
    found = recherche_index.count(criteres)
    return repli.search(criteres, size=1, facets=False).total if found is None else found


def few_until(criteres: Criteres, lasts: Sequence[dt.date], most: int) -> int:
    """By how many of these days, the earliest first, no more than ``most`` of them have begun."""
    found = recherche_index.few_until(criteres, lasts, most)
    if found is not None:
        return found
    totals = (repli.search(replace(criteres, au=last), size=1, facets=False).total for last in lasts)
    return sum(1 for _ in takewhile(most.__ge__, totals))


def related(action_pk: int, n: int) -> tuple[int, ...]:
    """The published actions that resemble one, best first."""
    found = recherche_index.related(action_pk, n)
    return repli.related(action_pk, n) if found is None else found

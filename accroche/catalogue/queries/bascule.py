"""What the switch of editions asks of the database."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Q

from accroche.campagne.models import Semaine
from accroche.catalogue.queries.editions import published_editions
from accroche.commun.memoire import remembered_apart


def published_years() -> list[str]:
    """The years of the editions the public may read, the latest first."""
    return [edition.year for edition in published_editions()]


class _NowhereError(Exception):
    """Nothing anywhere: it is not remembered, or addresses that visitors make up would fill the memory."""


def semaines_near(academie: str) -> Mapping[str, list[tuple[str, str]]]:
    """Each published edition in which an académie, those it follows or those that follow it have a semaine.

    By year, the slug and name of each, its own first.
    """
    try:
        return _near(academie)
    except _NowhereError:
        return {}


@remembered_apart
def _near(academie: str) -> Mapping[str, list[tuple[str, str]]]:
    own = Q(academie__slug=academie)
    kin = Q(academie__successors__slug=academie) | Q(academie__predecessors__slug=academie)
    rows = Semaine.objects.filter(own | kin, edition__published_at__isnull=False).order_by("academie__slug")
    found: dict[str, list[tuple[str, str]]] = {}
    told = rows.values_list("edition__year", "academie__slug", "academie__name")
    for year, slug, name in dict.fromkeys(told):
        found.setdefault(year, []).append((slug, name))
    if not found:
        raise _NowhereError
    return {year: sorted(pairs, key=lambda pair: pair[0] != academie) for year, pairs in found.items()}

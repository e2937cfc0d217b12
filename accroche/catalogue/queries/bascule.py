"""What the switch of editions asks of the database."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Q

from accroche.campagne.models import Semaine
from accroche.catalogue.queries.editions import published_editions
from accroche.commun.memoire import remembered_there


def published_years() -> list[str]:
    """The years of the editions the public may read, the latest first."""
    return [edition.year for edition in published_editions()]


def semaines_near(academie: str) -> Mapping[str, list[tuple[str, str]]]:
    """Each published edition in which an académie, those it follows or those that follow it have a semaine.

    By year, the slug and name of each, its own first.
    """
    return _near(academie) or {}


@remembered_there
def _near(academie: str) -> Mapping[str, list[tuple[str, str]]] | None:
    own = Q(academie__slug=academie)
    kin = Q(academie__successors__slug=academie) | Q(academie__predecessors__slug=academie)
    rows = Semaine.objects.filter(own | kin, edition__published_at__isnull=False).order_by("academie__slug")
    found: dict[str, list[tuple[str, str]]] = {}
    told = rows.values_list("edition__year", "academie__slug", "academie__name")
    for year, slug, name in dict.fromkeys(told):
        found.setdefault(year, []).append((slug, name))
    own_first = {year: sorted(pairs, key=lambda pair: pair[0] != academie) for year, pairs in found.items()}
    return own_first or None

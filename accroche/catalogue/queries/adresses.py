"""The places that have a page with something to read, each with its last change: for the map of the site.

One by one, so that a country of schools is never whole in memory. Addresses are made by ``presentation``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Max, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf

from accroche.actions.models import ActionPorteur
from accroche.annuaire.models import Academie, Departement
from accroche.campagne.models import Semaine
from accroche.catalogue.queries.territoires import PUBLIC

#: What names a place (a code, its name) and when what is told there changed last; None when nothing says.
Endroit = tuple[str, str, dt.datetime | None]


def _portages() -> QuerySet[ActionPorteur]:
    return ActionPorteur.objects.filter(PUBLIC).order_by()


def schools() -> Iterator[Endroit]:
    """The schools that a published action names."""
    rows = _portages().exclude(porteur__etablissement=None).values("porteur__etablissement_id")
    yield from _rows(rows.annotate(name=Value("")), "porteur__etablissement_id")


def carriers() -> Iterator[Endroit]:
    """The other carriers."""
    rows = _portages().filter(porteur__etablissement=None).values("porteur")
    yield from _rows(rows.annotate(name=Max("porteur__name")), "porteur")


def communes() -> Iterator[Endroit]:
    """The communes where something is published."""
    rows = (
        _portages()
        .annotate(
            where=Coalesce(NullIf("porteur__etablissement__insee", Value("")), "porteur__insee"),
            called=Coalesce(NullIf("porteur__etablissement__commune", Value("")), "porteur__commune"),
        )
        .exclude(where="")
        .exclude(called="")
        .values("where")
    )
    yield from _rows(rows.annotate(name=Max("called")), "where")


def _rows(rows: Any, code: str) -> Iterator[Endroit]:
    for row in rows.annotate(changed=Max("action__updated_at")).iterator(2000):
        yield str(row[code]), row["name"], row["changed"]


def departements() -> Iterator[Endroit]:
    """All of them: even without an action each leads to its communes and its académie."""
    for code, name in Departement.objects.values_list("code", "name").order_by("code"):
        yield code, name, None


def academies() -> Iterator[Endroit]:
    """Those that took part in a published edition."""
    there = Semaine.objects.filter(edition__published_at__isnull=False).order_by()
    rows = Academie.objects.filter(pk__in=there.values("academie")).order_by("slug")
    for slug, name in rows.values_list("slug", "name"):
        yield slug, name, None

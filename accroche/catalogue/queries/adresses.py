"""The places that have a page with something to read, each with its last change: for the map of the site.

One by one, in the order of their codes, so that a country of schools is never whole in memory. How many there
are is asked of what triggers count: no sheet is read for it. Addresses are made by ``presentation``.
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
from accroche.catalogue.queries.territoires import PUBLIC, present_carriers

#: What names a place (a code, its name) and when what is told there changed last; None when nothing says.
Endroit = tuple[str, str, dt.datetime | None]


def _portages() -> QuerySet[ActionPorteur]:
    return ActionPorteur.objects.filter(PUBLIC).order_by()


def schools() -> Iterator[Endroit]:
    """The schools that a published action names."""
    rows = _portages().exclude(porteur__etablissement=None).values("porteur__etablissement_id")
    yield from _rows(rows.annotate(name=Value("")), "porteur__etablissement_id")


def count_schools() -> int:
    """How many there are."""
    return present_carriers().exclude(etablissement=None).count()


def carriers() -> Iterator[Endroit]:
    """The other carriers."""
    # as an expression: by its index, SQLite would look at all such carriers for each sheet
    rows = _portages().alias(school=Coalesce("porteur__etablissement", Value(""))).filter(school="")
    yield from _rows(rows.values("porteur").annotate(name=Max("porteur__name")), "porteur")


def count_carriers() -> int:
    """How many there are."""
    return present_carriers().filter(etablissement=None).count()


def communes() -> Iterator[Endroit]:
    """The communes where something is published."""
    rows = _placed(_portages(), "porteur__").values("where")
    yield from _rows(rows.annotate(name=Max("called")), "where")


def count_communes() -> int:
    """How many there are."""
    return int(_placed(present_carriers(), "").values("where").distinct().count())


def _placed(rows: QuerySet[Any], carrier: str) -> Any:
    """``rows`` whose carrier, reached by this path, is in a commune: the school's, else its own."""
    where, called = (
        Coalesce(NullIf(f"{carrier}etablissement__{column}", Value("")), f"{carrier}{column}")
        for column in ("insee", "commune")
    )
    return rows.annotate(where=where, called=called).exclude(where="").exclude(called="")


def _rows(rows: Any, code: str) -> Iterator[Endroit]:
    for row in rows.annotate(changed=Max("action__updated_at")).order_by(code).iterator(2000):
        yield str(row[code]), row["name"], row["changed"]


def departements() -> Iterator[Endroit]:
    """All of them: even without an action each leads to its communes and its académie."""
    for code, name in Departement.objects.values_list("code", "name").order_by("code"):
        yield code, name, None


def count_departements() -> int:
    """How many there are."""
    return Departement.objects.count()


def academies() -> Iterator[Endroit]:
    """Those that took part in a published edition."""
    for slug, name in _took_part().order_by("slug").values_list("slug", "name"):
        yield slug, name, None


def count_academies() -> int:
    """How many there are."""
    return _took_part().count()


def _took_part() -> QuerySet[Academie]:
    there = Semaine.objects.filter(edition__published_at__isnull=False).order_by()
    return Academie.objects.filter(pk__in=there.values("academie"))

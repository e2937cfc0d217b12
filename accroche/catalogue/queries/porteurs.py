"""Carriers of published sheets that the directory does not hold: found by their words, told among communes.

An association is in no directory, nor is a school before the directory was loaded. What is kept in memory is
read anew when one of them has something published from now on, or no more, or when anything but sheets
changed; its index is made anew when these carriers changed.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, NamedTuple, TypeAlias

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from accroche.annuaire.models import Etablissement, Porteur
from accroche.annuaire.queries.etat import directory_state
from accroche.annuaire.recherche import Index, School
from accroche.annuaire.regles import TypePorteur
from accroche.annuaire.toponymes import departement_code
from accroche.catalogue.queries.territoires import present_carriers, published_carriers
from accroche.commun.revision import is_settled, revisions

#: A commune as carriers tell it: name, département, INSEE code, latitude and longitude in WGS 84 degrees.
Lieu: TypeAlias = tuple[str, str, str, float, float]


class _Ligne(NamedTuple):
    """What is read of a carrier."""

    pk: int
    kind: str
    name: str
    commune: str
    insee: str
    lat: float | None
    lon: float | None


@dataclass(frozen=True, slots=True)
class HorsAnnuaire:
    """These carriers: as they were read, by their words, and the communes they stand in."""

    rows: list[tuple[Any, ...]]
    index: Index
    communes: tuple[Lieu, ...]


_COLUMNS: Final = ("pk", "kind", "name", "commune", "insee", "latitude", "longitude")
_lock = threading.Lock()
_kept: dict[str, tuple[object, HorsAnnuaire]] = {}
_strangers: dict[str, tuple[object, frozenset[int]]] = {}


def find_carriers(text: str, limit: int) -> list[Porteur]:
    """The carriers outside the directory that answer to every word of ``text``, best first.

    By name, kind and commune; accents, capitals and small mistakes do not count.
    """
    numbers = hors_annuaire().index.find(text, limit=limit)
    if not numbers:
        return []
    rows = {row.pk: row for row in published_carriers().select_related("academie").filter(pk__in=numbers)}
    return [rows[number] for number in numbers if number in rows]


def hors_annuaire() -> HorsAnnuaire:
    """Who carries published sheets and is not in the directory; at most four queries, one when kept."""
    # a sheet of a school that the directory holds moves neither
    now = revisions()[1:]
    held = _kept.get("carriers")
    if held and held[0] == now:
        return held[1]
    with _lock:
        held = _kept.get("carriers")
        if held and held[0] == now:
            return held[1]
        # compared as they come: naming twenty thousand of them takes a quarter of the time
        rows = list(_outside().values_list(*_COLUMNS))
        if held and held[1].rows == rows:
            found = held[1]
        else:
            named = list(map(_Ligne._make, rows))
            found = HorsAnnuaire(rows, _index(named), _communes(named))
        if is_settled():  # else who writes may write more under this revision, and be read so by all
            _kept["carriers"] = (now, found)
        return found


def forget() -> None:
    """Let go of what is kept in memory: for tests, each of which has carriers of its own."""
    _kept.clear()
    _strangers.clear()


def _outside() -> QuerySet[Porteur]:
    mentions = Q(etablissement=None) | Q(pk__in=_unknown_schools())
    return present_carriers().filter(mentions).order_by("pk")


def _unknown_schools() -> frozenset[int]:
    """Carriers whose code no school of the directory has; all are read, and only when one may be new."""
    carriers = Porteur.objects.aggregate(last=Max("pk"), named=Count("etablissement_id"))
    state = (directory_state(), carriers["last"], carriers["named"])
    held = _strangers.get("schools")
    if held and held[0] == state:
        return held[1]
    known = Etablissement.objects.filter(uai=OuterRef("etablissement_id")).order_by()
    rows = Porteur.objects.exclude(etablissement=None).filter(~Exists(known)).order_by()
    found = frozenset(rows.values_list("pk", flat=True))
    _strangers["schools"] = (state, found)
    return found


def _index(rows: Iterable[_Ligne]) -> Index:
    return Index(
        School(
            pk=row.pk,
            uai="",
            name=row.name,
            commune=row.commune,
            postal_code="",
            kind=TypePorteur(row.kind).label,
            former_names=(),
            departement=0,
            is_open=True,
        )
        for row in rows
    )


def _communes(rows: Iterable[_Ligne]) -> tuple[Lieu, ...]:
    return tuple(
        (row.commune, departement_code(row.insee), row.insee, row.lat, row.lon)
        for row in rows
        if row.commune and row.insee and row.lat is not None and row.lon is not None
    )

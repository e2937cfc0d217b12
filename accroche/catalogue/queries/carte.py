"""What the map shows, from published actions alone: counted by the index, else by the database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Max, QuerySet

from accroche.actions.models import Action
from accroche.annuaire.models import Departement
from accroche.catalogue.criteres import Criteres
from accroche.catalogue.grappes import ZOOMS, Cadre, Grappe, Maillage, Tas, grouped, maillage, spaced
from accroche.catalogue.queries import moteur, repli
from accroche.catalogue.queries.positions import Position, of_porteurs, placing, positions
from accroche.catalogue.queries.recherche import cards
from accroche.catalogue.resultats import Resultats

#: One cell: the whole world.
WORLD: Final = Maillage(0, ((0, 0),), (0, 0))


@dataclass(frozen=True, slots=True)
class CadreVu:
    """What stands in a frame: its markers, and the place of the action that each names."""

    grappes: tuple[Grappe, ...]
    places: dict[int, Position]


@dataclass(frozen=True, slots=True)
class Ensemble:
    """What answers, at a glance. ``codes``: the départements and collectivities where something does."""

    total: int
    located: int
    extent: Cadre | None
    departements: tuple[tuple[Departement, int], ...]
    codes: frozenset[str]
    partial: bool


@dataclass(frozen=True, slots=True)
class _Lieu:
    """A carrier that places actions: how many, and the latest."""

    porteur: int
    position: Position
    count: int
    action: int


def vue(criteres: Criteres, cadre: Cadre, zoom: int) -> CadreVu:
    """The markers of a frame and what they are called; each action that has a place is in exactly one."""
    mailles = maillage(cadre, zoom)
    found = spaced(_counted(criteres, mailles), mailles)
    # the index may be a second late: what names a marker is public now
    named = Action.objects.published_among([grappe.action for grappe in found])
    return CadreVu(tuple(found), positions(named.order_by().values("pk")))


def ensemble(criteres: Criteres, found: Resultats) -> Ensemble:
    """How many actions answer, how many of them have a place and where, and how many each département has.

    ``found``: what the search gave, with its counts.
    """
    counts = found.facettes.get("departement", {})
    chosen = criteres.departements or tuple(counts)
    departements = Departement.objects.filter(code__in=[code for code in chosen if code in counts])
    located, extent = _extent(criteres)
    return Ensemble(
        total=found.total,
        located=located,
        extent=extent,
        departements=tuple((departement, counts[departement.code]) for departement in departements),
        codes=frozenset(counts),
        partial=found.partial,
    )


def actions_in(criteres: Criteres, cadre: Cadre, most: int) -> list[Action]:
    """The actions that stand in a frame, the latest first, ``most`` of them, as a list tells them."""
    frame = maillage(cadre, ZOOMS[1])
    found = moteur.au_point(criteres, cadre, most, frame.tuiles())
    if found is not None:
        return cards(list(found))
    here = [one.porteur for one in _lieux(criteres) if cadre.holds(one.position.lat, one.position.lon)]
    carried = placing(_answering(criteres)).filter(porteur__in=here).order_by("-action")
    return cards(list(carried.values_list("action", flat=True)[:most]))


def _extent(criteres: Criteres) -> tuple[int, Cadre | None]:
    """How many stand somewhere, and the frame around them."""
    found = moteur.etendue(criteres)
    if found is None:
        whole = grouped(_piles(criteres), WORLD)
        return sum(grappe.count for grappe in whole), whole[0].cadre if whole else None
    frame = Cadre(found.west, found.south, found.east, found.north)
    return found.count, frame if found.count else None


def _counted(criteres: Criteres, mailles: Maillage) -> list[Grappe]:
    """What stands in each cell of the frame."""
    found = moteur.cellules(criteres, mailles.interval, mailles.tuiles())
    if found is None:
        return grouped(_piles(criteres), mailles)
    return [
        Grappe(cell.lat, cell.lon, cell.count, cell.key, Cadre(cell.west, cell.south, cell.east, cell.north))
        for cell in found
        if mailles.holds(cell.number)
    ]


# --- Without an index: the database counts ---


def _answering(criteres: Criteres) -> QuerySet[Action]:
    if not criteres.q and not criteres.is_filtered:
        return Action.objects.published()
    found = moteur.search(criteres, size=repli.BOUND, facets=False)
    return Action.objects.published_among([hit.action_pk for hit in found.hits])


def _lieux(criteres: Criteres) -> list[_Lieu]:
    rows = list(
        placing(_answering(criteres))
        .order_by()
        .values_list("porteur")
        .annotate(Count("action"), Max("action"))
    )
    placed = of_porteurs([porteur for porteur, *_ in rows])
    return [
        _Lieu(porteur, placed[porteur], count, action) for porteur, count, action in rows if porteur in placed
    ]


def _piles(criteres: Criteres) -> list[Tas]:
    return [Tas(one.position.lat, one.position.lon, one.count, one.action) for one in _lieux(criteres)]

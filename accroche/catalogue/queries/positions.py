"""Where an action stands on the map: one rule, for the index and for the database.

The first of its carriers that is placed gives its place to the action, so that it is counted once. A
carrier is placed where the directory has its school, else where it was told to be, else in the middle of
the schools of its commune.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Avg, OuterRef, Q, QuerySet

from accroche.actions.models import Action, ActionPorteur
from accroche.annuaire.models import Etablissement, Porteur
from accroche.annuaire.regles import Precision


@dataclass(frozen=True, slots=True)
class Position:
    """A place in WGS 84 degrees; not ``precise`` when it is that of the commune."""

    lat: float
    lon: float
    precise: bool
    commune: str


def positions(actions: Collection[int]) -> dict[int, Position]:
    """Where each of these actions stands; one that has no place is left out. At most two queries."""
    rows = (
        ActionPorteur.objects.filter(action__in=actions)
        .select_related("porteur__etablissement")
        .order_by("action", "position", "pk")
    )
    carriers: dict[int, list[Porteur]] = {}
    for row in rows:
        carriers.setdefault(row.action_id, []).append(row.porteur)
    placed = of_porteurs(porteur for found in carriers.values() for porteur in found)
    found = {
        action: next((placed[porteur.pk] for porteur in ranked if porteur.pk in placed), None)
        for action, ranked in carriers.items()
    }
    return {action: position for action, position in found.items() if position}


def of_porteurs(porteurs: Iterable[Porteur]) -> dict[int, Position]:
    """Where each carrier stands; ``etablissement`` is best read with them. At most one query more."""
    placed: dict[int, Position] = {}
    in_commune: dict[int, Porteur] = {}
    for porteur in porteurs:
        if position := _own(porteur):
            placed[porteur.pk] = position
        elif _insee(porteur):
            in_commune[porteur.pk] = porteur
    if in_commune:
        middles = _middles({_insee(porteur) for porteur in in_commune.values()})
        for pk, porteur in in_commune.items():
            if middle := middles.get(_insee(porteur)):
                placed[pk] = Position(*middle, precise=False, commune=_commune(porteur))
    return placed


def placed_porteurs(prefix: str = "") -> Q:
    """The same rule as a condition of the database: keep the carriers that :func:`of_porteurs` places."""
    communes = Etablissement.objects.filter(latitude__isnull=False).exclude(insee="").values("insee")
    conditions: dict[str, Any] = {"latitude__isnull": False, "etablissement__latitude__isnull": False}
    conditions |= {"insee__in": communes, "etablissement__insee__in": communes}
    return Q(*((f"{prefix}{name}", value) for name, value in conditions.items()), _connector=Q.OR)


def placing(actions: QuerySet[Action]) -> QuerySet[ActionPorteur]:
    """The carriage that places each of these actions: the first of a placed carrier."""
    earlier = ActionPorteur.objects.filter(placed_porteurs("porteur__"), action=OuterRef("action"))
    first = earlier.order_by("position", "pk").values("pk")[:1]
    return ActionPorteur.objects.filter(action__in=actions, pk=first)


def _own(porteur: Porteur) -> Position | None:
    school = porteur.school
    if school and school.latitude is not None and school.longitude is not None:
        precise = school.precision != Precision.COMMUNE
        return Position(school.latitude, school.longitude, precise=precise, commune=school.commune)
    if porteur.latitude is not None and porteur.longitude is not None:
        return Position(porteur.latitude, porteur.longitude, precise=True, commune=_commune(porteur))
    return None


def _insee(porteur: Porteur) -> str:
    school = porteur.school
    return porteur.insee or (school.insee if school else "")


def _commune(porteur: Porteur) -> str:
    school = porteur.school
    return school.commune if school else porteur.commune


def _middles(communes: set[str]) -> dict[str, tuple[float, float]]:
    rows = (
        Etablissement.objects.filter(insee__in=communes, latitude__isnull=False)
        .order_by()
        .values_list("insee")
        .annotate(Avg("latitude"), Avg("longitude"))
    )
    return {insee: (lat, lon) for insee, lat, lon in rows}

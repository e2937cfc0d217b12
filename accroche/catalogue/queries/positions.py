"""Where an action stands on the map: one rule, for the index and for the database.

The first of its carriers that is placed gives its place to the action, so that it is counted once. A
carrier is placed where the directory has its school, else where it was told to be, else in the middle of
the schools of its commune.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from django.db.models import Avg, OuterRef, Q, QuerySet

from accroche.actions.models import Action, ActionPorteur
from accroche.annuaire.models import Etablissement, Porteur
from accroche.annuaire.regles import Precision
from accroche.commun.preparees import prepared


@dataclass(frozen=True, slots=True)
class Position:
    """A place in WGS 84 degrees, with its commune, or failing that the carrier's name.

    Not ``precise`` when it is that of the commune.
    """

    lat: float
    lon: float
    precise: bool
    commune: str
    name: str = ""


def positions(actions: Collection[int] | QuerySet[Action, Any]) -> dict[int, Position]:
    """Where each of these actions stands; one without a place is left out. At most two queries."""
    return _first_placed(list(_carriages(actions)))


def prepared_positions(actions: tuple[int, ...]) -> dict[int, Position]:
    """The same of actions of known numbers, by a query that is made once."""
    return _first_placed(_prepared_carriages(actions))


def _carriages(
    actions: Collection[int] | QuerySet[Action, Any],
) -> QuerySet[ActionPorteur, tuple[Any, ...]]:
    rows = ActionPorteur.objects.filter(action__in=actions).order_by("action", "position", "pk")
    return rows.values_list("action", *(f"porteur__{column}" for column in _COLUMNS))


@prepared
def _prepared_carriages(actions: tuple[int, ...]) -> QuerySet[ActionPorteur, tuple[Any, ...]]:
    return _carriages(actions)


def of_porteurs(porteurs: Collection[int]) -> dict[int, Position]:
    """Where each of these carriers stands; one that has no place is left out. At most two queries."""
    rows = Porteur.objects.filter(pk__in=porteurs).order_by()
    return _first_placed(list(rows.values_list("pk", *_COLUMNS)))


def placing(actions: QuerySet[Action]) -> QuerySet[ActionPorteur]:
    """The same rule in the database: of each of these actions, the carriage by a carrier that places it."""
    communes = Etablissement.objects.filter(latitude__isnull=False).exclude(insee="").values("insee")
    placed = Q(porteur__latitude__isnull=False) | Q(porteur__etablissement__latitude__isnull=False)
    placed |= Q(porteur__insee__in=communes) | Q(porteur__etablissement__insee__in=communes)
    earlier = ActionPorteur.objects.filter(placed, action=OuterRef("action"))
    first = earlier.order_by("position", "pk").values("pk")[:1]
    return ActionPorteur.objects.filter(action__in=actions, pk=first)


#: What is read of a carrier and of its school, as :class:`_Ligne` names it.
_COLUMNS: Final = (
    "name",
    "latitude",
    "longitude",
    "commune",
    "insee",
    "etablissement__latitude",
    "etablissement__longitude",
    "etablissement__commune",
    "etablissement__insee",
    "etablissement__precision",
)


def _first_placed(rows: list[tuple[Any, ...]]) -> dict[int, Position]:
    """The place of each key: that of its first row that has one."""
    middles = _middles({insee for _key, *columns in rows if (insee := _Ligne(*columns).needed)})
    placed: dict[int, Position] = {}
    for key, *columns in rows:
        if key not in placed and (position := _Ligne(*columns).position(middles)):
            placed[key] = position
    return placed


class _Ligne(NamedTuple):
    """A carrier as it is read, with its school where the directory holds one."""

    name: str
    lat: float | None
    lon: float | None
    commune: str
    insee: str
    school_lat: float | None
    school_lon: float | None
    school_commune: str | None
    school_insee: str | None
    precision: str | None

    @property
    def needed(self) -> str:
        """The commune it is placed in, when nothing better is known of it."""
        known = self.school_lat is not None or self.lat is not None
        return "" if known else self.insee or self.school_insee or ""

    def position(self, middles: dict[str, tuple[float, float]]) -> Position | None:
        """Where it stands; ``middles``: of the communes that are :attr:`needed`."""
        found = self._degrees(middles)
        if found is None:
            return None
        lat, lon, precise = found
        commune = self.school_commune or self.commune
        return Position(lat, lon, precise=precise, commune=commune, name=self.name)

    def _degrees(self, middles: dict[str, tuple[float, float]]) -> tuple[float, float, bool] | None:
        if self.school_lat is not None and self.school_lon is not None:
            return self.school_lat, self.school_lon, self.precision != Precision.COMMUNE
        if self.lat is not None and self.lon is not None:
            return self.lat, self.lon, True
        middle = middles.get(self.needed)
        return (*middle, False) if middle else None


def middle_of(**where: Any) -> tuple[float, float] | None:
    """About where the schools of a place are, as ``filter`` names it; None when no position is known."""
    middle = _placed_schools(**where).aggregate(lat=Avg("latitude"), lon=Avg("longitude"))
    return None if middle["lat"] is None else (middle["lat"], middle["lon"])


def _middles(communes: set[str]) -> dict[str, tuple[float, float]]:
    """The middle of the schools of each commune; no query for none."""
    if not communes:
        return {}
    rows = (
        _placed_schools(insee__in=communes).values_list("insee").annotate(Avg("latitude"), Avg("longitude"))
    )
    return {insee: (lat, lon) for insee, lat, lon in rows}


def _placed_schools(**where: Any) -> QuerySet[Etablissement]:
    return Etablissement.objects.filter(latitude__isnull=False, **where).order_by()

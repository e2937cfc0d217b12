"""What the map says: names of its markers, and its data for the script that draws it."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from accroche.catalogue.criteres import Criteres
from accroche.catalogue.grappes import Cadre, Grappe
from accroche.catalogue.queries import carte as queries
from accroche.catalogue.queries.carte import CadreVu
from accroche.catalogue.queries.positions import Position
from accroche.catalogue.territoires import METROPOLE, sides, territoires
from accroche.lib.texte import NBSP, nombre, typographie

#: Degrees: what answers within so much is what the map opens on; wider, it opens on the mainland.
_NEAR = 12.0
#: Five decimals are a metre.
_DECIMALS = 5


def page(criteres: Criteres) -> dict[str, Any]:
    """All the page of the map tells; ``query`` names the search in the addresses of its data."""
    found = queries.ensemble(criteres)
    return {
        "criteres": criteres,
        "query": criteres.canonical(),
        "ensemble": found,
        "unplaced": found.total - found.located,
        "territoires": territoires(found.codes),
        "cadre": sides(_opening(found.extent)),
        "tiles": settings.TILES,
    }


def _opening(extent: Cadre | None) -> Cadre:
    if extent and extent.east - extent.west < _NEAR and extent.north - extent.south < _NEAR:
        return extent
    return METROPOLE


def points(vue: CadreVu) -> dict[str, Any]:
    """The markers as compact data: ``[lat, lon, count, name, frame or null]``.

    Without a frame all is at one point: it opens as a list. With one, a zoom parts it.
    """
    return {"grappes": [_point(grappe, vue.places.get(grappe.action)) for grappe in vue.grappes]}


def _point(grappe: Grappe, place: Position | None) -> list[Any]:
    frame = grappe.cadre
    sides = [round(side, _DECIMALS) for side in (frame.west, frame.south, frame.east, frame.north)]
    return [
        round(grappe.lat, _DECIMALS),
        round(grappe.lon, _DECIMALS),
        grappe.count,
        name(grappe, place),
        None if grappe.is_one_place else sides,
    ]


def name(grappe: Grappe, place: Position | None) -> str:
    """What a marker is called: « 12 actions à Nevers », « 120 actions, dont une à Nevers »."""
    count = f"{nombre(grappe.count)} action{'s' if grappe.count > 1 else ''}"
    if place is None:
        return count
    if not place.commune:
        among = "" if grappe.is_one_place else ", dont une"
        return f"{count}{among}{NBSP}: {typographie(place.name)}"
    if not grappe.is_one_place:
        return f"{count}, dont une {at(place.commune)}"
    return f"{count} {at(place.commune)}" + ("" if place.precise else " (à l’échelle de la commune)")


def at(commune: str) -> str:
    """« à Nevers », « au Havre », « aux Abymes »."""
    for article, contracted in (("Le ", "au"), ("Les ", "aux")):
        if commune.startswith(article):
            return f"{contracted} {commune.removeprefix(article)}"
    return f"à {commune}"

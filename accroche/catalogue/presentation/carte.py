"""What the map says: names of its markers, and its data for the script that draws it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString

from accroche.catalogue.criteres import Criteres, Point, near
from accroche.catalogue.grappes import Cadre, Grappe
from accroche.catalogue.presentation.recherche import addresses_of_departements, recherche_address
from accroche.catalogue.queries import carte as queries
from accroche.catalogue.queries.carte import CadreVu
from accroche.catalogue.queries.positions import Position
from accroche.catalogue.resultats import Resultats
from accroche.catalogue.territoires import METROPOLE, outre_mer, sides
from accroche.commun.chemins import path_of
from accroche.commun.dessins import filled, mould
from accroche.lib.texte import NBSP, nombre, pluriel, typographie

#: Degrees: what answers within so much is what the map opens on; wider, it opens on the mainland.
_NEAR = 12.0
#: Degrees of a frame that is a place; kilometres around it that make up for its rounding.
_SMALL = 0.05
_ABOUT = 2
#: Five decimals are a metre.
_DECIMALS = 5


@dataclass(frozen=True, slots=True)
class DepartementVu:
    """A département with what answers there, on the map and in the list."""

    name: str
    code: str
    count: int
    carte: str
    liste: str


def page(criteres: Criteres, found: Resultats) -> dict[str, Any]:
    """All that the map tells; ``query`` names the search in the addresses of its data."""
    whole = queries.ensemble(criteres, found)
    carte, liste = (
        addresses_of_departements(path_of(route), criteres)
        for route in ("catalogue:carte", "catalogue:recherche")
    )
    return {
        "query": criteres.canonical(),
        "ensemble": whole,
        "departements": tuple(
            DepartementVu(found.name, found.code, count, carte(found.code), liste(found.code))
            for found, count in whole.departements
        ),
        "unplaced": whole.total - whole.located,
        "metropole": sides(METROPOLE),
        "cartons": outre_mer(whole.codes),
        "cadre": sides(_opening(whole.extent)),
        "tiles": settings.TILES,
        "en_liste": recherche_address(replace(criteres, page=1)),
    }


def departements_dessines(rows: Iterable[DepartementVu]) -> SafeString:
    """Draw what answers in each, one after the other."""
    line = mould("catalogue/carte/_departement.html", "carte", "name", "code", "liste", "compte")
    return filled((line, (one.carte, one.name, one.code, one.liste, _counted(one.count))) for one in rows)


def _counted(count: int) -> str:
    return f"{nombre(count)}{NBSP}{pluriel(count, 'action', 'actions')}"


def around(criteres: Criteres, cadre: Cadre) -> str:
    """The list of what stands about where a frame is; of the whole search when the frame is wide."""
    if cadre.west > cadre.east or max(cadre.east - cadre.west, cadre.north - cadre.south) > _SMALL:
        return recherche_address(replace(criteres, page=1))
    middle = Point((cadre.south + cadre.north) / 2, (cadre.west + cadre.east) / 2)
    return recherche_address(near(criteres, middle, _ABOUT))


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

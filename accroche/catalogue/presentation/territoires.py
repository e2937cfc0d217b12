"""What the pages of schools, carriers, communes, départements and académies say: addresses and sentences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Final, NamedTuple

from accroche.annuaire.models import Academie, Departement, Porteur
from accroche.annuaire.toponymes import in_commune, in_departement
from accroche.catalogue.criteres import Criteres
from accroche.catalogue.presentation.recherche import ailleurs, recherche_address
from accroche.catalogue.queries import adresses
from accroche.catalogue.queries.liste import ActionDeCarte
from accroche.commun.chemins import path_of
from accroche.lib.texte import NBSP, de, liste, nombre, pluriel, slug

#: Places whose name in their address is remembered.
NAMES: Final = 8192
#: A step of the breadcrumb: what it is called, and its address.
Pas = tuple[str, str]


@lru_cache(NAMES)
def named(code: str | int, name: str) -> str:
    """What names a place in its address: its code, then its name for who reads it."""
    words = slug(name)
    return f"{code}-{words}" if words else str(code)


def school_address(uai: str) -> str:
    """The page of a school, or of a carrier that is one."""
    return path_of("catalogue:etablissement", uai)


def carrier_address(porteur: Porteur) -> str:
    """The page of a carrier: its school's when it is one."""
    return carrier_page(porteur.pk, porteur.uai, porteur.name)


def carrier_page(pk: int, uai: str | None, name: str) -> str:
    """The same of what was read of one."""
    return school_address(uai) if uai else path_of("catalogue:porteur", named(pk, name))


def commune_address(insee: str, name: str) -> str:
    """The page of a commune; empty without its code, or its name: there would be nothing to press."""
    return path_of("catalogue:commune", named(insee, name)) if insee and name else ""


def carrier_commune_address(porteur: Porteur) -> str:
    """The page of the commune a carrier is in; empty when its code is not known. Asks nothing.

    The directory knows where a school is: it is asked where it was read with the carrier.
    """
    is_read = Porteur._meta.get_field("etablissement").is_cached(porteur)  # noqa: SLF001 - Django's own word
    school = porteur.school if is_read else None
    return commune_address((school.insee if school else "") or porteur.insee, porteur.commune)


def departement_address(departement: Departement) -> str:
    """The page of a département."""
    return path_of("catalogue:departement", named(departement.code, departement.name))


def academie_address(academie: Academie) -> str:
    """The page of an académie over all editions."""
    return path_of("catalogue:academie", academie.slug)


class LieuxDuPlan(NamedTuple):
    """The pages of one kind of place: how many, and each address with its last change."""

    how_many: Callable[[], int]
    pages: Callable[[], Iterator[tuple[str, dt.datetime | None]]]


#: Those of the map of the site, kind by kind.
SITEMAP: Final[dict[str, LieuxDuPlan]] = {
    "etablissements": LieuxDuPlan(
        adresses.count_schools, lambda: ((school_address(code), at) for code, _, at in adresses.schools())
    ),
    "porteurs": LieuxDuPlan(
        adresses.count_carriers,
        lambda: (
            (path_of("catalogue:porteur", named(code, name)), at) for code, name, at in adresses.carriers()
        ),
    ),
    "communes": LieuxDuPlan(
        adresses.count_communes,
        lambda: ((commune_address(code, name), at) for code, name, at in adresses.communes()),
    ),
    "departements": LieuxDuPlan(
        adresses.count_departements,
        lambda: (
            (path_of("catalogue:departement", named(code, name)), at)
            for code, name, at in adresses.departements()
        ),
    ),
    "academies": LieuxDuPlan(
        adresses.count_academies,
        lambda: ((path_of("catalogue:academie", code), at) for code, _, at in adresses.academies()),
    ),
}


def elsewhere(criteres: Criteres | None, year: str) -> tuple[tuple[str, str], ...]:
    """The same place as a search, on the map and in the agenda: words and address; nothing without one."""
    if criteres is None:
        return ()
    kept = replace(criteres, edition=year)
    return ("Chercher parmi ces actions", recherche_address(kept)), *ailleurs(kept)


def in_academie(academie: Academie) -> str:
    """Where it is: « dans l’académie de Dijon »."""
    return f"dans l’académie {de(academie.name)}"


def where_departement(departement: Departement) -> str:
    """Where it is: « dans la Nièvre »."""
    return in_departement(departement.code, departement.name)


where_commune = in_commune


def breadcrumb(*places: Academie | Departement | tuple[str, str] | None) -> list[Pas]:
    """The larger places, the largest first; a commune by its code and name. What is unknown is left out."""
    steps: list[Pas] = [("Académies", path_of("catalogue:academies_courantes"))]
    for place in places:
        if isinstance(place, Academie):
            steps.append((place.name, academie_address(place)))
        elif isinstance(place, Departement):
            steps.append((str(place), departement_address(place)))
        elif place and all(place):
            steps.append((place[1], commune_address(*place)))
    return steps


def situation(
    academie: Academie | None, departement: Departement | None, commune: tuple[str, str]
) -> list[Pas]:
    """Where a school is, the smallest place first: each by its name and its page, empty when it has none."""
    told: list[Pas] = [(commune[1], commune_address(*commune))]
    if departement:
        told.append((departement.name, departement_address(departement)))
    if academie:
        told.append((f"académie {de(academie.name)}", academie_address(academie)))
    return [place for place in told if place[0]]


def compte(counts: Sequence[tuple[str, int]], where: str) -> str:
    """How many actions, where, and in which editions; empty without any."""
    total = sum(count for _, count in counts)
    if not total:
        return ""
    noun = pluriel(total, "action est publiée", "actions sont publiées")
    if len(counts) == 1:
        return f"{nombre(total)}{NBSP}{noun} {where} en {counts[0][0]}."
    told = liste(f"{nombre(count)} en {year}" for year, count in counts)
    return f"{nombre(total)}{NBSP}{noun} {where}{NBSP}: {told}."


@dataclass(frozen=True, slots=True)
class Groupe:
    """The actions of one edition that a page shows, and how many there are in all."""

    year: str
    total: int
    cartes: tuple[Hashable, ...]


def grouped(
    actions: Iterable[ActionDeCarte], cartes: Iterable[Hashable], counts: Mapping[str, int]
) -> tuple[Groupe, ...]:
    """The cards of a page's actions, which come edition by edition, under the year of each."""
    years = (action.year for action in actions)
    return tuple(
        Groupe(year, counts.get(year, 0), tuple(carte for _, carte in some))
        for year, some in groupby(zip(years, cartes, strict=True), key=itemgetter(0))
    )


@dataclass(frozen=True, slots=True)
class LienCompte:
    """A smaller place: what it is called, what it is, its page, and how many actions are there."""

    label: str
    note: str
    address: str
    count: int


def carriers(rows: Iterable[tuple[Porteur, int]]) -> list[LienCompte]:
    """Carriers with their actions."""
    return [LienCompte(row.name, row.kind_words, carrier_address(row), count) for row, count in rows]

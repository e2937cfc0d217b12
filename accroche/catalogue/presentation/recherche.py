"""What the page of a search shows, computed from what its queries read."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple
from urllib.parse import quote_plus, urlencode

from django.utils.safestring import SafeString

from accroche.actions.models import Action
from accroche.catalogue.criteres import FACETTES, LAST_PAGE, RAYONS, Criteres, Ordre, without
from accroche.catalogue.queries.demande import RechercheDemandee, name_of
from accroche.catalogue.queries.recherche import AutreRecherche, Noms
from accroche.catalogue.resultats import Resultats
from accroche.commun.chemins import path_of
from accroche.commun.dessins import filled, mould
from accroche.lib.dates import format_date, format_window
from accroche.lib.texte import NBSP, de, liste, nombre, pluriel, sort_key

#: Choices a filter shows at once; the others are one click further.
SHOWN: Final = 6
#: How many actions a page lists.
SIZE: Final = 20
#: Filters that show their choices at once: what people narrow by first.
OPEN: Final = {"academie", "niveau", "theme"}
#: What draws one choice.
_CHOIX: Final = "catalogue/recherche/_choix.html"
#: Filters whose choices have an order of their own, which counts do not change.
ORDERED: Final = {"niveau", "nature", "temporalite", "distinction", "video"}


#: What a choice of a filter counts, one and several of it.
Noun = tuple[str, str]


class ChoixDeFiltre(NamedTuple):
    """A choice of a filter, and how much it would give; a page has sixty."""

    name: str
    code: str
    label: str
    count: int  # type: ignore[assignment]  # of tuples, a method that nobody asks here
    chosen: bool

    @property
    def identifier(self) -> str:
        """Its name on the page."""
        return f"f-{self.name}-{self.code}"


@dataclass(frozen=True, slots=True)
class FiltreVu:
    """A filter as it is drawn: its first choices, the others, whether any is chosen."""

    name: str
    label: str
    options: tuple[ChoixDeFiltre, ...]
    more: tuple[ChoixDeFiltre, ...]
    chosen: int
    noun: Noun = ("action", "actions")

    @property
    def radio(self) -> bool:
        """Whether one of its choices excludes the others."""
        return self.name == "edition"

    @property
    def is_open(self) -> bool:
        """Whether it is unfolded when the page comes."""
        return self.chosen > 0 or self.name in OPEN


def filtres(criteres: Criteres, facettes: dict[str, dict[str, int]], names: Noms) -> tuple[FiltreVu, ...]:
    """The filters that have a choice, each with its counts."""
    found = []
    for facette in FACETTES:
        counts = facettes.get(facette.name, {})
        value = getattr(criteres, facette.field)
        chosen = set(value) if isinstance(value, tuple) else ({"1" if value is True else value} - {"", False})
        options = [
            ChoixDeFiltre(
                facette.name, code, names.of(facette.name, code), counts.get(code, 0), code in chosen
            )
            for code in {*counts, *chosen}
        ]
        options.sort(key=lambda option: _rank(option, facette.words))
        if not options:
            continue
        if facette.name == "edition":
            whole = ChoixDeFiltre("edition", "", "Toutes les éditions", sum(counts.values()), not chosen)
            options.insert(0, whole)
        first = [option for n, option in enumerate(options) if n < SHOWN or option.chosen]
        # one alone behind a fold is worth showing
        if len(options) <= len(first) + 1:
            first = options
        more = tuple(option for option in options if option not in first)
        found.append(FiltreVu(facette.name, facette.label, tuple(first), more, len(chosen)))
    return tuple(found)


def choix_dessines(options: Iterable[ChoixDeFiltre], radio: bool, noun: Noun) -> SafeString:
    """Draw the choices of a filter, one after the other."""
    texts = ("identifier", "name", "code", "label", "compte")
    boxes = {
        (chosen, several): mould(_CHOIX, *texts, radio=radio, chosen=chosen, noun=noun[several])
        for chosen in (False, True)
        for several in (False, True)
    }
    return filled(
        (boxes[one.chosen, one.count > 1], (one.identifier, one.name, one.code, one.label, nombre(one.count)))
        for one in options
    )


def _rank(option: ChoixDeFiltre, words: dict[str, str]) -> tuple[Any, ...]:
    if option.name in ORDERED:
        return (list(words).index(option.code),)
    if option.name == "edition":
        return (tuple(-ord(letter) for letter in option.code),)
    return (-option.count, sort_key(option.label))


@dataclass(frozen=True, slots=True)
class Etiquette:
    """A filter that is applied, and the search without it."""

    label: str
    address: str


def etiquettes(criteres: Criteres, names: Noms, path: str) -> tuple[Etiquette, ...]:
    """What is applied, one by one, in the order of the filters."""
    found: list[tuple[str, Criteres]] = []
    if criteres.q:
        found.append((f"«{NBSP}{criteres.q}{NBSP}»", without(criteres, "q")))
    if criteres.pres_de:
        found.append(
            (f"à moins de {criteres.rayon}{NBSP}km {de(name_of(criteres))}", without(criteres, "pres_de"))
        )
    if criteres.commune:
        found.append((names.commune, without(criteres, "commune")))
    if criteres.etablissement:
        found.append((names.etablissement, without(criteres, "etablissement")))
    if criteres.selection:
        found.append((f"sélection «{NBSP}{names.selection}{NBSP}»", without(criteres, "selection")))
    if criteres.du or criteres.au:
        found.append((periode(criteres), replace(criteres, du=None, au=None, page=1)))
    for facette in FACETTES:
        value = getattr(criteres, facette.field)
        codes = (
            value if isinstance(value, tuple) else (("1",) if value is True else (value,) if value else ())
        )
        found += [(names.of(facette.name, code), without(criteres, facette.name, code)) for code in codes]
    return tuple(Etiquette(label, address_of(path, other)) for label, other in found)


def periode(criteres: Criteres) -> str:
    """The days between which one searches, in words."""
    if criteres.du and criteres.au:
        return format_window((criteres.du, criteres.au))
    if criteres.du:
        return f"à partir du {format_date(criteres.du)}"
    return f"jusqu’au {format_date(criteres.au)}" if criteres.au else ""


def address_of(path: str, criteres: Criteres) -> str:
    """The address of a search on the page at ``path``."""
    query = criteres.canonical()
    return f"{path}?{query}" if query else path


def addresses_of_departements(path: str, criteres: Criteres) -> Callable[[str], str]:
    """The address of a search within one département alone, told by its code.

    A hundred differ in their code alone: the rest is written once.
    """
    # what somebody typed has no « = » in an address
    within = replace(criteres, departements=("~~",), page=1)
    before, _, after = address_of(path, within).partition("departement=~~")
    return lambda code: f"{before}departement={quote_plus(code)}{after}"


def with_pairs(address: str, pairs: list[tuple[str, str]]) -> str:
    """An address with more parameters at its end."""
    if not pairs:
        return address
    return f"{address}{'&' if '?' in address else '?'}{urlencode(pairs)}"


def phrase(criteres: Criteres, total: int) -> str:
    """How many were found, and of what, in a plain sentence."""
    count = f"{nombre(total)}{NBSP}{pluriel(total, 'action', 'actions')}" if total else "Aucune action"
    found = (
        pluriel(total, "trouvée", "trouvées")
        if criteres.q or criteres.is_filtered
        else pluriel(total, "publiée", "publiées")
    )
    words = f" pour «{NBSP}{criteres.q}{NBSP}»" if criteres.q else ""
    near = f" à moins de {criteres.rayon}{NBSP}km {de(name_of(criteres))}" if criteres.pres_de else ""
    return f"{count} {found}{words}{near}"


def distance(km: float | None) -> str:
    """How far something is, as exactly as positions are kept; nothing when nobody asked."""
    if km is None:
        return ""
    return f"à {round(km)}{NBSP}km environ" if km >= 1.5 else "tout près"  # noqa: PLR2004 - a kilometre or so


@dataclass(frozen=True, slots=True)
class Feuilletage:
    """Where one is among the pages, and the ways on; empty addresses lead nowhere."""

    page: int
    pages: int
    before: str
    after: str
    first: str
    #: whether there is more than pages show
    cut: bool


def feuilletage(criteres: Criteres, total: int, path: str) -> Feuilletage:
    """The pages of what was found: at most :data:`LAST_PAGE`."""
    all_pages = max(1, math.ceil(total / SIZE))
    pages = min(all_pages, LAST_PAGE)

    def at(page: int) -> str:
        return address_of(path, replace(criteres, page=page)) if 1 <= page <= pages else ""

    return Feuilletage(
        page=criteres.page,
        pages=pages,
        before=at(criteres.page - 1),
        after=at(criteres.page + 1),
        first=at(1) if criteres.page > 1 else "",
        cut=all_pages > LAST_PAGE and criteres.page == LAST_PAGE,
    )


def ordres(criteres: Criteres, path: str) -> tuple[tuple[str, str, bool], ...]:
    """The orders that mean something here: label, address, whether it is the present one."""
    kept = [
        order
        for order in Ordre
        if (order is not Ordre.PERTINENCE or criteres.q) and (order is not Ordre.DISTANCE or criteres.pres_de)
    ]
    return tuple(
        (order.label, address_of(path, replace(criteres, tri=order, page=1)), order is criteres.tri)
        for order in kept
    )


#: What one gives up, in the words of a link.
_GIVEN_UP: Final = {
    "etablissement": "sans se limiter à cet établissement",
    "commune": "sans se limiter à cette commune",
    "selection": "sans se limiter à cette sélection",
    "jours": "à toute date",
    "lieu": "dans toute la France",
    "filtres": "sans aucun filtre",
    "q": "avec d’autres mots, mais les mêmes filtres",
}


def propositions(found: list[AutreRecherche], path: str) -> tuple[tuple[str, str, int], ...]:
    """What other searches would find: words of the link, address, number of actions."""
    labels = {facette.name: f"sans le filtre «{NBSP}{facette.label}{NBSP}»" for facette in FACETTES}
    words = labels | _GIVEN_UP
    return tuple((words[essai.name], address_of(path, essai.criteres), essai.total) for essai in found)


def par_departement(found: list[AutreRecherche], names: Noms, path: str) -> tuple[tuple[str, str, int], ...]:
    """The départements that have actions: name, address of their search, number of actions."""
    told = [(names.of("departement", one.name), address_of(path, one.criteres), one.total) for one in found]
    return tuple(sorted(told, key=lambda row: sort_key(row[0])))


def proposition(criteres: Criteres, meant: str, path: str) -> Etiquette | None:
    """What was probably meant, and the search for it."""
    return Etiquette(meant, address_of(path, replace(criteres, q=meant, page=1))) if meant else None


@dataclass(frozen=True, slots=True)
class Voisinage:
    """Where the nearest actions are, and the search that finds them."""

    lieux: str
    address: str
    total: int
    rayon: int


def voisinage(found: tuple[AutreRecherche, list[tuple[Action, float]]] | None, path: str) -> Voisinage | None:
    """The nearest actions in words: « Cosne-Cours-sur-Loire (à 48 km environ) »."""
    if found is None:
        return None
    wider, nearest = found
    places: dict[str, str] = {}
    for action, km in nearest:
        carrier = next(iter(action.portages.all()), None)
        if carrier:
            places.setdefault(carrier.porteur.commune or carrier.porteur.name, distance(km))
    words = liste(f"{name} ({far})" for name, far in places.items())
    return Voisinage(words, address_of(path, wider.criteres), wider.total, wider.criteres.rayon or 0)


#: The pages that draw the same search in another way.
_ELSEWHERE: Final = {"catalogue:carte": "Voir sur la carte", "catalogue:agenda": "Voir dans l’agenda"}


def ailleurs(criteres: Criteres) -> tuple[tuple[str, str], ...]:
    """The pages that draw the same search in another way: words and address."""
    return tuple(
        (words, address_of(path_of(route), replace(criteres, page=1))) for route, words in _ELSEWHERE.items()
    )


def titre(criteres: Criteres, total: int) -> str:
    """The title of the page: each search has its own."""
    base = phrase(criteres, total) if criteres.q or criteres.is_filtered else "Les actions"
    return f"{base}, page {criteres.page}" if criteres.page > 1 else base


def formulaire(asked: RechercheDemandee) -> dict[str, Any]:
    """What the form of the filters needs besides them."""
    criteres = asked.criteres
    return {
        "rayons": RAYONS
        if not criteres.rayon or criteres.rayon in RAYONS
        else tuple(sorted({*RAYONS, criteres.rayon})),
        "ou": asked.ou,
        "applied": len(etiquettes(replace(criteres, q="", pres_de=None), Noms(), "")),
        "facets": FACETTES,
        "hidden": [
            (name, value)
            for name, value in criteres.pairs()
            if name in {"pres", "lieu", "etablissement", "commune", "selection"}
            or (name == "tri" and criteres.tri)
        ],
    }


def page_of(asked: RechercheDemandee, found: Resultats, names: Noms, path: str) -> dict[str, Any]:
    """All that a page of results shows of its search, whatever draws the results."""
    criteres = asked.criteres
    return {
        "criteres": criteres,
        "demande": asked,
        "filtres": filtres(criteres, found.facettes, names),
        "etiquettes": etiquettes(criteres, names, path),
        "phrase": phrase(criteres, found.total),
        "chemin": path,
        **formulaire(asked),
    }


def recherche_path() -> str:
    """The address of the list of all actions."""
    return path_of("catalogue:recherche")


def recherche_address(criteres: Criteres) -> str:
    """The address of the list of actions for a search."""
    return address_of(recherche_path(), criteres)

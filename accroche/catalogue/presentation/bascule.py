"""The switch of editions: from each page to the one that says the same of another edition.

Where there is none it leads to the nearest, and says so before one goes. A page that is not told here speaks
of no edition, and has no switch; nor has a site with one edition alone.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict

from accroche.catalogue.queries.bascule import published_years, semaines_near
from accroche.commun import lieux
from accroche.commun.chemins import path_of
from accroche.commun.lieux import Bascule, ChoixEdition
from accroche.lib.texte import de, liste

#: Where a year leads: an address, and what differs there.
Vers = tuple[str, str]
Chemins = Callable[[str], Vers]

EVERY: Final = "Toutes les éditions"
#: Pages of one edition, and the page that says the same of another year.
ANNUAL: Final = {
    "catalogue:edition": "catalogue:edition",
    "publications:synthese": "publications:synthese",
    "publications:version": "publications:synthese",
    "votes:scrutin": "catalogue:edition",
}
#: Pages that list several editions, and keep one of them when ``edition`` asks for it.
FILTERED: Final = frozenset(
    {
        "catalogue:etablissement",
        "catalogue:porteur",
        "catalogue:commune",
        "catalogue:departement",
        "catalogue:academie",
        "catalogue:recherche",
        "catalogue:carte",
        "catalogue:agenda",
    }
)


def switch(request: HttpRequest, context: Mapping[str, Any]) -> Bascule | None:
    """The switch of a page, from its request and what its template is given; None where it has none.

    Nothing is asked of the database but for a page that says which edition it speaks of.
    """
    match = request.resolver_match
    if match is None or not ({"edition", "criteres"} & set(_names(context))):
        return None
    route = match.view_name
    edition = context.get("edition") or getattr(context.get("criteres"), "edition", "")
    year = str(getattr(edition, "year", edition) or "")
    if route in FILTERED:
        held = context.get("comptes")
        filtered = _with(request, {one for one, _ in held} if held else None)
        return _switch(year, filtered, every=filtered("")[0])
    paths = _paths(route, match.kwargs, request)
    return _switch(year, paths) if paths is not None and year else None


def _names(context: Any) -> set[str]:
    """The names of what a template is given: a template's context is a pile of mappings."""
    return {name for layer in getattr(context, "dicts", [context]) for name in layer}


def _switch(year: str, paths: Chemins, every: str = "") -> Bascule | None:
    years = published_years()
    if len(years) < 2:  # noqa: PLR2004 - one is no choice
        return None
    choices = [ChoixEdition(EVERY, every, not year)] if every else []
    for one in years:
        address, note = paths(one)
        choices.append(ChoixEdition(f"Édition {one}", address, one == year, "" if one == year else note))
    return Bascule(year, f"Édition {year}" if year else EVERY, tuple(choices))


def _paths(route: str, kwargs: Mapping[str, Any], request: HttpRequest) -> Chemins | None:
    """Where the years lead from a page of one edition; None for a page that speaks of none."""
    if route == "catalogue:academies":
        kept = _kept(request, "niveau")
        return lambda year: (path_of("catalogue:academies", year) + kept, "")
    if route in {"catalogue:semaine", "catalogue:action"}:
        semaines = _semaines(kwargs["academie"])
        is_sheet = route == "catalogue:action"
        same = "La semaine de la même académie." if is_sheet else ""
        return lambda year: (semaines(year)[0], semaines(year)[1] or same)
    there = "catalogue:edition" if route == lieux.route("accueil") else ANNUAL.get(route)
    note = "Les votes ont chacun leur édition." if route == "votes:scrutin" else ""
    return (lambda year: (path_of(there, year), note)) if there else None


def _semaines(academie: str) -> Chemins:
    """The semaine of the académie, of the one it follows or of the one that follows it."""
    found = semaines_near(academie)

    def path(year: str) -> Vers:
        there = found.get(year, [])
        if there and there[0][0] == academie:
            return path_of("catalogue:semaine", year, academie), ""
        if len(there) == 1:
            slug, name = there[0]
            return path_of("catalogue:semaine", year, slug), f"Cette année-là, l’académie {de(name)}."
        if there:
            names = liste(de(name) for _, name in there)
            return path_of("catalogue:academies", year), f"Cette année-là, les académies {names}."
        return path_of("catalogue:academies", year), "Cette académie n’y a pas de semaine."

    return path


def _with(request: HttpRequest, held: Collection[str] | None) -> Chemins:
    """The same page with another edition, and all else that was chosen; the first page of its list.

    ``held``: the years with something there, when the page knows.
    """
    asked: QueryDict = request.GET.copy()
    for name in ("edition", "page"):
        asked.pop(name, None)
    others = asked.urlencode()

    def path(year: str) -> Vers:
        query = "&".join(filter(None, (others, urlencode({"edition": year}) if year else "")))
        note = "Rien n’y est publié pour ce lieu." if year and held is not None and year not in held else ""
        return (f"{request.path}?{query}" if query else request.path), note

    return path


def _kept(request: HttpRequest, name: str) -> str:
    """One choice of the page that means the same in every edition."""
    value = request.GET.get(name, "")
    asked = QueryDict(mutable=True)
    asked[name] = value
    return f"?{asked.urlencode()}" if value else ""

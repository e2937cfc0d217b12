"""What a page of search, map or agenda is asked: the criteria, and the place named in words.

A place is typed by its name (``ou``): one commune answers and the search is near it, several and the visitor
chooses, none and it is told. Who writes « forum près de Nevers » among the words means the same, where such a
commune is known. All of it works without scripts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from django.http import QueryDict

from accroche.annuaire.chefs_lieux import chef_lieu, departement_of_seat
from accroche.annuaire.models import Departement
from accroche.annuaire.toponymes import in_commune, of_departement
from accroche.catalogue.communes import Localite, key_of
from accroche.catalogue.criteres import PARAMETRES, Criteres, clean, near, rayon_of, read
from accroche.catalogue.queries.lieux import communes
from accroche.lib.texte import NBSP

#: The parameter that holds a place's name as typed, and how many homonyms are offered.
TYPED: Final = "ou"
HOMONYMS: Final = 20
#: What a place without a name is called.
NAMELESS: Final = "ce point de la carte"
#: What comes before a commune among the words, and the article that hides in « près du Mans ».
_PRES_DE: Final = re.compile(
    r"(?:^| )(?:tout |à )?(pr[èe]s|proximité|autour|(?:aux )?(?:alentours|environs)) (de |d['’]|du |des )",
    re.IGNORECASE,
)
_ARTICLES: Final = {"du ": "le ", "des ": "les "}


@dataclass(frozen=True, slots=True)
class RechercheDemandee:
    """A search as it was asked. ``homonymes``: the communes among which to choose, with the search near each.

    ``ou``: what stands in the field. ``moved``: the query string that names the same search shorter; None
    when the address is already that, or when something has to be told first.
    """

    criteres: Criteres
    problems: tuple[str, ...] = ()
    homonymes: tuple[tuple[Localite, Criteres], ...] = ()
    ou: str = ""
    moved: str | None = None


def demande(data: QueryDict) -> RechercheDemandee:
    """Read an address; in a fixed number of queries, none when no place is typed."""
    found = read(data)
    criteres, problems = found.criteres, list(found.problems)
    typed = clean(data.get(TYPED, ""))[:100]
    shown = name_of(criteres)
    homonymes: tuple[tuple[Localite, Criteres], ...] = ()
    if not typed and criteres.pres_de is None:
        criteres, typed = _place_among_words(criteres)
    if typed != shown and (typed or TYPED in data):
        criteres = near(criteres, None)
        rayon = rayon_of(data, problems)
        places = communes().named(typed, HOMONYMS) if typed else []
        found_near = [(place, near(criteres, place.point, rayon)) for place in places]
        if len(found_near) == 1:
            criteres = found_near[0][1]
        elif found_near:
            homonymes = tuple(found_near)
        elif typed:
            criteres, told_of = _elsewhere(criteres, typed)
            problems.append(told_of)
        shown = typed if homonymes or problems else name_of(criteres)
    told = bool(problems or homonymes)
    asked = [
        (name, value) for name, values in data.lists() for value in values if name in PARAMETRES | {TYPED}
    ]
    moved = None if told or asked == criteres.pairs() else criteres.canonical()
    return RechercheDemandee(criteres, tuple(problems), homonymes, shown, moved)


def _place_among_words(criteres: Criteres) -> tuple[Criteres, str]:
    """The search without the place its words name, and that place; as it was where no such commune is known.

    By its very name, or as the seat of a département: « autour de la lecture » stays a matter of words, and
    so does « autour du jardin », without a capital, though a commune is called Le Jardin.
    """
    # « autour du vélo près de Nevers »: what the first of them comes before need not be the place
    for said in _PRES_DE.finditer(criteres.q):
        name = criteres.q[said.end() :]
        if said[1].lower() == "autour" and name.islower():
            continue
        typed = _ARTICLES.get(said[2].lower(), "") + name
        # the very name comes first; to look for what resembles it would take milliseconds
        begun = communes().begun(typed, 1)
        if (begun and key_of(begun[0].name) == key_of(typed)) or departement_of_seat(typed):
            return replace(criteres, q=criteres.q[: said.start()]), typed
    return criteres, ""


def _elsewhere(criteres: Criteres, typed: str) -> tuple[Criteres, str]:
    """Where to look for what no known commune is called, and how it is told: its département, else France."""
    code = departement_of_seat(typed)
    found = Departement.objects.filter(code=code).first() if code and not criteres.departements else None
    if found is None:
        return criteres, (
            f"Aucune commune connue ne s’appelle «{NBSP}{typed}{NBSP}»{NBSP}: "
            "la recherche porte sur toute la France."
        )
    return replace(criteres, departements=(found.code,)), (
        f"Aucun établissement connu n’est {in_commune(chef_lieu(code))}{NBSP}: "
        f"la recherche porte sur tout le département {of_departement(found.code, found.name)}."
    )


def name_of(criteres: Criteres) -> str:
    """The place near which one searches, as the field shows it."""
    return (criteres.pres_de.label or NAMELESS) if criteres.pres_de else ""

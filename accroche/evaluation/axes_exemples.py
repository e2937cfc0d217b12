"""Whom to look at for an axis: académies whose facts do the contrary, with what they published. Pure.

Never a ranking: a few that have something to open, in alphabetical order from the reader's own name, so that
they are not the same for everybody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from accroche.campagne.regles import Alliances, Appel, CodeAxe, Portage, TypeRessource, TypeTempsFort
from accroche.dossier.dossier import RessourceDossier, SemaineDossier
from accroche.evaluation.axes_regles import SETTLED, SOME_SCHOOLS
from accroche.evaluation.faits import SUPPORTS, Faits
from accroche.lib.texte import sort_key

#: How many académies are shown for one axis, and resources for one of them.
MOST_EXAMPLES: Final = 3
MOST_RESOURCES: Final = 3


@dataclass(frozen=True, slots=True)
class Exemple:
    """An académie that does what an axis asks for: what shows it, and its public resources to open."""

    academie: str
    year: str
    words: str
    ressources: tuple[RessourceDossier, ...]


@dataclass(frozen=True, slots=True)
class Contraire:
    """What the facts of one that does it say, and which of its resources are worth opening first."""

    words: str
    holds: Callable[[Faits], bool]
    kinds: frozenset[TypeRessource] = frozenset()


_TOGETHER: Final = {TypeTempsFort.SEMINAIRE, TypeTempsFort.FORMATION, TypeTempsFort.TABLE_RONDE}
_OPEN: Final = {Portage.SERVICES, Portage.LES_DEUX}
_LISTS: Final = frozenset({TypeRessource.RECENSEMENT, TypeRessource.CARTE, TypeRessource.PROGRAMME})
#: A week, or two around it.
_WEEK: Final = (3, 14)

CONTRAIRES: Final[Mapping[str, Contraire]] = {
    CodeAxe.STRUCTURATION: Contraire(
        "une seule période, de plusieurs jours",
        lambda faits: faits.windows == 1 and _WEEK[0] <= faits.days <= _WEEK[1],
        frozenset({TypeRessource.PROGRAMME, TypeRessource.SITE}),
    ),
    CodeAxe.VALORISATION: Contraire(
        "des supports que chacun peut ouvrir", lambda f: bool(f.supports), SUPPORTS
    ),
    CodeAxe.VALORISATION_PROJET: Contraire(
        "des projets racontés par des articles ou des vidéos",
        lambda faits: faits.has(TypeRessource.ARTICLE, TypeRessource.VIDEO, TypeRessource.FILM),
        frozenset({TypeRessource.ARTICLE, TypeRessource.VIDEO, TypeRessource.FILM}),
    ),
    CodeAxe.PARTENAIRES: Contraire(
        "des alliances internes et externes, que les services nouent aussi",
        lambda faits: faits.alliances is Alliances.INTERNES_EXTERNES and faits.portage in _OPEN,
    ),
    CodeAxe.ANIMATION: Contraire(
        f"des temps forts, et au moins {SOME_SCHOOLS} écoles et établissements",
        lambda faits: bool(faits.events) and (faits.etablissements.value or 0) >= SOME_SCHOOLS,
        frozenset({TypeRessource.PROGRAMME, TypeRessource.SITE, TypeRessource.BILAN}),
    ),
    CodeAxe.RECENSEMENT: Contraire(
        "une liste publique des actions", lambda faits: faits.has(*_LISTS), _LISTS
    ),
    CodeAxe.DYNAMIQUE: Contraire(
        "des équipes réunies, et des alliances ouvertes",
        lambda faits: (
            not _TOGETHER.isdisjoint(faits.temps_forts) and faits.alliances is Alliances.INTERNES_EXTERNES
        ),
        frozenset({TypeRessource.BILAN, TypeRessource.GUIDE, TypeRessource.DOSSIER_THEMATIQUE}),
    ),
    CodeAxe.NIVEAUX: Contraire(
        "les quatre niveaux, premier degré compris",
        lambda faits: len(faits.levels) == 4,  # noqa: PLR2004 - all
    ),
    CodeAxe.DEPLOIEMENT: Contraire("tous les bassins appelés", lambda faits: faits.appel is Appel.TOUS),
    CodeAxe.CONSOLIDATION: Contraire(
        "une semaine installée, que l’on peut voir",
        lambda faits: (faits.ordinal or 0) >= SETTLED and faits.is_visible,
    ),
}


def exemples(
    code: str,
    others: Iterable[tuple[str, SemaineDossier, Faits]],
    *,
    but: Iterable[str] = (),
    after: str = "",
) -> tuple[Exemple, ...]:
    """Return the académies to look at for an axis: those next in the alphabet after ``after``, a few of them.

    ``others``: their edition, what they told and their facts, the latest edition first: an académie is shown
    once; ``but``: names that are left out. Those that published nothing with an address are not shown: there
    would be nothing to open.
    """
    contraire = CONTRAIRES.get(code)
    if contraire is None:
        return ()
    aside, found = set(but), []
    for year, semaine, faits in others:
        opened = _opened(semaine, contraire.kinds)
        if opened and semaine.academie not in aside and contraire.holds(faits):
            found.append(Exemple(semaine.academie, year, contraire.words, opened))
            aside.add(semaine.academie)

    def place(one: Exemple) -> tuple[bool, str]:
        name = sort_key(one.academie)
        return name <= sort_key(after), name

    apt = sorted(found, key=lambda one: (not _is_apt(one, contraire), place(one)))
    return tuple(sorted(apt[:MOST_EXAMPLES], key=place))


def _is_apt(one: Exemple, contraire: Contraire) -> bool:
    return any(ressource.kind in contraire.kinds for ressource in one.ressources)


def _opened(semaine: SemaineDossier, kinds: frozenset[TypeRessource]) -> tuple[RessourceDossier, ...]:
    public = [one for one in semaine.ressources if one.published and one.url]
    return tuple(sorted(public, key=lambda one: one.kind not in kinds)[:MOST_RESOURCES])

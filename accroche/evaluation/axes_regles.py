"""The rules that suggest axes, version by version: what the experts' choices of 2015-2016 support.

A version an edition has used is never changed: the next one gets a version of its own, at the end of
:data:`REGLEMENTS`. ``docs/axes.md`` tells them in words and what they are worth; tests hold both together.

The experts of 2016 climbed a ladder: make the territory move, show what is done, then tell each project, keep
one list of all and work together; to it they added partners, levels, structure and extension.
"""

from __future__ import annotations

from typing import Final

from accroche.annuaire.regles import Niveau, reaches
from accroche.campagne.regles import Alliances, Appel, CodeAxe, Portage, TypeRessource
from accroche.evaluation.axes import Appui, Clause, Regle, Reglement, Voir
from accroche.evaluation.faits import Annonce, Faits
from accroche.lib.chiffres import Kind
from accroche.lib.texte import NBSP, liste, nombre, ordinal_feminin, pluriel

#: Fewer schools than this and the territory is still to be moved.
FEW_SCHOOLS: Final = 10
#: Fewer than this and nothing that brings people together, the same.
SOME_SCHOOLS: Final = 50
#: Fewer external partners named than this and alliances are narrow, when nobody said what they are.
FEW_PARTNERS: Final = 5
#: From this semaine on an académie has found its way.
SETTLED: Final = 3

_CLOSED: Final = {Alliances.INTERNES: "internes", Alliances.SURTOUT_INTERNES: "surtout internes"}
_LIST: Final = (TypeRessource.RECENSEMENT, TypeRessource.CARTE, TypeRessource.PROGRAMME)


def _fewer(answer: Annonce, bound: int) -> bool:
    """Whether a count is surely under ``bound``: « plus de 30 » may be fifty."""
    return answer.value is not None and not answer.at_least and answer.value < bound


def _schools(faits: Faits) -> str:
    count = faits.etablissements.value or 0
    about = "environ " if faits.etablissements.kind is Kind.ABOUT else ""
    words = pluriel(count, "école ou établissement", "écoles et établissements")
    return f"{about}{nombre(count)}{NBSP}{words}"


def _engaged(faits: Faits) -> tuple[Appui, ...]:
    events = faits.events
    told = (
        f"{nombre(events)}{NBSP}{pluriel(events, 'temps fort', 'temps forts')}"
        if events
        else "Aucun temps fort"
    )
    return (Appui(_schools(faits).capitalize(), Voir.FICHES), Appui(told))


def _media(faits: Faits) -> tuple[Appui, ...]:
    hidden, public = sum(faits.unpublished.values()), faits.published
    found = (
        [Appui(f"Ressources publiques{NBSP}: {liste(kind.label.lower() for kind in public)}")]
        if public
        else []
    )
    if not public:
        found.append(Appui("Aucune ressource publique"))
    if hidden:
        words = pluriel(hidden, "ressource non publiée", "ressources non publiées")
        found.append(Appui(f"{nombre(hidden)}{NBSP}{words}"))
    return tuple(found)


def _levels(faits: Faits) -> tuple[Appui, ...]:
    ticked = liste(level.label.lower() for level in Niveau if level in faits.levels)
    return (Appui(f"Niveaux touchés{NBSP}: {ticked}", Voir.FICHES),)


def _alliances(faits: Faits) -> tuple[Appui, ...]:
    count = faits.partners_external
    named = pluriel(count, "partenaire extérieur nommé", "partenaires extérieurs nommés")
    told = f"{nombre(count)}{NBSP}{named}" if count else "Aucun partenaire extérieur nommé"
    found = [Appui(told)]
    if faits.fiches.count and not faits.fiches.told:
        found.append(Appui(_with_external(faits.fiches.with_external, faits.fiches.count), Voir.FICHES))
    return tuple(found)


def _with_external(some: int, sheets: int) -> str:
    if sheets == 1:
        return f"La seule fiche {'a un' if some else 'n’a pas de'} partenaire extérieur"
    if not some:
        return f"Aucune des {nombre(sheets)}{NBSP}fiches n’a de partenaire extérieur"
    words = pluriel(some, "a un partenaire extérieur", "ont un partenaire extérieur")
    return f"{nombre(some)} des {nombre(sheets)}{NBSP}fiches {words}"


def _dates(faits: Faits) -> tuple[Appui, ...]:
    windows, days = faits.windows, faits.days
    return (
        Appui(
            f"{nombre(windows)}{NBSP}{pluriel(windows, 'période', 'périodes')}, "
            f"{nombre(days)}{NBSP}{pluriel(days, 'jour', 'jours')}"
        ),
    )


def _bassins(faits: Faits) -> tuple[Appui, ...]:
    count = faits.bassins
    if not count:
        return (Appui("Certains bassins seulement ont été appelés"),)
    return (Appui(f"{nombre(count)}{NBSP}{pluriel(count, 'bassin appelé', 'bassins appelés')} à participer"),)


def _rank(faits: Faits) -> tuple[Appui, ...]:
    return (Appui(f"{ordinal_feminin(faits.ordinal or 1).capitalize()} semaine de l’académie"),)


_VISIBLE: Final = frozenset({CodeAxe.VALORISATION})
_PARTNERS: Final = frozenset({CodeAxe.PARTENAIRES})
_ANIMATION: Final = frozenset({CodeAxe.ANIMATION})

STRUCTURATION: Final = Regle(
    CodeAxe.STRUCTURATION,
    (
        Clause(
            "structuration.jour",
            "la semaine tient en un seul jour",
            lambda faits: faits.days == 1,
            lambda _faits: "La semaine a tenu en un seul jour.",
            _dates,
        ),
        Clause(
            "structuration.periodes",
            "la semaine a plusieurs périodes",
            lambda faits: faits.windows > 1,
            lambda faits: f"La semaine s’est tenue en {nombre(faits.windows)}{NBSP}périodes séparées.",
            _dates,
        ),
    ),
)

ANIMATION: Final = Regle(
    CodeAxe.ANIMATION,
    (
        Clause(
            "animation.peu",
            f"moins de {FEW_SCHOOLS} écoles et établissements",
            lambda faits: _fewer(faits.etablissements, FEW_SCHOOLS),
            lambda faits: (
                f"{_schools(faits).capitalize()} seulement "
                f"{pluriel(faits.etablissements.value or 0, 'a', 'ont')} pris part à la semaine."
            ),
            _engaged,
        ),
        Clause(
            "animation.sans_temps_fort",
            f"aucun temps fort, et moins de {SOME_SCHOOLS} écoles et établissements",
            lambda faits: not faits.events and _fewer(faits.etablissements, SOME_SCHOOLS),
            lambda faits: (
                f"Aucun temps fort n’a réuni les acteurs, et {_schools(faits)} "
                f"{pluriel(faits.etablissements.value or 0, 'a', 'ont')} pris part à la semaine."
            ),
            _engaged,
        ),
    ),
)

VALORISATION: Final = Regle(
    CodeAxe.VALORISATION,
    (
        Clause(
            "valorisation.rien_a_voir",
            "ni dossier de presse ou thématique, ni site, vidéo, film, article ou émission à ouvrir en ligne",
            lambda faits: not faits.is_visible,
            lambda _faits: (
                "Rien ne montre la semaine au dehors"
                f"{NBSP}: ni dossier de presse ou thématique, ni site, vidéo, article ou émission."
            ),
            _media,
        ),
        Clause(
            "valorisation.avec_animation",
            "avec l’animation du territoire",
            lambda _faits: True,
            lambda _faits: (
                "Montrer ce qui se fait donne envie d’en être"
                f"{NBSP}: cet axe va avec l’animation du territoire."
            ),
            _media,
            fired=_ANIMATION,
        ),
    ),
)

PARTENAIRES: Final = Regle(
    CodeAxe.PARTENAIRES,
    (
        Clause(
            "partenaires.alliances",
            "alliances internes, ou surtout internes, à l’Éducation nationale",
            lambda faits: faits.alliances in _CLOSED,
            lambda faits: f"Les alliances restent {_CLOSED[faits.alliances]} à l’Éducation nationale.",
            _alliances,
        ),
        Clause(
            "partenaires.portage",
            "alliances nouées par les seuls porteurs de projet",
            lambda faits: faits.portage is Portage.PORTEURS,
            lambda _faits: (
                "Chaque porteur de projet noue ses alliances de son côté"
                f"{NBSP}: les services n’en nouent pas pour tous."
            ),
            _alliances,
        ),
        Clause(
            "partenaires.peu",
            f"rien n’est dit des alliances, et moins de {FEW_PARTNERS} partenaires extérieurs sont nommés",
            lambda faits: (
                not faits.alliances and not faits.portage and faits.partners_external < FEW_PARTNERS
            ),
            lambda _faits: "Peu de partenaires extérieurs sont nommés.",
            _alliances,
        ),
    ),
    (
        Clause(
            "partenaires.nc",
            "les alliances ne sont pas communiquées",
            lambda faits: faits.alliances is Alliances.NC,
        ),
    ),
)

NIVEAUX: Final = Regle(
    CodeAxe.NIVEAUX,
    (
        Clause(
            "niveaux.premier_degre",
            "le premier degré n’est pas coché, d’autres niveaux le sont",
            lambda faits: reaches(Niveau.PREMIER_DEGRE, faits.levels, faits.levels_unknown) is False,
            lambda _faits: "Aucune école du premier degré n’y a pris part.",
            _levels,
        ),
    ),
    (
        Clause(
            "niveaux.animation",
            "l’animation du territoire vient d’abord",
            lambda _faits: True,
            fired=_ANIMATION,
        ),
        Clause(
            "niveaux.nc",
            "ni les actions ni les établissements ne sont comptés",
            lambda faits: faits.figures_nc,
        ),
    ),
)

DYNAMIQUE: Final = Regle(
    CodeAxe.DYNAMIQUE,
    (
        Clause(
            "dynamique.recensement",
            "le recensement des actions est public, la semaine se voit, et l’axe partenaires est proposé",
            lambda faits: faits.has(TypeRessource.RECENSEMENT),
            lambda _faits: (
                "La semaine se voit et ses actions sont recensées"
                f"{NBSP}: reste à en faire, avec les partenaires, un travail commun."
            ),
            _media,
            fired=_PARTNERS,
            silent=_VISIBLE,
        ),
        Clause(
            "dynamique.dossier_presse",
            "un dossier de presse est public, la semaine se voit, et l’axe partenaires est proposé",
            lambda faits: faits.has(TypeRessource.DOSSIER_PRESSE),
            lambda _faits: (
                "La semaine se voit et un dossier de presse la présente"
                f"{NBSP}: reste à en faire, avec les partenaires, un travail commun."
            ),
            _media,
            fired=_PARTNERS,
            silent=_VISIBLE,
        ),
    ),
)

DEPLOIEMENT: Final = Regle(
    CodeAxe.DEPLOIEMENT,
    (
        Clause(
            "deploiement.certains",
            "certains bassins seulement ont été appelés à participer",
            lambda faits: faits.appel is Appel.CERTAINS,
            lambda _faits: "Certains bassins seulement ont été appelés à participer.",
            _bassins,
        ),
    ),
)

CONSOLIDATION: Final = Regle(
    CodeAxe.CONSOLIDATION,
    (
        Clause(
            "consolidation.installee",
            f"{ordinal_feminin(SETTLED)} semaine ou plus, qui se voit, aux alliances internes et externes",
            lambda faits: (faits.ordinal or 0) >= SETTLED and faits.alliances is Alliances.INTERNES_EXTERNES,
            lambda _faits: (
                "La semaine est installée, elle se voit et ses alliances sont ouvertes"
                f"{NBSP}: il s’agit maintenant de durer."
            ),
            _rank,
            silent=_VISIBLE | _PARTNERS,
        ),
    ),
)

RECENSEMENT: Final = Regle(
    CodeAxe.RECENSEMENT,
    (
        Clause(
            "recensement.sans_liste",
            "la semaine se voit, mais ni recensement, ni carte, ni programme n’est public",
            lambda faits: not faits.has(*_LIST),
            lambda _faits: "La semaine se voit, mais aucune liste publique ne dit toutes ses actions.",
            _media,
            silent=_VISIBLE,
        ),
    ),
    counted=False,
)

VALORISATION_PROJET: Final = Regle(
    CodeAxe.VALORISATION_PROJET,
    (
        Clause(
            "valorisation_projet.fiches",
            "la semaine se voit, mais moins de la moitié des fiches ont un lien ou une pièce jointe",
            lambda faits: not faits.fiches.told and 2 * faits.fiches.with_support < faits.fiches.count,
            lambda _faits: (
                "La semaine se voit, mais la plupart des fiches n’ont ni lien, ni image, ni document."
            ),
            lambda faits: (
                Appui(
                    f"{nombre(faits.fiches.with_support)} des {nombre(faits.fiches.count)}{NBSP}fiches "
                    f"{pluriel(faits.fiches.with_support, 'a', 'ont')} un lien ou une pièce jointe",
                    Voir.FICHES,
                ),
            ),
            silent=_VISIBLE,
        ),
        Clause(
            "valorisation_projet.rapport",
            "racontée par un rapport, elle se voit, mais sans article, vidéo ni film",
            lambda faits: (
                faits.fiches.told
                and not faits.has(TypeRessource.ARTICLE, TypeRessource.VIDEO, TypeRessource.FILM)
            ),
            lambda _faits: "La semaine se voit, mais ni article ni vidéo ne raconte ses projets.",
            _media,
            silent=_VISIBLE,
        ),
    ),
    counted=False,
)

#: Each version from the first edition it serves, oldest first.
REGLEMENTS: Final = (
    Reglement(
        version=1,
        since="2015-2016",
        regles=(
            STRUCTURATION,
            ANIMATION,
            VALORISATION,
            PARTENAIRES,
            NIVEAUX,
            DYNAMIQUE,
            DEPLOIEMENT,
            CONSOLIDATION,
            RECENSEMENT,
            VALORISATION_PROJET,
        ),
    ),
)


def reglement_of(year: str) -> Reglement:
    """Return the rules of an edition: the latest version that serves it, the first for an older one."""
    serving = [one for one in REGLEMENTS if one.since <= year]
    return serving[-1] if serving else REGLEMENTS[0]

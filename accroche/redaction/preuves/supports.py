"""Evidence of what académies published and held: resources by kind, media, temps forts, texts of strategy."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Final

from accroche.campagne.regles import Autorite, TypeRessource
from accroche.dossier.dossier import SemaineDossier
from accroche.lib.texte import capitale, liste, typographie
from accroche.redaction.preuves.matiere import (
    LignePreuve,
    Matiere,
    PreuveComptee,
    celles,
    count,
    preuve,
    rows,
)

#: How a sentence calls one resource of each kind: with its article, whether it is feminine, and its plural.
RESSOURCES: Final[dict[TypeRessource, tuple[str, bool, str]]] = {
    TypeRessource.DOSSIER_PRESSE: ("un dossier de presse", False, "dossiers de presse"),
    TypeRessource.DOSSIER_THEMATIQUE: ("un dossier thématique", False, "dossiers thématiques"),
    TypeRessource.RECENSEMENT: ("un recensement", False, "recensements"),
    TypeRessource.CARTE: ("une carte", True, "cartes"),
    TypeRessource.PROGRAMME: ("un programme", False, "programmes"),
    TypeRessource.VIDEO: ("une vidéo", True, "vidéos"),
    TypeRessource.ARTICLE: ("un article", False, "articles"),
    TypeRessource.SITE: ("un site", False, "sites"),
    TypeRessource.EMISSION: ("une émission", True, "émissions"),
    TypeRessource.BILAN: ("un bilan", False, "bilans"),
    TypeRessource.GUIDE: ("un guide", False, "guides"),
    TypeRessource.DIAPORAMA: ("un diaporama", False, "diaporamas"),
    TypeRessource.FILM: ("un court métrage", False, "courts métrages"),
}


@dataclass(frozen=True, slots=True)
class Fait:
    """A fact that sheets may tell: its code, how the sentence begins, where it is counted, and what one says.

    ``begins``: what comes before « par l’académie de… ».
    """

    code: str
    begins: str
    provenance: str
    said: Callable[[SemaineDossier], str]


#: What is told of a resource, by whether it is published (None: nobody said): code, verb, and an end.
_DITS: Final[tuple[tuple[bool | None, str, str, str, str], ...]] = (
    (True, "ressource", "publié", "", "Compté sur les ressources de chaque fiche qui sont publiées."),
    (
        None,
        "ressource-notee",
        "noté",
        ", sans que sa publication soit dite",
        "Compté sur les ressources de chaque fiche dont personne n’a dit si elles sont publiées.",
    ),
    (
        False,
        "ressource-non-publiee",
        "noté",
        ", comme n’étant pas en ligne",
        "Compté sur les ressources de chaque fiche qui ne sont pas publiées.",
    ),
)


def ressources(matiere: Matiere) -> Iterator[PreuveComptee]:
    """Who published each kind of resource; what is not known to be public is told apart."""
    for published, code, verb, end, provenance in _DITS:
        for kind, (one, feminine, many) in RESSOURCES.items():
            titles = {
                semaine.academie: [
                    told.title
                    for told in semaine.ressources
                    if told.published is published and told.kind == kind
                ]
                for semaine in matiere.heard
            }
            names = tuple(name for name, told in titles.items() if told)
            if names:
                did = f"est {verb}{'e' if feminine else ''}"
                yield preuve(
                    f"{code}-{kind}",
                    f"Au moins {one} {did} par {celles(names)}{end}.",
                    names,
                    provenance,
                    (LignePreuve(name, _titles(titles[name], one.partition(" ")[2], many)) for name in names),
                )


def _titles(titles: Collection[str], one: str, many: str) -> str:
    return typographie(f"{count(len(titles), one, many)} : {liste(titles)}")


#: What belongs to a policy: written, steered, paid for.
STRATEGIE: Final = (
    Fait(
        "strategie",
        "Au moins un texte de stratégie est cité",
        "Compté sur les textes de stratégie de chaque fiche.",
        lambda one: liste(text.title for text in one.strategie),
    ),
    Fait(
        "pilote",
        "Un service pilote est nommé",
        "Compté sur le service pilote de chaque fiche.",
        lambda one: one.pilot,
    ),
    Fait(
        "comite",
        "Un comité de pilotage est décrit",
        "Compté sur le comité de pilotage de chaque fiche.",
        lambda one: one.committee,
    ),
    Fait(
        "financement",
        "Un financement est annoncé",
        "Compté sur le financement de chaque fiche.",
        lambda one: one.funding,
    ),
)
#: What makes a semaine seen besides its resources.
VISIBILITE: Final = (
    Fait(
        "medias",
        "Au moins une retombée dans les médias est notée",
        "Compté sur les retombées de chaque fiche.",
        lambda one: liste(told.media for told in one.medias),
    ),
    Fait(
        "temps-forts",
        "Au moins un temps fort est raconté",
        "Compté sur les temps forts de chaque fiche.",
        lambda one: liste(event.title for event in one.temps_forts),
    ),
    Fait(
        "autorites",
        "La présence d’une autorité à un temps fort est notée",
        "Compté sur les autorités notées à chaque temps fort.",
        lambda one: capitale(
            liste(
                authority.label.lower()
                for authority in Autorite
                if any(authority in event.authorities for event in one.temps_forts)
            )
        ),
    ),
)


def faits(matiere: Matiere, wanted: Collection[Fait]) -> Iterator[PreuveComptee]:
    """Who tells each of some facts."""
    for fait in wanted:
        told = [one for one in matiere.heard if fait.said(one)]
        if told:
            names = tuple(one.academie for one in told)
            yield preuve(
                fait.code,
                f"{fait.begins} par {celles(names)}.",
                names,
                fait.provenance,
                rows(told, fait.said),
            )


def strategie(matiere: Matiere) -> Iterator[PreuveComptee]:
    """Who cites a policy, names who steers, and says who pays."""
    return faits(matiere, STRATEGIE)


def visibilite(matiere: Matiere) -> Iterator[PreuveComptee]:
    """Who notes media, temps forts and the authorities that came."""
    return faits(matiere, VISIBILITE)

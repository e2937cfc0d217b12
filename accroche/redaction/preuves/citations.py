"""The académies an objective cites, each with the facts its sheet tells about that objective, or with none.

The facts are those that stand beside the criteria of the grid (``evaluation/preuves``): the grid says which
ones belong to an objective, the edition's own where it has one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from accroche.campagne.grille import GrilleDite
from accroche.campagne.preuves import Preuve as CodePreuve
from accroche.campagne.regles import CodeObjectif
from accroche.dossier.dossier import ObjectifDossier, SemaineDossier
from accroche.evaluation.faits import Faits
from accroche.evaluation.preuves import Savoir, indications
from accroche.lib.texte import capitale, pluriel, slug
from accroche.redaction.preuves import gestes
from accroche.redaction.preuves.matiere import LignePreuve, Matiere, PreuveComptee, academies, preuve

_Codes = tuple[CodePreuve, ...]

#: What each objective is judged on, where the edition has no grid of its own.
DEFAUT: Final[dict[str, tuple[CodePreuve, ...]]] = {
    CodeObjectif.IDENTIFIER_VALORISER: (
        CodePreuve.FICHES,
        CodePreuve.LISTE_PUBLIQUE,
        CodePreuve.NIVEAUX,
        CodePreuve.FICHES_RACONTEES,
        CodePreuve.REMARQUABLES,
        CodePreuve.TEMPS_FORTS,
    ),
    CodeObjectif.MOBILISER_PARTENAIRES: (
        CodePreuve.ALLIANCES,
        CodePreuve.PARTENAIRES_DES_FICHES,
        CodePreuve.FAMILLES_DE_PARTENAIRES,
        CodePreuve.PORTAGE,
        CodePreuve.ROLES_DES_PARTENAIRES,
        CodePreuve.PARENTS,
    ),
    CodeObjectif.INTEGRER_STRATEGIE: (
        CodePreuve.STRATEGIE,
        CodePreuve.FINANCEMENT,
        CodePreuve.PILOTAGE,
        CodePreuve.DATES,
        CodePreuve.RESEAU,
        CodePreuve.BILAN,
    ),
    CodeObjectif.COMMUNIQUER: (
        CodePreuve.SUPPORTS,
        CodePreuve.PRODUCTIONS,
        CodePreuve.MEDIAS,
        CodePreuve.TEMPS_FORTS,
        CodePreuve.AUTORITES,
    ),
}
#: What a cited académie did, in verbs, by objective.
_GESTES: Final[Mapping[str, Callable[[SemaineDossier, Faits], Iterator[str]]]] = {
    CodeObjectif.IDENTIFIER_VALORISER: gestes.identifier,
    CodeObjectif.MOBILISER_PARTENAIRES: gestes.mobiliser,
    CodeObjectif.INTEGRER_STRATEGIE: gestes.integrer,
    CodeObjectif.COMMUNIQUER: gestes.communiquer,
}
_BRACKETS: Final = re.compile(r"\([^()]*\)")
#: What nobody can know of another académie's semaine here, or that no sheet tells.
_UNKNOWABLE: Final = frozenset({CodePreuve.COUVERTURE, CodePreuve.AXES_SUIVIS, CodePreuve.REPRISES})


def citations(matiere: Matiere, code: str) -> Iterator[PreuveComptee]:
    """Say of each académie that an objective cites which facts support it, and which are not known."""
    objectif = next((one for one in matiere.dossier.objectifs if one.code == code), None)
    if objectif is None:
        return
    codes = _codes(matiere.dossier.grille, code)
    here = {one.academie: one for one in matiere.dossier.semaines}
    for name in objectif.academies:
        if name in here:
            yield _cited(objectif, here[name], matiere.faits.get(name, Faits()), codes)
    absent = tuple(name for name in objectif.academies if name not in here)
    if absent:
        verb = pluriel(len(absent), "n’a pas", "n’ont pas")
        yield preuve(
            f"cite-absente-{code}",
            f"{capitale(academies(absent))} {verb} de fiche dans cette édition.",
            absent,
            "Compté sur les académies que cite cet objectif.",
        )


def _cited(objectif: ObjectifDossier, semaine: SemaineDossier, faits: Faits, codes: _Codes) -> PreuveComptee:
    name = semaine.academie
    told = [one for code in codes for one in indications(code, Savoir(faits=faits))]
    known = dict.fromkeys(one.text for one in told if one.known)
    unknown = dict.fromkeys(one.text for one in told if not one.known)
    did = tuple(_GESTES.get(objectif.code, _none)(semaine, faits))
    who = academies((name,))
    return preuve(
        f"cite-{objectif.code}-{slug(name)}",
        f"{capitale(who)} {_joined(did)}."
        if did
        else f"La fiche de {who} ne porte aucun fait de cet objectif.",
        (name,),
        f"Lu sur la fiche de l’académie, que cite « {objectif.label} » : ce que la grille y regarde.",
        [
            *(LignePreuve(name, text) for text in known),
            *(LignePreuve(name, f"Pas de fait : {text[:1].lower()}{text[1:]}") for text in unknown),
        ],
    )


def _joined(did: tuple[str, ...]) -> str:
    """« publie un site et raconte… », « publie un site et une carte, et raconte… »."""
    *head, last = did
    comma = "," if any(" et " in _BRACKETS.sub("", one) for one in head) else ""
    return f"{', '.join(head)}{comma} et {last}" if head else last


def _none(_semaine: SemaineDossier, _faits: Faits) -> Iterator[str]:
    """What is said of an objective nobody knows."""
    return iter(())


def _codes(grille: GrilleDite | None, code: str) -> _Codes:
    asked = next((one for one in grille.objectifs if one.code == code), None) if grille else None
    if asked is None:
        return DEFAUT.get(code, ())
    named = dict.fromkeys(CodePreuve(word) for critere in asked.criteres for word in critere.evidence)
    return tuple(one for one in named if one not in _UNKNOWABLE)

"""Evidence beside each text of the report: sentences that state what sheets tell, and nothing else. Pure.

``preuves`` says which stand beside which part; each family is a module of its own. What the program writes
states counts, names and days; who writes the report judges.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from accroche.campagne.regles import CodeObjectif
from accroche.redaction.preuves import partenaires, reponses, supports, tendances
from accroche.redaction.preuves.citations import citations
from accroche.redaction.preuves.matiere import LignePreuve, Matiere, PreuveComptee, matiere_of

__all__ = ["LignePreuve", "Matiere", "PreuveComptee", "matiere_of", "preuves"]

_Famille = Callable[[Matiere], Iterator[PreuveComptee]]
_COUNTRY: Final[tuple[_Famille, ...]] = (reponses.premieres, reponses.attente, tendances.tendances)
_OF_OBJECTIF: Final[Mapping[str, tuple[_Famille, ...]]] = {
    CodeObjectif.IDENTIFIER_VALORISER: (supports.ressources, reponses.niveaux),
    CodeObjectif.MOBILISER_PARTENAIRES: (
        partenaires.les_plus_nommes,
        partenaires.partages,
        partenaires.familles,
    ),
    CodeObjectif.INTEGRER_STRATEGIE: (supports.strategie,),
    CodeObjectif.COMMUNIQUER: (supports.ressources, supports.visibilite),
}
_OF_PARTIE: Final[Mapping[str, tuple[_Famille, ...]]] = {
    "introduction": _COUNTRY,
    "messages": (
        *_COUNTRY,
        partenaires.les_plus_nommes,
        partenaires.partages,
        reponses.niveaux,
        supports.ressources,
    ),
    "perspectives": (reponses.niveaux, reponses.axes, tendances.tendances, partenaires.partages),
    "tutorat": (reponses.attente, reponses.premieres, reponses.niveaux),
}
#: How the part of an objective is named: « conclusion:communiquer ».
CONCLUSION: Final = "conclusion:"


def preuves(matiere: Matiere, partie: str) -> tuple[PreuveComptee, ...]:
    """Return the evidence that stands beside a part of the report, cited académies first; maybe none."""
    if partie.startswith(CONCLUSION):
        code = partie.removeprefix(CONCLUSION)
        families = _OF_OBJECTIF.get(code, ())
        return (*citations(matiere, code), *(one for family in families for one in family(matiere)))
    return tuple(one for family in _OF_PARTIE.get(partie, ()) for one in family(matiere))

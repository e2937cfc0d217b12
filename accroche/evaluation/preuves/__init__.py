"""What the site already knows of a semaine beside a criterion of the grid.

One function an evidence code (``campagne/preuves.py``), which reads :class:`Savoir` alone. What nobody gave
is said to be unknown and is no zero.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from accroche.campagne.preuves import Preuve
from accroche.evaluation.preuves import actions, partenaires, strategie, visibilite
from accroche.evaluation.preuves.savoir import Cible, Indication, Parts, Savoir, Terrain

__all__ = ["Cible", "Indication", "Savoir", "Terrain", "indications"]


def indications(code: str, savoir: Savoir) -> tuple[Indication, ...]:
    """Return what is known for one evidence code, at least one sentence; nothing for a code that is none."""
    if code not in _SAYS:
        return ()
    return tuple(_SAYS[Preuve(code)](savoir))


_SAYS: Final[Mapping[Preuve, Callable[[Savoir], Parts]]] = {
    Preuve.FICHES: actions.fiches,
    Preuve.COUVERTURE: actions.couverture,
    Preuve.NIVEAUX: actions.niveaux,
    Preuve.LISTE_PUBLIQUE: actions.liste_publique,
    Preuve.FICHES_RACONTEES: actions.fiches_racontees,
    Preuve.REMARQUABLES: actions.remarquables,
    Preuve.REPRISES: actions.reprises,
    Preuve.ALLIANCES: partenaires.alliances,
    Preuve.PARTENAIRES_DES_FICHES: partenaires.partenaires_des_fiches,
    Preuve.FAMILLES_DE_PARTENAIRES: partenaires.familles,
    Preuve.PORTAGE: partenaires.portage,
    Preuve.ROLES_DES_PARTENAIRES: partenaires.roles,
    Preuve.PARENTS: partenaires.parents,
    Preuve.STRATEGIE: strategie.strategie,
    Preuve.FINANCEMENT: strategie.financement,
    Preuve.PILOTAGE: strategie.pilotage,
    Preuve.DATES: strategie.dates,
    Preuve.TERRITOIRES: strategie.territoires,
    Preuve.RESEAU: strategie.reseau,
    Preuve.BILAN: strategie.bilan,
    Preuve.AXES_SUIVIS: strategie.axes_suivis,
    Preuve.SUPPORTS: visibilite.supports,
    Preuve.PRODUCTIONS: visibilite.productions,
    Preuve.MEDIAS: visibilite.medias,
    Preuve.TEMPS_FORTS: visibilite.temps_forts,
    Preuve.AUTORITES: visibilite.autorites,
}

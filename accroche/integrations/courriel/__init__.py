"""Electronic addresses and what comes back from them: written to, mistyped, refused, returned."""

from accroche.integrations.courriel.adresses import (
    AdresseError,
    acheminable,
    domaine_voisin,
    nettoyee,
    proposition,
)
from accroche.integrations.courriel.avis import Avis, AvisError, lire_avis
from accroche.integrations.courriel.refus import en_clair

__all__ = [
    "AdresseError",
    "Avis",
    "AvisError",
    "acheminable",
    "domaine_voisin",
    "en_clair",
    "lire_avis",
    "nettoyee",
    "proposition",
]

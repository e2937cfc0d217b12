"""Electronic addresses: which ones mails can be sent to, and which look mistyped."""

from accroche.integrations.courriel.adresses import (
    AdresseError,
    acheminable,
    domaine_voisin,
    nettoyee,
    proposition,
)

__all__ = ["AdresseError", "acheminable", "domaine_voisin", "nettoyee", "proposition"]

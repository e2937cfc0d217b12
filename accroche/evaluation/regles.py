"""What the models of this app need of its rules: the others read editions, and no start waits for them."""

from __future__ import annotations

from accroche.lib.libelles import Libelle


class EtatSuivi(Libelle):
    """How far an académie says it went on an axis; empty while it said nothing."""

    UNKNOWN = ""
    FAIT = "fait", "Fait"
    EN_PARTIE = "en_partie", "En partie"
    PAS_ENCORE = "pas_encore", "Pas encore"

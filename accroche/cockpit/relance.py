"""Reminding the académies that lack a sign: in which words, once a day for each. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final

from accroche.cockpit.cockpit import Lacune, Signe
from accroche.lib.texte import de, liste

SUBJECT: Final = "Semaine de la persévérance scolaire : où en est votre académie ?"

_WHY: Final = {
    Signe.OUVERT: "n’a pas encore ouvert sa semaine : sa page n’est pas commencée",
    Signe.REPONDU: "n’a pas encore répondu : sa page ne dit pas encore ses dates et ce qu’elle touche",
    Signe.PUBLIE: "n’a pas encore publié de fiche",
}


def body_of(
    signe: Signe, *, academie: str, edition: str, manques: Iterable[Lacune], word: str, link: str, until: str
) -> str:
    """The mail of one académie. ``word``: what the bureau adds; ``until``: the deadline, in a sentence."""
    missing = liste(manque.label for manque in manques)
    parts = (
        "Bonjour,",
        f"Pour l’édition {edition}, l’académie {de(academie)} {_WHY[signe]}.",
        f"Il manque encore : {missing}." if missing else "",
        word.strip(),
        f"Tout ce qui reste à faire est là :\n{link}",
        until,
        "Merci de votre aide,\nle bureau national",
    )
    return "\n\n".join(part for part in parts if part) + "\n"


def key_of(signe: Signe, edition: str, academie: str, to: str, day: dt.date) -> str:
    """What makes a reminder one of its day: the same group, académie and address."""
    return f"relance:{edition}:{signe}:{day.isoformat()}:{academie}:{to}"


def note_of(signe: Signe, edition: str) -> str:
    """What the journal keeps of a reminder."""
    return f"{edition} {signe}"

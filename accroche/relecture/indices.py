"""Hints on the quality of a sheet: what a coordinator would notice at a glance, and would say.

A hint never blocks: ``controle.py`` holds what does. The queue asks the same of the database
(``relecture/queries/file.py``); a test holds both to the same answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from accroche.lib.libelles import Libelle


class Indice(Libelle):
    """One thing worth a second look."""

    SHORT = "court", "Description courte"
    NO_LEVEL = "sans_niveau", "Sans niveau"
    NO_DATE = "sans_date", "Sans date"
    UNKNOWN_SCHOOL = "ecole_inconnue", "Établissement non reconnu"
    CAPITALS = "majuscules", "Titre en majuscules"
    SAME_TEXT = "meme_texte", "Même texte qu’une autre fiche"
    NO_CONTACT = "sans_contact", "Sans contact"

    @property
    def sentence(self) -> str:
        """What a coordinator would say to the school."""
        return SENTENCES[self]


SENTENCES = {
    Indice.SHORT: "En deux phrases de plus, on verrait ce que font les élèves.",
    Indice.NO_LEVEL: "Dites quels élèves sont concernés : aucun niveau n’est coché.",
    Indice.NO_DATE: "L’action a lieu pendant la semaine, mais quel jour ?",
    Indice.UNKNOWN_SCHOOL: "Je ne retrouve pas l’établissement dans l’annuaire : quelle est sa commune ?",
    Indice.CAPITALS: "Le titre se lirait mieux en minuscules.",
    Indice.SAME_TEXT: "Une autre fiche de l’académie porte exactement la même description.",
    Indice.NO_CONTACT: "Personne à qui poser une question : il manque une adresse.",
}

#: A description under so many characters says too little.
SHORT = 80
#: A title in capitals: at least two, and no small letter. The database reads the same patterns.
CAPITAL = r"[A-ZÀ-ÖØ-Þ].*[A-ZÀ-ÖØ-Þ]"
SMALL = r"[a-zß-öø-ÿœ]"
#: When a day is expected.
DATED = frozenset({"semaine", "les_deux"})


@dataclass(frozen=True, slots=True)
class Apercu:
    """What the hints read of a sheet.

    ``porteurs``: how many it has; ``unknown_porteurs``: how many have no UAI though they are schools, or
    no commune.
    ``is_repeated``: whether another sheet of the same semaine has the same description.
    """

    title: str
    description: str
    has_level: bool
    temporality: str
    has_day: bool
    porteurs: int
    unknown_porteurs: int
    has_contact: bool
    is_repeated: bool = False


def indices(apercu: Apercu) -> tuple[Indice, ...]:
    """Return what is worth a second look, in the order of :class:`Indice`."""
    found = {
        Indice.SHORT: len(apercu.description) < SHORT,
        Indice.NO_LEVEL: not apercu.has_level,
        Indice.NO_DATE: apercu.temporality in DATED and not apercu.has_day,
        Indice.UNKNOWN_SCHOOL: not apercu.porteurs or apercu.unknown_porteurs > 0,
        Indice.CAPITALS: bool(re.search(CAPITAL, apercu.title)) and not re.search(SMALL, apercu.title),
        Indice.SAME_TEXT: apercu.is_repeated,
        Indice.NO_CONTACT: not apercu.has_contact,
    }
    return tuple(indice for indice in Indice if found[indice])

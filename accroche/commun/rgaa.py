"""What the audit of accessibility found, and what may be declared from it: RGAA 4.1, in our own words.

docs/rgaa.md says how each criterion was looked at and what shows it; a test compares its verdicts with these.
What a page declares is computed here: a mended fault changes the declaration, and a new one cannot hide.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from fractions import Fraction

#: When the whole was last looked at.
AUDIT = date(2026, 11, 26)
#: How many criteria each of the thirteen themes has.
PAR_THEME = (9, 2, 3, 13, 8, 2, 5, 10, 4, 14, 13, 11, 12)
CRITERES = tuple(
    f"{theme}.{rang}" for theme, nombre in enumerate(PAR_THEME, start=1) for rang in range(1, nombre + 1)
)


class ResultatCritere(StrEnum):
    """How a criterion was found on the sample of pages."""

    CONFORME = "C"
    NON_CONFORME = "NC"
    NON_APPLICABLE = "NA"


class Conformite(StrEnum):
    """What the law lets a site say of itself."""

    TOTALE = "totalement conforme"
    PARTIELLE = "partiellement conforme"
    AUCUNE = "non conforme"


#: What falls short, as the statement says it; one sentence may be about several criteria.
MANQUES: dict[str, tuple[str, ...]] = {
    "Une photo que son établissement n’a pas légendée n’a pas de description.": ("1.3",),
    "Une affiche jointe comme photo montre des mots que seule sa légende redit.": ("1.8",),
    "Les vidéos citées par les établissements n’ont pas toujours de transcription, de sous-titres ni "
    "d’audiodescription.": ("4.1", "4.3", "4.5"),
    "Les lecteurs vidéo sont ceux des services qui les hébergent\u00a0: leur usage au clavier et avec une "
    "aide technique n’a pas été vérifié.": ("4.11", "4.13"),
    "Un titre ou un passage écrit dans une autre langue n’est pas signalé comme tel.": ("8.7",),
    "Une citation courte, dans le récit d’un établissement, n’est repérée que par ses guillemets.": ("9.4",),
    "Les documents joints par les établissements (PDF, traitement de texte) ne sont pas tous accessibles.": (
        "13.3",
    ),
}
#: Criteria about what no page has.
SANS_OBJET = frozenset(
    {
        *("1.4", "1.5"),
        *("4.2", "4.4", "4.6", "4.8", "4.9", "4.10", "4.12"),
        *("5.1", "5.2", "5.3", "5.8"),
        *("8.8", "8.10", "10.14", "11.8", "12.5"),
        *("13.5", "13.6", "13.8", "13.10", "13.12"),
    }
)
_EN_DEFAUT = frozenset(critere for criteres in MANQUES.values() for critere in criteres)


def resultat(critere: str) -> ResultatCritere:
    """How the criterion of this number was found."""
    if critere in SANS_OBJET:
        return ResultatCritere.NON_APPLICABLE
    return ResultatCritere.NON_CONFORME if critere in _EN_DEFAUT else ResultatCritere.CONFORME


def decompte() -> dict[ResultatCritere, int]:
    """How many criteria have each verdict."""
    trouves = [resultat(critere) for critere in CRITERES]
    return {chaque: trouves.count(chaque) for chaque in ResultatCritere}


def taux(nombres: dict[ResultatCritere, int]) -> Fraction:
    """The part of the criteria which apply that are held; none applies, all are held."""
    tenus, manques = nombres[ResultatCritere.CONFORME], nombres[ResultatCritere.NON_CONFORME]
    return Fraction(tenus, tenus + manques) if tenus + manques else Fraction(1)


def conformite(part: Fraction) -> Conformite:
    """What may be declared: all of it, half of it or more, or less."""
    if part == 1:
        return Conformite.TOTALE
    return Conformite.PARTIELLE if part >= Fraction(1, 2) else Conformite.AUCUNE


#: What the foot of each page and the statement say.
DECLARATION = conformite(taux(decompte()))

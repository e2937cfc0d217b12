"""The parts of the report that the national bureau writes itself, in the order in which they are printed.

Its other parts are computed, or are what académies tell.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from accroche.campagne.regles import CodeObjectif

_CONCLUSION: Final = "conclusion:"


class Partie(StrEnum):
    """A part the bureau writes; its value is its code, as versions and the journal keep it."""

    MESSAGES = "messages"
    INTRODUCTION = "introduction"
    PREAMBULE = "preambule"
    CONCLUSION_IDENTIFIER_VALORISER = f"{_CONCLUSION}{CodeObjectif.IDENTIFIER_VALORISER}"
    CONCLUSION_MOBILISER_PARTENAIRES = f"{_CONCLUSION}{CodeObjectif.MOBILISER_PARTENAIRES}"
    CONCLUSION_INTEGRER_STRATEGIE = f"{_CONCLUSION}{CodeObjectif.INTEGRER_STRATEGIE}"
    CONCLUSION_COMMUNIQUER = f"{_CONCLUSION}{CodeObjectif.COMMUNIQUER}"
    PERSPECTIVES = "perspectives"
    TUTORAT = "tutorat"
    MENTIONS = "mentions"

    @property
    def objectif(self) -> CodeObjectif | None:
        """The objective it concludes on; None for any other part."""
        code = self.value.removeprefix(_CONCLUSION)
        return CodeObjectif(code) if code != self.value else None

    @property
    def adresse(self) -> str:
        """What names it in the address of its page: « conclusion-communiquer »."""
        return self.value.replace(":", "-").replace("_", "-")

    @property
    def suivante(self) -> Partie | None:
        """The part one reads next; None after the last."""
        order = list(Partie)
        return next(iter(order[order.index(self) + 1 :]), None)

    @property
    def label(self) -> str:
        """What people call it; a conclusion is better named with its objective (:data:`OBJECTIFS`)."""
        objectif = self.objectif
        return f"Conclusion : {OBJECTIFS[objectif]}" if objectif else _LABELS[self]


def partie_at(adresse: str) -> Partie | None:
    """Return the part of an address; None for a word that names none."""
    return next((partie for partie in Partie if partie.adresse == adresse), None)


_LABELS: Final = {
    Partie.MESSAGES: "Messages clés",
    Partie.INTRODUCTION: "Introduction",
    Partie.PREAMBULE: "Préambule de la grille",
    Partie.PERSPECTIVES: "Perspectives",
    Partie.TUTORAT: "Accompagnement et tutorat",
    Partie.MENTIONS: "Mentions",
}

#: How each objective is worded where neither the edition nor its grid says.
OBJECTIFS: Final = {
    CodeObjectif.IDENTIFIER_VALORISER: "Identifier et valoriser les actions",
    CodeObjectif.MOBILISER_PARTENAIRES: "Mobiliser les partenaires",
    CodeObjectif.INTEGRER_STRATEGIE: "Inscrire la semaine dans une stratégie",
    CodeObjectif.COMMUNIQUER: "Communiquer",
}

"""How pages word the life of an edition."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from accroche.campagne.vie import GesteEdition, TypeEcheance
from accroche.commun.changements import Vocabulaire
from accroche.lib.dates import format_date


@dataclass(frozen=True, slots=True)
class GestePropose:
    """A step as its button says it, and what it does, before one clicks."""

    code: GesteEdition
    label: str
    phrase: str


GESTES: Final = {
    GesteEdition.CLOSE: GestePropose(
        GesteEdition.CLOSE,
        "Clore l’édition",
        "Les académies ne changent plus ce qu’elles en disent : page de la semaine, grille, axes. Les fiches "
        "publiées le restent, et peuvent encore être corrigées ou retirées. Vous pourrez rouvrir.",
    ),
    GesteEdition.REOPEN: GestePropose(
        GesteEdition.REOPEN,
        "Rouvrir l’édition",
        "Les académies peuvent de nouveau écrire leur page, leur grille, leurs axes.",
    ),
    GesteEdition.ARCHIVE: GestePropose(
        GesteEdition.ARCHIVE,
        "Archiver l’édition",
        "Elle quitte les listes de travail. Le public continue de la lire.",
    ),
    GesteEdition.UNARCHIVE: GestePropose(
        GesteEdition.UNARCHIVE,
        "Sortir l’édition des archives",
        "Elle revient, close, dans les listes de travail.",
    ),
}
DONE: Final = {
    GesteEdition.CLOSE: "L’édition est close.",
    GesteEdition.REOPEN: "L’édition est rouverte.",
    GesteEdition.ARCHIVE: "L’édition est archivée.",
    GesteEdition.UNARCHIVE: "L’édition est sortie des archives.",
}

#: What the journal of an edition tells, after who did it.
VERBES: Final = {
    "open": "a ouvert l’édition",
    "set_calendar": "a changé le calendrier",
    GesteEdition.CLOSE.value: "a clos l’édition",
    GesteEdition.REOPEN.value: "a rouvert l’édition",
    GesteEdition.ARCHIVE.value: "a archivé l’édition",
    GesteEdition.UNARCHIVE.value: "a sorti l’édition des archives",
    "attach_grille": "a choisi la grille d’auto-évaluation",
}

_LABELS: Final = {
    "declaration_opens": "Ouverture des déclarations",
    "declaration_closes": "Clôture des déclarations",
    "grille": "Grille d’auto-évaluation",
    "due_on": "Dernier jour pour la remplir",
} | {kind.value: kind.label for kind in TypeEcheance}


def _words(name: str, value: Any) -> str:
    """All are days but the code of a grid."""
    if not value or name == "grille":
        return value or ""
    return format_date(dt.date.fromisoformat(value))


VOCABULAIRE: Final = Vocabulaire(
    label=lambda name: _LABELS.get(name, name),
    words=_words,
    order=tuple(_LABELS),
    chosen=frozenset(_LABELS),
)

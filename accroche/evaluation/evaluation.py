"""The life of an académie's self-evaluation, and what keeps it from being signed: pure rules.

An answer is a level from 0 to 4, or why there is none (« sans objet », « ne sait pas »), with a word. What
nobody answered is no zero.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from accroche.lib.libelles import Libelle
from accroche.lib.texte import NBSP

#: Characters of a comment, of a question and of an answer to it.
COMMENT_LENGTH: Final = 2000
#: The highest level of a criterion.
TOP: Final = 4


class EtatEvaluation(Libelle):
    """Where an evaluation stands."""

    OPEN = "ouverte", "En cours"
    SIGNED = "signee", "Signée par l’académie"
    READ = "lue", "Lue par le bureau national"
    REOPENED = "rouverte", "Rouverte"

    @property
    def is_open(self) -> bool:
        """Whether it may be answered."""
        return self in OPEN_STATES


#: In these it may be answered, and signed.
OPEN_STATES: Final = (EtatEvaluation.OPEN, EtatEvaluation.REOPENED)


class PasEvaluation(StrEnum):
    """What moves an evaluation from one state to the next."""

    SIGN = "sign_grid"
    READ = "read_grid"
    REOPEN = "reopen_grid"


#: From which states each step leads, and where.
PAS: Final[Mapping[PasEvaluation, tuple[tuple[EtatEvaluation, ...], EtatEvaluation]]] = {
    PasEvaluation.SIGN: (OPEN_STATES, EtatEvaluation.SIGNED),
    PasEvaluation.READ: ((EtatEvaluation.SIGNED,), EtatEvaluation.READ),
    PasEvaluation.REOPEN: ((EtatEvaluation.SIGNED, EtatEvaluation.READ), EtatEvaluation.REOPENED),
}


class Sans(Libelle):
    """Why a criterion has no level."""

    NOTHING = "", ""
    NOT_APPLICABLE = "sans_objet", "Sans objet chez nous"
    UNKNOWN = "ne_sait_pas", "Nous ne savons pas"


@dataclass(frozen=True, slots=True)
class ReponseDite:
    """What is answered to one criterion: a level or why there is none, and a comment."""

    level: int | None = None
    sans: Sans = Sans.NOTHING
    comment: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing at all."""
        return self.level is None and not self.sans and not self.comment

    @property
    def is_chosen(self) -> bool:
        """Whether a level, or why there is none, was chosen."""
        return self.level is not None or bool(self.sans)

    @property
    def lacks(self) -> str:
        """What keeps it from being signed, in words; empty when it is complete."""
        if not self.is_chosen:
            return "pas encore de réponse"
        if self.sans and not self.comment:
            return f"« {self.sans.label} » demande un mot d’explication"
        return ""

    @property
    def choice(self) -> str:
        """Its level or reason as one code, as forms and files hold it: « 3 », « sans_objet », nothing."""
        return str(self.sans) if self.level is None else str(self.level)


def dite(choice: str, comment: str) -> ReponseDite:
    """Read an answer from the code of its choice. Raise ``ValueError`` for one that is none."""
    words = comment.strip()
    if choice in {str(level) for level in range(TOP + 1)}:
        return ReponseDite(int(choice), comment=words)
    return ReponseDite(sans=Sans(choice), comment=words)


@dataclass(frozen=True, slots=True)
class Incomplete:
    """A criterion that keeps an evaluation from being signed, and why."""

    code: str
    title: str
    lacks: str


def incomplete(
    criteres: Iterable[tuple[str, str]], answers: Mapping[str, ReponseDite]
) -> tuple[Incomplete, ...]:
    """Return what is missing before a signature; ``criteres``: code and title, in the order of the grid."""
    told = ((code, title, answers.get(code, ReponseDite()).lacks) for code, title in criteres)
    return tuple(Incomplete(*one) for one in told if one[2])


class Relance(Libelle):
    """Why an académie is reminded of its grid."""

    #: by somebody of the bureau
    BY_HAND = "main", "Relance du bureau national"
    SOON = "bientot", "Deux semaines avant l’échéance"
    LAST_DAYS = "derniers_jours", "Trois jours avant l’échéance"
    LATE = "retard", "Échéance passée"


#: Days before the last one from which each automatic reminder is due, the most urgent first.
DAYS_BEFORE: Final = {Relance.LATE: -1, Relance.LAST_DAYS: 3, Relance.SOON: 14}
#: Days after the last one until which « late » is still worth saying by itself.
LATE_UNTIL: Final = 14


def due_reminder(due_on: dt.date | None, today: dt.date) -> Relance | None:
    """Return the automatic reminder due ``today``; None without a deadline, long before or after it."""
    if due_on is None:
        return None
    left = (due_on - today).days
    if left < -LATE_UNTIL:
        return None
    return next((kind for kind, days in DAYS_BEFORE.items() if left <= days), None)


def deadline_words(due_on: dt.date | None, today: dt.date) -> str:
    """Say how far a deadline is: « dans 5 jours », « aujourd’hui », « dépassée depuis 2 jours »."""
    if due_on is None:
        return ""
    left = (due_on - today).days
    days = f"{abs(left)}{NBSP}jour{'s' if abs(left) > 1 else ''}"
    if left == 0:
        return "aujourd’hui"
    return f"dans {days}" if left > 0 else f"dépassée depuis {days}"

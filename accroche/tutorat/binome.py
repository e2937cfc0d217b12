"""The life of a pair of tutoring, as one table: its states, who leads from one to the next, when to ask.

Nothing else changes a state (``operations.binome.move``). A pair that runs was accepted by both académies;
each side may leave at any time, and says why in its own words or in a ready one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from accroche.lib.libelles import Libelle

#: Days between two « avez-vous pu vous parler ? ».
RHYTHM: Final = dt.timedelta(days=28)
#: How long a proposal may wait for an answer before it is recalled, once.
PATIENCE: Final = dt.timedelta(days=14)


class EtatBinome(Libelle):
    """Where a pair stands."""

    PROPOSED = "proposed", "Proposé"
    ACTIVE = "active", "En cours"
    PAUSED = "paused", "En pause"
    CLOSED = "closed", "Terminé"
    DECLINED = "declined", "Décliné"

    @property
    def is_open(self) -> bool:
        """Whether it runs, or may still."""
        return self in OPEN

    @property
    def has_life(self) -> bool:
        """Whether the two work together, or rest for a while."""
        return self in {EtatBinome.ACTIVE, EtatBinome.PAUSED}


OPEN: Final = frozenset({EtatBinome.PROPOSED, EtatBinome.ACTIVE, EtatBinome.PAUSED})


class Cote(Libelle):
    """Whose gesture it is."""

    MENTOR = "mentor", "L’académie qui accompagne"
    MENTEE = "mentee", "L’académie accompagnée"
    BUREAU = "bureau", "Le bureau national"


class Pas(Libelle):
    """One thing that changes a state."""

    ACCEPT = "accept", "Accepter"
    DECLINE = "decline", "Décliner"
    WITHDRAW = "withdraw", "Retirer la proposition"
    PAUSE = "pause", "Mettre en pause"
    RESUME = "resume", "Reprendre"
    FINISH = "finish", "Clore l’accompagnement"
    LEAVE = "leave", "Se retirer"


class MotifSortie(Libelle):
    """Why a side leaves or declines, in ready words; none of them blames anybody."""

    CHARGE = "charge", "Nos services n’ont plus le temps nécessaire"
    CALENDRIER = "calendrier", "Nos calendriers ne s’accordent pas"
    BESOIN = "besoin", "Le besoin n’est plus le même"
    AUTRE_APPUI = "autre_appui", "Un autre appui a été trouvé"
    AUTRE = "autre", "Une autre raison"


@dataclass(frozen=True, slots=True)
class TransitionBinome:
    """One row of the table. ``needs_reason``: the others are owed a word; ``ends``: requests are closed."""

    pas: Pas
    sides: frozenset[Cote]
    sources: frozenset[EtatBinome]
    target: EtatBinome
    needs_reason: bool = False
    ends: bool = False


_PAIR: Final = frozenset({Cote.MENTOR, Cote.MENTEE})
_ALL: Final = frozenset(Cote)
_RUNNING: Final = frozenset({EtatBinome.ACTIVE, EtatBinome.PAUSED})

TRANSITIONS: Final[dict[Pas, TransitionBinome]] = {
    row.pas: row
    for row in (
        # it runs once both have accepted
        TransitionBinome(Pas.ACCEPT, _PAIR, frozenset({EtatBinome.PROPOSED}), EtatBinome.ACTIVE),
        TransitionBinome(
            Pas.DECLINE, _PAIR, frozenset({EtatBinome.PROPOSED}), EtatBinome.DECLINED, ends=True
        ),
        TransitionBinome(
            Pas.WITHDRAW,
            frozenset({Cote.BUREAU}),
            frozenset({EtatBinome.PROPOSED}),
            EtatBinome.CLOSED,
            ends=True,
        ),
        TransitionBinome(Pas.PAUSE, _ALL, frozenset({EtatBinome.ACTIVE}), EtatBinome.PAUSED),
        TransitionBinome(Pas.RESUME, _ALL, frozenset({EtatBinome.PAUSED}), EtatBinome.ACTIVE),
        TransitionBinome(Pas.FINISH, _ALL, _RUNNING, EtatBinome.CLOSED, ends=True),
        TransitionBinome(Pas.LEAVE, _PAIR, _RUNNING, EtatBinome.CLOSED, needs_reason=True, ends=True),
    )
}


class PasImpossibleError(ValueError):
    """A step is not possible from where the pair stands; the message is French and says where it stands."""


def target_of(etat: EtatBinome, pas: Pas, side: Cote, accepted: Collection[Cote] = ()) -> EtatBinome:
    """Return the state ``pas`` leads to; ``accepted``: the sides that had accepted before.

    Raises :class:`PasImpossibleError`.
    """
    row = TRANSITIONS[pas]
    if etat not in row.sources or side not in row.sides or (pas is Pas.ACCEPT and side in accepted):
        raise PasImpossibleError(f"Ce binôme est « {etat.label.lower()} » : ce geste n’est plus possible.")
    if pas is Pas.ACCEPT and {*accepted, side} != _PAIR:
        return EtatBinome.PROPOSED
    return row.target


def steps_of(etat: EtatBinome, side: Cote, accepted: Collection[Cote] = ()) -> tuple[Pas, ...]:
    """What a side may do, in the order in which it is offered."""
    return tuple(
        pas
        for pas, row in TRANSITIONS.items()
        if etat in row.sources and side in row.sides and not (pas is Pas.ACCEPT and side in accepted)
    )


class ReponseContact(StrEnum):
    """What is answered to « avez-vous pu vous parler ? »; empty as long as nobody answered."""

    NONE = ""
    YES = "yes"
    NO = "no"


def is_time_to_ask(
    running_since: dt.date, asked: Collection[dt.date], talked: Collection[dt.date], day: dt.date
) -> bool:
    """Whether to ask on ``day``: so long after the pair began or resumed, was asked, or talked."""
    return day - max([running_since, *asked, *talked]) >= RHYTHM


class Utilite(Libelle):
    """How useful the accompaniment was, in the assessment of a side."""

    BEAUCOUP = "beaucoup", "Oui, beaucoup"
    UN_PEU = "un_peu", "Oui, un peu"
    PAS_ENCORE = "pas_encore", "Pas encore"
    NON = "non", "Non"

"""The life of an edition: its states, the steps between them, and the deadlines of its calendar. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from accroche.lib.libelles import Libelle


class EtatEdition(Libelle):
    """Where an edition stands; computed from its days, never stored."""

    #: told by a report: nobody declared here
    RAPPORT = "rapport", "Racontée par un rapport"
    PREPARATION = "preparation", "En préparation"
    DECLARATION = "declaration", "Déclarations ouvertes"
    #: schools no longer declare; académies report, judge themselves and choose
    BILAN = "bilan", "Temps du bilan"
    CLOSE = "close", "Close"
    ARCHIVE = "archive", "Archivée"


class GesteEdition(StrEnum):
    """What the bureau does to an edition as a whole; the journal names it so."""

    CLOSE = "close_edition"
    REOPEN = "reopen_edition"
    ARCHIVE = "archive_edition"
    UNARCHIVE = "unarchive_edition"


#: From which states each step is made. A running edition is not closed under the feet of schools.
STEPS: Final[Mapping[GesteEdition, frozenset[EtatEdition]]] = {
    GesteEdition.CLOSE: frozenset({EtatEdition.BILAN, EtatEdition.RAPPORT}),
    GesteEdition.REOPEN: frozenset({EtatEdition.CLOSE}),
    GesteEdition.ARCHIVE: frozenset({EtatEdition.CLOSE}),
    GesteEdition.UNARCHIVE: frozenset({EtatEdition.ARCHIVE}),
}


class Tour(Libelle):
    """Whose turn it is."""

    ETABLISSEMENTS = "etablissements", "aux écoles et aux établissements"
    ACADEMIES = "academies", "aux académies"
    BUREAU = "bureau", "au bureau national"


class TypeEcheance(Libelle):
    """A deadline that the bureau sets for an edition, in the usual order of the year."""

    PAGE = "page", "Page de la semaine"
    BILAN = "bilan", "Compte rendu de la semaine"
    AXES = "axes", "Choix des axes de travail"
    SYNTHESE = "synthese", "Synthèse nationale"
    TUTORAT = "tutorat", "Proposition des tutorats"

    @property
    def tour(self) -> Tour:
        """Whose turn it is until then."""
        return Tour.BUREAU if self in {TypeEcheance.SYNTHESE, TypeEcheance.TUTORAT} else Tour.ACADEMIES


@dataclass(frozen=True, slots=True)
class Jours:
    """What the state of an edition follows from: the days of declaration, and what the bureau decided."""

    opens: dt.date | None = None
    closes: dt.date | None = None
    is_closed: bool = False
    is_archived: bool = False


def etat_of(jours: Jours, day: dt.date) -> EtatEdition:
    """Return where an edition stands on ``day``."""
    if jours.is_archived:
        return EtatEdition.ARCHIVE
    if jours.is_closed:
        return EtatEdition.CLOSE
    if jours.opens is None or jours.closes is None:
        return EtatEdition.RAPPORT
    if day < jours.opens:
        return EtatEdition.PREPARATION
    return EtatEdition.DECLARATION if day <= jours.closes else EtatEdition.BILAN


def gestes_of(etat: EtatEdition) -> tuple[GesteEdition, ...]:
    """Return the steps that may be made from a state."""
    return tuple(geste for geste, states in STEPS.items() if etat in states)


@dataclass(frozen=True, slots=True)
class Jalon:
    """One line of an edition's calendar: what is due, by whom, and how far they are when that is known.

    ``code``: of :class:`TypeEcheance`, or ``declaration`` and ``grille``, whose days live elsewhere.
    ``done`` of ``expected`` académies; None where nobody counts.
    """

    code: str
    label: str
    day: dt.date
    tour: Tour
    done: int | None = None
    expected: int | None = None

    @property
    def is_done(self) -> bool:
        """Whether everybody has done it."""
        return self.done is not None and self.done == self.expected

    def is_late(self, day: dt.date) -> bool:
        """Whether it is past on ``day`` and somebody is known to be missing."""
        return self.day < day and self.done is not None and not self.is_done


@dataclass(frozen=True, slots=True)
class Suite:
    """What comes next: the line whose turn it is, the one after, and those that are late."""

    now: Jalon | None
    after: Jalon | None
    late: tuple[Jalon, ...] = ()


def suite_of(jalons: tuple[Jalon, ...], etat: EtatEdition, day: dt.date) -> Suite:
    """Return what comes next in a calendar on ``day``; nothing once the edition is closed.

    A line everybody has done is behind, though its day is not.
    """
    if etat in {EtatEdition.CLOSE, EtatEdition.ARCHIVE}:
        return Suite(None, None)
    ahead = [jalon for jalon in in_order(jalons) if jalon.day >= day and not jalon.is_done]
    return Suite(
        now=ahead[0] if ahead else None,
        after=ahead[1] if len(ahead) > 1 else None,
        late=tuple(jalon for jalon in in_order(jalons) if jalon.is_late(day)),
    )


def in_order(jalons: tuple[Jalon, ...]) -> tuple[Jalon, ...]:
    """The lines of a calendar by their day; on one day, in the usual order of the year."""
    usual = ("declaration", *(kind.value for kind in TypeEcheance), "grille")
    return tuple(sorted(jalons, key=lambda jalon: (jalon.day, usual.index(jalon.code))))


def a_year_later(day: dt.date) -> dt.date:
    """The same weekday 52 weeks later: a deadline on a Friday stays on a Friday."""
    return day + dt.timedelta(weeks=52)

"""Every write about an edition as a whole, and about the grid it uses."""

from __future__ import annotations

from accroche.campagne.operations.absence import AbsenceError, lift_absence, sign_absence, signataire_of
from accroche.campagne.operations.edition import (
    TITLE,
    DayError,
    OpenedEditionError,
    ReportedEditionError,
    open_edition,
)
from accroche.campagne.operations.grille import attach_grille, begin_answers, load_grille
from accroche.campagne.operations.semaine import (
    ClosedEditionError,
    check_writing,
    hold_open,
    hold_writing,
)
from accroche.campagne.operations.vie import StaleEditionError, move_edition, set_calendar

__all__ = [
    "TITLE",
    "AbsenceError",
    "ClosedEditionError",
    "DayError",
    "OpenedEditionError",
    "ReportedEditionError",
    "StaleEditionError",
    "attach_grille",
    "begin_answers",
    "check_writing",
    "hold_open",
    "hold_writing",
    "lift_absence",
    "load_grille",
    "move_edition",
    "open_edition",
    "set_calendar",
    "sign_absence",
    "signataire_of",
]

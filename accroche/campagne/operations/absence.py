"""Signing that a semaine has no data, on somebody's word, and taking it back on somebody's word."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from accroche.campagne.models import Semaine
from accroche.campagne.operations.semaine import hold_open
from accroche.campagne.regles import Signataire, StatutSemaine
from accroche.commun import journal
from accroche.comptes.permissions import Access
from accroche.comptes.regles import Place, Right

#: How the journal names both gestures, on the semaine; its note is the word they rest on.
SIGN, LIFT = "sign_absence", "lift_absence"


class AbsenceError(ValueError):
    """What keeps the absence of data from being signed or taken back; the message is French."""


def signataire_of(semaine: Semaine, access: Access) -> Signataire:
    """Which side ``access`` signs for; nobody's when it may not sign."""
    place = Place(academie=semaine.academie_id)
    if access.allows(Right.STEER, place):
        return Signataire.BUREAU
    return Signataire.ACADEMIE if access.allows(Right.EDIT_SEMAINE, place) else Signataire.UNKNOWN


@transaction.atomic
def sign_absence(semaine: Semaine, word: str, *, access: Access, at: dt.datetime) -> None:
    """Sign that the data of a semaine are not available; ``word``: who says so, as « d’après … » goes on.

    Raises ``PermissionDenied``, and :class:`AbsenceError` without a word, in a closed edition, when somebody
    signed already, and when the académie has reported.
    """
    by, word = _begin(semaine, word, access)
    told = {
        "status": StatutSemaine.UNAVAILABLE,
        "absence_by": by,
        "absence_on": timezone.localdate(at),
        "absence_word": word,
    }
    possible = ~Q(status=StatutSemaine.REPORTED) & Q(absence_on=None)
    if not _write(semaine, possible, told, SIGN, word, access=access, at=at):
        raise AbsenceError(
            "Rien à signer : l’académie a rendu compte, ou quelqu’un vient de signer. Relisez la page."
        )


@transaction.atomic
def lift_absence(semaine: Semaine, word: str, *, access: Access, at: dt.datetime) -> None:
    """Take back that the data of a semaine are not available: it is in preparation again.

    Raises ``PermissionDenied``, and :class:`AbsenceError` without a word, in a closed edition, and when
    nobody says that they are not available.
    """
    _, word = _begin(semaine, word, access)
    told = {
        "status": StatutSemaine.PREPARING,
        "absence_by": Signataire.UNKNOWN,
        "absence_on": None,
        "absence_word": "",
    }
    if not _write(semaine, Q(status=StatutSemaine.UNAVAILABLE), told, LIFT, word, access=access, at=at):
        raise AbsenceError("Rien à annuler : quelqu’un l’a fait entre-temps. Relisez la page.")


def _begin(semaine: Semaine, word: str, access: Access) -> tuple[Signataire, str]:
    by = signataire_of(semaine, access)
    if not by:
        raise PermissionDenied
    if not (word := word.strip()):
        raise AbsenceError("Dites d’après qui : une fonction, un service, une lettre.")
    if not hold_open(semaine.edition_id):
        raise AbsenceError("L’édition est close : ce qui en est dit ne change plus.")
    return by, word


def _write(
    semaine: Semaine,
    possible: Q,
    told: dict[str, Any],
    verb: str,
    word: str,
    *,
    access: Access,
    at: dt.datetime,
) -> bool:
    """Write what is ``told`` if it is still ``possible``; the journal says what it was."""
    before = Semaine.objects.filter(pk=semaine.pk).values(*told).get()
    # the row is taken here: a second signature waits, then finds that it is no longer possible
    found = Semaine.objects.filter(possible, pk=semaine.pk)
    if not found.update(**told, version=F("version") + 1, updated_at=at):
        return False
    changes = {name: (_plain(before[name]), _plain(value)) for name, value in told.items()}
    journal.record(semaine, verb, at=at, actor=access.user, note=word, changes=changes)
    semaine.refresh_from_db(fields=(*told, "version", "updated_at"))
    return True


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value

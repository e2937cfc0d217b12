"""Who may not mark what: a juror leaves out the actions of their own school, and their own.

What is known of a juror and of a candidate is plain data; :func:`deport` is the one rule, asked when a mark
is given, when the jury's page is shown and when results are published.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from accroche.lib.libelles import Libelle


class Deport(Libelle):
    """Why a juror does not mark an action; the words follow « Vous ne notez pas cette action : »."""

    AUTEUR = "auteur", "vous l’avez déclarée, ou vous en êtes le contact"
    ETABLISSEMENT = "etablissement", "votre établissement la porte"


@dataclass(frozen=True, slots=True)
class Jure:
    """What is known of a juror: their row number, their mailbox, and the schools they are or were of.

    ``schools``: by UAI, when they left it; None for one they are of. Roles say so, and for who works for no
    académie the sheets they declared: an office declares for others.
    """

    number: int
    mailbox: str
    schools: Mapping[str, dt.datetime | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ANoter:
    """What is known of an action: who declared it and answers for it, and its schools with their mailboxes.

    ``told_at``: when it was declared here; None for one that a file told.
    """

    declarant: int | None = None
    mailboxes: frozenset[str] = frozenset()
    schools: frozenset[str] = frozenset()
    school_mailboxes: frozenset[str] = frozenset()
    told_at: dt.datetime | None = None


def deport(juror: Jure, candidate: ANoter) -> Deport | None:
    """Why ``juror`` does not mark ``candidate``; None when they may.

    Who left a school before the action was declared has nothing to do with it any more.
    """
    if juror.number == candidate.declarant or juror.mailbox in candidate.mailboxes:
        return Deport.AUTEUR
    if juror.mailbox in candidate.school_mailboxes:
        return Deport.ETABLISSEMENT
    for school in candidate.schools & juror.schools.keys():
        left = juror.schools[school]
        if left is None or candidate.told_at is None or left > candidate.told_at:
            return Deport.ETABLISSEMENT
    return None

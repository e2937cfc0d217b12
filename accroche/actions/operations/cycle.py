"""The one operation that changes a sheet's state; journal and mail happen here."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from accroche.actions.controle import Remark, missing, obstacles
from accroche.actions.cycle import TRANSITIONS, Etat, Side, Step, target_of
from accroche.actions.models import Action
from accroche.actions.operations.notices import tell_other_side
from accroche.actions.queries import fiche_of
from accroche.commun import journal, plafonds
from accroche.commun.limites import take
from accroche.comptes.permissions import Access
from accroche.comptes.regles import Right

#: The right each side of the table needs on the sheet.
SIDE_RIGHT = {Side.OWNER: Right.EDIT_ACTION, Side.MODERATOR: Right.MODERATE}


class StaleError(RuntimeError):
    """Somebody else wrote the sheet meanwhile: read it again before deciding."""


class NotReadyError(ValueError):
    """The sheet is not complete or not publishable; ``remarks`` says what to mend."""

    def __init__(self, remarks: tuple[Remark, ...]) -> None:
        """Keep the remarks, and word them as the message."""
        super().__init__(" ".join(remark.message for remark in remarks))
        self.remarks = remarks


def check_gate(action: Action, step: Step) -> None:
    """Raise :class:`NotReadyError` when the sheet is not complete, or not publishable, for ``step``."""
    row = TRANSITIONS[step]
    if row.gated:
        fiche = fiche_of(action)
        if remarks := missing(fiche) + (obstacles(fiche) if row.side is Side.MODERATOR else ()):
            raise NotReadyError(remarks)


def move(
    action: Action,
    step: Step,
    *,
    access: Access,
    at: dt.datetime,
    reason: str = "",
    version: int | None = None,
    **columns: Any,
) -> Action:
    """Make ``step``; return the sheet as it now stands.

    ``version``: what the person read, when they read it (default: what ``action`` holds). ``columns``:
    what the step writes besides the state, such as ``merged_into``.

    Raises ``TransitionError`` (not possible from here), :class:`NotReadyError`, :class:`StaleError`,
    ``PermissionDenied``, ``LimitError`` for an owner's step too many, and ``ValueError`` when a reason is
    owed and there is none.
    """
    row = TRANSITIONS[step]
    if not action.may(access, SIDE_RIGHT[row.side]):
        raise PermissionDenied
    read = action.version if version is None else version
    if read != action.version:  # before anything else: what the person saw is gone
        raise StaleError
    before = Etat(action.etat)
    target = target_of(before, step)
    if row.needs_reason and not reason.strip():
        raise ValueError("Dites pourquoi : la personne qui a déclaré l’action le lira.")
    check_gate(action, step)
    if step is Step.SUBMIT:
        columns["submitted_at"] = at
    # what was checked is what is written: the version says whether the sheet is still the one that was read
    with transaction.atomic():
        moved = Action.objects.filter(pk=action.pk, etat=before, version=read).update(
            etat=target, version=F("version") + 1, updated_at=at, **columns
        )
        if not moved:
            raise StaleError
        action.refresh_from_db()
        journal.record(
            action,
            step,
            at=at,
            actor=access.user,
            actor_name="" if access.user else action.declarant_email,
            note=reason.strip(),
            changes={"etat": (before, target)},
        )
        tell_other_side(action, step, side=row.side, reason=reason.strip(), access=access, at=at)
        if row.side is Side.OWNER:  # each one mails every moderator of the académie
            take([(plafonds.STEPS_SHEET, str(action.pk))], at=at)
    return action

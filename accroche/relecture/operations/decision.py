"""Distinctions, and one decision about several sheets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from accroche.actions.cycle import Etat, TransitionError, target_of
from accroche.actions.models import Action
from accroche.actions.operations.cycle import NotReadyError, StaleError, check_gate, move
from accroche.commun import journal
from accroche.comptes.permissions import Access
from accroche.comptes.regles import Right
from accroche.relecture.lot import Effet, Lot

#: Where a sheet may be marked as remarkable by the lot: where it stands for something.
MARKED = frozenset({Etat.SUBMITTED, Etat.TO_COMPLETE, Etat.PUBLISHED})


@transaction.atomic
def distinguish(
    action: Action,
    *,
    access: Access,
    at: dt.datetime,
    remarkable: bool | None = None,
    prize: str | None = None,
    chosen: bool | None = None,
    version: int | None = None,
) -> Action:
    """Mark a sheet as remarkable or not, as an example of the synthesis or not, write or erase its prize.

    What is None stays, as does the same.

    ``version``: what the person read (default: what ``action`` holds). Raises ``PermissionDenied`` and
    :class:`StaleError`.
    """
    if not action.may(access, Right.MODERATE):
        raise PermissionDenied
    read = action.version if version is None else version
    if read != action.version:
        raise StaleError
    changes: dict[str, tuple[Any, Any]] = {}
    wanted = {"remarkable": remarkable, "chosen": chosen, "prize": None if prize is None else prize.strip()}
    for name, value in wanted.items():
        if value is not None and value != (before := getattr(action, name)):
            changes[name] = (before, value)
    if not changes:
        return action
    columns = {name: after for name, (_, after) in changes.items()}
    written = Action.objects.filter(pk=action.pk, version=read).update(
        version=F("version") + 1, updated_at=at, **columns
    )
    if not written:
        raise StaleError
    action.refresh_from_db()
    for name, pair in changes.items():
        verb = f"not_{name}" if pair[1] is False else name
        journal.record(action, verb, at=at, actor=access.user, changes={name: pair})
    return action


def foresee(action: Action, choice: Lot, *, access: Access, version: int) -> Effet:
    """Tell what ``choice`` would do to a sheet read at ``version``, and write nothing."""
    why = _obstacle(action, choice, access=access, version=version)
    return _verdict(action, version, why)


def _verdict(action: Action, version: int, why: str) -> Effet:
    where = ", ".join(str(portage.porteur) for portage in action.portages.all())
    return Effet(action.pk, version, action.title, where, not why, why)


def _obstacle(action: Action, choice: Lot, *, access: Access, version: int) -> str:
    if not action.may(access, Right.MODERATE):
        return "Elle n’est pas de votre académie."
    if version != action.version:
        return "Quelqu’un l’a changée depuis que vous avez ouvert la liste."
    if choice.step is None:
        return _obstacle_to_mark(action)
    try:
        target_of(Etat(action.etat), choice.step)
        check_gate(action, choice.step)
    except TransitionError:
        return _stands(action)
    except NotReadyError as error:
        return str(error)
    return ""


def _obstacle_to_mark(action: Action) -> str:
    if action.remarkable:
        return "Elle est déjà marquée."
    return "" if action.etat in MARKED else _stands(action)


def _stands(action: Action) -> str:
    return f"Elle est « {Etat(action.etat).label} »."


def decide(
    actions: Iterable[Action],
    choice: Lot,
    *,
    versions: Mapping[int, int],
    access: Access,
    at: dt.datetime,
    reason: str = "",
) -> list[Effet]:
    """Make ``choice`` for each sheet, each in a transaction of its own; tell what was done.

    ``versions``: what the person read of each, by its number. A sheet that cannot be decided is told with
    the reason and does not stop the others. Raises ``ValueError`` when a reason is owed and there is none.
    """
    told = []
    for action in actions:
        version = versions[action.pk]
        why = _obstacle(action, choice, access=access, version=version)
        if not why:
            try:
                if choice.step is None:
                    distinguish(action, access=access, at=at, remarkable=True, version=version)
                else:
                    move(action, choice.step, access=access, at=at, reason=reason, version=version)
            except StaleError:  # between the look above and the write
                why = "Quelqu’un l’a changée à l’instant."
        told.append(_verdict(action, version, why))
    return told

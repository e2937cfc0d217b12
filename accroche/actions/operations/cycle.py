"""The one door through which a sheet changes its state: :func:`move`, and :func:`move_many` for a file's.

Both ask the table, the right, the gate and the version, and write the journal, by the same functions.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from accroche.actions.controle import Remark, missing, obstacles
from accroche.actions.cycle import JUDGES, TRANSITIONS, Etat, Side, Step, target_of
from accroche.actions.models import Action, ActionQuerySet, Lecture
from accroche.actions.operations.notices import tell_other_side
from accroche.actions.queries import fiche_of
from accroche.actions.queries.fiche import FICHE_PARTS
from accroche.actions.queries.lecture import said_by
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


def remarks_before(action: Action, step: Step) -> tuple[Remark, ...]:
    """What keeps ``action`` from ``step``: it is not complete, or not publishable; nothing when it may."""
    row = TRANSITIONS[step]
    if not row.gated:
        return ()
    fiche = fiche_of(action)
    return missing(fiche) + (obstacles(fiche) if row.side is Side.MODERATOR else ())


def check_gate(action: Action, step: Step) -> None:
    """Raise :class:`NotReadyError` when the sheet is not complete, or not publishable, for ``step``."""
    if remarks := remarks_before(action, step):
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
    target_of(before, step)
    if row.needs_reason and not reason.strip():
        raise ValueError("Dites pourquoi : la personne qui a déclaré l’action le lira.")
    check_gate(action, step)
    if step is Step.SUBMIT:
        # what its school was answering goes with it
        reason = reason or action.reponse
        columns |= {"submitted_at": at, "reponse": ""}
    # what was checked is what is written: the version says whether the sheet is still the one that was read
    with transaction.atomic():
        _write([action], step, at=at, **columns)
        action.refresh_from_db()
        journal.record(
            action,
            step,
            at=at,
            actor=access.user,
            actor_name="" if access.user else action.declarant_email,
            note=reason.strip(),
            changes=_told(before, step),
        )
        if step in JUDGES:
            _remember(action, at)
        words = reason.strip()
        tell_other_side(action, step, before=before, side=row.side, reason=words, access=access, at=at)
        if row.side is Side.OWNER:  # each one mails every moderator of the académie
            take([(plafonds.STEPS_SHEET, str(action.pk))], at=at)
    return action


#: Sheets read, checked and moved together: some tens of milliseconds during which others wait.
BATCH: Final = 500
#: How often a batch is read again when somebody wrote one of its sheets meanwhile.
ATTEMPTS: Final = 5


@dataclass(frozen=True, slots=True)
class Held:
    """A sheet that the gate keeps back: its number, its title, and what to mend."""

    number: int
    title: str
    remarks: tuple[Remark, ...]

    def __str__(self) -> str:
        what = " ".join(remark.message for remark in self.remarks)
        return (
            f"n°\N{NO-BREAK SPACE}{self.number}, «\N{NO-BREAK SPACE}{self.title}\N{NO-BREAK SPACE}» : {what}"
        )


@dataclass(frozen=True, slots=True)
class Moved:
    """How many sheets made a step together, and those that the gate kept back, in their order."""

    count: int = 0
    held: tuple[Held, ...] = ()


def move_many(
    chosen: ActionQuerySet,
    step: Step,
    *,
    access: Access,
    at: dt.datetime,
    actor_name: str = "",
    note: str = "",
) -> Moved:
    """Make a moderator's ``step`` for every sheet of ``chosen`` that no one declared; say what was held back.

    A fixed number of queries a batch, each batch in a short transaction of its own: stopped midway, it is
    finished by asking again. ``chosen`` is asked once more for each batch: who took up a sheet meanwhile
    keeps it. ``actor_name``: how the journal names a command; ``note``: why, in each line.

    Nobody is mailed, and so sheets that somebody declared are refused (``ValueError``): their owners are owed
    a word each, by :func:`move`. What a pack or a report tells was written by its académie years ago; the
    people of those schools asked for nothing and have nothing to do.

    Raises ``PermissionDenied``, ``TransitionError`` and, when others write the same sheets without end,
    :class:`StaleError`; what earlier batches did then stays.
    """
    row = TRANSITIONS[step]
    if row.side is not Side.MODERATOR or row.needs_reason:
        raise ValueError(step)
    numbers = list(chosen.order_by("semaine", "position", "pk").values_list("pk", flat=True))
    count = 0
    held: list[Held] = []
    for first in range(0, len(numbers), BATCH):
        moved = _move_batch(chosen, numbers[first : first + BATCH], step, access, at, actor_name, note)
        count += moved.count
        held += moved.held
    return Moved(count, tuple(held))


def _move_batch(
    chosen: ActionQuerySet,
    numbers: Sequence[int],
    step: Step,
    access: Access,
    at: dt.datetime,
    actor_name: str,
    note: str,
) -> Moved:
    for _ in range(ATTEMPTS):
        sheets = _read(chosen.filter(pk__in=numbers), step, access)
        # the gate reads texts for milliseconds: before anybody has to wait
        held = [
            Held(sheet.pk, sheet.title, found) for sheet in sheets if (found := remarks_before(sheet, step))
        ]
        kept_back = {one.number for one in held}
        ready = [sheet for sheet in sheets if sheet.pk not in kept_back]
        try:
            with transaction.atomic():
                for etat, group in _by_state(ready):
                    _write(group, step, at=at)
                    journal.record_many(
                        ((journal.subject_of(sheet), note) for sheet in group),
                        step,
                        at=at,
                        actor=access.user,
                        actor_name=actor_name,
                        changes=_told(etat, step),
                    )
        except StaleError:
            continue  # one of them is not the one that was read: all are read again
        return Moved(len(ready), tuple(held))
    raise StaleError


def _read(chosen: ActionQuerySet, step: Step, access: Access) -> list[Action]:
    """The sheets of a batch with all that rights and gate ask of them."""
    parts = chosen.select_related("semaine__edition").prefetch_related(
        *FICHE_PARTS, "porteurs__etablissement"
    )
    sheets = list(parts.order_by("semaine", "position", "pk"))
    for sheet in sheets:
        if not sheet.may(access, SIDE_RIGHT[TRANSITIONS[step].side]):
            raise PermissionDenied
        if sheet.is_declared:
            raise ValueError(f"{sheet.pk}: somebody declared it")
        target_of(Etat(sheet.etat), step)
    return sheets


def _by_state(sheets: Iterable[Action]) -> Iterator[tuple[Etat, list[Action]]]:
    """The sheets of one state and one version, together: one condition says that none was written since."""
    for (etat, _), group in groupby(sorted(sheets, key=_state), key=_state):
        yield Etat(etat), list(group)


def _state(sheet: Action) -> tuple[str, int]:
    return sheet.etat, sheet.version


def _write(sheets: Sequence[Action], step: Step, *, at: dt.datetime, **columns: Any) -> None:
    """Write the step of sheets read in one state and one version, if all of them still are as they were read.

    Raises :class:`StaleError`; the transaction is then to be given up.
    """
    etat, version = _state(sheets[0])
    same = Action.objects.filter(pk__in=[sheet.pk for sheet in sheets], etat=etat, version=version)
    target = target_of(Etat(etat), step)
    if same.update(etat=target, version=F("version") + 1, updated_at=at, **columns) != len(sheets):
        raise StaleError


def _remember(action: Action, at: dt.datetime) -> None:
    """Keep what was judged, for who reads the sheet next; its row is held by this transaction."""
    read = {"at": at, "said": said_by(action)}
    if not Lecture.objects.filter(action=action).update(**read):
        Lecture.objects.create(action=action, **read)


def _told(before: Etat, step: Step) -> dict[str, tuple[Any, Any]]:
    return {"etat": (before, target_of(before, step))}

"""What happened to a sheet since its académie last judged it: shown first to who reads it again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from accroche.actions.cycle import JUDGES, TRANSITIONS, Etat, Step
from accroche.actions.models import Action, Commentaire, Lecture
from accroche.actions.phrases import done
from accroche.actions.queries.lecture import said_by
from accroche.actions.regles import Consentement
from accroche.commun.changements import Changement
from accroche.commun.models import JournalEntry
from accroche.lib.texte import NBSP
from accroche.relecture.presentation.fiche import CHOSEN, VOCABULAIRE

#: Where a sheet is read again.
READ_AGAIN = frozenset({Etat.SUBMITTED, Etat.TO_COMPLETE})
#: What takes each judgement back.
_UNDOES = {judged: {row.step for row in TRANSITIONS.values() if row.undoes is judged} for judged in JUDGES}
#: Attachments are told one a line, whole.
_BY_LINE = replace(VOCABULAIRE, chosen=CHOSEN | {"pieces"})


@dataclass(frozen=True, slots=True)
class Parole:
    """What somebody wrote, and when."""

    who: str
    at: dt.datetime
    text: str


@dataclass(frozen=True, slots=True)
class Depuis:
    """The last judgement, what the school wrote since, and what changed in the sheet.

    What is answered to a request comes with the sheet, and is told with it (``actions.queries.complement``).
    ``undone``: the judgement was taken back. ``changes`` is None when what the sheet said then was not kept:
    it was judged before that was done.
    """

    step: Step
    asked: Parole
    undone: bool
    messages: tuple[Parole, ...]
    changes: tuple[Changement, ...] | None

    @property
    def done(self) -> str:
        """What the académie did, after the name of who did it."""
        return done(self.step)


def depuis(action: Action, entries: Sequence[JournalEntry], thread: Iterable[Commentaire]) -> Depuis | None:
    """What is new to who reads a sheet again; None for one never judged, not to be read, or still as it was.

    ``entries``: its journal, latest first; ``thread``: its messages. One query, and what the sheet holds.
    """
    last = next((entry for entry in entries if entry.verb in JUDGES), None)
    if last is None or Etat(action.etat) not in READ_AGAIN:
        return None
    read = Lecture.objects.filter(action=action, at=last.at).first()
    written = (
        Parole(message.author_name, message.at, message.text)
        for message in thread
        if message.at > last.at and not message.from_moderator
    )
    found = Depuis(
        Step(last.verb),
        Parole(last.actor_name, last.at, last.note),
        any(entry.at > last.at and entry.verb in _UNDOES[Step(last.verb)] for entry in entries),
        tuple(written),
        _BY_LINE.told(changes_since(read.said, action)) if read else None,
    )
    # while the school has not answered, that nothing is new is no news
    is_waited_for = Etat(action.etat) is Etat.TO_COMPLETE and found.changes == () and not found.messages
    return None if is_waited_for else found


def changes_since(said: dict[str, Any], action: Action) -> dict[str, tuple[Any, Any]]:
    """What a sheet says now that it did not say; a field that was not known of then is left out."""
    now = said_by(action)
    known = {row[0] for row in said["pieces"]}
    before = said | {"pieces": [_piece(row) for row in said["pieces"]]}
    now["pieces"] = [_piece(row, is_new=row[0] not in known) for row in now["pieces"]]
    return {
        name: (before[name], now[name])
        for name in before
        if name in now and _spaced(before[name]) != _spaced(now[name])
    }


def _spaced(value: Any) -> Any:
    """A value whose no-break spaces are spaces: how we write a day is nothing that somebody changed."""
    if isinstance(value, list):
        return [_spaced(row) for row in value]
    return value.replace(NBSP, " ") if isinstance(value, str) else value


def _piece(row: Sequence[Any], *, is_new: bool = False) -> str:
    """An attachment in one line; one that came since says so, even under the name of another."""
    _, name, caption, consent = row
    told = filter(None, (name, caption, Consentement(consent).label, "nouveau fichier" if is_new else ""))
    return " – ".join(told)

"""What the académie asks of a sheet, and what was answered: read in its journal, shown where one answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from accroche.actions.cycle import Step
from accroche.actions.models import Action
from accroche.commun import journal
from accroche.commun.models import JournalEntry

#: The steps after which a request is a matter of the past, answered or not.
_OVER: Final = frozenset({Step.CANCEL_ASK, Step.PUBLISH, Step.REFUSE, Step.REMOVE, Step.MERGE})


@dataclass(frozen=True, slots=True)
class Complement:
    """A request that still matters: who asked for what, and the sending that answered it, if one did.

    What was answered is the ``note`` of the sending; empty when the sheet came back without a word.
    """

    asked: JournalEntry
    answer: JournalEntry | None = None

    @property
    def is_open(self) -> bool:
        """Whether the académie still waits for an answer."""
        return self.answer is None


def complement_of(action: Action) -> Complement | None:
    """The académie's last request about a sheet, until it decided again; None when nothing is asked."""
    return complements_of([action]).get(action.pk)


def complements_of(actions: Iterable[Action]) -> dict[int, Complement]:
    """The same of many sheets, by their number; one query."""
    subjects = {journal.subject_of(action): action.pk for action in actions}
    steps = JournalEntry.objects.filter(subject__in=subjects, verb__in=[Step.ASK, Step.SUBMIT, *_OVER])
    found: dict[int, Complement] = {}
    for number, entry in _oldest_first(steps, subjects):
        if entry.verb == Step.ASK:
            found[number] = Complement(entry)
        elif entry.verb in _OVER:
            found.pop(number, None)
        elif number in found:
            found[number] = replace(found[number], answer=entry)
    return found


def _oldest_first(
    steps: Iterable[JournalEntry], subjects: dict[str, int]
) -> Iterator[tuple[int, JournalEntry]]:
    for entry in reversed(list(steps)):  # the journal comes latest first
        yield subjects[entry.subject], entry

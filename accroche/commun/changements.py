"""What changed in a thing people write: one format for its journal, its conflicts and its pages.

Changes are ``{field: (before, after)}``: fields by their code, never by the words people see, and values as
JSON (numbers, codes and texts; rows as lines of text). :func:`accroche.commun.journal.record` keeps them so;
a :class:`Vocabulaire` words them when they are read. A former journal named the fields of a semaine by their
labels and held words: what a vocabulary does not know is shown as it is, so such lines read as before.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from accroche.commun.mots_changes import Kind, Passage, compare, in_words, shortened

if TYPE_CHECKING:
    from accroche.commun.models import JournalEntry

#: Values before and after, by field.
Changements = Mapping[str, tuple[Any, Any]]


@dataclass(frozen=True)
class Vocabulaire:
    """How one kind of thing names its fields and words their values.

    ``silent``: fields that say nothing to people. ``words`` is given what the journal holds, of any age.
    ``order``: the fields as its form has them, as PostgreSQL keeps the keys of JSON in an order of its own;
    a field that is not there comes after, as it is found. ``chosen``: fields whose values are picked from a
    list, days or numbers: each is told whole.
    """

    label: Callable[[str], str]
    words: Callable[[str, Any], str] = lambda _name, value: in_words(value)
    silent: Container[str] = ()
    order: tuple[str, ...] = ()
    chosen: Container[str] = ()

    def in_order(self, changes: Changements) -> list[tuple[str, tuple[Any, Any]]]:
        """What is to be told of ``changes``, field by field."""
        place = {name: number for number, name in enumerate(self.order)}
        told = [(name, pair) for name, pair in changes.items() if name not in self.silent]
        return sorted(told, key=lambda change: place.get(change[0], len(place)))

    def told(self, changes: Changements) -> tuple[Changement, ...]:
        """The same in words, with what came and went."""
        return tuple(
            Changement(
                self.label(name),
                shortened(
                    compare(self.words(name, before), self.words(name, after), by_line=name in self.chosen)
                ),
            )
            for name, (before, after) in self.in_order(changes)
        )


@dataclass(frozen=True)
class Changement:
    """A field by its label, with what stayed, came and went in it."""

    label: str
    passages: tuple[Passage, ...]

    @property
    def whole(self) -> tuple[str, str] | None:
        """What was and what is, where nothing of the one is in the other; else None."""
        kinds = [passage.kind for passage in self.passages]
        if kinds != [Kind.DELETED, Kind.INSERTED]:
            return None
        return self.passages[0].text, self.passages[1].text


@dataclass(frozen=True)
class LigneJournal:
    """One line of the journal for people."""

    at: dt.datetime
    who: str
    verb: str
    note: str
    changes: tuple[Changement, ...]


def lignes(entries: Iterable[JournalEntry], vocabulaire: Vocabulaire) -> list[LigneJournal]:
    """The journal as people read it, in the order it is given."""
    return [
        LigneJournal(
            at=entry.at,
            who=entry.actor_name,
            verb=entry.verb,
            note=entry.note,
            changes=vocabulaire.told(entry.changes),
        )
        for entry in entries
    ]

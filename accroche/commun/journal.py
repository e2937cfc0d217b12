"""The journal: one call writes an entry, inside the transaction of what it tells."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Model, QuerySet

from accroche.commun import securite
from accroche.commun.changements import Changements
from accroche.commun.insertion import insert_many
from accroche.commun.models import JournalEntry
from accroche.commun.oubli import NOBODY


def subject_of(row: Model) -> str:
    """How the journal names a row: ``action:12``."""
    return name_of(row, row.pk)


def name_of(model: Model | type[Model], number: int) -> str:
    """The same, of a row of the table known by its number."""
    return f"{model._meta.model_name}:{number}"  # noqa: SLF001 - Django documents this name


def record(
    subject: Model,
    verb: str,
    *,
    at: dt.datetime,
    actor: Any = None,
    actor_name: str = "",
    note: str = "",
    changes: Changements | None = None,
) -> JournalEntry:
    """Write that ``actor`` did ``verb`` to ``subject``.

    ``actor``: a user or None; ``actor_name``: how to name who has no account. ``changes``: what was and
    what is, as JSON values by the code of each field, worded when they are read
    (:mod:`accroche.commun.changements`). Raise ``ValueError`` for a field named otherwise.
    """
    told = _by_code(changes)
    if event := securite.OF_THE_JOURNAL.get(verb):
        by = subject_of(actor) if actor else None
        transaction.on_commit(partial(securite.tell, event, subject=subject_of(subject), by=by))
    return JournalEntry.objects.create(
        subject=subject_of(subject),
        at=at,
        actor=actor,
        actor_name=actor_name or (str(actor) if actor else ""),
        verb=verb,
        note=note,
        changes=told,
    )


def _by_code(changes: Changements | None) -> dict[str, list[Any]]:
    """The changes as they are kept. Raise ``ValueError`` for a field that is named by words."""
    if words := [name for name in changes or () if not name.isidentifier()]:
        raise ValueError(f"The journal names fields by their code, not by words: {words}")
    return {name: list(pair) for name, pair in (changes or {}).items()}


#: What a line gives, in the order in which :func:`record_many` writes it; then ``changes``, if any.
_LINE = ("subject", "at", "actor_id", "actor_name", "verb", "note")


def record_many(
    notes: Iterable[tuple[str, str]],
    verb: str,
    *,
    at: dt.datetime,
    actor: Any = None,
    actor_name: str = "",
    changes: Changements | None = None,
) -> None:
    """Write that ``actor`` did the same to many, in one statement: a line each, as :func:`record` does.

    ``notes``: each subject (:func:`name_of`) and its note. Not for what concerns rights, which is told one by
    one.
    """
    if verb in securite.OF_THE_JOURNAL:
        raise ValueError(verb)
    name, number = actor_name or (str(actor) if actor else ""), actor.pk if actor else None
    more = [_by_code(changes)] if changes else []
    rows = [(subject, at, number, name, verb, note, *more) for subject, note in notes]
    insert_many(JournalEntry, (*_LINE, "changes") if changes else _LINE, rows)


def forget(person: Model, address: str) -> None:
    """Drop a person's name from all they did, with or without their account; what was done stays."""
    JournalEntry.objects.filter(subject=subject_of(person)).update(changes={})
    JournalEntry.objects.filter(actor_id=person.pk).update(actor=None, actor_name=NOBODY)
    JournalEntry.objects.filter(actor_name__iexact=address).update(actor_name=NOBODY)


def names_of(person: Model) -> set[str]:
    """How the journal says that a person named themselves, one time after the other."""
    renames = JournalEntry.objects.filter(subject=subject_of(person), verb="rename").order_by("pk")
    told = (name for changes in renames.values_list("changes", flat=True) for name in changes.get("name", ()))
    return {name for name in told if name}


def entries(subject: Model) -> QuerySet[JournalEntry]:
    """What was done to ``subject``, latest first; who may read the subject may read them."""
    return JournalEntry.objects.filter(subject=subject_of(subject)).select_related("actor")

"""The journal: one call writes an entry, inside the transaction of what it tells."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Model, QuerySet

from accroche.commun import securite
from accroche.commun.models import JournalEntry
from accroche.commun.oubli import NOBODY


def subject_of(row: Model) -> str:
    """How the journal names a row: ``action:12``."""
    return f"{row._meta.model_name}:{row.pk}"  # noqa: SLF001 - Django documents this name


def record(
    subject: Model,
    verb: str,
    *,
    at: dt.datetime,
    actor: Any = None,
    actor_name: str = "",
    note: str = "",
    changes: Mapping[str, tuple[Any, Any]] | None = None,
) -> JournalEntry:
    """Write that ``actor`` did ``verb`` to ``subject``.

    ``actor``: a user or None; ``actor_name``: how to name who has no account. ``changes``: what was and
    what is, as JSON values by the code of each field, worded when they are read
    (:mod:`accroche.commun.changements`). Raise ``ValueError`` for a field named otherwise.
    """
    if words := [name for name in changes or () if not name.isidentifier()]:
        raise ValueError(f"The journal names fields by their code, not by words: {words}")
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
        changes={name: list(pair) for name, pair in (changes or {}).items()},
    )


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

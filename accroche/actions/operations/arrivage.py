"""How many new sheets arrive without making anybody wait: hidden, slice by slice, then all at once.

SQLite has one writer at a time. So what brings thousands of sheets (``Livraison``) writes them in short
transactions between which others pass, in a state nobody reads, and :func:`reveal` shows all of them by one
statement. Whatever stops it before leaves hidden rows and their :class:`Arrivage`: :func:`take_away` removes
them, at once, or later through :func:`clear` when the program was killed.
"""

from __future__ import annotations

import datetime as dt
import logging
import time
from typing import Any, Final

from django.db import IntegrityError, connection, transaction
from django.db.models import Exists, F, ManyToOneRel, Max, Model, OuterRef, Q

from accroche.actions.cycle import ARRIVING, Etat
from accroche.actions.models import Action, ActionQuerySet, Arrivage
from accroche.actions.operations.contenu import LISTS
from accroche.actions.operations.cycle import StaleError
from accroche.actions.operations.declaration import semaine_of
from accroche.annuaire.models import Academie, Porteur
from accroche.campagne.models import Edition, Partenaire, Semaine
from accroche.commun.models import JobState, JournalEntry

logger = logging.getLogger(__name__)

#: Sheets written, or taken away, under one lock: some tens of milliseconds.
SLICE: Final = 500
#: Seconds between two slices: who waits for SQLite looks again every 0.1 s, and must find it free.
PAUSE: Final = 0.1
#: A command on the machine that has not ended after this long was killed.
SILENT: Final = dt.timedelta(days=1)


class AbandonedError(StaleError):
    """Somebody took away what was arriving: the job was given to another, or given up."""


@transaction.atomic
def begin(
    edition: Edition, academie: Academie, *, at: dt.datetime, job: int | None = None, attempt: int = 0
) -> Arrivage:
    """Open the way in for new sheets of a semaine. ``job``, ``attempt``: who brings them, None: a command."""
    is_there = Semaine.objects.filter(edition=edition, academie=academie).exists()
    return Arrivage.objects.create(
        semaine=semaine_of(edition, academie),
        job_id=job,
        attempt=attempt,
        began_at=at,
        opened_semaine=not is_there,
        last_porteur=_last(Porteur),
        last_partenaire=_last(Partenaire),
    )


def count(arrivage: Arrivage, more: int) -> None:
    """Note that ``more`` sheets are written, in the transaction that writes them.

    Raises :class:`AbandonedError`; nothing more may then be written.
    """
    held = Arrivage.objects.filter(pk=arrivage.pk, abandoned=False)
    if not held.update(written=F("written") + more):
        raise AbandonedError


@transaction.atomic
def reveal(arrivage: Arrivage) -> int:
    """Show every sheet of an arrival, as submitted; return how many. In the transaction that ends it all.

    Raises :class:`AbandonedError`, and ``IntegrityError`` when somebody else gave one of the addresses
    meanwhile; nothing is then shown.
    """
    # first of all: from here on nobody takes them away
    if not Arrivage.objects.filter(pk=arrivage.pk, abandoned=False).delete()[0]:
        raise AbandonedError
    return _hidden(arrivage).update(etat=Etat.SUBMITTED, arrivage=0)


def take_away(arrivage: Arrivage) -> None:
    """Remove what has not arrived, slice by slice, and what was made for it alone; again changes nothing."""
    with transaction.atomic():
        held = Arrivage.objects.filter(pk=arrivage.pk).update(abandoned=True)
    if not held:
        return  # all of it is there, or gone
    while _remove_slice(arrivage):
        let_others_pass()
    with transaction.atomic():
        Arrivage.objects.filter(pk=arrivage.pk).delete()
    for model, last in ((Porteur, arrivage.last_porteur), (Partenaire, arrivage.last_partenaire)):
        _remove_unused(model, pk__gt=last)
    if arrivage.opened_semaine:
        _remove_unused(Semaine, pk=arrivage.semaine_id)


def clear(at: dt.datetime) -> int:
    """Take away what killed programs, and jobs that ended otherwise, left on its way in; return how many."""
    running = Q(job__state=JobState.RUNNING, job__attempts=F("attempt"))
    by_command = Q(job=None, began_at__gt=at - SILENT)
    left = list(Arrivage.objects.exclude((running | by_command) & Q(abandoned=False)))
    for arrivage in left:
        take_away(arrivage)
    return len(left)


def let_others_pass() -> None:
    """Leave the database to those who wait, where it has one writer at a time."""
    if connection.vendor == "sqlite":
        time.sleep(PAUSE)


def _hidden(arrivage: Arrivage) -> ActionQuerySet:
    return Action.with_arriving.filter(semaine=arrivage.semaine_id, etat=ARRIVING, arrivage=arrivage.pk)


@transaction.atomic
def _remove_slice(arrivage: Arrivage) -> int:
    """Remove some of the hidden sheets with all that hangs on them; return how many."""
    numbers = list(_hidden(arrivage).order_by("pk").values_list("pk", flat=True)[:SLICE])
    for parts in (kind.model for kind in LISTS.values()):
        parts._base_manager.filter(action__in=numbers).delete()  # noqa: SLF001 - Django documents it
    JournalEntry.objects.filter(subject__in=[f"action:{number}" for number in numbers]).delete()
    # nothing else hangs on what nobody has seen: no need to look for it sheet by sheet
    Action.with_arriving.filter(pk__in=numbers, etat=ARRIVING)._raw_delete("default")  # noqa: SLF001
    return len(numbers)


def _last(model: type[Model]) -> int:
    return model._base_manager.aggregate(last=Max("pk"))["last"] or 0  # noqa: SLF001 - Django documents it


def _remove_unused(model: type[Model], **which: Any) -> None:
    """Remove rows that nothing points at; one that somebody takes into use at that very moment stays."""
    unused = model._base_manager.filter(**which)  # noqa: SLF001 - Django documents it
    for relation in model._meta.get_fields(include_hidden=True):  # noqa: SLF001 - the same
        if isinstance(relation, ManyToOneRel):
            rows = relation.field.model._base_manager.filter(**{relation.field.name: OuterRef("pk")})  # noqa: SLF001
            unused = unused.exclude(Exists(rows))
    try:
        with transaction.atomic():
            unused._raw_delete("default")  # noqa: SLF001 - nothing points at them
    except IntegrityError:
        logger.info("some rows of %s are used after all", model.__name__)

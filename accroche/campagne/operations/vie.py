"""The steps of an edition's life, and its calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accroche.campagne.models import Echeance, Edition
from accroche.campagne.operations.bureau import check_steering
from accroche.campagne.operations.edition import check_days, check_echeances
from accroche.campagne.vie import GesteEdition, TypeEcheance, gestes_of
from accroche.commun import journal
from accroche.commun.changements import Changements
from accroche.comptes.permissions import Access
from accroche.lib.dates import school_year

#: What each step writes, and what has to hold for it to be written: of two at once, one is refused.
_WRITES: Mapping[GesteEdition, tuple[str, Q]] = {
    GesteEdition.CLOSE: ("closed_at", Q(closed_at=None)),
    GesteEdition.REOPEN: ("closed_at", Q(closed_at__isnull=False, archived_at=None)),
    GesteEdition.ARCHIVE: ("archived_at", Q(closed_at__isnull=False, archived_at=None)),
    GesteEdition.UNARCHIVE: ("archived_at", Q(archived_at__isnull=False)),
}
_SETS = frozenset({GesteEdition.CLOSE, GesteEdition.ARCHIVE})


class StaleEditionError(RuntimeError):
    """The edition is no longer in a state from which this step is made: show it as it is now."""


@transaction.atomic
def move_edition(edition: Edition, geste: GesteEdition, *, access: Access, at: dt.datetime) -> Edition:
    """Make one step of an edition's life; return it as it is now.

    Raises ``PermissionDenied`` and :class:`StaleEditionError`.
    """
    check_steering(access)
    edition.refresh_from_db()
    if geste not in gestes_of(edition.etat_on(timezone.localdate(at))):
        raise StaleEditionError
    column, holds = _WRITES[geste]
    value = at if geste in _SETS else None
    if not Edition.objects.filter(holds, pk=edition.pk).update(**{column: value}):
        raise StaleEditionError
    journal.record(edition, geste.value, at=at, actor=access.user)
    edition.refresh_from_db()
    return edition


@transaction.atomic
def set_calendar(
    edition: Edition,
    echeances: Mapping[TypeEcheance, dt.date | None],
    *,
    opens: dt.date | None = None,
    closes: dt.date | None = None,
    access: Access,
    at: dt.datetime,
) -> Changements:
    """Set the days of an edition; return what changed, by code, as JSON values.

    ``echeances``: None takes a deadline away, a kind that is not named stays. ``opens`` and ``closes``: the
    days of declaration, of an edition in which schools declare.

    Raises ``PermissionDenied``, ``DateError`` and :class:`StaleEditionError` (the edition is closed).
    """
    check_steering(access)
    if opens is not None and closes is not None and edition.is_counted:
        check_days(edition.year, opens, closes)
        wanted = {"declaration_opens": opens, "declaration_closes": closes}
    else:
        wanted = {}
    check_echeances(echeances, opens or edition.declaration_opens or school_year(edition.year)[0])
    changed = _changes(edition, echeances, wanted)
    if not changed:
        return {}
    # the row is taken first: who closes the edition meanwhile waits, or was there before
    kept = Edition.objects.filter(pk=edition.pk, closed_at=None)
    if not kept.update(year=edition.year, **wanted):
        raise StaleEditionError
    for kind, day in echeances.items():
        if day is None:
            edition.echeances.filter(kind=kind).delete()
        elif kind.value in changed:
            Echeance.objects.update_or_create(edition=edition, kind=kind, defaults={"day": day})
    journal.record(edition, "set_calendar", at=at, actor=access.user, changes=changed)
    edition.refresh_from_db()
    return changed


def _changes(
    edition: Edition, echeances: Mapping[TypeEcheance, dt.date | None], days: Mapping[str, dt.date]
) -> Changements:
    """What differs from what the edition holds, by code, as JSON values."""
    held: dict[str, dt.date | None] = {row.kind: row.day for row in edition.echeances.all()}
    held |= {name: getattr(edition, name) for name in days}
    wanted = {**{kind.value: day for kind, day in echeances.items()}, **days}
    return {name: (_iso(held.get(name)), _iso(day)) for name, day in wanted.items() if held.get(name) != day}


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None

"""Quotas: room is counted from the rows that take it, by one request at a time for each holder.

Nothing is added up anywhere, so nothing drifts when sheets are merged, handed over or deleted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final

from accroche.commun.models import Reserve

_KEPT: Final = dt.timedelta(days=1)


def hold(holders: Iterable[str], *, at: dt.datetime) -> None:
    """Keep the others from counting the room of these holders until this transaction ends.

    ``holders``: codes such as « ecole:12 », never an address. What was written by who held it before is then
    seen by the next statement.
    """
    # always in the same order: two requests that share two holders wait for each other instead of for ever
    rows = [Reserve(holder=holder, claimed_at=at) for holder in sorted(set(holders))]
    for row in rows:
        Reserve.objects.bulk_create(
            [row], update_conflicts=True, unique_fields=["holder"], update_fields=["claimed_at"]
        )


def purge(at: dt.datetime) -> int:
    """Remove the rows nobody claimed for a day; return how many."""
    count, _ = Reserve.objects.filter(claimed_at__lte=at - _KEPT).delete()
    return count

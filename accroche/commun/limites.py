"""Limits: how often something may be asked for within a period, counted where nobody can race it.

One row a limit and key, written by one conditional statement, the same on both databases: of ten requests at
once for the last place, one passes, whatever the processes and machines. A row holds no address: its key is
hashed.
"""

from __future__ import annotations

import datetime as dt
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.db import connection, transaction

from accroche.commun import securite
from accroche.commun.models import Compteur
from accroche.commun.securite import Evenement
from accroche.lib.moments import format_clock, format_recent

A_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Limite:
    """At most ``most`` within ``period``, which begins with the first. ``name``: what the table calls it.

    ``said``: what it tells who is refused; when to come back follows.
    """

    name: str
    most: int
    period: dt.timedelta
    said: str = "Trop de demandes en peu de temps."


class LimitError(ValueError):
    """Too much was asked for: ``limite`` is full until ``retry_at``; the text is for the page."""

    def __init__(self, limite: Limite, retry_at: dt.datetime) -> None:
        """Keep both."""
        # up to a minute later, so that who comes back at the minute told is let in
        moment = retry_at + dt.timedelta(seconds=59)
        told = f"du {format_recent(moment)}" if limite.period >= A_DAY else f"de {format_clock(moment)}"
        super().__init__(f"{limite.said} Réessayez à partir {told}.")
        self.limite = limite
        self.retry_at = retry_at


def take(uses: Iterable[tuple[Limite, str]], *, at: dt.datetime, cost: int = 1) -> None:
    """Count ``cost`` against each limit for its key, or nothing at all.

    Inside a transaction that is taken back, what was counted is taken back with it: count a try that must
    never be forgotten outside of any. Raises :class:`LimitError` for the first one that is full.
    """
    # always in the same order: two requests that share two rows wait for each other instead of for ever
    rows = sorted({(limite.name, _digest(key)): limite for limite, key in uses}.items())
    with transaction.atomic():
        for (name, digest), limite in rows:
            if not _counted(name, digest, limite, at, cost):
                full = Compteur.objects.filter(name=name, key=digest).values_list("ends_at", flat=True)
                securite.tell(Evenement.LIMITED, limit=name)
                raise LimitError(limite, full.first() or at + limite.period)


#: The first of a key begins a period, as does the first after one; another counts where there is room.
_COUNT: Final = """
    INSERT INTO commun_compteur AS held (name, key, count, ends_at) VALUES (%s, %s, %s, %s)
    ON CONFLICT (name, key) DO UPDATE SET
        count = CASE WHEN held.ends_at <= %s THEN excluded.count ELSE held.count + excluded.count END,
        ends_at = CASE WHEN held.ends_at <= %s THEN excluded.ends_at ELSE held.ends_at END
    WHERE held.ends_at <= %s OR held.count + excluded.count <= %s
"""


def _counted(name: str, digest: str, limite: Limite, at: dt.datetime, cost: int) -> bool:
    if cost > limite.most:
        return False
    now, end = map(connection.ops.adapt_datetimefield_value, (at, at + limite.period))
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [name, digest, cost, end, now, now, now, limite.most])
        return bool(cursor.rowcount)


def purge(at: dt.datetime) -> int:
    """Remove the counts whose period is over; return how many."""
    count, _ = Compteur.objects.filter(ends_at__lte=at).delete()
    return count


def _digest(key: str) -> str:
    return hmac.digest(settings.SECRET_KEY.encode(), b"limite:" + key.encode(), "sha256").hex()

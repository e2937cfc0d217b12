"""Counting how often public pages are read: gathered in memory, added to the tables a few times a minute.

A program that is killed loses what it gathered since the last time: some seconds of numbers that tell an
order of magnitude. Two programs add to the same rows.
"""

from __future__ import annotations

import atexit
import datetime as dt
import logging
import threading
from collections import Counter

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import Sum
from django.db.models.functions import TruncMonth

from accroche.actions.models import Action, Vues

logger = logging.getLogger(__name__)

#: Days are told apart for this long, then each month is one number.
DETAILED = dt.timedelta(days=90)
#: Pages of which views are gathered at once: more are added to the tables without waiting.
MOST = 5_000


class _Gathered:
    """Views that no table holds yet, by sheet and day, and the clock that will write them."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.views: Counter[tuple[int, dt.date]] = Counter()
        self.clock: threading.Timer | None = None
        self.at_exit = False

    def add(self, action: int, day: dt.date) -> bool:
        """Add one view; return whether all should be written now."""
        delay: float = settings.VIEWS_DELAY
        with self.lock:
            self.views[action, day] += 1
            if not delay or len(self.views) >= MOST:
                return True
            if self.clock is None:
                self.clock = threading.Timer(delay, _write_later)
                self.clock.daemon = True
                self.clock.start()
            if not self.at_exit:
                self.at_exit = True
                atexit.register(write)
            return False

    def take(self) -> Counter[tuple[int, dt.date]]:
        """Return what was gathered, and begin anew."""
        with self.lock:
            if self.clock is not None:
                self.clock.cancel()
            taken, self.views, self.clock = self.views, Counter(), None
            return taken


_gathered = _Gathered()


def count(action: int, day: dt.date) -> None:
    """Count one reading of the page of a sheet, by its number."""
    if _gathered.add(action, day):
        write()


def write() -> None:
    """Add what was gathered to the tables; what a busy database does not take now is lost, and logged."""
    views = _gathered.take()
    if not views:
        return
    try:
        with transaction.atomic():
            there = _held({number for number, _ in views})
            _add([(action, day, views[action, day]) for action, day in sorted(views) if action in there])
    except DatabaseError:
        logger.warning("views lost: %d", views.total(), exc_info=True)


def _write_later() -> None:
    try:
        write()
    finally:
        connection.close()


def _held(numbers: set[int]) -> set[int]:
    """Those of these sheets that are there, and stay until the transaction ends.

    One that went meanwhile would take the views of all with it. On SQLite nobody else writes.
    """
    rows = Action.objects.filter(pk__in=numbers).order_by("pk").values_list("pk")
    query, told = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"{query} FOR KEY SHARE" if connection.vendor == "postgresql" else query, told)
        return {row[0] for row in cursor.fetchall()}


def _add(rows: list[tuple[int, dt.date, int]]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO actions_vues (action_id, day, count) VALUES (%s, %s, %s) "
            "ON CONFLICT (action_id, day) DO UPDATE SET count = actions_vues.count + excluded.count",
            rows,
        )


@transaction.atomic
def fold(at: dt.datetime) -> int:
    """Make one number of each month whose days are told apart no more; return how many rows went."""
    first = (at.date() - DETAILED).replace(day=1)
    old = Vues.objects.filter(day__lt=first).exclude(day__day=1).order_by()
    months = old.annotate(month=TruncMonth("day")).values_list("action", "month").annotate(Sum("count"))
    rows = sorted(months)
    removed = old.delete()[0]
    _add(rows)
    return removed

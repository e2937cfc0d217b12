"""Threads that share a process and an SQLite database: who waits never keeps who writes from ending."""

from __future__ import annotations

import gc
import threading
from typing import TYPE_CHECKING

import pytest
from django.db import OperationalError, connection, transaction

from accroche.commun.models import JournalEntry
from tests.factories import NOW

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db(transaction=True)


def in_a_transaction() -> JournalEntry:
    with transaction.atomic():
        return alone()


def alone() -> JournalEntry:
    return JournalEntry.objects.create(subject="x:1", verb="x", at=NOW)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="one writer at a time")
@pytest.mark.parametrize("write", [in_a_transaction, alone])
def test_who_writes_may_free_the_cursors_of_who_waits(
    write: Callable[[], JournalEntry], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Garbage is collected in any thread; a cursor needs its connection, where somebody waits."""
    # long enough for a busy machine; only the test that fails waits for it
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 30)
    left, begins = threading.Event(), threading.Event()
    found: list[object] = []

    def wait() -> None:
        try:
            connection.ensure_connection()
            raw = connection.connection
            cursor = raw.execute("SELECT 1 UNION SELECT 2")  # not read to its end
            cycle: list[object] = [cursor]
            cycle.append(cycle)
            del cursor, cycle
            left.set()
            begins.wait(60)
            found.append(write())
        except Exception as error:  # noqa: BLE001 - the test looks at it
            found.append(error)
        finally:
            connection.close()

    gc.disable()
    waiting = threading.Thread(target=wait)
    try:
        waiting.start()
        assert left.wait(60)
        with transaction.atomic():
            begins.set()
            waiting.join(0.3)  # by now it waits for the lock
            gc.collect()
    finally:
        gc.enable()
        waiting.join(60)
    assert [type(one).__name__ for one in found] == ["JournalEntry"]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="one writer at a time")
def test_who_waited_long_enough_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once, with nothing written; then the connection works as before."""
    found: list[str] = []

    def wait() -> None:
        try:
            for write in (alone, in_a_transaction):
                with pytest.raises(OperationalError, match="locked"):
                    write()
            found.append("told")
        finally:
            connection.close()

    with monkeypatch.context() as impatient, transaction.atomic():
        alone()
        impatient.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.05)
        waiting = threading.Thread(target=wait)
        waiting.start()
        waiting.join(60)
    assert found == ["told"]
    assert JournalEntry.objects.count() == 1
    assert alone().pk


@pytest.mark.skipif(connection.vendor != "sqlite", reason="one writer at a time")
def test_many_rows_outside_of_a_transaction_are_written_once() -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO commun_compteur (name, key, count, ends_at) VALUES (%s, %s, 0, %s)",
            [("essai", str(number), NOW.isoformat()) for number in range(5)],
        )
        cursor.execute("SELECT COUNT(*) FROM commun_compteur")
        assert cursor.fetchone() == (5,)
